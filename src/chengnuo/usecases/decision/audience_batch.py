"""Which of very many people something may be done with now, worked out by a cluster.

The decisions are those of `audience`: everybody of whom anything is known is decided on here, by
the same desk and the same sifting, and whoever is not among them stands as somebody unknown does.
The cluster joins that to the list. So a list of any length takes as many decisions as people are
known, and comes out as if it had been gone through.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from chengnuo.domain.decision.request import Request
from chengnuo.ports.batches import Batch, ListedIds
from chengnuo.ports.consents import ConsentStore
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.audience import AudienceDesk, Tally

_UNKNOWN: Final = PersonKey("unknown")
"""Nobody's key: they are all digests in hex."""


def all_known(consents: ConsentStore, payloads: Payloads) -> Iterator[PersonKey]:
    """Yield everybody whose answer may differ from that of somebody unknown, each once."""
    gone = dict.fromkeys(payloads.erased())  # of whom the store may know nothing any more
    yield from (name for name in consents.names() if name not in gone)
    yield from gone


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceBatch:
    """Filters lists on a cluster.

    Attributes:
        batch: The cluster.
        desk: Decides.
        known: Everybody of whom anything is known, each once.

    """

    batch: Batch
    desk: AudienceDesk
    known: Iterable[PersonKey]

    def filtered(self, listed: ListedIds, request: Request, stated: Stated) -> Tally:
        """Write who of a list something may be done with, and count the others.

        Args:
            listed: The list.
            request: What shall be done.
            stated: What the caller says of everybody, where nothing else is known.

        Raises:
            IdListError: It is no list of ids.
            UnavailableError: State, register or cluster cannot be used; nothing is written.

        """
        ((_, others),) = self.desk.standings([_UNKNOWN], request, stated=stated)
        standings = self.desk.standings(self.known, request, stated=stated)
        differing = (one for one in standings if one[1] != others)
        found = self.batch.filtered(listed, differing, others)
        tally = Tally(size=found.size, frontier=list(found.frontier))
        for standing, count in found.standings:
            tally.outcomes[standing.outcome] += count
            for ruling in standing.by:
                tally.reasons[standing.outcome, ruling] += count
        return tally
