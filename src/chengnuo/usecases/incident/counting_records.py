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
        people = defaultdict[tuple[Source, str], set[bytes]](set)
        counts = defaultdict[tuple[Source, str], int](int)
        known, of_ordinal = set[bytes](), dict[int, bytes | None]()
        too_many = False
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
                source, count = self._said(record)
                if source is not None and who is not None:
                    people[source, where].add(who)
                elif source is not None and not record.ordinal:
                    counts[Source.BATCHES, where] += count
        met = {where for _, where in (*people, *counts)}
        return RecordsFound(
            found=(
                *(
                    Found(source=source, where=where, people=frozenset(some))
                    for (source, where), some in people.items()
                ),
                *(
                    Found(source=source, where=where, count=count)
                    for (source, where), count in counts.items()
                ),
                *(
                    Found(source=Source.UNSEEN, where=one, why=_NO_RECORD)
                    for one in recipients
                    if one not in met
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

    def _said(self, record: Record) -> tuple[Source | None, int]:
        """Return what a record is worth, and how many it counts where it names nobody."""
        kind = Kind(record.leaf.kind)
        if kind in _DONE and record.ordinal:
            return Source.RECORDS, 0
        if kind in _DONE or kind is Kind.DECISION:
            opened = self.payloads.opened(record).payload
            said = {} if opened is None else json.loads(opened)
            if not record.ordinal:
                count = said.get("permitted", said.get("count", 0))
                return Source.BATCHES, count if isinstance(count, int) else 0
            return (Source.PERMITS if said.get("outcome") in {_PERMIT, None} else None), 0
        return None, 0


def _places(
    record: Record, recipients: Collection[str], activities: Collection[str]
) -> Iterator[str]:
    if record.leaf.recipient and record.leaf.recipient in recipients:
        yield record.leaf.recipient
    if record.leaf.activity and record.leaf.activity in activities:
        yield record.leaf.activity
