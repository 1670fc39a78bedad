"""The tables of sorts of dossiers as JSON: states, acts with their fields, deadlines."""

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import FieldForm, FieldSort
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import (
    NOT_OPENED,
    ActSort,
    ClockSort,
    Concerns,
    DossierSort,
    StateSort,
)
from chengnuo.doors.automated_bodies import WordsBody, words_body


class DossierStateBody(msgspec.Struct, frozen=True):
    """A state; at its end nothing is due any more, but some acts may reopen it."""

    id: str
    text: WordsBody
    final: bool


class DossierChoiceBody(msgspec.Struct, frozen=True):
    """One of the values that a field takes."""

    value: str
    text: WordsBody


class DossierFieldBody(msgspec.Struct, frozen=True):
    """A field of an act; `rows` is the kind of row of the register that it names."""

    name: str
    form: FieldForm
    label: WordsBody
    hint: WordsBody | None
    required: bool
    private: bool
    choices: tuple[DossierChoiceBody, ...]
    rows: str


class ActSortBody(msgspec.Struct, frozen=True, rename="camel"):
    """Something that is done in dossiers of a sort.

    Attributes:
        what: Its id.
        text: What it is called.
        hint: What follows from it.
        by: Who may do it.
        mine: Whether this key may.
        opens: Whether it opens a dossier.
        after: States in which it may be done.
        to: State it leads to; null leaves the state as it is.
        fields: What is said in it.
        not_by_author_of: Acts whose author must be another person.
        shown: Whether the individual concerned sees it.

    """

    what: str
    text: WordsBody
    hint: WordsBody | None
    by: tuple[Party, ...]
    mine: bool
    opens: bool
    after: tuple[str, ...]
    to: str | None
    fields: tuple[DossierFieldBody, ...]
    not_by_author_of: tuple[str, ...]
    shown: bool


class ClockSortBody(msgspec.Struct, frozen=True, rename="camel"):
    """A deadline that acts of a sort set running and end; `fromField`, `untilField` name fields."""

    id: str
    text: WordsBody
    figure: str | None
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    from_field: str
    until_field: str


class DossierSortBody(msgspec.Struct, frozen=True, rename="camel"):
    """The table of a sort; `concerns` says whether `person` has to be, can be or is not given."""

    sort: str
    text: WordsBody
    lead: WordsBody
    rests_on: tuple[str, ...]
    concerns: Concerns
    states: tuple[DossierStateBody, ...]
    acts: tuple[ActSortBody, ...]
    clocks: tuple[ClockSortBody, ...]


class DossierSortsBody(msgspec.Struct, frozen=True):
    """The tables of sorts."""

    sorts: tuple[DossierSortBody, ...]


def state_body(state: StateSort) -> DossierStateBody:
    """Return a state."""
    return DossierStateBody(id=state.id, text=words_body(state.text), final=state.final)


def sort_body(sort: DossierSort, party: Party) -> DossierSortBody:
    """Return the table of a sort, as somebody sees it."""
    return DossierSortBody(
        sort=sort.id,
        text=words_body(sort.text),
        lead=words_body(sort.lead),
        rests_on=sort.rests_on,
        concerns=sort.concerns,
        states=tuple(map(state_body, sort.states)),
        acts=tuple(_act_sort(act, party) for act in sort.acts),
        clocks=tuple(map(_clock_sort, sort.clocks)),
    )


def _act_sort(act: ActSort, party: Party) -> ActSortBody:
    return ActSortBody(
        what=act.what,
        text=words_body(act.text),
        hint=_words_or_none(act.hint),
        by=tuple(sorted(act.by)),
        mine=party in act.by,
        opens=act.opens,
        after=tuple(sorted(act.after - {NOT_OPENED})),
        to=act.to,
        fields=tuple(map(_field, act.fields)),
        not_by_author_of=tuple(sorted(act.not_by_author_of)),
        shown=act.shown,
    )


def _field(field: FieldSort) -> DossierFieldBody:
    return DossierFieldBody(
        name=field.name,
        form=field.form,
        label=words_body(field.label),
        hint=_words_or_none(field.hint),
        required=field.required and field.form is not FieldForm.FLAG,
        private=field.private,
        choices=tuple(DossierChoiceBody(one.value, words_body(one.text)) for one in field.choices),
        rows=field.rows,
    )


def _clock_sort(clock: ClockSort) -> ClockSortBody:
    return ClockSortBody(
        id=clock.id,
        text=words_body(clock.text),
        figure=clock.figure,
        starts=tuple(sorted(clock.starts)),
        stops=tuple(sorted(clock.stops)),
        from_field=clock.from_field,
        until_field=clock.until_field,
    )


def _words_or_none(text: Text | None) -> WordsBody | None:
    return None if text is None else words_body(text)
