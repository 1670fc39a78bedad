"""What the pages of one sort of dossier are made from, in the console and in the centre."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

from litestar import MediaType, Response
from litestar.params import PathParameter
from litestar.response import Redirect

from chengnuo.base.errors import ChengnuoError, ConflictError
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import DossierFieldError
from chengnuo.domain.dossier.sort import ActSort, DossierSort
from chengnuo.domain.dossier.standing import ActRefusedError, NoSuchActError
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.dossier_forms import NOTHING_TYPED, Typed, wrong_field
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Frame, render
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.ports.dossiers import NoSuchDossierError
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.seen import Seen
from chengnuo.usecases.evidence.file_requests import FourEyesError
from chengnuo.usecases.register_desk import Desk, Served

IdPath = Annotated[str, PathParameter(pattern=r"^[a-z]{2}-[a-z0-9]{10}$")]
WhatPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,32}$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SortHouse:
    """What the pages of one sort are made from.

    Attributes:
        sort: The sort.
        desk: The desk.
        register: The register in force.
        frame: Returns the frame of a page.
        path: Where the list is.

    """

    sort: DossierSort
    desk: DossierDesk
    register: Desk
    frame: Callable[[Asked, Served | None], Frame]
    path: str

    def say(self, request: Asked) -> Speaker:
        """Return the words of a page."""
        return Speaker(
            lang=exchange_of(request.scope).lang,
            register=self.register.served.register,
            catalogue=self.register.catalogue,
        )

    def shown(
        self, request: Asked, template: str, page: object, typed: Typed = NOTHING_TYPED
    ) -> Page:
        """Return a page; one that came back with what was wrong is a bad request."""
        html = render(template, frame=self.frame(request, self.register.current()), page=page)
        status = 200 if typed is NOTHING_TYPED else 400
        return Response(html, media_type=MediaType.HTML, status_code=status)

    def mine(self, wanted: str) -> DossierId:
        """Return the id of a dossier of this sort.

        Raises:
            NoSuchDossierError: It is one of another sort, which has pages of its own.

        """
        if not wanted.startswith(f"{self.sort.prefix}-"):
            raise NoSuchDossierError
        return DossierId(wanted)

    def act(self, what: str) -> ActSort:
        """Return an act.

        Raises:
            NoSuchActError: The sort has none of this id.

        """
        found = self.sort.act(what)
        if found is None:
            raise NoSuchActError(self.sort.id, what)
        return found

    def done(
        self,
        request: Asked,
        act: ActSort,
        typed: Mapping[str, tuple[str, ...]],
        do: Callable[[], Seen],
        again: Callable[[Typed], Page],
    ) -> Page | Redirect:
        """Do something and go to the dossier, or show the form again with what was wrong.

        Args:
            request: The request.
            act: What is done.
            typed: What was typed into its form.
            do: Does it.
            again: Shows the form again.

        """
        try:
            seen = do()
        except (DossierFieldError, ActRefusedError, FourEyesError, ConflictError) as error:
            return again(refused(request, act, typed, error))
        return go(f"{self.path}/{seen.dossier.id}")


def refused(
    request: Asked, act: ActSort, typed: Mapping[str, tuple[str, ...]], error: ChengnuoError
) -> Typed:
    """Return what was typed into a form, with what was wrong."""
    lang = exchange_of(request.scope).lang
    wrong = ""
    if isinstance(error, DossierFieldError):
        wrong, said = error.field, wrong_field(error, lang, act)
    elif isinstance(error, ActRefusedError):
        said = error.why.in_lang(lang)
    else:
        said = error_text(error.code, lang)
    return Typed(what=act.what, fields=typed, wrong=wrong, error=said)
