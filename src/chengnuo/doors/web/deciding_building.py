"""From what wiring has made outside to the page of what must be decided."""

from litestar import Router

from chengnuo.doors.web.console_decide import deciding_pages
from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.deciding import Decider
from chengnuo.usecases.register_desk import Desk


def pages_of_deciding(outside: Outside, desk: Desk) -> list[Router]:
    """Return the routes of the page; none where the files of a folder cannot be worked on."""
    if outside.row_remarks is None or outside.register_editor is None:
        return []
    return deciding_pages(
        Decider(desk=desk, remarks=outside.row_remarks, editor=outside.register_editor)
    )
