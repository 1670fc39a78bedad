"""Dossiers as JSON: what is handed in, and how one stands.

No answer has an account id, of whom a dossier is about or of staff. Private words stand in an
answer only where they were asked for; otherwise `withheld` names the fields that hold some.
"""

from datetime import date, datetime
from typing import Annotated

import msgspec

from chengnuo.base.text import Text
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.clocks import Clock
from chengnuo.domain.dossier.dossier import Act
from chengnuo.domain.dossier.fields import MOST_COUNT, MOST_ROWS, MOST_TEXT, open_part
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import DossierSort
from chengnuo.doors.automated_bodies import WordsBody, words_body
from chengnuo.doors.decision_bodies import AccountText
from chengnuo.doors.dossier_sort_bodies import DossierStateBody, state_body
from chengnuo.usecases.dossier.seen import Seen

MOST_LISTED = 1000
_MOST_FIELDS = 50
_MOST_KEY = 120

SortText = Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(SORTS)})$")]
IdText = Annotated[str, msgspec.Meta(pattern="^[a-z]{2}-[a-z0-9]{10}$")]
WhatText = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z-]{0,31}$")]
_Name = Annotated[str, msgspec.Meta(pattern="^[a-z][a-z-]{0,39}$")]
_Said = Annotated[str, msgspec.Meta(max_length=MOST_TEXT)]
_Number = Annotated[int, msgspec.Meta(ge=0, le=MOST_COUNT)]
_Many = Annotated[tuple[_Said, ...], msgspec.Meta(max_length=MOST_ROWS)]
_Fields = Annotated[
    dict[_Name, bool | _Number | _Said | _Many], msgspec.Meta(max_length=_MOST_FIELDS)
]
_Key = Annotated[str, msgspec.Meta(min_length=1, max_length=_MOST_KEY)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A body in which an unknown member is an error."""


class OpenDossierBody(_Strict, frozen=True):
    """A dossier that is to be opened.

    Attributes:
        sort: Its sort.
        what: The act that opens it.
        fields: What is said in it.
        person: Account id of the individual concerned, where it is about one.
        key: What tells it from others that the same key of the interface opened about the same
            individual; handed in again, the dossier there is comes back.

    """

    sort: SortText
    what: WhatText
    fields: _Fields = msgspec.field(default_factory=dict)
    person: AccountText | None = None
    key: _Key | None = None


class DossierActBody(_Strict, frozen=True):
    """An act in a dossier; with `person`, only if it is about that individual."""

    dossier: IdText
    what: WhatText
    fields: _Fields = msgspec.field(default_factory=dict)
    person: AccountText | None = None


class DossierAskedBody(_Strict, frozen=True):
    """Which dossier is asked about; with `person`, only if it is about that individual.

    `withPrivate` asks for private words, which takes a scope of its own and is recorded.
    """

    dossier: IdText
    person: AccountText | None = None
    with_private: bool = False


class DossiersAskedBody(_Strict, frozen=True):
    """Which dossiers are asked about.

    Attributes:
        sorts: Of which sorts; left out, of all.
        person: About which individual; left out, about anybody and nobody.
        open_only: Whether those at their end are left out.
        limit: At most so many.

    """

    sorts: tuple[SortText, ...] | None = None
    person: AccountText | None = None
    open_only: bool = True
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_LISTED)] = 100


class DossierSortsAskedBody(_Strict, frozen=True):
    """Which sorts are asked about; left out, all."""

    sorts: tuple[SortText, ...] | None = None


class DossierClockBody(msgspec.Struct, frozen=True, rename="camel"):
    """A deadline of one dossier.

    Attributes:
        id: Which clock of the sort.
        text: What has to be done.
        since: From when on it counts.
        until: It is kept before this instant; null where the law says "at once".
        on: Last civil day in Beijing; null where hours are counted.
        at_once: The law sets no length.
        provisional: The official calendar of working days does not reach so far.
        met_at: When it was met; null while it runs.
        late: Whether it is or was missed.
        figure: Figure of the law catalogue that sets it; null where people set the day.

    """

    id: str
    text: WordsBody
    since: datetime
    until: datetime | None
    on: date | None
    at_once: bool
    provisional: bool
    met_at: datetime | None
    late: bool
    figure: str | None


class DossierDoneBody(msgspec.Struct, frozen=True, rename="camel"):
    """An act that was done.

    Attributes:
        number: From 1.
        what: Which act of the sort.
        text: What it is called.
        party: In which part somebody did it.
        at: When.
        single_person: Nobody else could have looked at it.
        fields: What was said in it.
        withheld: Names of fields that hold private words, which are not shown here.
        position: Of its record in the evidence log; null until it is recorded.

    """

    number: int
    what: str
    text: WordsBody
    party: Party
    at: datetime
    single_person: bool
    fields: dict[str, str | int | bool | tuple[str, ...]]
    withheld: tuple[str, ...]
    position: int | None


class DossierLineBody(msgspec.Struct, frozen=True, rename="camel"):
    """A dossier in a list.

    Attributes:
        id: Its id.
        sort: Its sort.
        state: Where it stands.
        opened_at: When it was opened.
        next: The deadline that runs out first; null where none runs.

    """

    id: str
    sort: str
    state: DossierStateBody
    opened_at: datetime
    next: DossierClockBody | None


class DossierBody(msgspec.Struct, frozen=True, rename="camel"):
    """A dossier.

    Attributes:
        id: Its id, which can be read out on the telephone.
        sort: Its sort.
        state: Where it stands.
        opened_at: When it was opened.
        about_someone: Whether it is about an individual who is known here.
        clocks: Its deadlines.
        acts: What was done, the first first.
        can: What this key may do now, by the ids of acts.

    """

    id: str
    sort: str
    state: DossierStateBody
    opened_at: datetime
    about_someone: bool
    clocks: tuple[DossierClockBody, ...]
    acts: tuple[DossierDoneBody, ...]
    can: tuple[str, ...]


class DossiersBody(msgspec.Struct, frozen=True):
    """Dossiers; what is due first first, those about one individual the newest first."""

    dossiers: tuple[DossierLineBody, ...]


def dossier_body(seen: Seen, now: datetime, *, private: bool = False) -> DossierBody:
    """Return a dossier as it stands at an instant, with private words or without."""
    dossier = seen.dossier
    return DossierBody(
        id=dossier.id,
        sort=dossier.sort,
        state=state_body(seen.state),
        opened_at=seen.opened_at,
        about_someone=bool(dossier.person),
        clocks=tuple(_clock(one, now) for one in seen.clocks),
        acts=tuple(_done(seen.sort, act, private=private) for act in dossier.acts),
        can=tuple(act.what for act in seen.acts),
    )


def line_body(seen: Seen, now: datetime) -> DossierLineBody:
    """Return a dossier as a line of a list."""
    clock = seen.next_clock
    return DossierLineBody(
        id=seen.dossier.id,
        sort=seen.dossier.sort,
        state=state_body(seen.state),
        opened_at=seen.opened_at,
        next=None if clock is None else _clock(clock, now),
    )


def _clock(clock: Clock, now: datetime) -> DossierClockBody:
    deadline = clock.deadline
    return DossierClockBody(
        id=clock.sort.id,
        text=words_body(clock.sort.text),
        since=clock.since,
        until=None if deadline.at_once else deadline.until,
        on=deadline.on,
        at_once=deadline.at_once,
        provisional=deadline.provisional,
        met_at=clock.met_at,
        late=clock.is_late(now),
        figure=deadline.figure,
    )


def _done(sort: DossierSort, act: Act, *, private: bool) -> DossierDoneBody:
    known = sort.act(act.what)
    shown = open_part(() if known is None else known.fields, act.fields)
    return DossierDoneBody(
        number=act.number,
        what=act.what,
        text=words_body(Text(act.what, act.what) if known is None else known.text),
        party=act.party,
        at=act.at,
        single_person=act.single_person,
        fields=dict(act.fields) if private else shown,
        withheld=() if private else tuple(name for name in act.fields if name not in shown),
        position=act.position,
    )
