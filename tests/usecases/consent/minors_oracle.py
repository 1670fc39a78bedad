"""When a child's information may be used, told once more in the plainest way.

What was done is noted as it is done; nothing here is taken from the program but which fingerprint
an item has now. Of each family of names and each item one line says what stands.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum


class Rank(IntEnum):
    """The stricter wins when names are joined."""

    YES = 0
    ENDED = 1
    NO = 2


@dataclass(frozen=True)
class Line:
    """What stands for an item: how strict, since which step, by which guardian, to which text."""

    rank: Rank
    step: int
    guardian: str = ""
    text: str = ""


@dataclass
class Family:
    """Names known to be one individual's."""

    names: set[str]
    born: dict[str, date] = field(default_factory=dict)
    stands: dict[str, Line] = field(default_factory=dict)
    last: dict[tuple[str, str], Line] = field(default_factory=dict)
    """The last act of each guardian on each item."""
    erased: set[str] = field(default_factory=set)
    joins: set[frozenset[str]] = field(default_factory=set)
    """Which two names were found to be one individual's."""


class Oracle:
    """Notes what was done and tells what may follow from it."""

    def __init__(self) -> None:
        self.families: dict[str, Family] = {}
        self.step = 0

    def family(self, name: str) -> Family:
        """Return the family of a name."""
        return self.families.setdefault(name, Family({name}))

    def act(self, name: str, item: str, rank: Rank, guardian: str, text: str) -> None:
        """Note a yes, an end or a no; an empty guardian is the child alone."""
        self.step += 1
        family, line = self.family(name), Line(rank, self.step, guardian, text)
        family.stands[item] = line
        if guardian:
            family.last[guardian, item] = line

    def ended(self, name: str, guardian: str, *, releases: bool) -> None:
        """Note that a relation is over; `releases` where the guardian's noes fall with it."""
        family = self.family(name)
        self._end(family, {guardian})
        if releases:
            family.last = {key: line for key, line in family.last.items() if key[0] != guardian}

    def grown(self, name: str) -> None:
        """Note that whatever guardians gave was handed over."""
        family = self.family(name)
        given = {line.guardian for line in family.stands.values() if line.guardian}
        self._end(family, given)

    def merged(self, one: str, other: str) -> None:
        """Note that two names are one individual's."""
        a, b = self.family(one), self.family(other)
        if a is b:
            return
        joined = Family(a.names | b.names, a.born | b.born, erased=a.erased | b.erased)
        joined.joins = a.joins | b.joins | {frozenset((one, other))}
        for item in a.stands.keys() | b.stands.keys():
            lines = [each.stands[item] for each in (a, b) if item in each.stands]
            joined.stands[item] = max(lines, key=lambda line: (line.rank, line.step))
        for key in a.last.keys() | b.last.keys():
            lines = [each.last[key] for each in (a, b) if key in each.last]
            joined.last[key] = max(lines, key=lambda line: line.step)
        for name in joined.names:
            self.families[name] = joined

    def forgotten(self, name: str) -> None:
        """Note that somebody's keys were destroyed: with them goes what was known of that name.

        Whoever was joined by it alone is apart again. But nobody is older for that: the other
        names keep the year in which the individual was born.
        """
        family = self.family(name)
        born = max(family.born.values(), default=None)
        joins = {pair for pair in family.joins if name not in pair}
        left = family.names - {name}
        while left:
            names = {min(left)}
            while more := {each for pair in joins if pair & names for each in pair} - names:
                names |= more
            left -= names
            part = Family(names, {}, dict(family.stands), dict(family.last))
            part.erased = family.erased & names
            part.joins = {pair for pair in joins if pair <= names}
            if born is not None:
                year = date(born.year, 12, 31)
                part.born = {one: born if family.born.get(one) == born else year for one in names}
            self.families |= dict.fromkeys(names, part)
        self.families[name] = Family({name}, erased={name})

    def is_disputed(self, name: str, item: str, guardian: str) -> bool:
        """Tell whether another guardian's last word on an item is no."""
        return any(
            line.rank is Rank.NO and about == item and who != guardian
            for (who, about), line in self.family(name).last.items()
        )

    def under_14(self, name: str, at: datetime) -> bool:
        """Tell whether somebody is known to be under fourteen at an instant, in China."""
        born = max(self.family(name).born.values(), default=None)
        return born is not None and day_of(at) <= last_day_of(born, 14)

    def may(self, name: str, items: list[str], texts: dict[str, str]) -> bool:
        """Tell whether a guardian's consent to every item is in force."""
        family = self.family(name)
        lines = [family.stands.get(item) for item in items]
        return name not in family.erased and all(
            line is not None
            and line.rank is Rank.YES
            and line.guardian
            and line.text == texts[item]
            for item, line in zip(items, lines, strict=True)
        )

    def _end(self, family: Family, guardians: set[str]) -> None:
        self.step += 1
        for item, line in family.stands.items():
            if line.rank is Rank.YES and line.guardian in guardians:
                family.stands[item] = Line(Rank.ENDED, self.step)


def day_of(at: datetime) -> date:
    """Return the civil day of an instant in China."""
    return (at.astimezone(UTC) + timedelta(hours=8)).date()


def last_day_of(born: date, years: int) -> date:
    """Return the last day on which so many years are not full: the birthday itself."""
    if (born.month, born.day) != (2, 29):
        return born.replace(year=born.year + years)
    return date(born.year + years, 3, 1) - timedelta(days=1)
