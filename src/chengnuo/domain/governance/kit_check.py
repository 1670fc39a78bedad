"""The check of a kit alone: what its code can read beside what its recipient declares.

An AAR or JAR goes out only inside an app, and nothing in it starts by itself: what counts is what
its code can do, whoever calls it. All code in the package is held to the row of one recipient,
parts of other SDKs that are bundled with it too, for with it they get into the app.

Compared are categories of personal information, permissions that the manifest of the kit adds to
the app, and hosts abroad. A recipient declares no permissions of its own: those of the activities
that name it count. What is declared and was not seen is told of categories only that a call is
known to read, and only where all of the package was seen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.finding.package_drift import (
    drift_of_rows,
    is_notable,
    known_abroad,
    not_used,
    readable_categories,
    used,
)
from chengnuo.domain.finding.package_look import (
    PackageLook,
    activity_row,
    full_name,
    recipient_row,
)
from chengnuo.domain.finding.package_report import Drift, DriftRow, PackageReport, Side
from chengnuo.domain.governance.gate import FAIL_ON, GateVerdict, verdict_of
from chengnuo.domain.observation.observation import Observation, Subject
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.ids import CategoryId

SIDES = {
    Side.USED_NOT_DECLARED: Text("代码能做，未声明", "code can, not declared"),
    Side.AGREED: Text("代码能做，已声明", "code can, declared"),
    Side.DECLARED_NOT_USED: Text("已声明，代码中未见", "declared, not seen"),
}
"""How a thing stands, the gravest first. The words of `Side` say that something is used: of a kit
alone only what it can do is known."""


class NotAKitError(InvalidInputError):
    """What is to be vetted is an app, which is released and not vetted."""

    code = "not-a-kit"

    def __init__(self, kind: str) -> None:
        super().__init__(f"the package is `{kind}`; expected the AAR or JAR of a kit")
        self.kind = kind


class KitRecipientError(InvalidInputError):
    """Which recipient a kit is of cannot be told, or the register has none of the id given."""

    code = "kit-recipient"

    def __init__(self, wanted: str, candidates: Sequence[str]) -> None:
        names = ", ".join(f"`{each}`" for each in candidates) or "none"
        what = f"recipient `{wanted}` is not in the register, it has" if wanted else "it may be of"
        super().__init__(f"say which recipient the kit is of; {what} {names}")
        self.wanted = wanted
        self.candidates = tuple(candidates)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitCheck:
    """What a kit is beside its row of the register.

    Attributes:
        report: What was found: findings about the kit alone, and how far it is from its row.
        recipient: Its recipient; None where the register has none for it.

    """

    report: PackageReport
    recipient: Recipient | None

    @property
    def rows(self) -> tuple[DriftRow, ...]:
        """Everything that is declared or was seen, what is not declared first."""
        return rows_of_kit(self.report)

    @property
    def undeclared(self) -> tuple[DriftRow, ...]:
        """What was seen and no row declares."""
        return tuple(one for one in self.rows if one.side is Side.USED_NOT_DECLARED)

    @property
    def verdict(self) -> GateVerdict:
        """What is said of it: it fails where a release would, and on what is not declared."""
        failing = (one for one in self.report.findings if one.is_open)
        grave = any(one.severity.rank <= FAIL_ON.rank for one in failing)
        return verdict_of(self.report.inspection, fails=bool(self.undeclared) or grave)


def rows_of_kit(report: PackageReport) -> tuple[DriftRow, ...]:
    """Return everything that is declared or was seen of a kit, what is not declared first."""
    sides = list(SIDES)
    rows = () if report.drift is None else report.drift.rows
    return tuple(sorted(rows, key=lambda row: sides.index(row.side)))


def vetted(look: PackageLook, recipient: Recipient | None) -> Drift:
    """Return what is declared for a kit against what its code can do.

    Args:
        look: The kit, beside the register.
        recipient: Its row; None where there is none, so that nothing is declared.

    """
    return drift_of_rows(
        (
            *_categories(look, recipient),
            *_permissions(look, recipient),
            *_hosts(look, recipient),
        )
    )


def recipient_of_kit(
    look: PackageLook, register: Register, wanted: RecipientId | None
) -> Recipient | None:
    """Return the recipient that a kit is of; None where no row fits.

    Args:
        look: The kit, beside the register.
        register: The register.
        wanted: Id of the recipient, where somebody says so.

    Raises:
        KitRecipientError: The register has none of that id, or several fit.

    """
    if wanted is not None:
        if wanted not in register.recipient_by_id:
            raise KitRecipientError(wanted, sorted(register.recipient_by_id))
        return register.recipient_by_id[wanted]
    names = {one.place.class_name for one in look.inspection.observations}
    names.add(look.inspection.package.app_id)
    of_kits = {one.recipient for kit in look.kits for one in look.registered.of(kit.owner)}
    fitting = [
        one
        for one in register.recipients
        if one.recipient in of_kits or any(look.registered.holds_class(one, name) for name in names)
    ]
    if len(fitting) > 1:
        raise KitRecipientError("", [one.recipient for one in fitting])
    return fitting[0] if fitting else None


def _categories(look: PackageLook, recipient: Recipient | None) -> Iterator[DriftRow]:
    declared = () if recipient is None else tuple(dict.fromkeys(recipient.categories))
    rows = () if recipient is None else (recipient_row(recipient.recipient),)
    read = _read(look.readings, declared)
    for category, readings in read.items():
        yield used(Subject.INFORMATION, category, rows if category in declared else (), readings)
    inspection = look.inspection
    if look.is_packed or inspection.unread or inspection.not_finished:
        return
    readable = readable_categories(look)
    for category in declared:
        if category not in read and category in readable:
            yield not_used(Subject.INFORMATION, category, *rows)


def _read(
    readings: Iterable[Observation], declared: Collection[CategoryId]
) -> dict[CategoryId, list[Observation]]:
    """Return readings by category: the first that is declared, else the main one."""
    found: dict[CategoryId, list[Observation]] = defaultdict(list)
    for one in readings:
        fitting = (each for each in one.categories if each in declared)
        found[next(fitting, one.categories[0])].append(one)
    return found


def _permissions(look: PackageLook, recipient: Recipient | None) -> Iterator[DriftRow]:
    naming = (
        ()
        if recipient is None or look.register is None
        else tuple(look.register.activities_with(recipient.recipient))
    )
    for name, asked in look.permissions.items():
        rows = tuple(
            activity_row(one) for one in naming if name in map(full_name, one.permissions.android)
        )
        if rows or is_notable(look.words.permission(name)):
            yield used(Subject.PERMISSION, name, rows, asked)


def _hosts(look: PackageLook, recipient: Recipient | None) -> Iterator[DriftRow]:
    is_declared = recipient is not None and recipient.is_overseas
    rows = (recipient_row(recipient.recipient),) if recipient is not None and is_declared else ()
    for _, seen in known_abroad(look):
        yield used(Subject.HOST, seen[0].what, rows, seen)
