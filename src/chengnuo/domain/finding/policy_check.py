"""The check of a policy: every rule run over what it says, beside the register."""

from dataclasses import dataclass
from datetime import date

from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.package_report import Drift
from chengnuo.domain.finding.policy_drift import policy_drift
from chengnuo.domain.finding.policy_held import PolicyHeld
from chengnuo.domain.finding.policy_rules import POLICY_RULES
from chengnuo.domain.finding.waivers import waivers_on
from chengnuo.domain.observation.policy import PolicyReading
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyReport:
    """What a policy says, and how it stands to a register.

    Attributes:
        reading: What it says.
        findings: Where it differs from the register, the worst first; none without a register.
        drift: How far the two are apart; None without a register.
        register_version: Version of the register that it was held against; None if against none.

    """

    reading: PolicyReading
    findings: tuple[Finding, ...] = ()
    drift: Drift | None = None
    register_version: Version | None = None


def check_policy(held: PolicyHeld, *, today: date) -> PolicyReport:
    """Hold what a policy says to every rule.

    Args:
        held: The policy beside the register.
        today: Civil day in the mainland on which waivers count.

    """
    waivers = waivers_on(held.register, today)
    findings = (
        finding
        for rule in POLICY_RULES
        for finding in findings_of(
            rule, rule.check(held), catalogue=held.catalogue, waivers=waivers, about=held.app_row
        )
    )
    return PolicyReport(
        reading=held.reading,
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        drift=policy_drift(held),
        register_version=version_of(held.register),
    )
