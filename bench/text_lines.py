"""Texts of three kinds, made by a seeded generator: a policy, tickets, and lines of logs.

Nobody's: names are drawn from a few signs, numbers are drawn, check digits are computed.
"""

from datetime import date, timedelta
from random import Random

from chengnuo.engines.text.check_digits import is_luhn, is_resident_id

SEED = 20261129
KINDS = ("policy", "tickets", "logs")
_CLAUSES = (
    "为了向您提供{0}服务，我们会收集您的{1}，如您拒绝提供，您将无法使用该功能，但不影响其他功能。",
    "我们仅在实现{0}目的所必需的最短期限内保存您的{1}，超出期限后予以删除或作匿名化处理。",
    "未经您的单独同意，我们不会向第三方提供您的{1}，法律、行政法规另有规定的除外。",
    "您可以通过“我的—设置—隐私”查阅、更正或者删除{1}，我们将在15个工作日内答复。",
    "第三方 SDK 为{0}之目的可能会收集{1}，详见《第三方信息共享清单》（2026年6月版）。",
)
_AIMS = ("账号注册", "订单配送", "客户服务", "安全风控", "个性化推荐", "实名认证")
_ITEMS = (
    "手机号码",
    "设备标识信息",
    "位置信息",
    "收货地址",
    "银行账户",
    "浏览记录",
    "身份证件信息",
)


def text_of(kind: str, characters: int) -> str:
    """Return a text of a kind, of about so many characters."""
    random = Random(f"{SEED} {kind}")
    line = {"policy": _clause, "tickets": _ticket, "logs": _log}[kind]
    lines: list[str] = []
    size = 0
    while size < characters:
        lines.append(line(random))
        size += len(lines[-1]) + 1
    return "\n".join(lines)


def _clause(random: Random) -> str:
    clauses = random.choices(_CLAUSES, k=4)
    return "".join(clause.format(random.choice(_AIMS), random.choice(_ITEMS)) for clause in clauses)


def _ticket(random: Random) -> str:
    name = random.choice("赵钱孙李周吴郑王") + random.choice("安宁和平知远若初")
    match random.randrange(4):
        case 0:
            said = f"手机{_mobile(random)}，身份证号{_identity(random)}"
            return f"客户{name}来电，{said}，要求退订短信。"
        case 1:
            return f"请将退款付至{name}，卡号：{_card(random)}，邮箱{_mail(random)}，谢谢。"
        case 2:
            landline = f"010-8{random.randrange(10**7):07d}"
            return f"收货人：{name} {_mobile(random)}，备用座机{landline}。"
        case _:
            order, plate = random.randrange(10**16, 10**17), f"京A{random.randrange(10**5):05d}"
            friend = random.randrange(10**8, 10**9)
            return f"订单{order}未送达，车牌{plate}停在门口，加QQ：{friend}。"


def _log(random: Random) -> str:
    day = date(2026, 1, 1) + timedelta(random.randrange(300))
    at = f"{day} {random.randrange(24):02d}:{random.randrange(60):02d}:{random.randrange(60):02d}"
    trace = f"{random.getrandbits(64):016x}"
    match random.randrange(4):
        case 0:
            thread, person = random.randrange(20), random.randrange(10**6)
            return (
                f"{at}.{random.randrange(1000):03d} INFO [http-nio-8080-exec-{thread}]"
                f" c.e.u.UserService - login ok userId={person} mobile="
                f"{_mobile(random)} ip={_address(random)} cost={random.randrange(900)}ms"
                f" traceId={trace}"
            )
        case 1:
            order, size = random.randrange(10**16), random.randrange(10**6)
            return (
                f'{_address(random)} - - [{at}] "GET /api/v1/order/{order}'
                f'?phone={_mobile(random)} HTTP/1.1" 200 {size} "-" "okhttp/4.9.8"'
            )
        case 2:
            return (
                f'{at} DEBUG req: {{"idCard":"{_identity(random)}","amount":{random.random():.2f},'
                f'"orderNo":"{random.randrange(10**16)}","sign":"{trace}{trace}"}}'
            )
        case _:
            return (
                f"{at} INFO kafka consumer offset={random.randrange(10**6)}"
                f" partition={random.randrange(64)} topic=order_{random.randrange(32)} key={trace}"
            )


def _mobile(random: Random) -> str:
    return f"13{random.randrange(10**9):09d}"


def _address(random: Random) -> str:
    return ".".join(str(random.randrange(31, 120)) for _ in range(4))


def _mail(random: Random) -> str:
    return f"u{random.randrange(10**6)}@example.com"


def _identity(random: Random) -> str:
    body = f"110105{date(1960, 1, 1) + timedelta(random.randrange(15000)):%Y%m%d}"
    body += f"{random.randrange(1000):03d}"
    return next(body + last for last in "0123456789X" if is_resident_id(body + last))


def _card(random: Random) -> str:
    body = f"6222{random.randrange(10**14):014d}"
    return next(body + last for last in "0123456789" if is_luhn(body + last))
