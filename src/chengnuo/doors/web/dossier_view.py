"""Dossiers as pages show them, in the console and in the privacy centre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Act
from chengnuo.domain.dossier.fields import LIST_ROWS, FieldForm, FieldSort, Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.register.kinds import KIND_BY_PLURAL, RowRef
from chengnuo.doors.texts import moment
from chengnuo.doors.web.dossier_forms import (
    NOTHING_TYPED,
    FormView,
    Typed,
    form_of,
    list_row_name,
)
from chengnuo.doors.web.four_eyes import FourEyes
from chengnuo.doors.web.page_parts import Cell, Citation, Fact, Red, Status, StatusKind, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.seen import Seen

_SOON_DAYS, _NEAR_DAYS = 3, 7


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """An act that was done.

    Attributes:
        name: What was done.
        when: When.
        who: By whom, or in which part.
        facts: What was said.
        proof: Where its record stands in the console; empty where it is not shown.
        now: Whether it is the newest.

    """

    name: str
    when: str
    who: str
    facts: tuple[Fact, ...]
    proof: str
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmasking:
    """The form by which masked words are opened.

    Attributes:
        href: Where it goes.
        reason: What was written into it.
        error: What was wrong with that.

    """

    href: str
    reason: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage:
    """One dossier.

    Attributes:
        id: Its id.
        kind: What its sort is called.
        list_href: Where the list of its sort is.
        title: What tells it from others.
        state: Where it stands.
        clocks: Its deadlines.
        steps: What was done, the newest first.
        forms: What can be done now.
        cited: The articles it rests on.
        beside: Pages that belong to it.
        unmasking: The form that opens masked words; None where nothing is masked.
        unmasked: Whether masked words are open.
        reds: What is wrong, with what mends it.
        eyes: Who asked and who may go on, where a second person is needed.

    """

    id: str
    kind: str
    list_href: str
    title: str
    state: Status
    clocks: tuple[Fact, ...]
    steps: tuple[StepView, ...]
    forms: tuple[FormView, ...]
    cited: tuple[Citation, ...]
    beside: tuple[Link, ...] = ()
    unmasking: Unmasking | None = None
    unmasked: bool = False
    reds: tuple[Red, ...] = ()
    eyes: FourEyes | None = None


def dossier_page(  # noqa: PLR0913  what a page is made from
    say: Speaker,
    seen: Seen,
    names: Mapping[str, str],
    now: datetime,
    *,
    path: str,
    typed: Typed = NOTHING_TYPED,
    proofs: bool = False,
) -> DossierPage:
    """Return the page of a dossier.

    Args:
        say: Words.
        seen: The dossier as whoever looks may see it.
        names: Sign-in names by account id; empty where they are not shown.
        now: The present.
        path: Where the list of its sort is.
        typed: What came back from a form.
        proofs: Whether records of the log are linked.

    """
    dossier = seen.dossier
    return DossierPage(
        id=dossier.id,
        kind=say.text(seen.sort.text),
        list_href=path,
        title=title_of(say, seen),
        state=state_of(say, seen),
        clocks=tuple(
            Fact(name=say.text(clock.sort.text), value=_clock(say, clock, now))
            for clock in seen.clocks
        ),
        steps=tuple(_step(say, seen, act, names, proofs=proofs) for act in reversed(dossier.acts)),
        forms=tuple(
            form_of(say, act, f"{path}/{dossier.id}/{act.what}", typed) for act in seen.acts
        ),
        cited=tuple(cited(say, duty) for duty in seen.sort.rests_on),
    )


def title_of(say: Speaker, seen: Seen) -> str:
    """Return what tells a dossier from others of its sort."""
    first = seen.dossier.acts[0]
    act = seen.sort.act(first.what)
    fields = () if act is None else act.fields
    field = next((one for one in fields if one.name == seen.sort.title_from), None)
    value = dict(first.fields).get(seen.sort.title_from)
    if field is None or value is None:
        return say.text(seen.sort.text)
    return (
        "、".join(_words(say, field, value))
        if say.lang == "zh"
        else ", ".join(_words(say, field, value))
    )


def state_of(say: Speaker, seen: Seen) -> Status:
    """Return where a dossier stands."""
    kind = StatusKind.FINE if seen.state.final else StatusKind.NOTE
    return Status(kind=kind, word=say.text(seen.state.text))


def due_of(say: Speaker, seen: Seen, now: datetime) -> Status:
    """Return by when the next thing has to be done, as shape, word and colour."""
    clock = seen.next_clock
    if clock is None:
        return Status(kind=StatusKind.NONE, word=say.t("dossier.nothing-due"))
    return clock_status(say, clock, now)


def clock_status(say: Speaker, clock: Clock, now: datetime) -> Status:
    """Return how a deadline stands."""
    late = clock.is_late(now)
    if clock.met_at is not None:
        key = "dossier.met-late" if late else "dossier.met"
        return Status(kind=StatusKind.MILD if late else StatusKind.FINE, word=say.t(key))
    if clock.deadline.at_once:
        key = "dossier.at-once-over" if late else "dossier.at-once"
        return Status(kind=StatusKind.GRAVE if late else StatusKind.WARN, word=say.t(key))
    if late:
        return Status(kind=StatusKind.GRAVE, word=say.t("dossier.over"))
    if clock.deadline.on is None:
        hours = max(1, int((clock.deadline.until - now).total_seconds() // 3600))
        return Status(kind=StatusKind.WARN, word=say.t("dossier.hours-left", n=hours))
    days = (clock.deadline.on - civil_date(now)).days
    kind = StatusKind.NOTE
    if days <= _NEAR_DAYS:
        kind = StatusKind.WARN if days <= _SOON_DAYS else StatusKind.MILD
    return Status(kind=kind, word=say.t("dossier.days-left", n=days))


def cited(say: Speaker, wanted: str) -> Citation:
    """Return a duty cited and summed up."""
    summary = say.catalogue.duty(wanted).summary.in_lang(say.lang)
    return Citation(label=say.catalogue.citation(wanted, say.lang), summary=summary)


def said_in(say: Speaker, fields: Sequence[FieldSort], act: Act) -> tuple[Fact, ...]:
    """Return what was said in an act, in the order of its form."""
    return tuple(
        Fact(name=say.text(field.label), value=_cell(say, field, act.fields[field.name]))
        for field in fields
        if field.name in act.fields
    )


def _clock(say: Speaker, clock: Clock, now: datetime) -> Cell:
    deadline = clock.deadline
    basis = (
        say.t("dossier.set-by-people")
        if deadline.figure is None
        else say.catalogue.figure_citation(deadline.figure, say.lang)
    )
    if deadline.at_once:
        until = basis
    elif deadline.on is None:
        until = f"{moment(deadline.until)} · {basis}"
    else:
        day = deadline.on.isoformat()
        until = f"{day} · {basis}"
        if deadline.provisional:
            until = f"{until} · {say.t('dossier.provisional')}"
    return (Words(status=clock_status(say, clock, now), notes=(until,)),)


def _step(
    say: Speaker, seen: Seen, act: Act, names: Mapping[str, str], *, proofs: bool
) -> StepView:
    sort = seen.sort.act(act.what)
    fields = () if sort is None else sort.fields
    facts = said_in(say, fields, act)
    missing = any(one.private and one.required and one.name not in act.fields for one in fields)
    if missing:
        facts = (
            *facts,
            Fact(name=say.t("dossier.erased"), value=said(say.t("dossier.erased-text"))),
        )
    return StepView(
        name=act.what if sort is None else say.text(sort.text),
        when=moment(act.at),
        who=_who(say, act, names),
        facts=facts,
        proof=f"/console/evidence/records/{act.position}"
        if proofs and act.position is not None
        else "",
        now=act is seen.dossier.acts[-1],
    )


def _who(say: Speaker, act: Act, names: Mapping[str, str]) -> str:
    part = say.text(act.party.text)
    if act.party in {Party.STAFF, Party.REVIEWER} and not names:
        return say.t("dossier.by-handler")
    name = names.get(act.by, "")
    said_so = f"{part} · {name}" if name else part
    return f"{said_so} · {say.t('dossier.single-person')}" if act.single_person else said_so


def _words(say: Speaker, field: FieldSort, value: Value) -> tuple[str, ...]:
    if field.form is FieldForm.INSTANT and isinstance(value, str):
        return (moment(datetime.fromisoformat(value)),)
    if isinstance(value, bool):
        return (say.yes_no(given=value),)
    given = value if isinstance(value, tuple) else (str(value),)
    if field.rows == LIST_ROWS:
        return tuple(list_row_name(say, one) for one in given)
    if field.rows:
        return tuple(say.row_name(RowRef(KIND_BY_PLURAL[field.rows].name, one)) for one in given)
    return tuple(say.text(field.text_of(one)) for one in given)


def _cell(say: Speaker, field: FieldSort, value: Value) -> Cell:
    found = _words(say, field, value)
    if field.form is FieldForm.TEXT:
        return tuple(Words(text=line) for line in found[0].split("\n"))
    if field.form is FieldForm.DIGEST:
        return (Words(text=found[0], hash=True),)
    return tuple(Words(text=one) for one in found)
