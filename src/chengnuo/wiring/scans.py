"""A report of a scan of the stores that is handed in; apart, for it takes room and comes seldom."""

from collections.abc import Sequence

from chengnuo.domain.register.store import Store
from chengnuo.doors.stores_report_form import read_stores_report
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.dossier.safeguard_looks import SafeguardLook
from chengnuo.usecases.dossier.scan_look import de_identification_look


def scan_look(report: bytes, stores: Sequence[Store], catalogue: Catalogue) -> SafeguardLook | None:
    """Return what a report tells of de-identification; None where it saw no column of a kind.

    Raises:
        InspectionFormError: It is no such report.

    """
    return de_identification_look(read_stores_report(report), stores, catalogue)
