"""How information is handled, for how long and on what basis, in words that people read."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.method import Method, Operation, Provider, Trigger
from chengnuo.domain.register.retention import Retention, RetentionEnd, RetentionStart
from chengnuo.domain.register.scalars import Frequency, Keep, Per
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.legal_basis import LegalBasis

PROVIDER: dict[Provider, Text] = {
    Provider.INDIVIDUAL: Text("您主动填写或提供", "given by you"),
    Provider.DEVICE: Text("通过系统接口从设备读取", "read from the device through the system"),
    Provider.USE: Text("在您使用服务的过程中产生", "arises while you use the service"),
    Provider.THIRD_PARTY: Text("从第三方取得", "obtained from a third party"),
    Provider.PUBLIC: Text("从已合法公开的渠道取得", "taken from what is lawfully public"),
}
TRIGGER: dict[Trigger, Text] = {
    Trigger.USER_ACTION: Text("由您的操作触发", "started by what you do"),
    Trigger.APP_START: Text("在应用启动时进行", "when the app starts"),
    Trigger.CONTINUOUS: Text("在使用期间持续进行", "continuously while in use"),
    Trigger.SCHEDULED: Text("定时进行", "at set times"),
    Trigger.SERVER: Text("由服务端触发", "started by the server"),
}
OPERATION: dict[Operation, Text] = {
    Operation.COLLECT: Text("收集", "collect"),
    Operation.STORE: Text("存储", "store"),
    Operation.USE: Text("使用", "use"),
    Operation.PROCESS: Text("加工", "process"),
    Operation.TRANSMIT: Text("传输", "transmit"),
    Operation.PROVIDE: Text("提供", "provide"),
    Operation.DISCLOSE: Text("公开", "make public"),
    Operation.DELETE: Text("删除", "delete"),
}
_PER: dict[Per, Text] = {
    Per.SECOND: Text("每秒", "second"),
    Per.MINUTE: Text("每分钟", "minute"),
    Per.HOUR: Text("每小时", "hour"),
    Per.DAY: Text("每天", "day"),
    Per.WEEK: Text("每周", "week"),
    Per.MONTH: Text("每月", "month"),
    Per.USE: Text("每次使用", "use of the function"),
}
_FROM: dict[RetentionStart, Text] = {
    RetentionStart.COLLECTED: Text("自收集之日起", "from collection"),
    RetentionStart.LAST_USED: Text("自最后一次使用起", "from the last use"),
    RetentionStart.TRANSACTION_DONE: Text("自交易完成之日起", "from the end of the transaction"),
    RetentionStart.ACCOUNT_CANCELLED: Text(
        "自账户注销之日起", "from the cancellation of the account"
    ),
    RetentionStart.CONSENT_WITHDRAWN: Text("自撤回同意之日起", "from the withdrawal of consent"),
    RetentionStart.PURPOSE_ACHIEVED: Text("自目的实现之日起", "from when the purpose is achieved"),
}
THEN: dict[RetentionEnd, Text] = {
    RetentionEnd.DELETE: Text("删除", "deleted"),
    RetentionEnd.ANONYMISE: Text("匿名化处理", "anonymised"),
}
BASIS: dict[LegalBasis, Text] = {
    LegalBasis.CONSENT: Text("取得您的同意", "your consent"),
    LegalBasis.CONTRACT: Text(
        "订立、履行与您的合同（含依法实施的人力资源管理）所必需",
        "necessary for a contract with you (human resources management included)",
    ),
    LegalBasis.STATUTORY_DUTY: Text(
        "为履行法定职责或者法定义务所必需", "necessary for a duty or function set by law"
    ),
    LegalBasis.EMERGENCY: Text(
        "为应对突发公共卫生事件，或者紧急情况下为保护自然人的生命健康和财产安全所必需",
        "needed in a public health event, or to protect life, health or property in an emergency",
    ),
    LegalBasis.NEWS: Text(
        "为公共利益实施新闻报道、舆论监督等行为，在合理的范围内处理",
        "news reporting and supervision by public opinion in the public interest, within reason",
    ),
    LegalBasis.ALREADY_PUBLIC: Text(
        "在合理的范围内处理您自行公开或者其他已经合法公开的个人信息",
        "made public by you or otherwise lawfully, handled within reason",
    ),
    LegalBasis.OTHER_LAW: Text(
        "法律、行政法规规定的其他情形", "another case set by law or administrative regulation"
    ),
}
FORM: dict[ConsentForm, Text] = {
    ConsentForm.GENERAL: Text("同意", "consent"),
    ConsentForm.ONE_TIME: Text("单次同意", "consent for one time"),
    ConsentForm.SEPARATE: Text("单独同意", "separate consent"),
    ConsentForm.WRITTEN: Text("书面同意", "written consent"),
    ConsentForm.GUARDIAN: Text("监护人同意", "a guardian's consent"),
}
FOREVER = Text("未设定期限", "no period is set")


def frequency_in_words(given: Frequency) -> Text:
    """Return how often at the most."""
    if given.per is Per.USE:
        return fill(
            "每次使用最多 {n} 次", "at most {n} times each time you use the function", n=given.count
        )
    per = _PER[given.per]
    times = "time" if given.count == 1 else "times"
    return fill(
        "{per}最多 {n} 次", "at most {n} {times} a {per}", per=per, n=given.count, times=times
    )


def method_in_words(method: Method) -> Text:
    """Return how information is come by: source, trigger, frequency, background (PIPL Art. 17)."""
    parts = [PROVIDER[method.provided_by], TRIGGER[method.trigger]]
    if method.at_most is not None:
        parts.append(frequency_in_words(method.at_most))
    if method.background:
        parts.append(
            Text("应用不在屏幕上显示时也会进行", "also goes on while the app is not on the screen")
        )
    return joined_texts(parts, "，", ", ")


def operations_in_words(method: Method) -> Text:
    """Return what is done with the information (PIPL Art. 4)."""
    return joined_texts(OPERATION[operation] for operation in method.operations)


def keep_in_words(keep: Keep) -> Text:
    """Return a length of time."""
    if keep.period is None:
        return FOREVER
    return Text(keep.period.in_words(chinese=True), keep.period.in_words(chinese=False))


def start_in_words(start: RetentionStart) -> Text:
    """Return the event from which a period runs."""
    return _FROM[start]


def retention_in_words(retention: Retention) -> Text:
    """Return how long information is kept and what then (PIPL Arts. 17(2), 19; NDSR Art. 21(3))."""
    if retention.keep.period is None:
        return FOREVER
    return fill(
        "{start}保存 {period}，到期后{then}",
        "{period} {start}, then {then}",
        start=_FROM[retention.from_],
        period=keep_in_words(retention.keep),
        then=THEN[retention.then],
    )


def basis_in_words(activity: ProcessingActivity) -> Text:
    """Return the legal basis, with its detail where the register has one (PIPL Art. 13)."""
    basis = BASIS[activity.basis]
    if activity.basis_detail is None:
        return basis
    return fill(
        "{basis}（{detail}）", "{basis} ({detail})", basis=basis, detail=both(activity.basis_detail)
    )
