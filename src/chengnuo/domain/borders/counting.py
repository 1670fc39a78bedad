"""How many people's information went abroad in a civil year: planes that add up by OR.

People are counted, not records: several recipients, several records, several accounts of one
individual that were found to be one count once, so that a volume cannot be split (个人信息出境标准
合同办法 4). General and sensitive information stand apart, because the lines are (网信办令第16号 7,
8); of whom both went abroad counts in both. What is exempt by its occasion (Arts. 4 to 6) is not
held to the lines and counted apart, by its reason.

A plane is the people of one civil day at +08:00, one recipient, one sort and one reason. Parts of
days, days, hosts and processes are merged by OR, in any order and any number of times;
`recount.py` is the plain definition that this is held equal to.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from chengnuo.base.instant import from_us
from chengnuo.domain.register.ids import RecipientId
from chengnuo.engines.planes.people import (
    NOBODY,
    Joined,
    People,
    growing,
    people_of,
    union,
)
from chengnuo.law.civil import civil_date
from chengnuo.law.transfer_route import TransferRoute


class Sort(StrEnum):
    """Which lines somebody counts for."""

    GENERAL = "general"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One record that an individual's information went abroad, as far as it is counted.

    Attributes:
        ordinal: Dense number of the individual, from 1.
        at: Effective instant, microseconds since 1970.
        recipient: To whom.
        sorts: Whether general, sensitive or both sorts of information went.
        scene: By which occasion it is exempt; None if it is counted.

    """

    ordinal: int
    at: int
    recipient: RecipientId
    sorts: frozenset[Sort]
    scene: TransferRoute | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PlaneKey:
    """Whom a plane is of.

    Attributes:
        day: Civil day at +08:00.
        recipient: To whom.
        sort: Which sort of information.
        scene: By which occasion it is exempt; empty if it is counted.

    """

    day: date
    recipient: RecipientId
    sort: Sort
    scene: str = ""


Planes: TypeAlias = Mapping[PlaneKey, People]
_MOST_DAYS = 31
NOBODY_JOINED: Joined = None
"""No two ordinals are of one individual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """Distinct individuals, by sort of information."""

    general: int = 0
    sensitive: int = 0

    def of(self, sort: Sort) -> int:
        """Return how many of a sort."""
        return self.general if sort is Sort.GENERAL else self.sensitive


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """What the records of one civil year come to.

    Attributes:
        year: The year.
        counted: What is held to the lines, over all recipients.
        apart: What is exempt by its occasion, by that.
        by_recipient: What of `counted` went to each recipient; these do not add up to it, for
            somebody may be among several.

    """

    year: int
    counted: Heads = field(default_factory=Heads)
    apart: Mapping[TransferRoute, Heads] = field(default_factory=dict)
    by_recipient: Mapping[RecipientId, Heads] = field(default_factory=dict)


def day_of(at: int) -> date:
    """Return the civil day at +08:00 of microseconds since 1970."""
    return civil_date(from_us(at))


def planes_of(records: Iterable[Sent]) -> Planes:
    """Return the planes of some records."""
    found: dict[PlaneKey, list[int]] = {}
    for record in records:
        for sort in record.sorts:
            key = PlaneKey(
                day=day_of(record.at),
                recipient=record.recipient,
                sort=sort,
                scene="" if record.scene is None else record.scene.value,
            )
            found.setdefault(key, []).append(record.ordinal)
    return {key: people_of(ordinals) for key, ordinals in found.items()}


def merged(parts: Iterable[Planes]) -> Planes:
    """Return planes that hold whoever is in any part."""
    found: dict[PlaneKey, list[People]] = {}
    for part in parts:
        for key, people in part.items():
            found.setdefault(key, []).append(people)
    return {key: union(people) for key, people in found.items()}


def counted_people(planes: Planes, year: int, sort: Sort) -> People:
    """Return who is held to the lines of a sort in a year, every name by itself."""
    return union(
        people for key, people in _of_year(planes, year) if key.sort is sort and not key.scene
    )


def count_year(planes: Planes, year: int, same: Joined = NOBODY_JOINED) -> YearCount:
    """Return the count of a civil year.

    Args:
        planes: Planes of any years.
        year: The year.
        same: Which ordinals are other names of one individual.

    """
    over_all: dict[Sort, list[People]] = {}
    apart: dict[TransferRoute, dict[Sort, list[People]]] = {}
    by_recipient: dict[RecipientId, dict[Sort, list[People]]] = {}
    for key, people in _of_year(planes, year):
        if key.scene:
            scene = apart.setdefault(TransferRoute(key.scene), {})
            scene.setdefault(key.sort, []).append(people)
        else:
            over_all.setdefault(key.sort, []).append(people)
            its = by_recipient.setdefault(key.recipient, {})
            its.setdefault(key.sort, []).append(people)
    return YearCount(
        year=year,
        counted=_heads(over_all, same),
        apart={scene: _heads(sets, same) for scene, sets in sorted(apart.items())},
        by_recipient={one: _heads(sets, same) for one, sets in sorted(by_recipient.items())},
    )


def reached_on(
    planes: Planes, year: int, sort: Sort, limit: int, same: Joined = NOBODY_JOINED
) -> date | None:
    """Return the first day of a year by whose end so many are counted; None if none is."""
    days: dict[date, list[People]] = {}
    for key, people in _of_year(planes, year):
        if key.sort is sort and not key.scene:
            days.setdefault(key.day, []).append(people)
    ascending = sorted(days.items())
    so_far = growing(union(sets) for _, sets in ascending)
    for (day, _), people in zip(ascending, so_far, strict=True):
        if len(people) >= limit and len(people.joined(same)) >= limit:
            return day
    return None


def course(
    planes: Planes, year: int, sort: Sort, same: Joined = NOBODY_JOINED
) -> tuple[tuple[date, int], ...]:
    """Return how many were counted by the end of each day that brought a record, oldest first.

    Where there are more than a month of such days, only the last of each month is told.
    """
    days: dict[date, list[People]] = {}
    for key, people in _of_year(planes, year):
        if key.sort is sort and not key.scene:
            days.setdefault(key.day, []).append(people)
    ends = set(days)
    if len(ends) > _MOST_DAYS:
        ends = set({day.month: day for day in sorted(days)}.values())
    found = []
    so_far = growing(union(sets) for _, sets in sorted(days.items()))
    for day, people in zip(sorted(days), so_far, strict=True):
        if day in ends:
            found.append((day, len(people.joined(same))))
    return tuple(found)


def heads_at(
    planes: Planes,
    year: int,
    recipients: Collection[RecipientId],
    same: Joined = NOBODY_JOINED,
) -> Heads:
    """Return who is counted at any of some recipients in a year, each individual once."""
    sets: dict[Sort, list[People]] = {}
    for key, people in _of_year(planes, year):
        if key.recipient in recipients and not key.scene:
            sets.setdefault(key.sort, []).append(people)
    return _heads(sets, same)


def _of_year(planes: Planes, year: int) -> Iterator[tuple[PlaneKey, People]]:
    return ((key, people) for key, people in planes.items() if key.day.year == year)


def _heads(sets: Mapping[Sort, list[People]], same: Joined) -> Heads:
    general, sensitive = (
        len(union(sets[sort]).joined(same)) if sort in sets else len(NOBODY)
        for sort in (Sort.GENERAL, Sort.SENSITIVE)
    )
    return Heads(general=general, sensitive=sensitive)
