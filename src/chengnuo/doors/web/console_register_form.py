"""A form of a row of the register on its way: what was typed, read, weighed, and shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.kinds import Kind, RowRef
from chengnuo.domain.register.problems import Problem, ProblemCode
from chengnuo.domain.register.row_edit import EditWay, RowEdit, edit_between, row_tree, text_of
from chengnuo.domain.register.tree import Place
from chengnuo.doors.web.console_register_change_view import Propose, preview_page
from chengnuo.doors.web.console_register_draft_view import draft_link
from chengnuo.doors.web.register_edit_href import edit_href, new_href
from chengnuo.doors.web.register_errors import Wrong, read_typed, wrong_of
from chengnuo.doors.web.register_form import FormMaker, labels_of
from chengnuo.doors.web.register_given import Given, filled
from chengnuo.doors.web.register_house import ChangeHouse, EditPage
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.usecases.dossier.seen import Actor

RENAME = "rename_to"


@dataclass(frozen=True, slots=True)
class _Renaming:
    """Another id that was typed, and why it cannot be taken."""

    to: str = ""
    error: str = ""

    @property
    def wrong(self) -> Mapping[str, str]:
        """What is wrong, by the name of its control."""
        return {RENAME: self.error} if self.error else {}


class RowForm:
    """One form, as one person sees it: on the register that their draft would make."""

    def __init__(self, house: ChangeHouse, request: Asked, me: Actor, kind: Kind, row: str) -> None:
        """Make the form of a row, or of a new one where `row` is empty."""
        self.house, self.request, self.kind, self.row = house, request, kind, row
        self.draft = house.drafts.of(me)
        self.say = house.say(request, self.draft)
        self.base = str(house.changes.desk.served.version)
        self.was: Given = {}
        self.opened: set[str] = set()

    @property
    def ref(self) -> RowRef:
        """The row by the id that it has in the register in force."""
        return RowRef(self.kind.name, self.row)

    @property
    def drafted(self) -> RowEdit | None:
        """What becomes of the row by their draft; None where nothing does."""
        return self.draft.of(self.ref) if self.draft is not None and self.row else None

    @property
    def there_is(self) -> bool:
        """Tell whether there is such a row, or a draft adds it."""
        now = row_tree(self.house.changes.desk.served.register, self.ref)
        drafted = self.drafted
        return now is not None or (drafted is not None and drafted.way is EditWay.ADD)

    def now(self) -> "dict[str, Tree] | None":
        """Return the row in the register in force."""
        return row_tree(self.house.changes.desk.served.register, self.ref)

    def before(self, base: str) -> "dict[str, Tree] | None":
        """Return the row as it was in the version that the form was made on."""
        desk = self.house.changes.desk
        register = desk.register_of(base).register if base else desk.served.register
        self.base = base or self.base
        return row_tree(register, self.ref) if self.row else None

    def again(self, edit: RowEdit | None, note: str, *, opened: str = "") -> Page:
        """Show the form with a change of the row as it is in force now."""
        before = self.now() if self.row else None
        self.base = str(self.house.changes.desk.served.version)
        self.was = filled(self.kind.model, before) if before else {}
        made = None if edit is None else edit.of(before)
        return self.page(made or before or {}, note=note, opened=opened)

    def page(  # noqa: PLR0913  what the page is made from
        self,
        tree: Mapping[str, Tree],
        *,
        empty: Mapping[str, int] | None = None,
        problems: tuple[Problem, ...] = (),
        opened: str = "",
        note: str = "",
        said: str = "",
        renaming: "_Renaming | None" = None,
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
            wrong = wrong_of(self.say, ref, problems, frozenset(labels_of(parts)))
            parts = replace(maker, errors=wrong.fields).row(self.kind)
        renaming = renaming or _Renaming()
        labels = {**labels_of(parts), RENAME: self.say.t("reg-draft.rename-to")}
        title = self.say.text(self.kind.title)
        act = "reg-edit.edit-kind" if self.row else "reg-edit.add-kind"
        page = EditPage(
            title=self.say.t(act, kind=title),
            row=self.row,
            action=edit_href(self.kind.name, self.row) if self.row else new_href(self.kind.name),
            base=self.base,
            parts=parts,
            wrong=tuple(
                (name.replace(".", "-"), f"{labels.get(name, name)}: {text}")
                for name, text in {**wrong.fields, **renaming.wrong}.items()
            ),
            elsewhere=wrong.elsewhere,
            note=said or (self.say.t(note) if note else ""),
            draft=draft_link(self.say, self.draft),
            removes=self.now() is not None and self.kind.name != "handler",
            rename_to=renaming.to,
            rename_error=renaming.error,
        )
        status = 400 if problems or said or renaming.error else 200
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
        edit = edit_between(self.ref if self.row else ref, before, kept)
        if not edit and self.drafted is None:
            return self.page(tree, empty=empty, said=self.say.t("reg-edit.nothing"))
        return self.weighed([edit], tree, empty=empty)

    def renamed(self, before: "dict[str, Tree] | None", to: str) -> Page:
        """Show what would follow from another id."""
        tree, drafted = before or {}, self.drafted
        if drafted is not None:
            return self.page(drafted.of(tree) or tree, said=self.say.t("reg-draft.rename-first"))
        if to in {"", self.row}:
            return self.page(tree, renaming=_Renaming(to, self.say.t("reg-draft.rename-same")))
        ref = RowRef(self.kind.name, to)
        _, problems = read_typed(self.kind, ref, {**tree, self.kind.name: to})
        if not problems and row_tree(self.say.register, ref) is not None:
            problems = (_taken(ref),)
        if problems:
            expected = self.say.text(problems[0].expected)
            error = self.say.t("reg-edit.given", given=to, expected=expected)
            return self.page(tree, renaming=_Renaming(to, error))
        edits = self.house.drafts.renamed(self.draft, self.ref, to)
        return self.weighed(edits, tree)

    def weighed(
        self,
        edits: Iterable[RowEdit],
        tree: Mapping[str, Tree],
        *,
        empty: Mapping[str, int] | None = None,
    ) -> Page:
        """Show what would follow from changes, together with what else they put together.

        What is wrong with the row itself is shown at its form; what is wrong elsewhere can be
        mended elsewhere, so that it is shown with what would follow.
        """
        more, changes = tuple(edits), self.house.changes
        found = self.house.drafts.joined(self.draft, more, self.base)
        if not found.edits:
            return self.page(tree, empty=empty, said=self.say.t("reg-edit.nothing"))
        weighed = changes.weigh(found.edits, found.base)
        row, named = more[0].row, more[0].named
        own = (str(named), named.field_prefix)
        if any(one.where == own[0] or one.where.startswith(own[1]) for one in weighed.problems):
            return self.page(tree, empty=empty, problems=weighed.problems)
        propose = Propose(
            change=text_of(found.edits),
            base=found.base,
            stamp=found.stamp,
            row=row,
            back=edit_href(row.kind, row.id) if self.row else new_href(row.kind),
        )
        page = preview_page(self.say, changes, weighed, propose, self.draft)
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
