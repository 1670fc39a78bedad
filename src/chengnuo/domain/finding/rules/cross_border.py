"""Rules about provision outside the mainland (PIPL Arts. 38 to 40; rules of 2024)."""

from collections.abc import Callable, Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, Word, duties, each_row, figures, hit
from chengnuo.domain.register.recipient import CrossBorder, Recipient
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.law.transfer_route import TransferRoute

_COUNTED = frozenset(
    {
        TransferRoute.EXEMPT_VOLUME,
        TransferRoute.STANDARD_CONTRACT,
        TransferRoute.CERTIFICATION,
    }
)
_BELOW_ASSESSMENT = frozenset({TransferRoute.STANDARD_CONTRACT, TransferRoute.CERTIFICATION})


def _overseas(facts: Facts) -> Iterator[Recipient]:
    return (recipient for recipient in facts.register.recipients if recipient.is_overseas)


def _transfers(facts: Facts) -> Iterator[tuple[Recipient, CrossBorder]]:
    for recipient in _overseas(facts):
        if recipient.cross_border is not None:
            yield recipient, recipient.cross_border


def _lacking(wrong: Callable[[CrossBorder], bool]) -> Callable[[Recipient], bool]:
    return lambda recipient: recipient.cross_border is not None and wrong(recipient.cross_border)


def _expired(facts: Facts) -> Iterator[Hit]:
    for recipient, transfer in _transfers(facts):
        if transfer.until is not None and transfer.until < facts.today:
            yield hit(recipient, "cross_border.until", transfer.until, route=transfer.route)


def _above_exempt_volume(facts: Facts) -> Iterator[Hit]:
    limit = facts.number("TD-D4")
    for recipient, transfer in _transfers(facts):
        if transfer.route is not TransferRoute.EXEMPT_VOLUME:
            continue
        people = transfer.individuals_a_year
        sensitive = transfer.sensitive_individuals_a_year
        if people is not None and people >= limit:
            where = "cross_border.individuals_a_year"
            yield hit(recipient, where, people, limit=f"{limit:,}", what=_PEOPLE)
        if sensitive:
            where = "cross_border.sensitive_individuals_a_year"
            yield hit(recipient, where, sensitive, limit=f"{limit:,}", what=_SENSITIVE_PEOPLE)


_PEOPLE = Text("个人信息", "information")
_SENSITIVE_PEOPLE = Text("敏感个人信息", "sensitive information")


def _assessment_due(facts: Facts) -> Iterator[Hit]:
    general, sensitive = facts.number("TD-D1"), facts.number("TD-D2")
    for recipient, transfer in _transfers(facts):
        if transfer.route not in _BELOW_ASSESSMENT:
            continue
        for where, people, limit, what in (
            ("individuals_a_year", transfer.individuals_a_year, general, _PEOPLE),
            (
                "sensitive_individuals_a_year",
                transfer.sensitive_individuals_a_year,
                sensitive,
                _SENSITIVE_PEOPLE,
            ),
        ):
            if people is not None and people >= limit:
                words: dict[str, Word] = {
                    "limit": f"{limit:,}",
                    "what": what,
                    "route": transfer.route.value,
                }
                yield hit(recipient, f"cross_border.{where}", people, words=words)


def _together_above(facts: Facts) -> Iterator[Hit]:
    """Recipients that are each below the line may be above it together."""
    limit = facts.number("TD-D4")
    exempt = [
        (recipient, transfer.individuals_a_year or 0)
        for recipient, transfer in _transfers(facts)
        if transfer.route is TransferRoute.EXEMPT_VOLUME
    ]
    total = sum(people for _, people in exempt)
    if len(exempt) > 1 and total >= limit and all(people < limit for _, people in exempt):
        for recipient, people in exempt:
            words: dict[str, Word] = {"total": f"{total:,}", "limit": f"{limit:,}"}
            yield hit(recipient, "cross_border.individuals_a_year", people, words=words)


def _contract_without_contract(facts: Facts) -> Iterator[Hit]:
    for recipient, transfer in _transfers(facts):
        if transfer.route is not TransferRoute.EXEMPT_CONTRACT:
            continue
        for activity in facts.activities_by_recipient.get(recipient.recipient, ()):
            if activity.basis is not LegalBasis.CONTRACT:
                where = "cross_border.route"
                name = activity.activity
                yield hit(recipient, where, transfer.route, key=name, activity=name)


RULES: tuple[Rule, ...] = (
    Rule(
        id="overseas-without-route",
        duties=duties("PIPL-38", "XB-2024", "duty-15"),
        severity=Severity.CRITICAL,
        title=Text("出境没有合法路径", "Abroad without a route"),
        message=Text(
            "{row} 在 `{value}`，向它提供属于出境，却没有写依据哪条路径（`cross_border`）。",
            "{row} is in `{value}`; providing to it leaves the mainland, but no route is named "
            "(`cross_border`).",
        ),
        fix=Text(
            "走安全评估、认证或标准合同，或写明豁免情形；在此之前停止提供。",
            "Take a route or name the exemption; until then, stop.",
        ),
        check=each_row(
            _overseas,
            "cross_border",
            lambda recipient: recipient.cross_border is None,
            lambda recipient: recipient.country,
        ),
    ),
    Rule(
        id="overseas-route-without-reference",
        duties=duties("PIPL-38", "XB-2024", "duty-15"),
        severity=Severity.HIGH,
        title=Text("出境路径没有备案或批准编号", "Route without its reference"),
        message=Text(
            "{row} 的出境路径是 `{value}`，却没有备案、证书或批准编号（`reference`）。",
            "{row} rests on `{value}` but names no filing, certificate or approval.",
        ),
        fix=Text(
            "办妥后写 `reference` 和 `until`。", "Write `reference` and `until` once it is done."
        ),
        check=each_row(
            _overseas,
            "cross_border.reference",
            _lacking(lambda one: one.route.needs_filing and one.reference is None),
            lambda recipient: recipient.cross_border and recipient.cross_border.route,
        ),
    ),
    Rule(
        id="overseas-route-expired",
        duties=duties("PIPL-38", "XB-2024", "duty-15"),
        severity=Severity.HIGH,
        title=Text("出境路径已过期", "Route expired"),
        message=Text(
            "{row} 的出境路径 `{route}` 已于 {value} 到期。",
            "Route `{route}` of {row} expired on {value}.",
        ),
        fix=Text("续办，或停止提供。", "Renew it, or stop."),
        check=_expired,
    ),
    Rule(
        id="overseas-above-exempt-volume",
        duties=duties("XB-2024", "PIPL-38", "duty-15"),
        figures=figures("TD-D4"),
        severity=Severity.HIGH,
        title=Text("超出豁免的人数", "Above the exempt head-count"),
        message=Text(
            "{row} 以人数豁免出境，但一年涉及 {value} 人的{what}；"
            "豁免只限不满 {limit} 人且不含敏感个人信息。",
            "{row} is exempt by head-count, yet {what} of {value} people goes abroad in a year; "
            "the exemption covers fewer than {limit} and nothing sensitive.",
        ),
        fix=Text(
            "订立标准合同并备案，或通过认证；不再按豁免处理。",
            "Conclude and file the standard contract, or get certified.",
        ),
        check=_above_exempt_volume,
    ),
    Rule(
        id="overseas-assessment-due",
        duties=duties("PIPL-40", "PIPL-38", "XB-2024", "duty-15"),
        figures=figures("TD-D1", "TD-D2"),
        severity=Severity.CRITICAL,
        title=Text("达到安全评估的人数", "Head-count calls for a security assessment"),
        message=Text(
            "{row} 走的是 `{route}`，但一年涉及 {value} 人的{what}，"
            "达到 {limit} 人即须通过安全评估。",
            "{row} rests on `{route}`, but {what} of {value} people goes abroad in a year; from "
            "{limit} on a security assessment is due.",
        ),
        fix=Text(
            "申报安全评估；通过前停止或减少出境。",
            "Apply for the assessment; until it is passed, stop or reduce.",
        ),
        check=_assessment_due,
    ),
    Rule(
        id="overseas-volumes-split",
        duties=duties("XB-2024", "PIPL-38", "duty-15"),
        figures=figures("TD-D4", "TD-D11"),
        severity=Severity.MEDIUM,
        title=Text("各接收方合计可能超出豁免", "Together perhaps above the exemption"),
        message=Text(
            "{row} 按豁免出境 {value} 人，连同其他按豁免的接收方合计 {total} 人，"
            "达到 {limit} 人的线；不得拆分数量。",
            "{row} is exempt with {value} people, but all exempt recipients together reach "
            "{total}, above the line of {limit}; volumes may not be split.",
        ),
        fix=Text(
            "按去重后的人数核算；确实达到的，改走标准合同或认证。",
            "Count distinct people; where the line is reached, take another route.",
        ),
        check=_together_above,
    ),
    Rule(
        id="overseas-count-missing",
        duties=duties("XB-2024", "duty-15"),
        figures=figures("TD-D4", "TD-D1", "TD-D2"),
        severity=Severity.MEDIUM,
        title=Text("未登记出境人数", "Head-count abroad missing"),
        message=Text(
            "{row} 的出境路径 `{value}` 要看人数，却没有写一年涉及多少人。",
            "Route `{value}` of {row} depends on a head-count that is not given.",
        ),
        fix=Text(
            "写 `individuals_a_year` 和 `sensitive_individuals_a_year`，按自然年去重计人。",
            "Write both head-counts: distinct people in a calendar year.",
        ),
        check=each_row(
            _overseas,
            "cross_border.individuals_a_year",
            _lacking(
                lambda one: (
                    one.route in _COUNTED
                    and (one.individuals_a_year is None or one.sensitive_individuals_a_year is None)
                )
            ),
            lambda recipient: recipient.cross_border and recipient.cross_border.route,
        ),
    ),
    Rule(
        id="overseas-without-rights",
        duties=duties("PIPL-39", "duty-15"),
        severity=Severity.HIGH,
        title=Text("未告知怎样向境外接收方行权", "Rights against the recipient not stated"),
        message=Text(
            "{row}（{value}）没有写个人怎样向境外接收方行使权利（`cross_border.rights`）。",
            "{row} ({value}) does not say how people exercise rights against it.",
        ),
        fix=Text("写明方式和程序，并实际可行。", "Say how, and make sure that it works."),
        check=each_row(
            _overseas,
            "cross_border.rights",
            _lacking(lambda one: one.rights is None),
            lambda recipient: recipient.name,
        ),
    ),
    Rule(
        id="overseas-without-safeguards",
        duties=duties("PIPL-38", "duty-15"),
        severity=Severity.MEDIUM,
        title=Text("未说明怎样保障境外处理达标", "Safeguards abroad not stated"),
        message=Text(
            "{row}（{value}）没有写用什么措施保障它的处理达到本法标准（`safeguards`）。",
            "{row} ({value}) does not say what keeps its handling up to the law's standard.",
        ),
        fix=Text(
            "写明合同约束、加密、最小字段等措施。", "Name contract terms, encryption, fewer fields."
        ),
        check=each_row(
            _overseas,
            "cross_border.safeguards",
            _lacking(lambda one: one.safeguards is None),
            lambda recipient: recipient.name,
        ),
    ),
    Rule(
        id="exempt-contract-without-contract",
        duties=duties("XB-2024", "PIPL-38"),
        severity=Severity.HIGH,
        title=Text("以合同豁免出境，活动却不是合同必需", "Contract exemption without a contract"),
        message=Text(
            "{row} 以订立、履行合同豁免出境（`{value}`），但处理活动 `{activity}` 的依据不是合同。",
            "{row} is exempt for a contract (`{value}`), but activity `{activity}` does not rest "
            "on one.",
        ),
        fix=Text("换一条路径，或只提供合同必需的部分。", "Take another route, or provide less."),
        check=_contract_without_contract,
    ),
    Rule(
        id="route-for-mainland-recipient",
        duties=duties("PIPL-38"),
        severity=Severity.LOW,
        title=Text("境内接收方写了出境路径", "Route for a recipient at home"),
        message=Text(
            "{row} 登记在境内，却写了出境路径 `{value}`。",
            "{row} is in the mainland but has route `{value}`.",
        ),
        fix=Text(
            "若境外人员可以远程访问，`country` 应写境外；否则删去 `cross_border`。",
            "Where it is reached from abroad, correct `country`; else take the route away.",
        ),
        check=each_row(
            lambda facts: facts.register.recipients,
            "cross_border",
            lambda recipient: not recipient.is_overseas and recipient.cross_border is not None,
            lambda recipient: recipient.cross_border and recipient.cross_border.route,
        ),
    ),
)
