"""Inspecting a package and holding it against a register and an earlier release."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.package_check import check_package
from chengnuo.domain.finding.package_policy import PolicyLook
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.finding.policy_reading import look_through
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Observation
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.model import Register
from chengnuo.ports.packages import PackageInspector
from chengnuo.ports.policies import PolicyText


class NoSuchAppError(InvalidInputError):
    """The register has no app of that id."""

    code = "no-such-app"

    def __init__(self, app: str, known: Sequence[str]) -> None:
        names = ", ".join(f"`{each}`" for each in known)
        super().__init__(f"app `{app}` is not in the register; it has {names or 'none'}")
        self.app = app


class NotSeenError(InvalidInputError):
    """No observation or finding of the package has an id that begins so, or several have."""

    code = "not-seen"

    def __init__(self, begin: str, count: int) -> None:
        why = f"it is the beginning of {count}" if count else "nothing seen or found has it"
        super().__init__(f"id `{begin}` names nothing in this package: {why}")
        self.begin = begin
        self.count = count


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a package is held against.

    Attributes:
        register: The register; None for none.
        app: App of the register that the package is of; None to find it by the package.
        policy: What the text of the app's privacy policy names; None for none.

    """

    register: Register | None = None
    app: AppId | None = None
    policy: PolicyLook | None = None

    def __post_init__(self) -> None:
        """Refuse an app that the register does not have.

        Raises:
            NoSuchAppError: It has none of that id.

        """
        known = {} if self.register is None else self.register.app_by_id
        if self.app is not None and self.app not in known:
            raise NoSuchAppError(self.app, sorted(known))

    @property
    def package_name(self) -> str:
        """Package name of the app, or of the only one; empty where the register names none."""
        apps = () if self.register is None else self.register.apps
        only = apps[0] if len(apps) == 1 else None
        found = (
            only
            if self.register is None or self.app is None
            else (self.register.app_by_id[self.app])
        )
        return "" if found is None else found.platforms.android or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One finding or observation, with the code around it.

    Attributes:
        finding: The finding, if its id was given.
        observations: The observation, or those that the finding rests on.
        listings: The code around their places.

    """

    finding: Finding | None
    observations: tuple[Observation, ...]
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspections:
    """The use cases on packages.

    Attributes:
        inspector: Inspects.
        words: The law and the knowledge, for judging and for naming.
        today: Tells the civil day in the mainland.

    """

    inspector: PackageInspector
    words: ReportWords
    today: Callable[[], date]

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        """Inspect a package; nothing is judged yet.

        Raises:
            NotAPackageError: It is no package.
            PackageLimitError: It asks for more than is accepted.
            InspectionUnfinishedError: It took more time or memory than it may, or the work died.

        """
        return self.inspector.inspect(path, tell)

    def report(
        self,
        inspection: Inspection,
        declared: Declared,
        *,
        before: Inspection | None = None,
        on: date | None = None,
    ) -> PackageReport:
        """Judge what was seen.

        Args:
            inspection: What was seen.
            declared: What it is held against.
            before: What was seen in an earlier release.
            on: Civil day on which dates are judged; today if None.

        """
        return check_package(
            inspection,
            knowledge=self.words.knowledge,
            catalogue=self.words.law,
            today=on or self.today(),
            register=declared.register,
            app=declared.app,
            before=before,
            policy=declared.policy,
        )

    def look_through(self, policy: PolicyText) -> PolicyLook:
        """Return what the text of a privacy policy names."""
        return look_through(
            policy.text,
            file=policy.file,
            sha256=policy.sha256,
            knowledge=self.words.knowledge,
            law=self.words.law,
        )

    def explain(
        self, path: Path, report: PackageReport, begin: str, tell: Callable[[str], None]
    ) -> Explained:
        """Return what an id stands for, with the code around it.

        Args:
            path: The package that the report is of.
            report: What was found in it.
            begin: The id of a finding or observation, or a beginning that no other has.
            tell: Called with each stage of reading the code.

        Raises:
            NotSeenError: The id names nothing, or more than one thing.

        """
        findings = [one for one in report.findings if one.id.startswith(begin)]
        seen = report.inspection.observations
        found = [one for one in seen if one.id.startswith(begin)]
        if len(findings) + len(found) != 1:
            raise NotSeenError(begin, len(findings) + len(found))
        if findings:
            found = [one for one in seen if one.id in findings[0].observations]
        return Explained(
            finding=findings[0] if findings else None,
            observations=tuple(found),
            listings=self.inspector.listings(path, [one.place for one in found], tell),
        )
