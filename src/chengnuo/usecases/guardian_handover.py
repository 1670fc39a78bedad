"""How a child hands a decision over to a guardian on the guardian's own device (PIPL Art. 31).

The child's page makes a code, which works once, for ten minutes. The guardian has come in with an
account of their own, known to be an adult's, takes the code there and says how they are related;
from then on, for half an hour, they act for that child and for nobody else, and what asks for a
recent sign-in goes by theirs. Nothing else is asked of them: no name, no document. Whether it was
let through or refused stands in the child's chain. Whatever is not known is a no.
"""

import base64
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.asking import AskWhy
from chengnuo.domain.consent.guardians import ASKED
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.age import AgeBand
from chengnuo.ports.clock import Clock
from chengnuo.ports.individuals import EntryCodeError, IndividualStore, PersonKey, Visitor
from chengnuo.ports.secrets import TokenHash, Tokens
from chengnuo.usecases.consent.checking import asked_for
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.consent.refusals import NotAGuardianError
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.individual_entry import Entered

CODE_LIFE = timedelta(minutes=10)
ACTS_FOR = timedelta(minutes=30)
METHOD = "guardian-code"
OWN_DEVICE = "own-device"
"""How a relation is made sure of here: the child's code, on an adult's own device and account."""
_CODE_BYTES = 10
_GROUP = 4


class HandoverCodeError(InvalidInputError):
    """A guardian's code is unknown, used or too old; which of them is not told."""

    code = "handover-code"

    def __init__(self) -> None:
        super().__init__("the guardian's code is not valid any more; it works once, for 10 minutes")


class NothingToHandOverError(ConflictError):
    """The one who asks for a code decides alone, or acts for somebody else already."""

    code = "nothing-to-hand-over"

    def __init__(self) -> None:
        super().__init__("only a child hands a decision over to a guardian")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverCode:
    """A code for a guardian, in groups of four, and until when it works."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianHandover:
    """The use cases of handing over.

    Attributes:
        store: Keeps codes and sessions.
        tokens: Makes and hashes secrets.
        clock: Tells now.
        consents: Tells ages and names, and who needs a guardian.
        recorder: Records who was let through and who was not.

    """

    store: IndividualStore
    tokens: Tokens
    clock: Clock
    consents: ConsentDesk
    recorder: Recorder

    def hand_over(self, child: Visitor, item: ConsentItemId) -> HandoverCode:
        """Return a code with which a guardian may act for a child.

        Raises:
            NothingToHandOverError: They decide about the item themselves.
            NoSuchConsentItemError: The register asks for no such consent.

        """
        asked = asked_for(self.consents.book(), item)
        if child.guardian is not None or not asked.needs_guardian(self._age(child.person)):
            raise NothingToHandOverError
        if self.consents.may_ask(child.person, item, started=True).why is not AskWhy.IN_FORCE:
            self.guardians.ask(child.person, item)
        now = self.clock.now()
        code = base64.b32encode(self.tokens.random_bytes(_CODE_BYTES)).decode("ascii")
        expires_at = now + CODE_LIFE
        self.store.admit(
            token_id=self.tokens.fresh().hashed,
            token_expires_at=expires_at,
            code=self._kept(code),
            code_expires_at=expires_at,
            visitor=replace(child, authenticated_at=None, since=now, expires_at=expires_at),
        )
        groups = (code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
        return HandoverCode(code="-".join(groups), expires_at=expires_at)

    @property
    def guardians(self) -> GuardianDesk:
        """What is known of guardians."""
        return GuardianDesk(self.consents)

    def take(self, code: str, guardian: Visitor, *, relation: str) -> Entered:
        """Use a code up and return the session of a guardian who acts for the child.

        Args:
            code: As the child shows it.
            guardian: Who has come in.
            relation: How they say that they are related; recorded before they may act.

        Raises:
            HandoverCodeError: The code is unknown, used or too old, or the child has taken back
                what it asked for.
            NotAGuardianError: They cannot be the guardian; the code is used up.
            GuardianRelationEndedError: Another guardian or the operator has said that they are no
                guardian of this child any more; the code is used up.

        """
        now = self.clock.now()
        unseen = self.tokens.fresh()
        try:
            child = self.store.enter(self._kept(code), unseen.hashed, at=now)
        except EntryCodeError:
            raise HandoverCodeError from None
        self.store.leave(unseen.hashed)
        may = self._may_act(guardian, child.person)
        self.recorder.record(
            Kind.IDENTITY_CHECK, {"method": METHOD, "passed": may}, person=child.person
        )
        if not may:
            raise NotAGuardianError
        if self._took_back(child):
            raise HandoverCodeError
        self.guardians.state_by_code(
            child.person, guardian.person, relation=relation, method=OWN_DEVICE
        )
        acting = replace(
            child,
            guardian=guardian.person,
            authenticated_at=guardian.authenticated_at,
            since=now,
            expires_at=now + ACTS_FOR,
        )
        return self._session(acting, now)

    def _session(self, visitor: Visitor, now: datetime) -> Entered:
        code, token = self.tokens.fresh(), self.tokens.fresh()
        self.store.admit(
            token_id=self.tokens.fresh().hashed,
            token_expires_at=now + CODE_LIFE,
            code=code.hashed,
            code_expires_at=now + CODE_LIFE,
            visitor=visitor,
        )
        return Entered(
            token=token.plain, visitor=self.store.enter(code.hashed, token.hashed, at=now)
        )

    def _took_back(self, child: Visitor) -> bool:
        """Tell whether the last thing the child did about asking since the code is to undo it."""
        about = (one for one in self.consents.settings(child.person) if one.what.startswith(ASKED))
        newest = next(about, None)  # newest first
        return newest is not None and newest.allows and newest.at >= to_us(child.since)

    def _may_act(self, guardian: Visitor, child: PersonKey) -> bool:
        return (
            guardian.guardian is None
            and guardian.person not in self.consents.names_of(child)
            and self._age(guardian.person) is AgeBand.ADULT
        )

    def _age(self, person: PersonKey) -> AgeBand:
        at = max(to_us(self.clock.now()), self.consents.seen().at)
        return self.consents.state_of(person, at).individual.age

    def _kept(self, code: str) -> TokenHash:
        """Return the form in which a code is kept: never that of a code which lets anybody in."""
        plain = "".join(one for one in code.upper() if one.isalnum())
        return self.tokens.hashed(f"guardian\n{plain}")
