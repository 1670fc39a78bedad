"""A page of one's own account or of people, shown in the console's frame."""

from litestar import MediaType, Response

from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page


def show_in_console(
    request: Asked, services: Services, template: str, page: object, *, status: int = 200
) -> Page:
    """Return a page with the console's pages beside it."""
    frame = console_frame(request, services.register.current())
    html = render(template, frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML, status_code=status)
