"""Rules about the ways to rights: every right a way, in time, with no harder way out than in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Check, Hit, Rule, duties, each_row, figures, hit
from chengnuo.domain.register.app import App
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.law.ids import DutyId
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.law.rights import Right


@dataclass(frozen=True, slots=True)
class _DueRight:
    """A right to which a way is due: what it is called, its duties, and when it is due."""

    rule: str
    right: Right
    name: Text
    duties: tuple[DutyId, ...]
    severity: Severity
    due: Callable[[App, Facts], bool]


def _always(_app: App, _facts: Facts) -> bool:
    return True


def _with_consent(app: App, facts: Facts) -> bool:
    return any(
        activity.basis is LegalBasis.CONSENT
        for activity in facts.activities_by_app.get(app.app, ())
    )


def has_accounts(app: App, facts: Facts) -> bool:
    """Tell whether people can have an account in an app."""
    return (
        app.cancellation is not None
        or any(service.requires_account for service in facts.services_of(app.app))
        or any(
            activity.purpose_kind is PurposeKind.ACCOUNT
            for activity in facts.activities_by_app.get(app.app, ())
        )
    )


def _with_major_effect(app: App, facts: Facts) -> bool:
    return any(
        activity.automated is not None and activity.automated.major_effect
        for activity in facts.activities_by_app.get(app.app, ())
    )


_DUE = (
    _DueRight(
        "no-way-to-access",
        Right.ACCESS,
        Text("查阅", "access"),
        duties("PIPL-45", "duty-12", "pledge-6"),
        Severity.HIGH,
        _always,
    ),
    _DueRight(
        "no-way-to-copy",
        Right.COPY,
        Text("复制", "a copy"),
        duties("PIPL-45", "duty-12"),
        Severity.HIGH,
        _always,
    ),
    _DueRight(
        "no-way-to-transfer",
        Right.TRANSFER,
        Text("转移", "transfer"),
        duties("PIPL-45", "NDSR-25", "duty-12"),
        Severity.MEDIUM,
        _always,
    ),
    _DueRight(
        "no-way-to-correct",
        Right.CORRECT,
        Text("更正", "correction"),
        duties("PIPL-46", "191-6.1", "duty-13", "pledge-6"),
        Severity.HIGH,
        _always,
    ),
    _DueRight(
        "no-way-to-supplement",
        Right.SUPPLEMENT,
        Text("补充", "supplementing"),
        duties("PIPL-46", "duty-13"),
        Severity.MEDIUM,
        _always,
    ),
    _DueRight(
        "no-way-to-delete",
        Right.DELETE,
        Text("删除", "deletion"),
        duties("PIPL-47", "191-6.1", "duty-13", "pledge-6"),
        Severity.HIGH,
        _always,
    ),
    _DueRight(
        "no-way-to-restrict",
        Right.RESTRICT,
        Text("限制处理", "restriction"),
        duties("PIPL-44", "NDSR-23"),
        Severity.MEDIUM,
        _always,
    ),
    _DueRight(
        "no-way-to-explain-rules",
        Right.EXPLAIN_RULES,
        Text("要求解释说明处理规则", "an explanation of the rules"),
        duties("PIPL-48", "duty-5"),
        Severity.MEDIUM,
        _always,
    ),
    _DueRight(
        "no-way-for-close-relatives",
        Right.CLOSE_RELATIVE,
        Text("近亲属代逝者行使权利", "the rights of deceased people as a relative"),
        duties("PIPL-49"),
        Severity.LOW,
        _always,
    ),
    _DueRight(
        "no-way-to-withdraw",
        Right.WITHDRAW,
        Text("撤回同意", "withdrawal of consent"),
        duties("PIPL-15", "191-3.8", "duty-3", "pledge-6"),
        Severity.HIGH,
        _with_consent,
    ),
    _DueRight(
        "no-way-to-cancel-account",
        Right.CANCEL_ACCOUNT,
        Text("注销账户", "cancellation of the account"),
        duties("191-6.1", "NDSR-23", "pledge-7", "337-8"),
        Severity.HIGH,
        has_accounts,
    ),
    _DueRight(
        "no-way-to-explain-automated",
        Right.EXPLAIN_AUTOMATED,
        Text("要求说明自动化决策", "an explanation of an automated decision"),
        duties("PIPL-24.3", "duty-9"),
        Severity.HIGH,
        _with_major_effect,
    ),
    _DueRight(
        "no-way-to-refuse-automated",
        Right.REFUSE_AUTOMATED,
        Text("拒绝仅由自动化决策作出的决定", "a decision that is not purely automated"),
        duties("PIPL-24.3", "duty-9"),
        Severity.HIGH,
        _with_major_effect,
    ),
)


def _without_way(due: _DueRight) -> Check:
    def check(facts: Facts) -> Iterator[Hit]:
        for app in facts.register.apps:
            if due.right not in facts.rights_by_app[app.app] and due.due(app, facts):
                yield hit(app, "rights")

    return check


def _rule_of(due: _DueRight) -> Rule:
    zh, en = due.name.zh, due.name.en
    return Rule(
        id=due.rule,
        duties=due.duties,
        severity=due.severity,
        title=Text(f"没有“{zh}”的途径", f"No way to ask for {en}"),
        message=Text(
            f"{{row}} 的 `rights` 里没有“{zh}”的途径（`right: {due.right}`）。",
            f"{{row}} shows no way to ask for {en} (`right: {due.right}`).",
        ),
        fix=Text(
            f"在 `rights` 加一行 `right: {due.right}`，写明路径和办结时限，并真正做出这个入口。",
            f"Add a row `right: {due.right}` with path and time, and build the way.",
        ),
        check=_without_way(due),
    )


def _too_slow(facts: Facts) -> Iterator[Hit]:
    limit = facts.number("TD-R1")
    for app in facts.register.apps:
        for index, path in enumerate(app.rights):
            if path.working_days > limit:
                where = f"rights[{index}].working_days"
                days = path.working_days
                yield hit(app, where, days, key=path.right, right=path.right, limit=limit)


def _cancel_too_deep(facts: Facts) -> Iterator[Hit]:
    limit = facts.number("TD-C9")
    label = facts.catalogue.figure("TD-C9").standing.label
    for app in facts.register.apps:
        for index, path in enumerate(app.rights):
            taps = path.taps
            if path.right is Right.CANCEL_ACCOUNT and taps is not None and taps > limit:
                yield hit(app, f"rights[{index}].taps", taps, limit=limit, label=label)


def _withdraw_outside(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        ways = [path for path in app.rights if path.right is Right.WITHDRAW]
        if ways and _with_consent(app, facts) and all(path.taps is None for path in ways):
            yield hit(app, "rights", ways[0].path)


def _cancellation_not_described(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        if app.cancellation is None and has_accounts(app, facts):
            yield hit(app, "cancellation")


RULES: tuple[Rule, ...] = (
    *(_rule_of(due) for due in _DUE),
    Rule(
        id="right-too-slow",
        duties=duties("191-6.3", "PIPL-50", "NDSR-23"),
        figures=figures("TD-R1"),
        severity=Severity.HIGH,
        title=Text("权利请求答复太慢", "Right answered too late"),
        message=Text(
            "{row} 承诺 {value} 个工作日内办理 `{right}`；上限为 {limit} 个工作日。",
            "{row} promises `{right}` within {value} working days; the most is {limit}.",
        ),
        fix=Text(
            "把 `working_days` 改到 {limit} 以内，并按此安排人手。",
            "Set `working_days` to {limit} or less, and staff for it.",
        ),
        check=_too_slow,
    ),
    Rule(
        id="cancel-too-deep",
        duties=duties("191-6.2", "pledge-7", "337-8"),
        figures=figures("TD-C9"),
        severity=Severity.LOW,
        title=Text("注销入口太深", "Cancelling too deep"),
        message=Text(
            "{row} 的注销入口在 {value} 次点击之后；检测尺度（{label}）是不超过 {limit} 次。",
            "In {row} cancelling is {value} taps away; the testing yardstick ({label}) is {limit}.",
        ),
        fix=Text("把注销入口提前。", "Move the way to it up."),
        check=_cancel_too_deep,
    ),
    Rule(
        id="withdraw-outside-app",
        duties=duties("PIPL-15", "191-3.8", "duty-3"),
        severity=Severity.HIGH,
        title=Text("撤回同意要走应用外渠道", "Withdrawing only outside the app"),
        message=Text(
            "{row} 在应用内取得同意，撤回却只能走“{value}”；撤回须与给出同样便捷。",
            "{row} takes consent in the app, but it can only be withdrawn by {value}; withdrawing "
            "has to be as easy as giving.",
        ),
        fix=Text(
            "在应用内做撤回开关，并写明 `taps`。",
            "Put the withdrawal into the app, and write its `taps`.",
        ),
        check=_withdraw_outside,
    ),
    Rule(
        id="cancellation-not-described",
        duties=duties("191-6.1", "NDSR-21", "pledge-7"),
        severity=Severity.MEDIUM,
        title=Text("未说明注销条件", "Cancellation not described"),
        message=Text(
            "{row} 有账号，却没有写怎样注销（`cancellation`）。",
            "{row} has accounts but does not say how they are cancelled (`cancellation`).",
        ),
        fix=Text(
            "在 `cancellation` 写明条件、冷静期和注销后如何处理。",
            "Say under `cancellation` on which conditions, and what happens after.",
        ),
        check=_cancellation_not_described,
    ),
    Rule(
        id="cancellation-asks-more",
        duties=duties("191-6.2", "NDSR-23", "337-8"),
        severity=Severity.HIGH,
        title=Text("注销比注册要得更多", "Cancelling asks for more than registering"),
        message=Text(
            "{row} 注销账户时要提供的信息多于注册时（`asks_more_than_registration: true`）。",
            "{row} asks for more when an account is cancelled than when it was opened.",
        ),
        fix=Text(
            "用注册时已有的信息核验身份，去掉额外材料。",
            "Check identity with what registering asked for.",
        ),
        check=each_row(
            lambda facts: facts.register.apps,
            "cancellation.asks_more_than_registration",
            lambda app: (
                app.cancellation is not None and app.cancellation.asks_more_than_registration
            ),
        ),
    ),
    Rule(
        id="cancellation-keeps-sensitive",
        duties=duties("pledge-7", "PIPL-47", "NDSR-24"),
        severity=Severity.HIGH,
        title=Text("注销后仍存敏感个人信息", "Sensitive information kept after cancelling"),
        message=Text(
            "{row} 在注销账户后仍保存敏感个人信息（`sensitive_deleted: false`）。",
            "{row} keeps sensitive information after an account is cancelled.",
        ),
        fix=Text(
            "注销时删除敏感个人信息；依法必须留存的，在存储的列上写明义务和期限。",
            "Delete it; what a law keeps is written on the column, with duty and end.",
        ),
        check=each_row(
            lambda facts: facts.register.apps,
            "cancellation.sensitive_deleted",
            lambda app: app.cancellation is not None and not app.cancellation.sensitive_deleted,
        ),
    ),
)
