"""The check of a package: every rule run over what was seen, beside the register if there is one.

Pure: the day is given, nothing is read and nothing is kept. Without a register nothing is said of
what is declared; without an earlier inspection nothing of what changed.
"""

from collections.abc import Collection
from datetime import date

from chengnuo.domain.finding.all_package_rules import PACKAGE_RULES
from chengnuo.domain.finding.finding import Finding, FindingId
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.package_delta import delta_of
from chengnuo.domain.finding.package_drift import drift_of
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.finding.package_policy import PolicyLook
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.waivers import NO_WAIVERS, waivers_on
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.register.app import App
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue


def check_package(  # noqa: PLR0913 (a package and everything that it can be held against)
    inspection: Inspection,
    *,
    knowledge: Knowledge,
    catalogue: Catalogue,
    today: date,
    register: Register | None = None,
    app: AppId | None = None,
    before: Inspection | None = None,
    policy: PolicyLook | None = None,
) -> PackageReport:
    """Hold what was seen in a package to every rule.

    Args:
        inspection: What was seen.
        knowledge: What it was seen with.
        catalogue: The law.
        today: Civil day in the mainland on which dates are judged.
        register: Register to hold it against; every id that it mentions is in it.
        app: App of the register that the package is of; one of the register's. Without it the
            app with the same package name, else the only one.
        before: What was seen in an earlier release.
        policy: What the text of the app's privacy policy names.

    """
    look = PackageLook(
        inspection=inspection,
        knowledge=knowledge,
        catalogue=catalogue,
        today=today,
        register=register,
        app=None if register is None else app_of_package(register, inspection, app),
        policy=policy,
    )
    waivers = NO_WAIVERS if register is None else waivers_on(register, today)
    findings = (
        finding
        for rule in PACKAGE_RULES
        for finding in findings_of(
            rule, rule.check(look), catalogue=catalogue, waivers=waivers, about=look.about
        )
    )
    return PackageReport(
        inspection=inspection,
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        drift=drift_of(look),
        delta=None if before is None else delta_of(before, inspection),
        register_version=None if register is None else version_of(register),
        law_version=catalogue.version,
        on=today,
    )


def app_of_package(
    register: Register, inspection: Inspection, wanted: AppId | None = None
) -> App | None:
    """Return the app of a register that a package is of; None where that cannot be told.

    Args:
        register: The register.
        inspection: What was seen in the package.
        wanted: Id of the app, where somebody says so; one of the register's.

    """
    if wanted is not None:
        return register.app_by_id[wanted]
    name = inspection.package.app_id
    named = (one for one in register.apps if name and one.platforms.android == name)
    only = register.apps[0] if len(register.apps) == 1 else None
    return next(named, only)


def new_findings(report: PackageReport, known: Collection[FindingId]) -> tuple[Finding, ...]:
    """Return the findings that somebody has to act on and that were not known before.

    Args:
        report: The report.
        known: Ids of the findings of an earlier report.

    """
    return tuple(one for one in report.findings if one.is_open and one.id not in known)
