"""The console's forms of the register's rows: changing one, adding one, taking one out.

A form changes nothing. What was typed is read as a file would be; where it is sound, the page
shows what would follow, and from there it can be proposed.
"""

from typing import Annotated

from litestar import Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.canonical import Tree
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.register.kinds import KIND_BY_PLURAL, Kind, RowRef
from chengnuo.domain.register.row_edit import (
    RowEdit,
    WrongEditError,
    edit_between,
    edits_of,
)
from chengnuo.doors.web.console_dossier_house import WORKERS, actor_of
from chengnuo.doors.web.console_register_draft_view import row_of
from chengnuo.doors.web.console_register_form import RowForm
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.register_edit_href import EDIT_PATH
from chengnuo.doors.web.register_given import KEEP, Given, Typed, filled, unfolded
from chengnuo.doors.web.register_house import ChangeHouse, GivenChanges
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.dossier.seen import Actor

PluralPath = Annotated[str, PathParameter(pattern=r"^[a-z_]{1,20}$")]
RowPath = Annotated[str, PathParameter(pattern=r"^[a-z0-9-]{1,60}$")]
FieldQuery = Annotated[str, QueryParameter(pattern=r"^[A-Za-z0-9_.\[\]-]{0,200}$")]
FromQuery = Annotated[str, QueryParameter(pattern=r"^([a-z]{2}-[a-z0-9]{10})?$")]
_MOST_NAME, _MOST_VALUE, _MOST_EDIT = 200, 20_000, 200_000
MORE, ACT, OPEN = "more", "act", "open:"


@get("/edit/{plural:str}/{row:str}", guards=[WORKERS], sync_to_thread=True)
def edit_row(  # noqa: PLR0913, PLR0917  what the form is filled from
    request: Asked,
    change_house: GivenChanges,
    staff: GivenStaff,
    plural: PluralPath,
    row: RowPath,
    field: FieldQuery = "",
    proposed: FromQuery = "",
) -> Page:
    """Show the form of a row as it stands, as it was put together, or as somebody proposed it."""
    me = actor_of(signed_in(staff).account)
    form = RowForm(change_house, request, me, _kind(plural), row)
    if not form.there_is:
        raise NotFoundException
    edit, note = form.drafted, "reg-draft.in-form" if form.drafted is not None else ""
    if proposed:
        edit, note = _proposed(change_house, me, proposed, form.ref), "reg-edit.from-proposal"
    return form.again(edit, note, opened=field)


@get("/new/{plural:str}", guards=[WORKERS], sync_to_thread=True)
def new_row(
    request: Asked, change_house: GivenChanges, staff: GivenStaff, plural: PluralPath
) -> Page:
    """Show the form of a new row."""
    me = actor_of(signed_in(staff).account)
    return RowForm(change_house, request, me, _kind(plural), "").page({})


@post("/edit/{plural:str}/{row:str}", guards=[WORKERS])
async def edited_row(
    request: Asked,
    change_house: GivenChanges,
    staff: GivenStaff,
    plural: PluralPath,
    row: RowPath,
) -> Page:
    """Show the form with more room, with what is wrong, or what would follow."""
    given, me = await _given(request), actor_of(signed_in(staff).account)
    kind = _kind(plural)

    def answer() -> Page:
        return _answer(RowForm(change_house, request, me, kind, row), given)

    return await sync_to_thread(answer)


@post("/new/{plural:str}", guards=[WORKERS])
async def added_row(
    request: Asked, change_house: GivenChanges, staff: GivenStaff, plural: PluralPath
) -> Page:
    """Show the form of a new row again, or what would follow from it."""
    given, me = await _given(request), actor_of(signed_in(staff).account)
    kind = _kind(plural)

    def answer() -> Page:
        return _answer(RowForm(change_house, request, me, kind, ""), given)

    return await sync_to_thread(answer)


ROUTES = (edit_row, new_row, edited_row, added_row)


def edit_pages(house: ChangeHouse) -> Router:
    """Return the routes of the forms."""

    def change_house() -> ChangeHouse:
        return house

    return Router(
        path=EDIT_PATH.removesuffix("/edit"),
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={"change_house": Provide(change_house, sync_to_thread=False)},
    )


def _kind(plural: str) -> Kind:
    found = KIND_BY_PLURAL.get(plural)
    if found is None:
        raise NotFoundException
    return found


async def _given(request: Asked) -> Given:
    form = await request.form()
    return {
        name[:_MOST_NAME]: tuple(
            one[: _MOST_EDIT if name == "change" else _MOST_VALUE]
            for one in form.getall(name, [])
            if isinstance(one, str)
        )
        for name in form
    }


def _proposed(house: ChangeHouse, me: Actor, wanted: str, row: RowRef) -> RowEdit | None:
    seen = house.changes.dossiers.one(DossierId(wanted), me)
    try:
        edits = edits_of(str(seen.dossier.value("change") or ""))
    except WrongEditError:
        raise NotFoundException from None
    return next((one for one in edits if one.row == row), None)


def _first(given: Given, name: str) -> str:
    return next(iter(given.get(name, ())), "")


def _answer(form: RowForm, given: Given) -> Page:
    before, kind, row = form.before(_first(given, "base")), form.kind, form.row
    if row and before is None and not form.there_is:
        raise NotFoundException
    if "change" in given:
        return _back(form, given, before)
    act = _first(given, ACT)
    if before is not None and act == "remove":
        return form.weighed([edit_between(form.ref, before, None)], before)
    if before is not None and act == "rename":
        return form.renamed(before, _first(given, "rename_to").strip())
    was = filled(kind.model, before) if before else {}
    folded = frozenset(name.removesuffix(f".{KEEP}") for name in given if name.endswith(f".{KEEP}"))
    typed = Typed(unfolded(given, was), was, folded=folded)
    tree = typed.row(kind.model)
    if row:
        tree[kind.name] = row if form.drafted is None else form.drafted.named.id
    form.was, form.opened = was, typed.opened
    more = _first(given, MORE)
    if more.startswith(OPEN):
        form.opened.add(more.removeprefix(OPEN))
        return form.page(tree, empty=typed.empty)
    if more:
        typed.empty[more] = typed.empty.get(more, 0) + 1
        return form.page(tree, empty=typed.empty)
    return form.tried(tree, before, typed.empty)


def _back(form: RowForm, given: Given, before: dict[str, Tree] | None) -> Page:
    """Show the form again with what was looked at; on the row as it is now, where it is another."""
    row = form.ref if form.row else row_of(_first(given, "row"))
    edit = next((one for one in edits_of(_first(given, "change")) if one.row == row), None)
    is_other = bool(form.row) and before != form.now()
    return form.again(edit, "reg-draft.onto-now" if is_other else "reg-edit.from-proposal")
