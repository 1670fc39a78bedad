"""The console's forms of the register's rows: changing one, adding one, taking one out.

A form changes nothing. What was typed is read as a file would be; where it is sound, the page
shows what would follow, and from there it can be proposed.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from litestar import Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.params import PathParameter, QueryParameter

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import DossierId
from chengnuo.domain.register.kinds import KIND_BY_PLURAL, Kind, RowRef
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.row_edit import (
    RowEdit,
    WrongEditError,
    edit_between,
    edit_of,
    row_tree,
)
from chengnuo.domain.register.tree import Place
from chengnuo.doors.web.console_dossier_house import WORKERS, actor_of
from chengnuo.doors.web.console_register_change_view import ChangePage, Propose, preview_page
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.given import GivenStaff
from chengnuo.doors.web.register_edit_href import EDIT_PATH, edit_href, new_href
from chengnuo.doors.web.register_errors import Wrong, read_typed, wrong_of
from chengnuo.doors.web.register_form import FormMaker, names_of
from chengnuo.doors.web.register_given import KEEP, Given, Typed, filled, unfolded
from chengnuo.doors.web.register_house import ChangeHouse, EditPage, GivenChanges
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.usecases.register_weighing import Weighed

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
    """Show the form of a row as it stands, or as somebody proposed it."""
    kind = _kind(plural)
    desk = change_house.changes.desk
    tree = row_tree(desk.served.register, RowRef(kind.name, row))
    if tree is None:
        raise NotFoundException
    note, made = "", tree
    if proposed:
        me = actor_of(signed_in(staff).account)
        found = _proposed(change_house, me, proposed)
        made, note = found.of(tree) or tree, "reg-edit.from-proposal"
    form = _Form(change_house, request, kind, row)
    form.was = filled(kind.model, tree)
    return form.page(made, opened=field, note=note)


@get("/new/{plural:str}", guards=[WORKERS], sync_to_thread=True)
def new_row(request: Asked, change_house: GivenChanges, plural: PluralPath) -> Page:
    """Show the form of a new row."""
    return _Form(change_house, request, _kind(plural), "").page({})


@post("/edit/{plural:str}/{row:str}", guards=[WORKERS])
async def edited_row(
    request: Asked, change_house: GivenChanges, plural: PluralPath, row: RowPath
) -> Page:
    """Show the form with more room, with what is wrong, or what would follow."""
    given = await _given(request)
    return await sync_to_thread(_answer, change_house, request, _kind(plural), row, given)


@post("/new/{plural:str}", guards=[WORKERS])
async def added_row(request: Asked, change_house: GivenChanges, plural: PluralPath) -> Page:
    """Show the form of a new row again, or what would follow from it."""
    given = await _given(request)
    return await sync_to_thread(_answer, change_house, request, _kind(plural), "", given)


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


def _proposed(house: ChangeHouse, me: Actor, wanted: str) -> RowEdit:
    seen = house.changes.dossiers.one(DossierId(wanted), me)
    try:
        return edit_of(str(seen.dossier.value("change") or ""))
    except WrongEditError:
        raise NotFoundException from None


def _first(given: Given, name: str) -> str:
    return next(iter(given.get(name, ())), "")


def _answer(house: ChangeHouse, request: Asked, kind: Kind, row: str, given: Given) -> Page:
    form = _Form(house, request, kind, row)
    before = form.before(_first(given, "base"))
    if row and before is None:
        raise NotFoundException
    if "change" in given:
        edit = edit_of(_first(given, "change"))
        form.was = filled(kind.model, before) if before else {}
        return form.page(edit.of(before) or before or {}, note="reg-edit.from-proposal")
    if row and _first(given, ACT) == "remove":
        return form.weighed(edit_between(RowRef(kind.name, row), before, None))
    was = filled(kind.model, before) if before else {}
    folded = frozenset(name.removesuffix(f".{KEEP}") for name in given if name.endswith(f".{KEEP}"))
    typed = Typed(unfolded(given, was), was, folded=folded)
    tree = typed.row(kind.model)
    if row:
        tree[kind.name] = row
    form.was, form.opened = was, typed.opened
    more = _first(given, MORE)
    if more.startswith(OPEN):
        form.opened.add(more.removeprefix(OPEN))
        return form.page(tree, empty=typed.empty)
    if more:
        typed.empty[more] = typed.empty.get(more, 0) + 1
        return form.page(tree, empty=typed.empty)
    return form.tried(tree, before, typed.empty)


class _Form:
    """One form on its way: what was typed, read, weighed, and shown."""

    def __init__(self, house: ChangeHouse, request: Asked, kind: Kind, row: str) -> None:
        self.house, self.request, self.kind, self.row = house, request, kind, row
        self.say = house.say(request)
        self.base = str(house.changes.desk.served.version)
        self.was: Given = {}
        self.opened: set[str] = set()

    def before(self, base: str) -> "dict[str, Tree] | None":
        """Return the row as it was in the version that the form was made on."""
        desk = self.house.changes.desk
        register = desk.register_of(base).register if base else desk.served.register
        self.base = base or self.base
        return row_tree(register, RowRef(self.kind.name, self.row)) if self.row else None

    def page(  # noqa: PLR0913  what the page is made from
        self,
        tree: Mapping[str, Tree],
        *,
        empty: Mapping[str, int] | None = None,
        problems: tuple[Problem, ...] = (),
        opened: str = "",
        note: str = "",
        said: str = "",
    ) -> Page:
        """Show the form with a row in it."""
        given = filled(self.kind.model, dict(tree))
        room = dict(empty or {})
        for name in _around(opened):
            room.setdefault(name, 1)
        maker = FormMaker(
            say=self.say,
            given=given,
            empty=room,
            errors={},
            kind=self.kind.name,
            fixed=self.kind.name if self.row else "",
            before=self.was,
            opened=frozenset((*self.opened, *_around(opened))),
        )
        ref = RowRef(self.kind.name, str(tree.get(self.kind.name, "?")))
        wrong = Wrong({}, ())
        parts = maker.row(self.kind)
        if problems:
            wrong = wrong_of(self.say, ref, problems, names_of(parts))
            parts = replace(maker, errors=wrong.fields).row(self.kind)
        title = self.say.text(self.kind.title)
        act = "reg-edit.edit-kind" if self.row else "reg-edit.add-kind"
        page = EditPage(
            title=self.say.t(act, kind=title),
            row=self.row,
            action=edit_href(self.kind.name, self.row) if self.row else new_href(self.kind.name),
            base=self.base,
            parts=parts,
            wrong=tuple((name.replace(".", "-"), text) for name, text in wrong.fields.items()),
            elsewhere=wrong.elsewhere,
            note=said or (self.say.t(note) if note else ""),
            removes=bool(self.row) and self.kind.name != "handler",
        )
        status = 400 if problems or said else 200
        return self.house.shown(self.request, "console/register_form.html", page, status=status)

    def tried(
        self,
        tree: "dict[str, Tree]",
        before: "dict[str, Tree] | None",
        empty: Mapping[str, int],
    ) -> Page:
        """Read what was typed, and show what is wrong or what would follow."""
        ref = RowRef(self.kind.name, str(tree.get(self.kind.name, "?")))
        kept, problems = read_typed(self.kind, ref, tree)
        if not problems and not self.row and row_tree(self.say.register, ref) is not None:
            problems = (_taken(ref),)
        if kept is None or not isinstance(kept, dict) or problems:
            return self.page(tree, empty=empty, problems=problems)
        edit = edit_between(ref, before, kept)
        if not edit:
            return self.page(tree, empty=empty, said=self.say.t("reg-edit.nothing"))
        weighed = self.house.changes.weigh(edit, self.base)
        if weighed.problems:
            return self.page(tree, empty=empty, problems=weighed.problems)
        return self._preview(edit, weighed)

    def weighed(self, edit: RowEdit) -> Page:
        """Show what would follow from a change that nothing was typed for."""
        weighed = self.house.changes.weigh(edit, self.base)
        if weighed.problems:
            tree = weighed.before or {}
            return self.page(tree, problems=weighed.problems)
        return self._preview(edit, weighed)

    def _preview(self, edit: RowEdit, weighed: Weighed) -> Page:
        propose = Propose(change=edit.text(), base=self.base, row=edit.row)
        page: ChangePage = preview_page(self.say, self.house.changes, weighed, propose)
        return self.house.shown(self.request, "console/register_change.html", page)


def _around(opened: str) -> list[str]:
    """Return the parts that a field stands in, from the outside."""
    steps = opened.replace("[", ".").replace("]", "").split(".")
    return [".".join(steps[: number + 1]) for number in range(len(steps)) if opened]


def _taken(ref: RowRef) -> Problem:
    return Problem(
        code=ProblemCode.DUPLICATE_ID,
        place=Place("form", 1),
        where=f"{ref.field_prefix}{ref.kind}",
        given=ref.id,
        expected=Text("没有用过的标识", "an id that is not used yet"),
    )
