"""What dossiers say of rows of the pledge board that do not apply."""

from datetime import date

from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sorts.not_applicable import (
    APPROVE,
    DECLARE,
    IN_FORCE,
    RENEW,
    ROW_NOT_APPLICABLE,
)
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.finding.declared_rows import DeclaredRow
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import DutyId
from chengnuo.ports.dossiers import DossierStore

_MOST = 500


def declared_rows(store: DossierStore) -> dict[DutyId, DeclaredRow]:
    """Return what is declared not to apply and approved, by row; of two, the newer one.

    Raises:
        DatabaseUnavailableError: Dossiers cannot be read now.

    """
    found = store.every([ROW_NOT_APPLICABLE.id], open_only=True, limit=_MOST)
    in_force = [one for one in found if state_of(ROW_NOT_APPLICABLE, one).id == IN_FORCE]
    made = (_declared(one) for one in sorted(in_force, key=lambda one: one.acts[-1].at))
    return {one.duty: one for one in made}


def _declared(dossier: Dossier) -> DeclaredRow:
    declared, approved = dossier.last(DECLARE), dossier.last(APPROVE, RENEW)
    by = "" if declared is None else declared.by
    return DeclaredRow(
        duty=DutyId(str(dossier.value("row"))),
        reasons=str(dossier.value("reasons")),
        on=civil_date(dossier.acts[-1].at if approved is None else approved.at),
        until=date.fromisoformat(str(dossier.value("until"))),
        dossier=dossier.id,
        by=by,
        approved_by=by if approved is None else approved.by,
    )
