"""The pages about minors, of the centre and of the console, for the service."""

from litestar import Router

from chengnuo.doors.web.centre_guardians import guardian_pages
from chengnuo.doors.web.console_minors import console_minor_pages
from chengnuo.usecases.register_desk import Desk


def minor_pages(desk: Desk) -> list[Router]:
    """Return the routes of both."""
    return [guardian_pages(desk), console_minor_pages(desk)]
