"""Changing the register in a running service: its use cases joined, its pages."""

from litestar import Router

from chengnuo.doors.web.console_findings_bulk import findings_bulk_pages
from chengnuo.doors.web.console_register_changes import change_pages
from chengnuo.doors.web.console_register_edit import edit_pages
from chengnuo.doors.web.outside import Outside
from chengnuo.doors.web.register_house import ChangeHouse
from chengnuo.usecases.consent.figures import Figures
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.register_changes import RegisterChanges
from chengnuo.usecases.register_desk import Desk


def register_change_pages(
    outside: Outside, desk: Desk, dossiers: DossierDesk | None, figures: Figures
) -> list[Router]:
    """Return the pages on which the register is changed; none where nothing keeps changes."""
    if dossiers is None or outside.register_editor is None:
        return []
    changes = RegisterChanges(
        desk=desk, dossiers=dossiers, editor=outside.register_editor, figures=figures
    )
    house = ChangeHouse(changes=changes)
    return [edit_pages(house), change_pages(house), findings_bulk_pages(house)]
