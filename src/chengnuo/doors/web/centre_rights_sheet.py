"""A sheet of 办理权利 as it is shown: what, is it you, by when; the way back always there."""

from dataclasses import dataclass
from itertools import pairwise

from chengnuo.doors.web.centre_rights_asking import CheckView
from chengnuo.doors.web.centre_rights_fields import FieldView
from chengnuo.doors.web.centre_rights_preview import PreviewView
from chengnuo.doors.web.centre_rights_words import RightsSpeaker
from chengnuo.doors.web.page_parts import Fact, Words
from chengnuo.law.working_days import DueDate

STEPS = ("what", "check", "date")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One of the three steps: its number, its name, and whether it is done or now."""

    number: int
    name: str
    done: bool
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """What was wrong with a field."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """Fields that belong together; folded where there is a name and nothing to look at yet."""

    name: str
    folded: bool
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One step of a sheet.

    Attributes:
        title: What is asked for.
        term: What the law calls it.
        lead: What one gets.
        steps: The three steps.
        action: Where the form goes.
        groups: What is asked, on the first step.
        hidden: What was answered, on the second.
        errors: What was wrong.
        wishes: What was answered, in words.
        check: Whether it is clear who asks; None on the first step.
        preview: What would happen; None where it cannot be looked at yet.
        then: What happens after sending, where no rows are touched.
        trouble: Why there is no preview; empty where there is one, or none is needed.
        due: By when an answer comes.
        provisional: That the date may move; empty for an exact one.
        can_send: Whether it may be sent; a child's own request would only be refused.
        back: The way back.

    """

    title: str
    term: str
    lead: str
    steps: tuple[StepView, ...]
    action: str
    groups: tuple[GroupView, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    errors: tuple[ErrorView, ...] = ()
    wishes: tuple[Fact, ...] = ()
    check: CheckView | None = None
    preview: PreviewView | None = None
    then: str = ""
    trouble: str = ""
    due: str = ""
    provisional: str = ""
    can_send: bool = True
    back: str


def steps(say: RightsSpeaker, now: int) -> tuple[StepView, ...]:
    """Return the three steps, of which the one of this number is now."""
    return tuple(
        StepView(
            number=number,
            name=say.t(f"centre.rights.step.{name}"),
            done=number < now,
            now=number == now,
        )
        for number, name in enumerate(STEPS, 1)
    )


def groups_of(fields: tuple[FieldView, ...]) -> tuple[GroupView, ...]:
    """Return fields by their headings; the first of the named ones stands open."""
    starts = [at for at, one in enumerate(fields) if one.group or at == 0]
    groups = [fields[at:to] for at, to in pairwise((*starts, len(fields)))]
    named = [group for group in groups if group[0].group]
    return tuple(
        GroupView(
            name=group[0].group,
            folded=bool(group[0].group)
            and group is not named[0]
            and not any(one.value or one.error for one in group),
            fields=group,
        )
        for group in groups
    )


def errors_of(fields: tuple[FieldView, ...]) -> tuple[ErrorView, ...]:
    """Return what was wrong, in the order of the fields."""
    return tuple(ErrorView(field=one.name, text=one.error) for one in fields if one.error)


def due_line(say: RightsSpeaker, due: DueDate) -> str:
    """Return by when an answer comes, as a sentence."""
    return say.t("centre.rights.answer-by", day=say.day(due.on))


def wishes_of(fields: tuple[FieldView, ...]) -> tuple[Fact, ...]:
    """Return what was answered: names of what was chosen, words as they were written."""
    return tuple(
        Fact(name=one.label, value=value) for one in fields if (value := _answered(one)) is not None
    )


def _answered(one: FieldView) -> tuple[Words, ...] | None:
    if one.kind in {"text", "area"}:
        return (Words(text=one.value),) if one.value else None
    chosen = tuple(Words(text=option.name) for option in one.options if option.chosen)
    return chosen or None
