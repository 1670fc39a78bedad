"""What safeguards and audits say of themselves, as the controls over them see it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardSeen:
    """One safeguard that is not retired.

    Attributes:
        dossier: Its dossier.
        measure: Of which kind.
        state: Id of its state.
        shown_on: Civil day of the newest evidence; None for none.
        observed: Whether the service saw that itself, rather than somebody recorded it.
        next_due: Day by which it is shown again; None without evidence.

    """

    dossier: str
    measure: str
    state: str
    shown_on: date | None = None
    observed: bool = False
    next_due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSeen:
    """One audit, planned or done.

    Attributes:
        dossier: Its dossier.
        body: Who audits.
        lead: Who leads it; empty where it was not said.
        external: Whether that is a professional body.

    """

    dossier: str
    body: str
    lead: str
    external: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardRecords:
    """The safeguards and the audits of a handler.

    Attributes:
        on: The civil day.
        safeguards: The safeguards, the newest first.
        audits: The audits, the oldest first.
        most_in_a_row: So many audits in a row by the same body are too many.
        too_many: Never so: every one is looked at, however many there are.

    """

    on: date
    safeguards: tuple[SafeguardSeen, ...] = ()
    audits: tuple[AuditSeen, ...] = ()
    most_in_a_row: int = 0
    too_many: bool = False
