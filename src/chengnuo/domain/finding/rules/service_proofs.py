"""Rules that rest on a proof: no service refused for refusing, no account without need."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.proofs import Blocked, BlockedActivity, prove_account, prove_refusal
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, hit
from chengnuo.domain.register.app import Service

BLOCKED_TEXTS = {
    Blocked.OWN_ENDS: Text("目的 `{about}` 不得强制", "nobody may be forced for `{about}`"),
    Blocked.ALL_OPTIONAL: Text(
        "以同意为依据且没有一项必要，拒绝后不再进行",
        "it rests on consent with nothing necessary, and ends when refused",
    ),
    Blocked.BEYOND_LIST: Text(
        "离不开必要范围之外的 `{about}`", "it cannot do without `{about}`, which is not on the list"
    ),
    Blocked.PROVISION_REFUSED: Text(
        "离不开可以拒绝的 `{about}`", "it cannot do without `{about}`, which can be refused"
    ),
    Blocked.PUBLICATION_REFUSED: Text(
        "只为公开，而公开可以拒绝", "it only publishes, which can be refused"
    ),
}


def in_words(tried: tuple[BlockedActivity, ...]) -> Text:
    """Say of each activity that was tried why it does not run."""
    texts = [(one.activity, BLOCKED_TEXTS[one.why], one.about) for one in tried]
    return Text(
        "；".join(f"`{name}` {text.zh.format(about=about)}" for name, text, about in texts),
        "; ".join(
            f"`{name}`: {(text.en or text.zh).format(about=about)}" for name, text, about in texts
        ),
    )


def _refusing_closes(facts: Facts) -> Iterator[Hit]:
    for service in facts.register.services:
        if not service.basic:
            continue
        for failed in prove_refusal(service, facts).failed:
            where = f"requires[{failed.index}]"
            names = [one.activity for one in failed.tried]
            key = " ".join(sorted(names))
            yield hit(service, where, ", ".join(names), key=key, why=in_words(failed.tried))


def _account_without_need(facts: Facts) -> Iterator[Hit]:
    for service in facts.register.services:
        if not service.requires_account:
            continue
        without = prove_account(service, facts).without
        if without is not None:
            path = ", ".join(without)
            shown = Text(f"经由 {path}", f"through {path}") if path else _NOTHING_NEEDED
            yield hit(service, "requires_account", service.name, path=shown)


_NOTHING_NEEDED = Text("不经任何处理活动", "through no activity at all")


def _none_needed_with_account(facts: Facts) -> Iterator[Hit]:
    for service in facts.register.services:
        app_type = facts.app_type_of(service.service)
        demanded = service.basic and service.requires_account
        if demanded and app_type is not None and app_type.none_needed:
            yield hit(service, "requires_account", service.name, type=app_type.text)


def _services(facts: Facts) -> tuple[Service, ...]:
    return facts.register.services


RULES: tuple[Rule, ...] = (
    Rule(
        id="refusing-closes-basic-service",
        duties=duties("PIPL-16", "191-4.2", "191-4.3", "191-4.5", "NPI-R2", "duty-4", "MINOR-32"),
        severity=Severity.CRITICAL,
        title=Text("拒绝非必要信息就用不了基本服务", "Refusing closes a basic service"),
        message=Text(
            "{row} 是基本服务；把可以拒绝的都拒绝后，这一步没有一项活动还能进行：{why}。",
            "{row} is basic; with everything optional refused, nothing meets this requirement: "
            "{why}.",
        ),
        fix=Text(
            "为这一步加一条不靠它的路（写进 `any_of`），或从 `requires` 中去掉。",
            "Add a way that does without (in `any_of`), or take it out of `requires`.",
        ),
        check=_refusing_closes,
    ),
    Rule(
        id="account-without-need",
        duties=duties("191-4.1", "PIPL-6", "NPI", "duty-4"),
        severity=Severity.MEDIUM,
        title=Text("要求登录，路上却没有一步需要账号", "Account demanded, none needed"),
        message=Text(
            "{row}（{value}）只能登录后使用，但{path}就能完成，没有一步需要账号。",
            "{row} ({value}) can only be used signed in, yet it can be had {path}, where nothing "
            "needs an account.",
        ),
        fix=Text(
            "允许免登录使用（`requires_account: false`），或登记确实需要账号的活动。",
            "Let it be used without one, or register the activity that needs it.",
        ),
        check=_account_without_need,
    ),
    Rule(
        id="account-for-none-needed-type",
        duties=duties("NPI-R2", "191-4.2", "PIPL-16", "duty-4"),
        severity=Severity.HIGH,
        title=Text("无须个人信息的类型要求登录", "Type that needs nothing demands an account"),
        message=Text(
            "{row}（{value}）是“{type}”的基本功能，无须个人信息即可使用，却要求登录。",
            "{row} ({value}) is the basic function of type {type}, which works without personal "
            "information, yet it demands an account.",
        ),
        fix=Text("允许免登录使用基本功能。", "Let the basic function be used without one."),
        check=_none_needed_with_account,
    ),
    Rule(
        id="basic-service-requires-nothing",
        duties=duties("PIPL-16", "191-4.3"),
        severity=Severity.NOTE,
        title=Text("基本服务没有写依赖什么", "Basic service without requirements"),
        message=Text(
            "{row}（{value}）是基本服务，没有写 `requires`；证明因此当然成立，请确认没有漏写。",
            "{row} ({value}) is basic and requires nothing, so its proof holds trivially; make "
            "sure that nothing is left out.",
        ),
        fix=Text("把离不开的活动写进 `requires`。", "List what it cannot do without."),
        check=each_row(
            _services,
            "requires",
            lambda service: service.basic and not service.requires,
            lambda service: service.name,
        ),
    ),
)
