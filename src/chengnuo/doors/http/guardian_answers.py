"""What programs are told about the guardians of a child, as JSON."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chengnuo.base.instant import from_us
from chengnuo.domain.consent.guardians import GuardianAsking
from chengnuo.doors.http.consent_answers import ReceiptBody
from chengnuo.usecases.consent.guardian_desk import KnownGuardian


class _Camel(msgspec.Struct, frozen=True, rename="camel"):
    """An answer."""


class KnownGuardianBody(_Camel, frozen=True):
    """A guardian of a child; `who` tells one from another and says nothing else."""

    who: str
    stands: bool
    relation: str
    method: str
    since: datetime | None
    ended_by: tuple[str, ...]


class WaitingBody(_Camel, frozen=True):
    """What waits for a guardian's decision, since when, by which record."""

    item: str
    since: datetime
    position: int


class GuardiansBody(_Camel, frozen=True):
    """The guardians of a child, and what waits for one."""

    guardians: tuple[KnownGuardianBody, ...]
    waiting: tuple[WaitingBody, ...]


class EndedBody(_Camel, frozen=True):
    """The end of a relation, and of each consent that was given under it."""

    receipt: ReceiptBody
    ended: tuple[ReceiptBody, ...]


def guardians_body(
    known: Iterable[KnownGuardian], waiting: Iterable[GuardianAsking]
) -> GuardiansBody:
    """Return the guardians of a child and what waits for one."""
    return GuardiansBody(
        guardians=tuple(
            KnownGuardianBody(
                who=one.relation.tag,
                stands=one.relation.stands,
                relation="" if one.words is None else one.words.relation,
                method="" if one.words is None else one.words.method,
                since=from_us(one.relation.since) if one.relation.since else None,
                ended_by=tuple(sorted(one.relation.ended_by)),
            )
            for one in known
        ),
        waiting=tuple(
            WaitingBody(item=one.item, since=from_us(one.since), position=one.position)
            for one in waiting
        ),
    )
