"""What doors do about the guardians of a child; the acts themselves are in `guardians`."""

from dataclasses import dataclass

from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.guardians import (
    GuardianAsking,
    GuardianRelation,
    Speaker,
    refused_by_another,
)
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent import guardians
from chengnuo.usecases.consent.acts import Recorded
from chengnuo.usecases.consent.checking import asked_for
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.guardians import guardian_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGuardian:
    """A guardian of a child, as it may be shown.

    Attributes:
        relation: Whether it stands, since when, who ended it.
        words: How related and how made sure of; None if that cannot be read any more.

    """

    relation: GuardianRelation
    words: Guardian | None


@dataclass(frozen=True, slots=True)
class GuardianDesk:
    """The use cases around guardians."""

    consents: ConsentDesk

    def guardians(self, child: PersonKey) -> tuple[KnownGuardian, ...]:
        """Return every guardian of a child, those whose relation stands first."""
        keeper = self.consents.keeper
        found = guardians.relations(keeper, child).values()
        return tuple(
            KnownGuardian(relation=one, words=guardians.stated_words(keeper, one))
            for one in sorted(found, key=lambda each: (not each.stands, each.since, each.tag))
        )

    def stated(self, child: PersonKey, guardian: PersonKey) -> Guardian | None:
        """Return how somebody is related to a child; None unless the relation stands."""
        keeper = self.consents.keeper
        found = guardians.relations(keeper, child).get(guardian_tag(guardian))
        if found is None or not found.stands:
            return None
        return guardians.stated_words(keeper, found)

    def is_over(self, child: PersonKey, guardian: PersonKey) -> bool:
        """Tell whether somebody was a child's guardian and is one no longer."""
        found = guardians.relations(self.consents.keeper, child).get(guardian_tag(guardian))
        return found is not None and not found.stands

    def waiting(self, child: PersonKey) -> tuple[GuardianAsking, ...]:
        """Return what waits for a guardian of somebody who needs one, the oldest first."""
        state = self.consents.state_of(child, self.consents.keeper.now())
        book = self.consents.book()
        return tuple(
            one
            for one in guardians.askings(self.consents.keeper, child)
            if one.item in book.item_by_id
            and asked_for(book, one.item).needs_guardian(state.individual.age)
        )

    def ask(self, child: PersonKey, item: ConsentItemId) -> Recorded:
        """Record that a child asks a guardian; one that waits already is returned."""
        return guardians.ask(self.consents.keeper, child, item)

    def withdraw_asking(self, child: PersonKey, item: ConsentItemId) -> Recorded:
        """Record that a child takes an asking back.

        Raises:
            NothingAskedError: Nothing of the sort waits.

        """
        return guardians.withdraw_asking(self.consents.keeper, child, item)

    def state_by_code(
        self, child: PersonKey, guardian: PersonKey, *, relation: str, method: str
    ) -> Recorded:
        """Record what a guardian says who came with the child's code.

        Raises:
            NotAGuardianError: The child under another name, a minor, or of unknown age.
            GuardianRelationEndedError: Another guardian or the operator has ended the relation.

        """
        return self._state(child, guardian, relation, method, Speaker.GUARDIAN)

    def state_by_operator(
        self, child: PersonKey, guardian: PersonKey, *, relation: str, method: str
    ) -> Recorded:
        """Record what the operator has made sure of.

        Raises:
            NotAGuardianError: The child under another name, or a minor.

        """
        return self._state(child, guardian, relation, method, Speaker.OPERATOR)

    def end(
        self, child: PersonKey, guardian: PersonKey, speaker: Speaker, *, reason: str
    ) -> tuple[Recorded, ...]:
        """End a relation and what was given under it; see `guardians.end_relation`."""
        return self.end_known(child, guardian_tag(guardian), speaker, reason=reason)

    def end_known(
        self, child: PersonKey, tag: str, speaker: Speaker, *, reason: str
    ) -> tuple[Recorded, ...]:
        """End a relation by the tag of the guardian.

        Raises:
            NoGuardianRelationError: The child has no such guardian, or has one no longer.

        """
        return guardians.end_relation(self.consents.keeper, child, tag, speaker, reason=reason)

    def refused_by_another(
        self, child: PersonKey, guardian: PersonKey, item: ConsentItemId
    ) -> bool:
        """Tell whether another guardian's no stands in the way of this one's yes."""
        kept = self.consents.keeper.kept(child)
        known = guardians.relations(self.consents.keeper, child)
        return refused_by_another(kept.entries, known, item, guardian_tag(guardian))

    def _state(
        self, child: PersonKey, guardian: PersonKey, relation: str, method: str, speaker: Speaker
    ) -> Recorded:
        keeper, vouched = self.consents.keeper, speaker is Speaker.OPERATOR
        said = Guardian(relation=relation, method=method, who=guardian_tag(guardian))
        with keeper.lock:  # nobody is found to be a minor meanwhile
            guardians.refuse_no_guardian(keeper, child, guardian, vouched=vouched)
            return guardians.state_relation(keeper, child, said, speaker)
