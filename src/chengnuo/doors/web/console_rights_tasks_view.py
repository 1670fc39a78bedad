"""What somebody has to do by hand for a request, as pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.doors.web.console_rights_words import PATH, RightsWords
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Status,
    StatusKind,
    Words,
    linked,
    said,
)
from chengnuo.usecases.rights.seen import TaskKind, TaskSeen

TICKED = frozenset(TaskKind) - {TaskKind.EXPLAIN, TaskKind.REVIEW}
"""Work of which several can be noted as done at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskView:
    """Something to be done by hand, here or in the list of all."""

    id: str
    href: str
    request: Words
    title: str
    status: Status
    facts: tuple[Fact, ...]
    open: bool
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksPage:
    """All tasks.

    Attributes:
        lead: How many wait.
        tasks: Those that wait first, each the oldest first.
        acts: Whether whoever looks may say that one is done.
        bulk: Whether they may tick several.
        empty: What to say if there are none.
        other: The way to all, or back to those that wait.
        all: Whether those that are done are shown as well.
        error: What was wrong with the form that came back, or empty.
        wrong: Of which task it was.

    """

    lead: str
    tasks: tuple[TaskView, ...]
    acts: bool
    bulk: bool
    empty: Empty
    other: str
    all: bool
    error: str = ""
    wrong: str = ""


def tasks_page(  # noqa: PLR0913  what the page is made from
    say: RightsWords,
    tasks: Sequence[TaskSeen],
    names: dict[str, str],
    *,
    every: bool,
    acts: bool,
    error: str = "",
    wrong: str = "",
) -> TasksPage:
    """Return all tasks.

    Args:
        say: Words.
        tasks: The tasks.
        names: Sign-in names by account id.
        every: Whether those that are done are among them.
        acts: Whether whoever looks may say that one is done.
        error: What was wrong with the form that came back.
        wrong: Of which task it was.

    """
    waiting = sum(one.done_at is None for one in tasks)
    key = "tasks-lead" if waiting else "tasks-lead-calm"
    ordered = sorted(tasks, key=lambda one: one.done_at is not None)
    return TasksPage(
        lead=say.t(f"console.rights.{key}", n=waiting),
        tasks=tuple(task_view(say, one, names) for one in ordered),
        acts=acts,
        bulk=acts and sum(one.done_at is None and one.kind in TICKED for one in tasks) > 1,
        empty=Empty(
            name=say.t("console.rights.no-tasks"),
            text=say.t("console.rights.no-tasks-text"),
            href="/console/rights",
            act=say.t("nav.rights"),
        ),
        other=f"{PATH}/tasks" if every else f"{PATH}/tasks?all=yes",
        all=every,
        error=error,
        wrong=wrong,
    )


def task_view(say: RightsWords, task: TaskSeen, names: dict[str, str]) -> TaskView:
    """Return a task."""
    waits = task.done_at is None
    kind = StatusKind.WARN if waits else StatusKind.FINE
    facts = [Fact(name=say.t("console.rights.task-store"), value=_place(say, task.store))]
    if task.kind is TaskKind.REVIEW:
        opens = linked(say.t("console.reviews.one"), f"/console/reviews/{task.id}")
        facts = [Fact(name=say.t("console.reviews.title"), value=opens)]
    if not waits:
        done = said(say.who(task.done_by, names), say.when(task.done_at))
        facts.append(Fact(name=say.t("console.rights.task-done-by"), value=done))
        facts.append(Fact(name=say.t("console.rights.task-note"), value=said(task.note)))
    return TaskView(
        id=task.id,
        href=f"/console/rights/tasks/{task.id}",
        request=say.opens(task.request),
        title=say.text(task.what),
        status=Status(
            kind=kind, word=say.t("console.rights.task-open" if waits else "console.rights.done")
        ),
        facts=tuple(facts),
        open=waits and task.kind is not TaskKind.REVIEW,
        ticked=waits and task.kind in TICKED,
    )


def _place(say: RightsWords, wanted: str) -> Cell:
    """Return a store or a recipient by its name, linked to its row of the register."""
    register = say.register
    for store in () if register is None else register.stores:
        if store.store == wanted:
            return linked(say.text(store.name), f"/console/register/stores/{wanted}")
    for recipient in () if register is None else register.recipients:
        if recipient.recipient == wanted:
            return linked(say.text(recipient.name), f"/console/register/recipients/{wanted}")
    return (Words(text=wanted, code=True),)
