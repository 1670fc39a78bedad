"""What the service answers about requests of individuals."""

from datetime import date, datetime

import msgspec

from chengnuo.client.consents import Words


class Due(msgspec.Struct, frozen=True):
    """The last day for the answer; provisional where the official calendar does not reach."""

    on: date
    provisional: bool
    likely: date


class Next(msgspec.Struct, frozen=True):
    """Who has to do what."""

    owner: str
    action: Words


class Kept(msgspec.Struct, frozen=True):
    """Something that stays under a duty."""

    duty: str
    until: datetime | None = None


class Refusal(msgspec.Struct, frozen=True):
    """Something that is asked for and not done, why, and on what that rests."""

    code: str
    articles: tuple[str, ...]
    what: Words
    why: Words


class Step(msgspec.Struct, frozen=True):
    """What happens to one group of rows of one table."""

    table: str
    belongs: str
    rows: int
    fate: str
    why: Words | None = None


class Hindrance(msgspec.Struct, frozen=True):
    """What stands against running in a store, or has to be known before."""

    kind: str
    blocks: bool
    what: Words
    table: str = ""
    column: str = ""


class StorePlan(msgspec.Struct, frozen=True, rename="camel"):
    """What happens in one store."""

    store: str
    name: Words
    blocked: bool
    by_hand: bool
    steps: tuple[Step, ...]
    problems: tuple[Hindrance, ...]


class Plan(msgspec.Struct, frozen=True, rename="camel"):
    """What would be done with whose rows in which store, what not, and why."""

    register_version: str
    law_version: str
    at: datetime
    rows: int
    blocked: bool
    stores: tuple[StorePlan, ...]
    refusals: tuple[Refusal, ...]
    kept: tuple[Kept, ...]


class Result(msgspec.Struct, frozen=True):
    """What was done in one store, as the store itself counted it."""

    store: str
    name: Words
    state: str
    found: int
    deleted: int
    changed: int
    kept: int
    residue: int | None = None


class Told(msgspec.Struct, frozen=True, rename="camel"):
    """How far a party outside is; `notice` is what it acknowledges by."""

    notice: str
    recipient: str
    name: Words
    state: str
    attempts: int
    next_at: datetime | None = None


class Task(msgspec.Struct, frozen=True, rename="camel"):
    """Something that somebody has to do by hand."""

    task: str
    request: str
    store: str
    what: Words
    done_at: datetime | None = None
    note: str = ""


class File(msgspec.Struct, frozen=True):
    """A file to take home."""

    part: int
    name: str
    size: int
    sha256: str
    expires: datetime


class Answer(msgspec.Struct, frozen=True):
    """The answer to a request; `letter` is the whole of it in words."""

    outcome: str
    at: datetime
    letter: Words
    kept: tuple[Kept, ...] = ()
    refusals: tuple[Refusal, ...] = ()


class Request(msgspec.Struct, frozen=True, rename="camel"):
    """One request, wholly; `next` is null once nothing happens any more."""

    id: str
    right: str
    person_key: str
    received: datetime
    stage: str
    final: bool
    due: Due
    days_left: int
    by: str = ""
    app: str = ""
    surface: str = ""
    next: Next | None = None
    extended: str = ""
    take_back_until: datetime | None = None
    plan: Plan | None = None
    results: tuple[Result, ...] = ()
    outside: tuple[Told, ...] = ()
    tasks: tuple[Task, ...] = ()
    files: tuple[File, ...] = ()
    reply: Answer | None = None
    like: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True, rename="camel"):
    """One request in a queue."""

    id: str
    right: str
    by: str
    stage: str
    received: datetime
    due: Due
    days_left: int
    stopped: str = ""


class Condition(msgspec.Struct, frozen=True):
    """A published condition of cancelling the account; `met` is null where you alone can tell."""

    what: Words
    met: bool | None = None


class Piece(msgspec.Struct, frozen=True):
    """A piece of a file to take home; `size` and `sha256` are of the whole file."""

    name: str
    size: int
    sha256: str
    start: int
    content: bytes
