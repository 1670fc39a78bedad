"""The check of a register: every rule run, every proof tried, the findings in a stable order.

Pure: the day is given, nothing is read and nothing is kept.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengnuo.domain.finding.all_package_rules import PACKAGE_RULES
from chengnuo.domain.finding.all_rules import RULES
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.proofs import Proofs, prove
from chengnuo.domain.finding.waivers import waivers_on
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue, LawVersion


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
    """Return what the rules look at; a waiver may name a rule about packages too."""
    return Facts(
        register=register,
        catalogue=catalogue,
        today=today,
        rule_ids=frozenset(rule.id for rule in (*RULES, *PACKAGE_RULES)),
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
    waivers = waivers_on(facts.register, facts.today)
    findings = [
        finding
        for rule in RULES
        for finding in findings_of(
            rule, rule.check(facts), catalogue=facts.catalogue, waivers=waivers
        )
    ]
    return CheckReport(
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        proofs=prove(facts),
        rules_run=len(RULES),
        register_version=version_of(facts.register),
        law_version=facts.catalogue.version,
        on=facts.today,
    )
