"""Who is concerned by what the log says: done, allowed, or in a batch that names nobody.

The log is walked from its newest record down: those of the period are looked at, older ones tell
only that somebody was known before it ended.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.incident.affected import Found, Source
from chengnuo.ports.evidence_log import LogReader, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.usecases.evidence.evidence_window import Window

MOST_RECORDS = 1_000_000
"""Records looked at in one go, the newest first; beyond them nobody says how many there are."""
_DONE = frozenset({Kind.PROVISION, Kind.PUBLICATION, Kind.PRICE_QUOTED, Kind.AUTOMATED_DECISION})
_PERMIT = "permit"
_TOO_MANY = Text(
    f"日志超过 {MOST_RECORDS} 条，更早的没有看", f"only the newest {MOST_RECORDS} were looked at"
)
_ERASED = Text(
    "证明密钥已销毁的个人，不能再认出", "individuals whose proofs were destroyed; not told apart"
)
_NO_NUMBER = Text("有批次不能说明人数", "a batch does not say how many there were")
_NO_RECORD = Text(
    "登记簿中有，这段时间没有记录", "it is in the register, and has no record in the period"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordsFound:
    """What the log told.

    Attributes:
        found: By recipient and activity.
        known: Who has a record at the end of the period or before.

    """

    found: tuple[Found, ...]
    known: frozenset[bytes]


class _Tally:
    """What records add up to, by recipient or activity."""

    def __init__(self) -> None:
        self.met = set[str]()
        self._people = defaultdict[tuple[Source, str], set[bytes]](set)
        self._counts, self._unread = defaultdict[str, int](int), set[str]()
        self._gone = defaultdict[str, set[int]](set)

    def add(
        self, where: str, ordinal: int, who: bytes | None, source: Source | None, count: int | None
    ) -> None:
        """Add a record, if it is worth anything."""
        if source is None:
            return
        self.met.add(where)
        if who is not None:
            self._people[source, where].add(who)
        elif ordinal:
            self._gone[where].add(ordinal)
        elif count is None:
            self._unread.add(where)
        else:
            self._counts[where] += count

    def found(self) -> Iterator[Found]:
        """Yield what there is; of whom nobody can be told any more, how many they were."""
        for (source, where), some in self._people.items():
            yield Found(source=source, where=where, people=frozenset(some))
        for where, count in self._counts.items():
            yield Found(source=Source.BATCHES, where=where, count=count)
        for where, ordinals in self._gone.items():
            yield Found(source=Source.BATCHES, where=where, count=len(ordinals), why=_ERASED)
        for where in self._unread:
            yield Found(source=Source.UNSEEN, where=where, why=_NO_NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCount:
    """Counts who is concerned by records.

    Attributes:
        log: The log.
        payloads: Opens payloads, and tells whom a record is about.

    """

    log: LogReader
    payloads: Payloads

    def of(
        self, recipients: Collection[str], activities: Collection[str], window: Window
    ) -> RecordsFound:
        """Return what the log tells of some recipients and activities in a period."""
        tally, known = _Tally(), set[bytes]()
        of_ordinal, too_many = dict[int, bytes | None](), False
        for at, record in enumerate(self.log.newest()):
            if at >= MOST_RECORDS:
                too_many = True
                break
            if record.leaf.at > window.end:
                continue
            who = self._who(record, of_ordinal)
            if who is not None:
                known.add(who)
            if record.leaf.at < window.start:
                continue
            for where in _places(record, recipients, activities):
                tally.add(where, record.ordinal, who, *self._said(record))
        return RecordsFound(
            found=(
                *tally.found(),
                *(
                    Found(source=Source.UNSEEN, where=one, why=_NO_RECORD)
                    for one in recipients
                    if one not in tally.met
                ),
                *([Found(source=Source.UNSEEN, where="log", why=_TOO_MANY)] if too_many else []),
            ),
            known=frozenset(known),
        )

    def _who(self, record: Record, of_ordinal: dict[int, bytes | None]) -> bytes | None:
        """Return whom a record is about; each individual is looked up once."""
        if not record.ordinal:
            return None
        if record.ordinal not in of_ordinal:
            person = self.payloads.person(record)
            of_ordinal[record.ordinal] = None if person is None else bytes.fromhex(person)
        return of_ordinal[record.ordinal]

    def _said(self, record: Record) -> tuple[Source | None, int | None]:
        """Return what a record is worth, and how many it counts where it names nobody.

        None as the number where it cannot be read any more, or says none.
        """
        kind = Kind(record.leaf.kind)
        if kind in _DONE and record.ordinal:
            return Source.RECORDS, 0
        if kind in _DONE or kind is Kind.DECISION:
            opened = self.payloads.opened(record).payload
            said = {} if opened is None else json.loads(opened)
            if not record.ordinal:
                count = said.get("permitted", said.get("count"))
                return Source.BATCHES, count if isinstance(count, int) else None
            return (Source.PERMITS if said.get("outcome") in {_PERMIT, None} else None), 0
        return None, 0


def _places(
    record: Record, recipients: Collection[str], activities: Collection[str]
) -> Iterator[str]:
    if record.leaf.recipient and record.leaf.recipient in recipients:
        yield record.leaf.recipient
    if record.leaf.activity and record.leaf.activity in activities:
        yield record.leaf.activity
