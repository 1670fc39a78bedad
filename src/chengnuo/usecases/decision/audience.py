"""Which of many people something may be done with now, and why not with the others.

The list is looked at batch by batch, so it may be of any length. What was decided is recorded, if
asked for, as one record: how many, how many permitted, and a root over every single outcome, from
which the outcome of one person can be shown later (RFC 9162 section 2.1).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.decision import Outcome, Ruling
from chengnuo.domain.decision.request import Request
from chengnuo.domain.disclosure.consent_notice import NoSuchConsentItemError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId, MatterKind
from chengnuo.domain.register.ids import RecipientId
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.engines.merkle.tree import grow, root_of
from chengnuo.law.ids import CategoryId
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import NOTHING_STATED, Question, Stated
from chengnuo.usecases.decision.desk import MOST_ASKED, DecisionDesk, NotRecordedError
from chengnuo.usecases.evidence.recording import Rows


@dataclass(slots=True)
class Tally:
    """What came out, added up as it goes.

    Attributes:
        outcomes: How many of each.
        reasons: For those left out, how often each rule on each row stood in the way; somebody
            counts under every rule that did.
        size: How many were looked at.
        frontier: Complete subtrees over the outcomes so far.

    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[tuple[Outcome, Ruling]] = field(default_factory=Counter)
    size: int = 0
    frontier: list[bytes] = field(default_factory=list)

    @property
    def root(self) -> str:
        """Root over the outcomes, in hex."""
        return root_of(self.frontier).hex()

    @property
    def permitted(self) -> int:
        """How many may be processed."""
        return self.outcomes[Outcome.PERMIT]

    def add(self, person: PersonKey, outcome: Outcome) -> None:
        """Take one outcome in."""
        self.outcomes[outcome] += 1
        leaf = leaf_hash(f"{person} {outcome.value}".encode())
        for _ in grow(self.frontier, self.size, leaf):
            pass
        self.size += 1


def request_of(item: str, book: Book) -> Request:
    """Return the request that rests on a consent item.

    Raises:
        NoSuchConsentItemError: The register has no such item.

    """
    found = book.item_by_id.get(ConsentItemId(item))
    if found is None:
        raise NoSuchConsentItemError(item)
    activity = book.register.activity_by_id[found.activity]
    about = found.about or ""
    match found.kind:
        case MatterKind.SENSITIVE:
            return Request(activity=found.activity, categories=frozenset({CategoryId(about)}))
        case MatterKind.PROVISION | MatterKind.OVERSEAS:
            return Request(activity=found.activity, recipient=RecipientId(about))
        case MatterKind.PUBLICATION:
            return Request(activity=found.activity, publish=True)
        case MatterKind.PUBLIC_IMAGE:
            return Request(activity=found.activity, other_use=True)
        case MatterKind.MINORS:
            return Request(activity=found.activity)
        case MatterKind.GENERAL:
            plain = set(activity.categories) - book.sensitive(activity)
            return Request(activity=found.activity, categories=frozenset(plain))


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceDesk:
    """Filters lists.

    Attributes:
        desk: Decides.

    """

    desk: DecisionDesk

    def permitted(
        self,
        batches: Iterable[Sequence[tuple[str, PersonKey]]],
        request: Request,
        tally: Tally,
        *,
        stated: Stated = NOTHING_STATED,
    ) -> Iterator[list[str]]:
        """Yield the ids that may be processed, in their order, and count the others.

        Args:
            batches: Ids with the keys under which the people are known.
            request: What shall be done.
            tally: Counts; changed as it goes.
            stated: What the caller says of everybody, where nothing else is known.

        Raises:
            UnavailableError: State or register cannot be used; nothing more is yielded.

        """
        for batch in batches:
            for start in range(0, len(batch), MOST_ASKED):
                part = batch[start : start + MOST_ASKED]
                yield self._permitted(part, request, tally, stated)

    def record(self, tally: Tally, request: Request, *, item: str = "") -> Position:
        """Record what was decided as one record, and return its position once it is durable.

        Raises:
            NotRecordedError: This process writes no log.
            LogUnavailableError: The disk refused; nothing was recorded.

        """
        recorder = self.desk.recorder
        if recorder is None:
            raise NotRecordedError
        draft = recorder.draft(
            Kind.DECISION,
            {"count": tally.size, "root": tally.root, "permitted": tally.permitted},
            rows=Rows(activity=request.activity, item=item, recipient=request.recipient or ""),
        )
        return recorder.log.append([draft]).first

    def _permitted(
        self,
        part: Sequence[tuple[str, PersonKey]],
        request: Request,
        tally: Tally,
        stated: Stated,
    ) -> list[str]:
        questions = [Question(person=key, request=request, stated=stated) for _, key in part]
        found: list[str] = []
        for (account, key), one in zip(part, self.desk.decide_all(questions), strict=True):
            decision = one.answer.decision
            tally.add(key, decision.outcome)
            if decision.permits:
                found.append(account)
            else:
                tally.reasons.update((decision.outcome, ruling) for ruling in decision.by)
        return found
