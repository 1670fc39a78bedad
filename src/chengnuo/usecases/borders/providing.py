"""Recording that information goes abroad: asked first, blocked by default, never in parts.

A back end hands in whose information is to go to which recipient, before it goes. Each individual
is decided about as for any other use; then the count that would be reached is held to the route.
Only where nothing at all stands in the way is it recorded as provided, in each individual's chain,
and only then may it go. A batch goes whole or not at all: one individual without consent, or a line
that would be reached within it, keeps back all of it, with the reasons.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.instant import from_us
from chengnuo.domain.borders.gate import Barrier, barriers, scene_of, sorts_of, special_of
from chengnuo.domain.borders.route import demanded, lines_of
from chengnuo.domain.decision.request import Request
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import MatterKind, consent_items_of, provided_categories
from chengnuo.domain.register.recipient import CrossBorder, Recipient
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.law.ids import CategoryId, DutyId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.borders.counting import BorderCounter, Somebody
from chengnuo.usecases.borders.provision import NotAbroadError, Provided, Provision
from chengnuo.usecases.decision.answering import Decided, Question
from chengnuo.usecases.decision.desk import DecisionDesk, NotRecordedError
from chengnuo.usecases.evidence.recording import Recorder, Rows
from chengnuo.usecases.register_desk import Desk

if TYPE_CHECKING:
    from chengnuo.domain.decision.decision import Ruling

_MOST_PLACES = 100
_MOST_WORDS = 500


class ProvidingDesk:
    """The use cases of providing abroad; safe to call from several threads."""

    def __init__(self, *, counter: BorderCounter, decisions: DecisionDesk, register: Desk) -> None:
        """Make it.

        Args:
            counter: Counts who went abroad.
            decisions: Decides about each individual; its log takes the records.
            register: The register in force.

        """
        self.counter = counter
        self.decisions = decisions
        self.register = register
        self._one_at_a_time = Lock()

    def provide(self, persons: Sequence[PersonKey], provision: Provision) -> Provided:
        """Decide whether information of up to a thousand individuals may go, and record it.

        Durable on return: as provided, in each individual's chain, or as refused, once for all and
        in the chain of everybody about whom the decision alone said no.

        Args:
            persons: Whose; somebody named twice counts once.
            provision: What goes to whom.

        Raises:
            AskedTooManyError: There are more than a thousand, or none.
            NotAbroadError: The recipient is in the mainland.
            NoRegisterError: No register is in force.
            CountBehindError: Not all records are counted yet; nothing was decided.
            NotRecordedError: This process writes no log.
            LogUnavailableError: The disk refused; nothing was recorded, nothing may go.

        """
        recorder = self.decisions.recorder
        if recorder is None:
            raise NotRecordedError
        with self._one_at_a_time:
            return self._provide(recorder, tuple(dict.fromkeys(persons)), persons, provision)

    def _provide(
        self,
        recorder: Recorder,
        persons: tuple[PersonKey, ...],
        given: Sequence[PersonKey],
        provision: Provision,
    ) -> Provided:
        register = self.register.served.register
        activity = register.activity_by_id.get(provision.activity)
        recipient = register.recipient_by_id.get(provision.recipient)
        if recipient is not None and not recipient.is_overseas:
            raise NotAbroadError(recipient.recipient)
        decided = self._decided(persons, activity, recipient, provision)
        self.counter.ready()
        found = list(_of_decisions(decided, given))
        if activity is None or recipient is None or recipient.cross_border is None:
            return self._refused(recorder, provision, decided, found)
        year = civil_date(from_us(decided[0].answer.at)).year
        going = [self._somebody(one, activity, provision, recipient) for one in decided]
        scene = scene_of(recipient, activity)
        after = self.counter.after(year, () if scene is not None else going)
        lines = lines_of(self.register.catalogue)
        asked = demanded(after, lines, special_of(register, recipient))
        found += barriers(activity, recipient, asked)
        before = self.counter.after(year, ())
        if found:
            made = self._refused(recorder, provision, decided, found)
        else:
            abroad = _Abroad(activity, recipient, recipient.cross_border)
            made = self._recorded(recorder, provision, abroad, going, decided)
        return replace(made, before=before, after=after, demanded=asked, scene=scene)

    def _decided(
        self,
        persons: Sequence[PersonKey],
        activity: ProcessingActivity | None,
        recipient: Recipient | None,
        provision: Provision,
    ) -> tuple[Decided, ...]:
        categories = provision.categories
        if activity is not None and recipient is not None:
            categories = _categories(provision, activity, recipient)
        request = Request(
            activity=provision.activity,
            categories=categories,
            recipient=provision.recipient,
            started=provision.started,
            recent=provision.recent,
        )
        return self.decisions.decide_all(
            [Question(person=one, request=request, stated=provision.stated) for one in persons]
        )

    def _somebody(
        self,
        decided: Decided,
        activity: ProcessingActivity,
        provision: Provision,
        recipient: Recipient,
    ) -> Somebody:
        sorts = sorts_of(
            _categories(provision, activity, recipient),
            activity,
            self.register.catalogue,
            is_child=decided.state.individual.age is AgeBand.UNDER_14,
        )
        return self.counter.somebody(decided.question.person, sorts)

    def _recorded(
        self,
        recorder: Recorder,
        provision: Provision,
        abroad: "_Abroad",
        going: Sequence[Somebody],
        decided: Sequence[Decided],
    ) -> Provided:
        activity, recipient = abroad.activity, abroad.recipient
        method = recipient.method or recipient.purpose
        values: dict[str, Tree] = {
            "categories": sorted(_categories(provision, activity, recipient)),
            "purpose": recipient.purpose.zh[:_MOST_WORDS],
            "method": method.zh[:_MOST_WORDS],
            "country": recipient.country,
            "route": abroad.border.route.value,
        }
        rows = Rows(
            activity=activity.activity,
            item=self._item(activity, recipient),
            recipient=recipient.recipient,
        )
        appended = recorder.log.append(
            [
                recorder.draft(
                    Kind.PROVISION,
                    {**values, "sorts": sorted(somebody.sorts)},
                    person=one.question.person,
                    rows=rows,
                )
                for somebody, one in zip(going, decided, strict=True)
            ]
        )
        return Provided(
            barriers=(),
            first=appended.first,
            at=from_us(appended.at),
            individuals=len(decided),
        )

    def _item(self, activity: ProcessingActivity, recipient: Recipient) -> str:
        """Return the consent item that providing rests on; empty where it rests on none."""
        register, catalogue = self.register.served.register, self.register.catalogue
        return next(
            (
                item.id
                for item in consent_items_of(activity, register, catalogue)
                if item.kind is MatterKind.OVERSEAS and item.about == recipient.recipient
            ),
            "",
        )

    def _refused(
        self,
        recorder: Recorder,
        provision: Provision,
        decided: Sequence[Decided],
        found: Sequence[Barrier],
    ) -> Provided:
        register = self.register.served.register
        known = register.activity_by_id.keys()
        tree: Tree = [
            {"rule": one.rule, "row": one.row, "why": one.why, "article": one.article}
            for one in found
        ]
        whole = recorder.draft(
            Kind.DECISION,
            {"count": len(decided), "root": sha256_hex(canonical_json(tree)), "permitted": 0},
            rows=Rows(
                activity=provision.activity if provision.activity in known else "",
                recipient=provision.recipient
                if provision.recipient in register.recipient_by_id
                else "",
            ),
        )
        kept_back = [one for one in decided if not one.answer.permits]
        appended = recorder.log.append([whole, *self.decisions.drafts(kept_back)])
        return Provided(
            barriers=tuple(found),
            first=appended.first,
            at=from_us(appended.at),
            individuals=len(decided),
        )


@dataclass(frozen=True, slots=True)
class _Abroad:
    """The rows that something goes abroad by."""

    activity: ProcessingActivity
    recipient: Recipient
    border: CrossBorder


def _categories(
    provision: Provision, activity: ProcessingActivity, recipient: Recipient
) -> frozenset[CategoryId]:
    if provision.categories is not None:
        return provision.categories
    return frozenset(provided_categories(activity, recipient))


def _of_decisions(decided: Iterable[Decided], given: Sequence[PersonKey]) -> Iterator[Barrier]:
    """Yield what the decisions say is in the way, each ruling once with whom it keeps back."""
    places = {person: place for place, person in reversed(tuple(enumerate(given)))}
    kept_back: dict[Ruling, list[int]] = {}
    for one in decided:
        if not one.answer.permits:
            for ruling in one.answer.decision.by:
                kept_back.setdefault(ruling, []).append(places[one.question.person])
    for ruling, who in sorted(kept_back.items()):
        yield Barrier(
            rule=ruling.rule.value,
            row=ruling.row,
            article=DutyId(ruling.rule.article),
            text=ruling.rule.text,
            why=ruling.why,
            individuals=len(who),
            places=tuple(sorted(who)[:_MOST_PLACES]),
        )
