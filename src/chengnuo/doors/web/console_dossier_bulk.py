"""Dossiers of one sort as files, and one act in several of them at once, shown before it is done.

What is said in the act is said once and stands in each. For each dossier the page tells what would
happen, or why it is left out: another state, somebody else's part, four eyes. Nothing is done
before that was seen; then each is done by itself, and what failed is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread

from chengnuo.base.errors import ChengnuoError, ConflictError, InvalidInputError
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import DossierFieldError
from chengnuo.domain.dossier.sort import ActSort
from chengnuo.doors.web.console_dossier_house import (
    WORKERS,
    DossierHouse,
    GivenHouse,
    actor_of,
)
from chengnuo.doors.web.console_rights_bulk import BulkLine
from chengnuo.doors.web.dossier_forms import (
    NOTHING_TYPED,
    FormView,
    Typed,
    form_of,
    typed_in,
    values_of,
)
from chengnuo.doors.web.dossier_house import refused
from chengnuo.doors.web.dossier_list_view import dossier_lines
from chengnuo.doors.web.dossier_view import state_of, title_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.list_files import csv_answer, xlsx_answer
from chengnuo.doors.web.page_parts import Status, StatusKind, Words
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.usecases.dossier.overview import asked_for
from chengnuo.usecases.dossier.seen import Actor, Seen

_MOST_AT_ONCE = 100
_MOST_IN_A_FILE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierBulkPage:
    """What would be done in several dossiers, or what was.

    Attributes:
        title: What the page says first.
        lead: How many.
        kind: What the dossiers are called.
        path: Where their list is.
        act: Id of the act.
        lines: Each dossier.
        ids: Those in which it would be done.
        form: What is said in each; None once it is done, or where nothing can be.

    """

    title: str
    lead: str
    kind: str
    path: str
    act: str
    lines: tuple[BulkLine, ...]
    ids: tuple[str, ...]
    form: FormView | None


@get("/list.csv", guards=[FOR_READERS], sync_to_thread=True)
def dossiers_csv(request: Asked, dossier_house: GivenHouse, staff: GivenStaff) -> Response[bytes]:
    """Return the list, as it is narrowed, as a CSV file."""
    me, say = actor_of(signed_in(staff).account), dossier_house.say(request)
    table = _lines(request, dossier_house, me, say)
    return csv_answer(f"chengnuo-{dossier_house.sort.path}", *table)


@get("/list.xlsx", guards=[FOR_READERS], sync_to_thread=True)
def dossiers_sheet(
    request: Asked, services: GivenServices, dossier_house: GivenHouse, staff: GivenStaff
) -> Response[bytes]:
    """Return the list, as it is narrowed, as a workbook."""
    me, say = actor_of(signed_in(staff).account), dossier_house.say(request)
    table = _lines(request, dossier_house, me, say)
    sort = dossier_house.sort
    return xlsx_answer(services, say.lang, f"chengnuo-{sort.path}", say.text(sort.text), *table)


@post("/bulk", guards=[WORKERS])
async def bulk_dossiers(
    request: Asked, services: GivenServices, dossier_house: GivenHouse, staff: GivenStaff
) -> Page:
    """Show what would be done with the dossiers that are ticked; nothing is done yet."""
    act, ids = await _ticked(request, dossier_house)
    me = actor_of(signed_in(staff).account)
    return await sync_to_thread(_preview, request, services, dossier_house, me, act, ids)


@post("/bulk/do", guards=[WORKERS])
async def do_bulk_dossiers(
    request: Asked, services: GivenServices, dossier_house: GivenHouse, staff: GivenStaff
) -> Page:
    """Do it in each by itself, and show what came of it."""
    act, ids = await _ticked(request, dossier_house)
    typed, me = await typed_in(request, act), actor_of(signed_in(staff).account)
    return await sync_to_thread(_do, request, services, dossier_house, me, act, ids, typed)


LIST_ROUTES = (dossiers_csv, dossiers_sheet, bulk_dossiers, do_bulk_dossiers)


async def _ticked(request: Asked, house: DossierHouse) -> tuple[ActSort, tuple[DossierId, ...]]:
    """Return the act and the dossiers of a form, each once.

    Raises:
        NoSuchActError: The sort has no such act.
        NoSuchDossierError: One is of another sort.

    """
    act = house.act((await field(request, "act"))[:40])
    given = (await request.form()).getall("dossier", [])
    ids = [house.mine(one[:20]) for one in given if isinstance(one, str)]
    return act, tuple(dict.fromkeys(ids))[:_MOST_AT_ONCE]


def _lines(
    request: Asked, house: DossierHouse, me: Actor, say: Speaker
) -> tuple[list[str], Sequence[tuple[str, ...]]]:
    asked, desk = request.query_params, house.desk
    late = asked.get("late") == "yes"
    ended = not late and asked.get("ended") == "yes"
    found = asked_for(desk, me, house.sort, ended=ended, late=late, skip=0, limit=_MOST_IN_A_FILE)
    return dossier_lines(say, found, desk.clock.now())


def _left_out(say: Speaker, services: Services, me: Actor, act: ActSort, seen: Seen) -> str:
    """Return why an act would not be done in a dossier; empty where it would."""
    if act.what not in {one.what for one in seen.acts}:
        return say.t("dossier.bulk.wrong-state", state=state_of(say, seen).word)
    authors = {one.by for one in seen.dossier.acts if one.what in act.not_by_author_of}
    if me.id in authors and not services.accounts.single_person():
        return say.t("dossier.bulk.own")
    return ""


def _preview(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: DossierHouse,
    me: Actor,
    act: ActSort,
    ids: Sequence[DossierId],
    typed: Typed = NOTHING_TYPED,
) -> Page:
    say = house.say(request)
    each = [(one, _left_out(say, services, me, act, one)) for one in _seen(house, me, ids)]
    will = tuple(one.dossier.id for one, why in each if not why)
    page = DossierBulkPage(
        title=say.t("dossier.bulk.title", act=say.text(act.text)),
        lead=say.t("dossier.bulk.count", n=len(will), m=len(each) - len(will)),
        kind=say.text(house.sort.text),
        path=house.path,
        act=act.what,
        lines=tuple(_line(say, house, act, one, why) for one, why in each),
        ids=will,
        form=form_of(say, act, f"{house.path}/bulk/do", typed) if will else None,
    )
    return house.shown(request, "console/dossier_bulk.html", page, typed)


def _do(  # noqa: PLR0913, PLR0917  what the page is made from
    request: Asked,
    services: Services,
    house: DossierHouse,
    me: Actor,
    act: ActSort,
    ids: Sequence[DossierId],
    typed: Mapping[str, tuple[str, ...]],
) -> Page:
    say, lines = house.say(request), list[BulkLine]()
    for seen in _seen(house, me, ids):
        why = _left_out(say, services, me, act, seen)
        if not why:
            try:
                house.desk.act(seen.dossier.id, act.what, me, values_of(act, typed))
            except DossierFieldError as error:
                if not any(not line.why for line in lines):  # nothing is done yet
                    again = refused(request, act, typed, error)
                    return _preview(request, services, house, me, act, ids, again)
                why = _said(request, act, typed, error)
            except (InvalidInputError, ConflictError) as error:
                why = _said(request, act, typed, error)
        word = "failed" if why else "done"
        status = Status(
            kind=StatusKind.WARN if why else StatusKind.FINE, word=say.t(f"dossier.bulk.{word}")
        )
        lines.append(BulkLine(request=_link(say, house, seen), right="", status=status, why=why))
    failed = sum(bool(line.why) for line in lines)
    page = DossierBulkPage(
        title=say.t("dossier.bulk.done-title", act=say.text(act.text)),
        lead=say.t("dossier.bulk.result", n=len(lines) - failed, m=failed),
        kind=say.text(house.sort.text),
        path=house.path,
        act=act.what,
        lines=tuple(lines),
        ids=(),
        form=None,
    )
    return house.shown(request, "console/dossier_bulk.html", page)


def _said(
    request: Asked, act: ActSort, typed: Mapping[str, tuple[str, ...]], error: ChengnuoError
) -> str:
    return refused(request, act, typed, error).error


def _seen(house: DossierHouse, me: Actor, ids: Sequence[DossierId]) -> Iterator[Seen]:
    for one in ids:
        yield house.desk.one(one, me)


def _link(say: Speaker, house: DossierHouse, seen: Seen) -> Words:
    return Words(
        text=title_of(say, seen),
        href=f"{house.path}/{seen.dossier.id}",
        notes=(seen.dossier.id,),
    )


def _line(say: Speaker, house: DossierHouse, act: ActSort, seen: Seen, why: str) -> BulkLine:
    now = state_of(say, seen).word
    to = now if act.to is None else say.text(seen.sort.state(act.to).text)
    return BulkLine(
        request=_link(say, house, seen),
        right=say.t("dossier.bulk.becomes", now=now, to=to) if not why else now,
        status=Status(
            kind=StatusKind.NONE if why else StatusKind.NOTE,
            word=say.t("dossier.bulk.skip" if why else "dossier.bulk.will"),
        ),
        why=why,
    )
