"""The check of a register: every rule run, every proof tried, the findings in a stable order.

Pure: the day is given, nothing is read and nothing is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Finding, FindingId, Severity, Waived, finding_id
from chengnuo.domain.finding.proofs import Proofs, prove
from chengnuo.domain.finding.rule import Hit, Rule, filled
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import RecipientId, Version
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import SdkWaiver
from chengnuo.law.catalogue import Catalogue, LawVersion
from chengnuo.law.standing import Standing

_STRONGEST_FIRST = (
    Standing.LAW,
    Standing.STANDARD,
    Standing.PLEDGE,
    Standing.PRODUCT,
    Standing.PRACTICE,
    Standing.DRAFT,
    Standing.EXPIRED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found.

    Attributes:
        findings: The findings, the worst first, waived ones among them.
        proofs: The proofs that were tried, whether they hold or not.
        rules_run: How many rules were run.
        register_version: Version of the register that was checked.
        law_version: Version of the catalogue that it was checked against.
        on: Day of the check.

    """

    findings: tuple[Finding, ...]
    proofs: Proofs
    rules_run: int
    register_version: Version
    law_version: LawVersion
    on: date

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that somebody has to act on: neither waived nor notes."""
        return tuple(finding for finding in self.findings if finding.is_open)

    @property
    def is_clean(self) -> bool:
        """Tell whether nobody has to act."""
        return not self.open_findings

    def counts(self) -> Mapping[Severity, int]:
        """Return how many findings of each severity are not waived."""
        found = Counter(one.severity for one in self.findings if one.waived is None)
        return {severity: found[severity] for severity in Severity}


def facts_of(register: Register, catalogue: Catalogue, today: date) -> Facts:
    """Return what the rules look at."""
    return Facts(
        register=register,
        catalogue=catalogue,
        today=today,
        rule_ids=frozenset(rule.id for rule in RULES),
    )


def check(register: Register, catalogue: Catalogue, today: date) -> CheckReport:
    """Hold a register to every rule.

    Args:
        register: The register; every id that it mentions is in it.
        catalogue: The law.
        today: Civil day in the mainland on which dates are judged.

    """
    return report_of(facts_of(register, catalogue, today))


def report_of(facts: Facts) -> CheckReport:
    """Hold what has been laid out already to every rule."""
    waivers = _waivers(facts)
    findings = [
        finding for rule in RULES for finding in _findings(rule, rule.check(facts), facts, waivers)
    ]
    return CheckReport(
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        proofs=prove(facts),
        rules_run=len(RULES),
        register_version=version_of(facts.register),
        law_version=facts.catalogue.version,
        on=facts.today,
    )


def standing_of_rule(rule: Rule, catalogue: Catalogue) -> Standing:
    """Return how a rule may be put forward.

    A rule that turns on a figure is worth what the weakest of its figures is worth; any other
    what the strongest of its duties is worth.
    """
    by_figure = [catalogue.figure(one).standing for one in rule.figures]
    if by_figure:
        return max(by_figure, key=_STRONGEST_FIRST.index)
    return min((catalogue.duty(one).standing for one in rule.duties), key=_STRONGEST_FIRST.index)


def _findings(
    rule: Rule,
    hits: Iterable[Hit],
    facts: Facts,
    waivers: Mapping[tuple[str, RecipientId], SdkWaiver],
) -> Iterable[Finding]:
    seen: Counter[FindingId] = Counter()
    standing = standing_of_rule(rule, facts.catalogue)
    for one in hits:
        first = finding_id(rule.id, one.row, one.field, one.key)
        yield Finding(
            id=finding_id(rule.id, one.row, one.field, one.key, seen[first]),
            rule=rule.id,
            duties=rule.duties,
            figures=rule.figures,
            standing=standing,
            severity=rule.severity,
            row=one.row,
            field=one.field,
            title=rule.title,
            message=filled(rule.message, one),
            fix=filled(rule.fix, one),
            evidence=one.value,
            waived=_waived(rule, one, waivers),
        )
        seen[first] += 1


def _waivers(facts: Facts) -> Mapping[tuple[str, RecipientId], SdkWaiver]:
    """The waivers in force today, the one that lasts longest where several cover the same."""
    found: dict[tuple[str, RecipientId], list[SdkWaiver]] = defaultdict(list)
    for waiver in facts.register.sdk_waivers:
        recipient = facts.register.recipient_by_id[waiver.recipient]
        if recipient.sdk is not None and waiver.granted <= facts.today <= waiver.expires:
            found[waiver.rule, waiver.recipient].append(waiver)
    return {key: max(each, key=lambda waiver: waiver.expires) for key, each in found.items()}


def _waived(
    rule: Rule, one: Hit, waivers: Mapping[tuple[str, RecipientId], SdkWaiver]
) -> Waived | None:
    if one.recipient is None:
        return None
    waiver = waivers.get((rule.id, one.recipient))
    if waiver is None:
        return None
    return Waived(
        waiver=waiver.sdk_waiver,
        reason=waiver.reason,
        granted_by=waiver.granted_by,
        expires=waiver.expires,
    )
