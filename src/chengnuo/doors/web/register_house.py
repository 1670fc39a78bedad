"""What the pages on which the register is changed are made from."""

from dataclasses import dataclass

from litestar import MediaType, Response
from litestar.di import NamedDependency

from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.register_form import Part
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.register_changes import RegisterChanges
from chengnuo.usecases.register_drafts import Draft, RegisterDrafts


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHouse:
    """What the pages are made from: the use cases."""

    changes: RegisterChanges

    @property
    def drafts(self) -> RegisterDrafts:
        """What people put together before they propose it."""
        return RegisterDrafts(self.changes)

    def say(self, request: Asked, draft: Draft | None = None) -> Speaker:
        """Return the words of a page, about the register that a draft would make."""
        desk = self.changes.desk
        return Speaker(
            lang=exchange_of(request.scope).lang,
            register=self.drafts.register(draft),
            catalogue=desk.catalogue,
        )

    def shown(self, request: Asked, template: str, page: object, *, status: int = 200) -> Page:
        """Return a page."""
        frame = console_frame(request, self.changes.desk.current())
        html = render(template, frame=frame, page=page)
        return Response(html, media_type=MediaType.HTML, status_code=status)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPage:
    """The form of a row.

    Attributes:
        title: What is done.
        row: Id of the row; empty for a new one.
        action: Where it goes.
        base: Version that it was made on.
        parts: Its parts.
        wrong: Each fault with a link to its control.
        elsewhere: Faults that are not in the row.
        note: What to know before, or empty.
        draft: Where what they put together is, or None.
        removes: Whether the row can be taken out, or have another id.
        rename_to: Another id that was typed.
        rename_error: What was wrong with it.

    """

    title: str
    row: str
    action: str
    base: str
    parts: tuple[Part, ...]
    wrong: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[str, ...] = ()
    note: str = ""
    draft: Link | None = None
    removes: bool = False
    rename_to: str = ""
    rename_error: str = ""


GivenChanges = NamedDependency[ChangeHouse]
