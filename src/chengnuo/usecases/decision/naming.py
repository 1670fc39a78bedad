"""Before a list is published: who may be named, by the separate consent of each (PIPL Art. 25).

A list of winners, an order of rank, the names under comments: masked as the register declares it
needs no consent to naming; with names it needs the separate consent of every one of them, in force
now. A batch is published whole or not at all, unless those who may not be named are asked to be
left out; the answer says which. What is published is recorded in each individual's chain first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chengnuo.base.canonical import canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import from_us
from chengnuo.domain.decision.decision import Ruling
from chengnuo.domain.decision.request import Request
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.rules.publication import IDENTIFYING
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import MatterKind, consent_items_of
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.method import Operation
from chengnuo.domain.register.publication import PublicDisclosure
from chengnuo.law.ids import CategoryId
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import NOTHING_STATED, Decided, Question, Stated
from chengnuo.usecases.decision.desk import DecisionDesk, NotRecordedError
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.usecases.register_desk import Desk

_MOST_PLACE = 500


class Shown(StrEnum):
    """How individuals stand in a list."""

    NAMED = "named"
    MASKED = "masked"


class NotPublishedError(InvalidInputError):
    """An activity publishes nothing by the register, or not what is to be published."""

    code = "publication-not-declared"

    def __init__(self, activity: str) -> None:
        super().__init__(f"activity `{activity[:60]}` declares no such publication")


class MaskMissingError(InvalidInputError):
    """What identifies people is to be published masked, and the register has no mask for it."""

    code = "publication-mask-missing"

    def __init__(self, category: CategoryId) -> None:
        super().__init__(f"category `{category}` has no mask in the register")
        self.category = category


@dataclass(frozen=True, slots=True, kw_only=True)
class ListToPublish:
    """A list that is to be published.

    Attributes:
        activity: The activity that publishes it.
        shown: How individuals stand in it.
        categories: What is published; None for all that the register says.
        leave_out: Whether those who may not be named are left out, rather than all kept back.
        stated: What the caller says of the individuals where nothing is known.

    """

    activity: ActivityId
    shown: Shown
    categories: frozenset[CategoryId] | None = None
    leave_out: bool = False
    stated: Stated = NOTHING_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBack:
    """Somebody who may not be named.

    Attributes:
        place: In the list that was handed in, from 0.
        by: Why.

    """

    place: int
    by: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What came of it.

    Attributes:
        places: Of whom the list may be published with, from 0; empty where it may not be at all.
        kept_back: Who may not be named, and why.
        first: Position of the first record.
        at: Effective instant of it.

    """

    places: tuple[int, ...]
    kept_back: tuple[KeptBack, ...]
    first: Position
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingDesk:
    """Tells who may stand in a list by name, and records what is published.

    Attributes:
        decisions: Decides about each individual; its log takes the records.
        register: The register in force.

    """

    decisions: DecisionDesk
    register: Desk

    def publish(self, persons: Sequence[PersonKey], wanted: ListToPublish) -> Published:
        """Decide whether a list may be published, and record it where it may.

        Durable on return. Somebody named twice in the list counts once, at the first place.

        Args:
            persons: Who stands in it, in its order; at most a thousand.
            wanted: The list.

        Raises:
            NotPublishedError: The register declares no such publication.
            MaskMissingError: It is to be masked, and the register does not say how.
            AskedTooManyError: There are more than a thousand, or none.
            NotRecordedError: This process writes no log.
            LogUnavailableError: The disk refused; nothing was recorded, nothing may be published.

        """
        if self.decisions.recorder is None:
            raise NotRecordedError
        activity, disclosure, categories = self._declared(wanted)
        masks = {mask.category for mask in disclosure.masks}
        if wanted.shown is Shown.MASKED:
            for category in sorted((categories & IDENTIFYING) - masks):
                raise MaskMissingError(category)
        places = {person: place for place, person in reversed(tuple(enumerate(persons)))}
        people = tuple(dict.fromkeys(persons))
        decided = self._decided(people, wanted, categories)
        kept_back = tuple(
            KeptBack(place=places[one.question.person], by=one.answer.decision.by)
            for one in decided
            if not one.answer.permits
        )
        going = [one for one in decided if one.answer.permits]
        if kept_back and not wanted.leave_out:
            going = []
        first, at = self._recorded(activity, disclosure, categories, wanted, going, decided)
        return Published(
            places=tuple(sorted(places[one.question.person] for one in going)),
            kept_back=kept_back,
            first=first,
            at=at,
        )

    def _declared(
        self, wanted: ListToPublish
    ) -> tuple[ProcessingActivity, PublicDisclosure, frozenset[CategoryId]]:
        activity = self.register.served.register.activity_by_id.get(wanted.activity)
        if activity is None or activity.disclosure is None:
            raise NotPublishedError(wanted.activity)
        declared = frozenset(activity.disclosure.categories)
        categories = declared if wanted.categories is None else wanted.categories
        if not categories or not categories <= declared:
            raise NotPublishedError(wanted.activity)
        return activity, activity.disclosure, categories

    def _decided(
        self,
        people: Sequence[PersonKey],
        wanted: ListToPublish,
        categories: frozenset[CategoryId],
    ) -> tuple[Decided, ...]:
        """Decide about each: to name somebody is publishing, to show them masked is using."""
        named = wanted.shown is Shown.NAMED
        request = Request(
            activity=wanted.activity,
            categories=categories,
            operation=Operation.DISCLOSE if named else Operation.USE,
            publish=named,
        )
        return self.decisions.decide_all(
            [Question(person=one, request=request, stated=wanted.stated) for one in people]
        )

    def _recorded(  # noqa: PLR0913, PLR0917  what a record is made from
        self,
        activity: ProcessingActivity,
        disclosure: PublicDisclosure,
        categories: frozenset[CategoryId],
        wanted: ListToPublish,
        going: Sequence[Decided],
        decided: Sequence[Decided],
    ) -> tuple[Position, datetime]:
        recorder = self.decisions.recorder
        if recorder is None:
            raise NotRecordedError
        named = wanted.shown is Shown.NAMED
        masks = () if named else sorted({mask.category for mask in disclosure.masks} & categories)
        rows = Rows(activity=activity.activity, item=self._item(activity) if named else "")
        drafts = [
            recorder.draft(
                Kind.PUBLICATION,
                {
                    "categories": sorted(categories),
                    "place": disclosure.where.zh[:_MOST_PLACE],
                    "masks": list(masks),
                },
                person=one.question.person,
                rows=rows,
            )
            for one in going
        ]
        kept_back = [one for one in decided if not one.answer.permits]
        if not drafts:
            told = [[ruling.rule.value for ruling in one.answer.decision.by] for one in kept_back]
            drafts.append(
                recorder.draft(
                    Kind.DECISION,
                    {
                        "count": len(decided),
                        "root": sha256_hex(canonical_json(told)),
                        "permitted": 0,
                    },
                    rows=Rows(activity=activity.activity),
                )
            )
        appended = recorder.log.append([*drafts, *self.decisions.drafts(kept_back)])
        return appended.first, from_us(appended.at)

    def _item(self, activity: ProcessingActivity) -> str:
        items = consent_items_of(activity, self.register.served.register, self.register.catalogue)
        return next((one.id for one in items if one.kind is MatterKind.PUBLICATION), "")
