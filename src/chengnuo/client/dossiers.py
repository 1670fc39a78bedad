"""Dossiers over HTTP: open a complaint or another matter of duty, act in it, follow its deadlines.

What was opened or done is durable and recorded when it is returned. After silence the same may be
opened again under the same `key`: the dossier there is comes back.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypeAlias

import msgspec

from chengnuo.client.client import Client
from chengnuo.client.words import Words

Value: TypeAlias = str | int | bool | tuple[str, ...]
"""What a field says: days as `2026-01-31`, instants as `2026-01-31T09:00:00Z`."""


class State(msgspec.Struct, frozen=True):
    """A state, and whether the matter is at its end in it."""

    id: str
    text: Words
    final: bool


class Clock(msgspec.Struct, frozen=True, rename="camel"):
    """A deadline: kept before `until`; without it the law says "at once"."""

    id: str
    text: Words
    since: datetime
    until: datetime | None
    on: date | None
    at_once: bool
    provisional: bool
    met_at: datetime | None
    late: bool
    figure: str | None = None


class Done(msgspec.Struct, frozen=True, rename="camel"):
    """An act that was done; `withheld` names the fields with private words, which are not shown."""

    number: int
    what: str
    text: Words
    party: str
    at: datetime
    single_person: bool
    fields: dict[str, Value]
    withheld: tuple[str, ...]
    position: int | None


class Line(msgspec.Struct, frozen=True, rename="camel"):
    """A dossier in a list; `next` is the deadline that runs out first."""

    id: str
    sort: str
    state: State
    opened_at: datetime
    next: Clock | None


class Dossier(msgspec.Struct, frozen=True, rename="camel"):
    """A dossier; `can` has the ids of the acts that the key may do now."""

    id: str
    sort: str
    state: State
    opened_at: datetime
    about_someone: bool
    clocks: tuple[Clock, ...]
    acts: tuple[Done, ...]
    can: tuple[str, ...]


class Choice(msgspec.Struct, frozen=True):
    """One of the values that a field takes."""

    value: str
    text: Words


class Field(msgspec.Struct, frozen=True):
    """A field of an act; `rows` is the kind of row of the register that it names."""

    name: str
    form: str
    label: Words
    hint: Words | None
    required: bool
    private: bool
    choices: tuple[Choice, ...]
    rows: str


class ActSort(msgspec.Struct, frozen=True, rename="camel"):
    """Something that can be done in dossiers of a sort; `mine` where the key may do it."""

    what: str
    text: Words
    hint: Words | None
    by: tuple[str, ...]
    mine: bool
    opens: bool
    after: tuple[str, ...]
    to: str | None
    fields: tuple[Field, ...]
    not_by_author_of: tuple[str, ...]
    shown: bool


class ClockSort(msgspec.Struct, frozen=True, rename="camel"):
    """A deadline that some acts set running and others end."""

    id: str
    text: Words
    figure: str | None
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    from_field: str
    until_field: str


class Sort(msgspec.Struct, frozen=True, rename="camel"):
    """The table of a sort; `concerns` is `nobody`, `one` or `either`."""

    sort: str
    text: Words
    lead: Words
    rests_on: tuple[str, ...]
    concerns: str
    states: tuple[State, ...]
    acts: tuple[ActSort, ...]
    clocks: tuple[ClockSort, ...]


class _Dossiers(msgspec.Struct, frozen=True):
    dossiers: tuple[Line, ...]


class _Sorts(msgspec.Struct, frozen=True):
    sorts: tuple[Sort, ...]


class _Opened(msgspec.Struct, frozen=True, omit_defaults=True):
    sort: str
    what: str
    fields: Mapping[str, Value]
    person: str | None = None
    key: str | None = None


class _Acted(msgspec.Struct, frozen=True, omit_defaults=True):
    dossier: str
    what: str
    fields: Mapping[str, Value]
    person: str | None = None


class _Asked(msgspec.Struct, frozen=True, omit_defaults=True, rename="camel"):
    dossier: str
    person: str | None = None
    with_private: bool = False


class _Listed(msgspec.Struct, frozen=True, rename="camel"):
    sorts: Sequence[str] | None
    person: str | None
    open_only: bool
    limit: int


class _SortsAsked(msgspec.Struct, frozen=True):
    sorts: Sequence[str] | None


class DossierClient:
    """Works on dossiers, through a client whose key has `dossier:write` or `dossier:read`.

    Raises `ServiceRefusedError` where the service does not take what was sent, and
    `ServiceSilentError` where there is no answer; what was sent may have been done then.
    """

    def __init__(self, client: Client) -> None:
        """Go through a client; it stays the caller's to close."""
        self._client = client

    def open(
        self,
        sort: str,
        what: str,
        fields: Mapping[str, Value],
        *,
        person: str | None = None,
        key: str | None = None,
    ) -> Dossier:
        """Open a dossier.

        Args:
            sort: Its sort, as `complaint`.
            what: The act that opens it, as `take-down`.
            fields: What is said in it.
            person: The operator's account id of the individual concerned.
            key: What tells it from others about the same individual, when it is sent again.

        """
        return self._client.post("/v1/dossiers", _Opened(sort, what, fields, person, key), Dossier)

    def act(
        self, dossier: str, what: str, fields: Mapping[str, Value], *, person: str | None = None
    ) -> Dossier:
        """Do something in a dossier; with `person`, only if it is about that individual."""
        acted = _Acted(dossier, what, fields, person)
        return self._client.post("/v1/dossiers:act", acted, Dossier)

    def get(
        self, dossier: str, *, person: str | None = None, with_private: bool = False
    ) -> Dossier:
        """Return a dossier; private words take `dossier:read-private`, and that is recorded."""
        asked = _Asked(dossier, person, with_private)
        return self._client.post("/v1/dossiers:get", asked, Dossier)

    def list(
        self,
        sorts: Sequence[str] | None = None,
        *,
        person: str | None = None,
        open_only: bool = True,
        limit: int = 100,
    ) -> tuple[Line, ...]:
        """Return 1 to 1,000 dossiers, what is due first first; of one person, the newest first."""
        listed = _Listed(sorts, person, open_only, limit)
        return self._client.post("/v1/dossiers:list", listed, _Dossiers).dossiers

    def sorts(self, sorts: Sequence[str] | None = None) -> tuple[Sort, ...]:
        """Return the tables of sorts: what can be done, said and chosen, and by when."""
        return self._client.post("/v1/dossiers:sorts", _SortsAsked(sorts), _Sorts).sorts
