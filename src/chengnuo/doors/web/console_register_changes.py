"""The console's pages of changes of the register: the list, one with what follows, its acts."""

from dataclasses import dataclass

from litestar import Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import Provide
from litestar.response import Redirect

from chengnuo.base.errors import ChengnuoError, ConflictError
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.dossier.fields import DossierFieldError
from chengnuo.domain.dossier.sorts.register_change import (
    APPROVE,
    COLLECT,
    PUT_IN_FORCE,
    REFUSE,
    REGISTER_CHANGE,
    WITHDRAW,
)
from chengnuo.domain.dossier.standing import ActRefusedError, NotYourActError
from chengnuo.domain.register.row_edit import Edits, edits_of, text_of
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_dossier_house import WORKERS, actor_of, names_of
from chengnuo.doors.web.console_register_change_view import Propose, change_page, preview_page
from chengnuo.doors.web.console_register_draft_view import draft_link, form_href, row_of
from chengnuo.doors.web.dossier_house import IdPath, WhatPath
from chengnuo.doors.web.dossier_view import state_of
from chengnuo.doors.web.form_parts import field, signed_in
from chengnuo.doors.web.four_eyes import eyes_for
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.leafing import ON_A_LEAF, Leafing, leaf_of, leafing
from chengnuo.doors.web.page_parts import Empty, Row, Table, Words, linked, said
from chengnuo.doors.web.register_edit_href import CHANGES_PATH
from chengnuo.doors.web.register_house import ChangeHouse, GivenChanges
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page, go
from chengnuo.doors.web.who_reads import FOR_READERS
from chengnuo.ports.register_target import RegisterNotWrittenError
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.evidence.file_requests import FourEyesError

_MOST_EDIT, _MOST_WHY = 200_000, 5_000
DROP, AGAIN = "drop", "again"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage:
    """The list of changes."""

    table: Table
    leafing: Leafing
    draft: Link | None


@get("/", guards=[FOR_READERS], sync_to_thread=True)
def register_changes(
    request: Asked, services: GivenServices, change_house: GivenChanges, staff: GivenStaff
) -> Page:
    """Show what was proposed, what waits for a review first."""
    say, names = change_house.say(request), names_of(services)
    me = actor_of(signed_in(staff).account)
    leaf = leaf_of(request.query_params.get("leaf"))
    found = change_house.changes.dossiers.queue(
        me, [REGISTER_CHANGE.id], open_only=False, skip=leaf.skip, limit=ON_A_LEAF
    )
    rows = tuple(
        Row(
            cells=(
                linked(str(one.dossier.value("row")), f"{CHANGES_PATH}/{one.dossier.id}"),
                (Words(status=state_of(say, one)),),
                said(str(one.dossier.value("why"))),
                said(names.get(one.dossier.acts[0].by, "–"), moment(one.opened_at)),
            )
        )
        for one in found
    )
    page = ChangesPage(
        draft=draft_link(say, change_house.drafts.of(me)),
        table=Table(
            caption=say.t("reg-change.title"),
            heads=tuple(say.t(f"reg-change.{head}") for head in ("row", "state", "why", "by")),
            rows=rows,
            empty=Empty(
                name=say.t("reg-change.empty"),
                text=say.t("reg-change.empty-text"),
                href="/console/register",
                act=say.t("console.register.title"),
            ),
        ),
        leafing=leafing(
            leaf,
            total=change_house.changes.dossiers.store.count([REGISTER_CHANGE.id], open_only=False),
            shown=len(found),
            path=CHANGES_PATH,
            query={},
        ),
    )
    return change_house.shown(request, "console/register_changes.html", page)


@post("/", guards=[WORKERS])
async def propose_change(
    request: Asked, change_house: GivenChanges, staff: GivenStaff
) -> Page | Redirect:
    """Keep a change that was looked at: proposed, or put together with more."""
    me = actor_of(signed_in(staff).account)
    change = await field(request, "change", most=_MOST_EDIT)
    base, stamp = await field(request, "base"), await field(request, "stamp")
    why, row = await field(request, "why", most=_MOST_WHY), await field(request, "row")
    collects = await field(request, "act") == COLLECT

    def done() -> Page | Redirect:
        edits, drafts = edits_of(change), change_house.drafts
        try:
            if collects:
                seen = drafts.collect(me, edits, base, stamp)
            else:
                seen = drafts.propose(me, edits, base, why, stamp)
        except (DossierFieldError, ConflictError) as error:
            return _look_again(
                request, change_house, me, error, _Sent(edits, base, stamp, why, row)
            )
        return go(f"{CHANGES_PATH}/{seen.dossier.id}")

    return await sync_to_thread(done)


@get("/{wanted:str}", guards=[FOR_READERS], sync_to_thread=True)
def register_change(
    request: Asked,
    services: GivenServices,
    change_house: GivenChanges,
    staff: GivenStaff,
    wanted: IdPath,
) -> Page:
    """Show a change with what follows from it."""
    me = actor_of(signed_in(staff).account)
    return _one(request, services, change_house, me, wanted)


@get("/{wanted:str}/patch", guards=[FOR_READERS], sync_to_thread=True)
def register_patch(
    change_house: GivenChanges, staff: GivenStaff, wanted: IdPath
) -> Response[bytes]:
    """Give the difference of a change as a file for the operator's own tools."""
    me = actor_of(signed_in(staff).account)
    changes = change_house.changes
    dossier = changes.one(DossierId(wanted), me).dossier
    text = changes.patch(changes.weighed_of(dossier)).text
    headers = {"content-disposition": f'attachment; filename="{wanted}.patch"'}
    content_type = "text/x-patch; charset=utf-8"
    return Response(text.encode("utf-8"), media_type=content_type, headers=headers)


@post("/{wanted:str}/{what:str}", guards=[WORKERS])
async def act_on_change(  # noqa: PLR0913, PLR0917  what an act is made from
    request: Asked,
    services: GivenServices,
    change_house: GivenChanges,
    staff: GivenStaff,
    wanted: IdPath,
    what: WhatPath,
) -> Page | Redirect:
    """Approve a change, put it in force, refuse it or withdraw it."""
    me = actor_of(signed_in(staff).account)
    version, patch = await field(request, "version"), await field(request, "patch")
    reasons = await field(request, "reasons", most=_MOST_WHY)
    row, stamp = row_of(await field(request, "row")), await field(request, "stamp")
    drafts, changes, key = change_house.drafts, change_house.changes, DossierId(wanted)
    acts = {
        APPROVE: lambda: changes.approve(me, key, version, patch),
        PUT_IN_FORCE: lambda: changes.put_in_force(me, key),
        REFUSE: lambda: changes.end(me, key, REFUSE, {"reasons": reasons}),
        WITHDRAW: lambda: changes.end(me, key, WITHDRAW, {}),
        DROP: lambda: drafts.drop(me, row, stamp),
        AGAIN: lambda: drafts.again(me, key),
    }

    def done() -> Page | Redirect:
        act = acts.get(what)
        if act is None:
            raise NotYourActError(what, me.party)
        say = change_house.say(request)
        try:
            seen = act()
        except DossierFieldError:
            missing = say.t("reg-change.reasons-missing")
            return _one(request, services, change_house, me, wanted, reasons=reasons, wrong=missing)
        except ActRefusedError as error:
            why = say.text(error.why)
            return _one(request, services, change_house, me, wanted, error=why)
        except (FourEyesError, ConflictError, RegisterNotWrittenError) as error:
            why = error_text(error.code, say.lang)
            return _one(request, services, change_house, me, wanted, error=why)
        return go(f"{CHANGES_PATH}/{seen.dossier.id}")

    return await sync_to_thread(done)


ROUTES = (register_changes, propose_change, register_change, register_patch, act_on_change)


def change_pages(house: ChangeHouse) -> Router:
    """Return the routes of changes."""

    def change_house() -> ChangeHouse:
        return house

    return Router(
        path=CHANGES_PATH,
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={"change_house": Provide(change_house, sync_to_thread=False)},
    )


@dataclass(frozen=True, slots=True)
class _Sent:
    """What came with a form that was not taken."""

    edits: Edits
    base: str
    stamp: str
    why: str
    row: str


def _look_again(
    request: Asked, house: ChangeHouse, me: Actor, error: ChengnuoError, sent: _Sent
) -> Page:
    """Show what would follow once more, with why it was not taken and what was typed."""
    draft = house.drafts.of(me)
    say = house.say(request, draft)
    missing = isinstance(error, DossierFieldError)
    row = next((one for one in sent.edits if str(one.row) == sent.row), None)
    again = Propose(
        change=text_of(sent.edits),
        base=sent.base,
        stamp=sent.stamp,
        row=None if row is None else row.row,
        back="" if row is None else form_href(row),
        why=sent.why,
        error=say.t("reg-change.why-missing") if missing else error_text(error.code, say.lang),
    )
    weighed = house.changes.weigh(sent.edits, sent.base)
    page = preview_page(say, house.changes, weighed, again, draft)
    return house.shown(request, "console/register_change.html", page, status=400)


def _one(  # noqa: PLR0913  what the page is made from
    request: Asked,
    services: Services,
    house: ChangeHouse,
    me: Actor,
    wanted: str,
    *,
    error: str = "",
    reasons: str = "",
    wrong: str = "",
) -> Page:
    seen = house.changes.one(DossierId(wanted), me)
    say = house.say(request)
    page = change_page(
        say,
        house.changes,
        seen,
        me,
        names_of(services),
        eyes=eyes_for(request, str(seen.dossier.acts[0].by), say.t("reg-change.approve")),
        single=services.accounts.single_person(),
        error=error,
        reasons=reasons,
        reasons_error=wrong,
    )
    status = 400 if error or wrong else 200
    return house.shown(request, "console/register_change.html", page, status=status)
