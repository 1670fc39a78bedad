"""What dossiers take from the register in force: rows that fields name, shorter deadlines."""

from collections.abc import Mapping

from chengnuo.domain.dossier.fields import LIST_ROWS
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT, REPLY_CLOCK
from chengnuo.domain.dossier.sorts.incident import INCIDENT, REPORT_CLOCK
from chengnuo.domain.register.kinds import KIND_BY_PLURAL
from chengnuo.domain.register.list_rows import list_rows
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue


def promised_by(register: Register | None, catalogue: Catalogue) -> Mapping[str, Mapping[str, int]]:
    """Return shorter lengths of deadlines, by sort and clock.

    Complaints as the operator promised; incidents of critical information infrastructure within the
    hours that bind it (TD-B4) instead of those of others.
    """
    if register is None:
        return {}
    found = {COMPLAINT.id: {REPLY_CLOCK: register.handler.complaints.working_days}}
    if register.handler.critical_infrastructure:
        found[INCIDENT.id] = {REPORT_CLOCK: catalogue.number("TD-B4")}
    return found


def rows_named(register: Register | None, plural: str) -> tuple[str, ...]:
    """Return the ids that a field may name: rows of a kind by its plural, or rows of the lists."""
    if register is None:
        return ()
    if plural == LIST_ROWS:
        return tuple(row for row, *_ in list_rows(register))
    return tuple(getattr(row, KIND_BY_PLURAL[plural].name) for row in getattr(register, plural))
