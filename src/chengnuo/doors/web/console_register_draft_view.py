"""The rows of a change of the register, and what somebody put together before they propose it."""

import re
from dataclasses import dataclass

from chengnuo.domain.register.change_words import path_in_words, row_in_words
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef
from chengnuo.domain.register.problems import Problem
from chengnuo.domain.register.row_edit import Edits, EditWay, RowEdit
from chengnuo.doors.web.register_edit_href import CHANGES_PATH, edit_href, new_href
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.usecases.register_drafts import Draft
from chengnuo.usecases.register_weighing import Weighed

_BETWEEN = " · "
_STEP = re.compile(r"([a-z_][a-z0-9_]*)|\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row of several that change together.

    Attributes:
        name: The row.
        way: What becomes of it.
        href: Its form, or empty.
        row: What it is taken out of a draft by, or empty.

    """

    name: str
    way: str
    href: str = ""
    row: str = ""


def title(say: Speaker, edits: Edits) -> str:
    """Return which rows a change is of."""
    first = say.text(row_in_words(edits[0].row))
    more = len(edits)
    return first if more == 1 else say.t("reg-draft.title-of", row=first, n=more)


def row_views(say: Speaker, edits: Edits, *, own: bool) -> tuple[RowView, ...]:
    """Return the rows of a change; with the ways to go on with them where it is their own draft."""
    return tuple(
        RowView(
            name=say.text(row_in_words(one.row)),
            way=_way(say, one),
            href=edit_href(one.row.kind, one.row.id) if own else "",
            row=str(one.row) if own else "",
        )
        for one in edits
    )


def _way(say: Speaker, edit: RowEdit) -> str:
    if edit.way is EditWay.CHANGE and edit.named != edit.row:
        return say.t("reg-draft.way-rename", id=edit.named.id)
    return say.t(f"reg-draft.way-{edit.way}")


def problem_links(say: Speaker, weighed: Weighed) -> tuple[Link, ...]:
    """Return why a register would not hold, each with the way to the field where it is."""
    return tuple(
        Link(
            href=_form_of(one),
            name=f"{_where(say, one)}: "
            + say.t("reg-edit.given", given=one.given, expected=say.text(one.expected)),
        )
        for one in weighed.problems
    )


def _where(say: Speaker, problem: Problem) -> str:
    """Return where a problem is, in words."""
    row, path = _place(problem)
    if row is None:
        return problem.where
    steps = tuple(int(number) if number else key for key, number in _STEP.findall(path))
    words = [row_in_words(row), path_in_words(steps)] if steps else [row_in_words(row)]
    return _BETWEEN.join(say.text(one) for one in words)


def _form_of(problem: Problem) -> str:
    """Return the form of the field that a problem is about, or empty."""
    row, path = _place(problem)
    return "" if row is None else edit_href(row.kind, row.id, path)


def _place(problem: Problem) -> tuple[RowRef | None, str]:
    row, _, path = problem.where.partition(_BETWEEN)
    found = row_of(row)
    return (found if found.kind in KIND_BY_NAME and found.id else None), path


def draft_link(say: Speaker, draft: Draft | None) -> Link | None:
    """Return the way to what somebody put together; None where they have nothing."""
    if draft is None:
        return None
    text = say.t("reg-draft.waiting", n=len(draft.edits))
    return Link(href=f"{CHANGES_PATH}/{draft.id}", name=text)


def form_href(edit: RowEdit) -> str:
    """Return where the form of a change of a row is."""
    new = edit.way is EditWay.ADD
    return new_href(edit.row.kind) if new else edit_href(edit.row.kind, edit.row.id)


def row_of(text: str) -> RowRef:
    """Return a row as a form names it; one that there is not where it names none."""
    kind, _, name = text.partition(" ")
    return RowRef(kind, name)
