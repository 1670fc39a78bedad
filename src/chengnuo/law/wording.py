"""The words that the catalogue's vocabularies and figures are shown in."""

from collections.abc import Mapping
from datetime import date

from chengnuo.base.text import Lang, Text
from chengnuo.law.duty import AskedForm, DutyKind, Party, TestKind
from chengnuo.law.figure import Comparator, Figure, Unit

PARTIES: Mapping[Party, Text] = {
    Party.HANDLER: Text("个人信息处理者", "personal information handler"),
    Party.OVERSEAS_HANDLER: Text("境外个人信息处理者", "overseas handler"),
    Party.ENTRUSTED_PARTY: Text("受托人", "entrusted party"),
    Party.LARGE_PLATFORM: Text("重要互联网平台", "large platform"),
    Party.STATE_ORGAN: Text("国家机关", "state organ"),
    Party.VENDOR_OF_STATE_ORGAN: Text("国家机关的供应商", "vendor of a state organ"),
    Party.AUTHORIZED_BODY: Text("法律、法规授权的组织", "body authorized by law"),
    Party.APP_OPERATOR: Text("应用运营者", "app operator"),
    Party.SDK_PROVIDER: Text("SDK 提供者", "SDK provider"),
    Party.DISTRIBUTION_PLATFORM: Text("应用分发平台", "distribution platform"),
    Party.TERMINAL_MAKER: Text("终端企业", "device maker"),
    Party.ACCESS_PROVIDER: Text("接入企业", "access provider"),
    Party.BASIC_TELECOM: Text("基础电信企业", "telecom carrier"),
}

KINDS: Mapping[DutyKind, Text] = {
    DutyKind.OBLIGATION: Text("义务", "obligation"),
    DutyKind.PROHIBITION: Text("禁止", "prohibition"),
    DutyKind.RIGHT: Text("权利", "right"),
    DutyKind.PRINCIPLE: Text("原则", "principle"),
    DutyKind.EXCEPTION: Text("例外", "exception"),
    DutyKind.SCOPE: Text("适用范围", "scope"),
    DutyKind.DEFINITION: Text("定义", "definition"),
    DutyKind.LIABILITY: Text("法律责任", "liability"),
    DutyKind.VIOLATION: Text("违规情形", "violation"),
    DutyKind.PLEDGE: Text("自律承诺", "pledge"),
    DutyKind.PRODUCT: Text("产品义务", "product duty"),
}

ASKED_FORMS: Mapping[AskedForm, Text] = {
    AskedForm.NONE: Text("不另要求同意", "no consent asked for by itself"),
    AskedForm.CONSENT: Text("同意", "consent"),
    AskedForm.SEPARATE: Text("单独同意", "separate consent"),
    AskedForm.GUARDIAN: Text("监护人同意", "consent of a guardian"),
}

TEST_KINDS: Mapping[TestKind, Text] = {
    TestKind.STATIC: Text("静态检查", "static"),
    TestKind.RUNTIME: Text("运行检测", "at run time"),
    TestKind.PROCESS: Text("流程核查", "by process"),
    TestKind.STATISTICAL: Text("统计检验", "statistical"),
}

_COMPARATORS: Mapping[Comparator, Text] = {
    Comparator.AT_MOST: Text("不超过{}", "at most {}"),
    Comparator.AT_LEAST: Text("不少于{}", "at least {}"),
    Comparator.BELOW: Text("不满{}", "less than {}"),
    Comparator.ABOVE: Text("超过{}", "more than {}"),
    Comparator.EXACTLY: Text("{}", "{}"),
    Comparator.WITHIN_LAST: Text("最后{}内", "within the last {}"),
}

_DATE_COMPARATORS: Mapping[Comparator, Text] = {
    Comparator.AT_MOST: Text("{}前", "by {}"),
    Comparator.EXACTLY: Text("{}", "{}"),
}

_COUNTED: Mapping[Unit, Text] = {
    Unit.HOURS: Text("{}小时", "{} hours"),
    Unit.SECONDS: Text("{}秒", "{} seconds"),
    Unit.CALENDAR_DAYS: Text("{}日", "{} days"),
    Unit.WORKING_DAYS: Text("{}个工作日", "{} working days"),
    Unit.MONTHS: Text("{}个月", "{} months"),
    Unit.YEARS: Text("{}年", "{} years"),
    Unit.PER_YEAR: Text("每年{}次", "{} a year"),
    Unit.PERSONS: Text("{}人", "{} persons"),
    Unit.PERSONS_PER_CALENDAR_YEAR: Text("{}人（自然年累计）", "{} persons in a calendar year"),
    Unit.PERSONS_STORED: Text("{}人（存储）", "{} persons stored"),
    Unit.ACCOUNTS: Text("{}个", "{}"),
    Unit.RECORDS: Text("{}条", "{} records"),
    Unit.APPS: Text("{}款应用", "{} apps"),
    Unit.TAPS: Text("{}次点击", "{} taps"),
    Unit.MENU_LEVEL: Text("{}级菜单", "menu level {}"),
    Unit.YUAN: Text("{}元", "{} yuan"),
    Unit.CONSECUTIVE_AUDITS: Text("连续{}次", "{} in a row"),
}

_ASKED: Mapping[Unit, Text] = {
    Unit.PROMPTLY: Text("及时", "promptly"),
    Unit.IMMEDIATELY: Text("立即", "at once"),
    Unit.ALWAYS: Text("一律", "always"),
    Unit.REQUIRED: Text("必须", "required"),
    Unit.PROHIBITED: Text("禁止", "prohibited"),
    Unit.BEFORE_PROCESSING: Text("处理之前", "before processing"),
    Unit.SHORTEST_NECESSARY: Text("所必要的最短时间", "the shortest time necessary"),
    Unit.DEFAULT: Text("默认如此", "by default"),
    Unit.RULE: Text("规则", "a rule"),
}

_NAMES: Mapping[str, Text] = {
    "min": Text("不少于{}", "at least {}"),
    "max": Text("不超过{}", "at most {}"),
    "person-min": Text("责任人不少于{}", "responsible persons at least {}"),
    "person-max": Text("责任人不超过{}", "responsible persons at most {}"),
    "share-of-last-year-turnover": Text(
        "或上一年度营业额的{}以下", "or {} of last year's turnover"
    ),
    "registered": Text("注册账号{}", "{} registered accounts"),
    "monthly-active": Text("或月活跃账号{}", "or {} monthly active accounts"),
    "acceleration-m-s2": Text("加速度{}米/秒²", "acceleration {} m/s²"),
    "rotation-deg": Text("转动{}度", "rotation {} degrees"),
    "duration-s": Text("操作{}秒", "operation {} seconds"),
    "gain-multiple-min": Text("违法所得{}倍以上", "{} times the gain or more"),
    "gain-multiple-max": Text("违法所得{}倍以下", "up to {} times the gain"),
    "no-gain-min": Text("无违法所得的不少于{}", "without gain at least {}"),
    "no-gain-max": Text("无违法所得的不超过{}", "without gain at most {}"),
    "track-content-credit-property": Text(
        "行踪、通信内容、征信、财产信息{}", "whereabouts, content, credit, property: {}"
    ),
    "lodging-comm-health-transaction": Text(
        "住宿、通信记录、健康、交易信息{}", "lodging, communications, health, transactions: {}"
    ),
    "other": Text("其他个人信息{}", "other personal information: {}"),
    "gain-yuan": Text("违法所得{}元", "unlawful gain: {} yuan"),
}

_BARE = frozenset(
    {"acceleration-m-s2", "rotation-deg", "duration-s", "gain-multiple-min", "gain-multiple-max",
     "gain-yuan"}
)  # fmt: skip

_WAN = 10_000
_YI = 100_000_000


def figure_in_words(figure: Figure, lang: Lang) -> str:
    """Return what a figure says: `不超过15个工作日`, `at most 15 working days`.

    Large round numbers are written with 万 and 亿 in Chinese, with commas in English.
    """
    if figure.value is not None:
        return _compared(figure, figure.value, lang)
    if figure.unit is Unit.DATE_EACH_YEAR:
        month, day = figure.values["month"], figure.values["day"]
        said = Text(f"每年{month}月{day}日", f"{month:02}-{day:02} each year").in_lang(lang)
        return _DATE_COMPARATORS[figure.comparator or Comparator.EXACTLY].in_lang(lang).format(said)
    if figure.values:
        parts = (_named(figure, key, value, lang) for key, value in figure.values.items())
        return ("；" if lang is Lang.ZH else "; ").join(parts)
    if figure.elements:
        return ("；" if lang is Lang.ZH else "; ").join(e.in_lang(lang) for e in figure.elements)
    return _ASKED[figure.unit].in_lang(lang)


def number_in_words(number: float, lang: Lang) -> str:
    """Return a number as people write it: `100万`, `1,000,000`; whole numbers without a point."""
    if lang is Lang.ZH and isinstance(number, int):
        for size, sign in ((_YI, "亿"), (_WAN, "万")):
            if number >= size and number % size == 0:
                return f"{number // size}{sign}"
    return f"{number}" if lang is Lang.ZH else f"{number:,}"


def _compared(figure: Figure, value: float | date, lang: Lang) -> str:
    if isinstance(value, date):
        words = _DATE_COMPARATORS[figure.comparator or Comparator.EXACTLY].in_lang(lang)
        return words.format(value.isoformat())
    if value == 0 and figure.comparator is Comparator.ABOVE:
        return Text("不论数量", "any number").in_lang(lang)
    words = _COMPARATORS[figure.comparator or Comparator.EXACTLY].in_lang(lang)
    return words.format(_counted(figure, value, lang))


def _counted(figure: Figure, value: float, lang: Lang) -> str:
    if figure.unit is Unit.SHARE:
        return f"{value:.0%}"
    if figure.unit is Unit.YEARS and figure.topic == "age":
        return f"{value}周岁" if lang is Lang.ZH else f"{value} years of age"
    words = _COUNTED[figure.unit].in_lang(lang)
    if value == 1 and lang is Lang.EN:
        words = words.removesuffix("s")
    return words.format(number_in_words(value, lang))


def _named(figure: Figure, key: str, value: float, lang: Lang) -> str:
    words = _NAMES[key].in_lang(lang)
    if key == "share-of-last-year-turnover":
        return words.format(f"{value:.0%}")
    if key in _BARE:
        return words.format(number_in_words(value, lang))
    return words.format(_counted(figure, value, lang))
