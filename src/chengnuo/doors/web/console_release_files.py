"""Files of releases and of vettings: a package that comes in with a form, papers that go out."""

from collections.abc import AsyncIterator
from typing import Annotated

from litestar import Response
from litestar.datastructures import UploadFile
from litestar.params import PathParameter

from chengnuo.domain.governance.release import ReleaseId
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.ports.accounts import Role
from chengnuo.ports.releases import NoSuchReleaseError, ReleaseFiles, ReleasePaper

ALL = requires(*sorted(ROLES))
ACTORS = requires(Role.STAFF, Role.REVIEWER, Role.ADMIN)
LONGEST_FIELD = 1000
FORM_BYTES = 1 << 16
"""What a form may be beside its file."""
_PIECE = 1 << 20
_PAPER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-popups"
)
"""For the report: no script, nothing from elsewhere; its own policy narrows the style to a hash."""
IdPath = Annotated[str, PathParameter(pattern=r"^[0-9a-f]{1,32}$")]


async def pieces(given: UploadFile) -> AsyncIterator[bytes]:
    """Yield a file of a form, piece by piece."""
    while piece := await given.read(_PIECE):
        yield piece


def page_answer(files: ReleaseFiles, wanted: ReleaseId, paper: ReleasePaper) -> Response[bytes]:
    """Return a report as a page.

    Raises:
        NoSuchReleaseError: There is no such paper.

    """
    headers = {"content-security-policy": _PAPER_POLICY}
    data = _paper(files, wanted, paper)
    return Response(data, media_type="text/html; charset=utf-8", headers=headers)


def file_answer(
    files: ReleaseFiles, wanted: ReleaseId, paper: ReleasePaper, *, begin: str
) -> Response[bytes]:
    """Return a paper as a file to keep.

    Args:
        files: Keeps it.
        wanted: What it belongs to.
        paper: Which.
        begin: With what its name begins.

    Raises:
        NoSuchReleaseError: There is no such paper.

    """
    name = f"{begin}-{wanted}-{paper.value}"
    return Response(
        _paper(files, wanted, paper),
        media_type="application/json",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _paper(files: ReleaseFiles, wanted: ReleaseId, paper: ReleasePaper) -> bytes:
    data = files.paper(wanted, paper)
    if data is None:
        raise NoSuchReleaseError
    return data
