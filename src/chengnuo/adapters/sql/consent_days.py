"""Acts on consent items counted by day, kept as they come in: a page reads sums, never acts.

Of each item and day: how many records of an act, how many names did it last on that day (so that
the names of any time up to now are a sum), and by how many the standing consents changed. Always
equal to a count over `consent_act`: what is forgotten is taken off again. Says of nobody anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.schema import CONSENT_ACT, CONSENT_DAY
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.ports.consent_figures import STANDING
from chengnuo.ports.consents import ActKept

_DAY_US = 86_400_000_000
_EAST_US = 8 * 3_600_000_000
_Done = tuple[int, Act, int]
"""When, what, at which position."""


def day_of(at: int) -> int:
    """Return the civil day of an instant, in days since 1970 at +08:00."""
    return (at + _EAST_US) // _DAY_US


@dataclass(slots=True)
class ConsentDays:
    """What a batch of changes adds to the counts; written once, at its end."""

    records: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    people: Counter[tuple[int, str, str]] = field(default_factory=Counter)

    def add(self, connection: Connection, kept: ActKept) -> None:
        """Count an act that is about to be added; one that is there already counts nothing."""
        event, table = kept.entry.event, CONSENT_ACT.c
        newest = connection.execute(
            select(table.act, func.max(table.at))
            .where(table.person == event.alias, table.item == event.item)
            .group_by(table.act)
        )
        last = {Act(act): at for act, at in newest}
        if self._follows(event, last):
            return
        found = connection.execute(
            select(table.at, table.act, table.position).where(
                table.person == event.alias, table.item == event.item
            )
        )
        before = [(at, Act(act), position) for at, act, position in found]
        if all(position != event.position for _, _, position in before):
            self._count(event.item, before, -1)
            self._count(event.item, [*before, (event.at, event.act, event.position)], 1)

    def _follows(self, event: ConsentEvent, last: Mapping[Act, int]) -> bool:
        """Count an act that comes after all of the same name and item, if it does; most do.

        Args:
            event: The act.
            last: The instant of the newest of each act before.

        """
        before = max(last.values(), default=-1)
        newest = [act for act, at in last.items() if at == before]
        if event.at <= before or len(newest) > 1:
            return False
        act, item, day = event.act, event.item, day_of(event.at)
        self.records[day, item, act.value] += 1
        self.people[day, item, act.value] += 1
        if act in last:
            self.people[day_of(last[act]), item, act.value] -= 1
        stood = newest == [Act.GIVE]
        if (act is Act.GIVE) is not stood:
            self.records[day, item, STANDING] += -1 if stood else 1
        return True

    def take_off(self, connection: Connection, person: str) -> None:
        """Take off everything that somebody did."""
        table = CONSENT_ACT.c
        by_item: dict[str, list[_Done]] = {}
        query = select(table.item, table.at, table.act, table.position).where(
            table.person == person
        )
        for item, at, act, position in connection.execute(query):
            by_item.setdefault(item, []).append((at, Act(act), position))
        for item, done in by_item.items():
            self._count(item, done, -1)

    def write(self, connection: Connection) -> None:
        """Add what was counted."""
        keys = sorted(
            key
            for key in self.records.keys() | self.people.keys()
            if self.records[key] or self.people[key]
        )
        if not keys:
            return
        added = insert(CONSENT_DAY)
        table = CONSENT_DAY.c
        added = added.on_conflict_do_update(
            index_elements=[table.day, table.item, table.act],
            set_={
                "records": table.records + added.excluded.records,
                "people": table.people + added.excluded.people,
            },
        )
        rows = [
            {
                "day": key[0],
                "item": key[1],
                "act": key[2],
                "records": self.records[key],
                "people": self.people[key],
            }
            for key in keys
        ]
        connection.execute(added, rows)

    def _count(self, item: str, done: Sequence[_Done], sign: int) -> None:
        """Count what one name did to one item."""
        last: dict[str, int] = {}
        for at, act, _ in done:
            day = day_of(at)
            self.records[day, item, act.value] += sign
            last[act.value] = max(day, last.get(act.value, day))
        for name, day in last.items():
            self.people[day, item, name] += sign
        for day, change in _standing(done):
            self.records[day, item, STANDING] += sign * change


def _standing(done: Iterable[_Done]) -> Iterable[tuple[int, int]]:
    """Yield by how much the standing consents changed on which day."""
    stands = False
    for at, act, _ in sorted(done, key=lambda one: (one[0], one[1].strictness, one[2])):
        if (act is Act.GIVE) is not stands:
            stands = not stands
            yield day_of(at), 1 if stands else -1


def standing_before(connection: Connection, day: int, item: str) -> int:
    """Return how many consents stood at the end of the day before, of one item or of all."""
    table = CONSENT_DAY.c
    query = select(func.sum(table.records)).where(table.act == STANDING, table.day < day)
    if item:
        query = query.where(table.item == item)
    return int(connection.execute(query).scalar() or 0)
