"""What programs are told about what was done for a request, as JSON; its wire names only."""

from datetime import datetime

import msgspec

from chengnuo.domain.rights.reply import Reply, Stopped, StoreResult
from chengnuo.doors.http.answers import Words
from chengnuo.doors.http.rights_plan_answers import (
    KeptBody,
    RefusalBody,
    kept_body,
    refusal_body,
    words,
)


class _Camel(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An answer."""


class StoppedBody(_Camel, frozen=True):
    """Why something could not go on, and what to do."""

    code: str
    what: Words
    action: Words


class ResultBody(_Camel, frozen=True):
    """What was done in one store, as the store itself counted it."""

    store: str
    name: Words
    state: str
    found: int
    deleted: int
    changed: int
    kept: int
    withheld: int
    residue: int | None
    at: datetime | None
    stopped: StoppedBody | None


class ReplyBody(_Camel, frozen=True):
    """The answer to a request; `letter` is the whole of it in words."""

    outcome: str
    at: datetime
    stores: tuple[ResultBody, ...]
    kept: tuple[KeptBody, ...]
    refusals: tuple[RefusalBody, ...]
    told: tuple[Words, ...]
    not_told: tuple[Words, ...]
    remedies: tuple[Words, ...]
    letter: Words


def stopped_body(one: Stopped) -> StoppedBody:
    """Return why something could not go on."""
    return StoppedBody(code=one.code, what=words(one.what), action=words(one.action))


def result_body(one: StoreResult) -> ResultBody:
    """Return what was done in one store."""
    return ResultBody(
        store=one.store,
        name=words(one.name),
        state=one.state.value,
        found=one.found,
        deleted=one.deleted,
        changed=one.changed,
        kept=one.kept,
        withheld=one.withheld,
        residue=one.residue,
        at=one.at,
        stopped=None if one.stopped is None else stopped_body(one.stopped),
    )


def reply_body(one: Reply) -> ReplyBody:
    """Return the answer to a request."""
    return ReplyBody(
        outcome=one.outcome.value,
        at=one.at,
        stores=tuple(map(result_body, one.stores)),
        kept=tuple(map(kept_body, one.kept)),
        refusals=tuple(map(refusal_body, one.refusals)),
        told=tuple(map(words, one.told)),
        not_told=tuple(map(words, one.not_told)),
        remedies=tuple(map(words, one.remedies)),
        letter=words(one.letter),
    )
