"""`/v1/consents` and the verbs after its colon: what a back end of an app does about consents.

All are POST with the account id in the body, never in a path or a query, which proxies write into
their logs. Reading takes a key with `consent:read`, handing in one with `consent:write`. Every act
is durable and in force before it is answered, and its answer says where in the log it stands.
Handing in the same again finds the record there is (`usecases/consent/repeating.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.consent.entry import Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.guardians import Speaker
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, AppId, SwitchId
from chengnuo.doors import consent_bodies as asked
from chengnuo.doors.http import consent_answers as said
from chengnuo.doors.http import guardian_answers as told
from chengnuo.doors.http.posted import Operation, Posted, operation
from chengnuo.doors.http.programs import STATUS
from chengnuo.ports.api_keys import ApiScope
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.consent.guardians import guardian_tag
from chengnuo.usecases.consent.repeating import (
    Once,
    acknowledge_once,
    answer_once,
    withdraw_once,
)
from chengnuo.usecases.register_desk import Desk

PATH = "/v1/consents"
_STATUS = {
    **STATUS,
    "consent-prompt-late": 410,
    "undo-too-late": 410,
    **dict.fromkeys(
        (
            "birth-date-absurd",
            "birth-date-in-future",
            "consent-end-past",
            "consent-other-app",
            "consent-prompt-future",
            "follow-up-person",
            "guardian-needed",
            "guardian-not-needed",
            "guardian-person",
            "no-such-activity",
            "no-such-consent-item",
            "no-such-follow-up",
            "no-such-switch",
            "payload-refused",
            "same-individual",
        ),
        422,
    ),
}


class FollowUpPersonError(InvalidInputError):
    """An acknowledgement names its individual in two ways, or in none."""

    code = "follow-up-person"

    def __init__(self) -> None:
        super().__init__("expected exactly one of `person` and `personKey`")


class GuardianPersonError(InvalidInputError):
    """The end of a relation names its guardian in two ways, or in none."""

    code = "guardian-person"

    def __init__(self) -> None:
        super().__init__("expected exactly one of `guardian` and `who`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consents(Posted):
    """The ASGI callable.

    Attributes:
        desk: All that can be done and asked.
        register: The register in force.

    """

    statuses: ClassVar[Mapping[str, int]] = _STATUS
    desk: ConsentDesk
    register: Desk

    def operation_at(self, path: str) -> Operation:
        """See `Posted.operation_at`."""
        return OPERATIONS[path]

    def list(self, body: asked.WhoBody) -> said.ConsentsBody:
        """Return each consent item and switch, and how it stands for an individual."""
        person = self.person(body.person)
        seen, version = self.desk.seen(), self.register.served.version
        overview = self.desk.overview(person, app=None if body.app is None else AppId(body.app))
        return said.consents_body(overview, person, register=version, seen=seen)

    def history(self, body: asked.PersonBody) -> said.HistoryBody:
        """Return every act on consent items, newest first."""
        entries = self.desk.history(self.person(body.person))
        return said.HistoryBody(acts=tuple(map(said.act_body, entries)))

    def switches(self, body: asked.WhoBody) -> said.SwitchesBody:
        """Return every switch and how it stands."""
        app = None if body.app is None else AppId(body.app)
        overview = self.desk.overview(self.person(body.person), app=app)
        return said.SwitchesBody(switches=tuple(map(said.switch_body, overview.switches)))

    def may_ask(self, body: asked.MayAskBody) -> said.MayBody:
        """Tell whether an individual may be asked for an item now."""
        item = ConsentItemId(body.item)
        person = self.person(body.person)
        return said.may_body(self.desk.may_ask(person, item, started=body.started))

    def follow_ups(self, body: asked.FollowUpsAskedBody) -> said.FollowUpsBody:
        """Return what follows from withdrawals: all of one individual, or what is due of all."""
        whose = None if body.person is None else self.person(body.person)
        due_at = self.desk.now() if whose is None else None
        found = self.desk.follow_ups(whose, due_at=due_at, limit=body.limit)
        return said.FollowUpsBody(follow_ups=tuple(map(said.follow_up_body, found)))

    def answer(self, body: asked.AnswerBody) -> said.ReceiptBody:
        """Record the answer to a prompt: given, refused or withdrawn."""
        once = answer_once(
            self.desk,
            self.person(body.person),
            ConsentItemId(body.item),
            Act(body.act),
            body.shown(),
            guardian=self._words(body.guardian),
            by=self._by(body.guardian),
            until=body.until,
        )
        return said.receipt_body(once)

    def withdraw(self, body: asked.WithdrawBody) -> said.ReceiptBody:
        """Withdraw a consent, whatever the register asks by now."""
        once = withdraw_once(
            self.desk,
            self.person(body.person),
            ConsentItemId(body.item),
            surface=body.surface,
            steps=body.steps,
            guardian=self._words(body.guardian),
            by=self._by(body.guardian),
        )
        return said.receipt_body(once)

    def undo(self, body: asked.UndoBody) -> said.ReceiptBody:
        """Undo a withdrawal of the last ten minutes: a new consent on the same text."""
        recorded = self.desk.undo(
            self.person(body.person),
            body.withdrawal,
            surface=body.surface,
            guardian=self._words(body.guardian),
            by=self._by(body.guardian),
        )
        return said.receipt_body(Once(recorded=recorded))

    def used(self, body: asked.UsedBody) -> said.ReceiptBody:
        """Say that the one use was made that a consent was for: it ends."""
        item = ConsentItemId(body.item)
        recorded = self.desk.expire(self.person(body.person), item, used=True)
        return said.receipt_body(Once(recorded=recorded))

    def switch(self, body: asked.SwitchBody) -> said.ReceiptBody:
        """Set a switch."""
        recorded = self.desk.set_switch(
            self.person(body.person),
            SwitchId(body.switch),
            on=body.on,
            surface=body.surface,
            app=None if body.app is None else AppId(body.app),
        )
        return said.receipt_body(Once(recorded=recorded))

    def restrict(self, body: asked.RestrictBody) -> said.ReceiptBody:
        """Restrict handling to storing and protecting, or end that (PIPL Art. 44)."""
        recorded = self.desk.restrict(self.person(body.person), on=body.on)
        return said.receipt_body(Once(recorded=recorded))

    def object_to(self, body: asked.ObjectBody) -> said.ReceiptBody:
        """Object to the handling of public information, or end that (PIPL Art. 27)."""
        activity = ActivityId(body.activity)
        recorded = self.desk.object_to(self.person(body.person), activity, on=body.on)
        return said.receipt_body(Once(recorded=recorded))

    def merge(self, body: asked.MergeBody) -> said.ReceiptBody:
        """Join two account ids of one individual; a no under either stays a no."""
        person, other = self.person(body.person), self.person(body.other)
        repeated = other in self.desk.names_of(person) and person != other
        recorded = self.desk.merge(person, other, method=body.method)
        return said.receipt_body(Once(recorded=recorded, repeated=repeated))

    def acknowledge(self, body: asked.AcknowledgeBody) -> said.ReceiptBody:
        """Record that something that follows from a withdrawal was done."""
        if (body.person is None) is (body.person_key is None):
            raise FollowUpPersonError
        person = (
            PersonKey(body.person_key or "") if body.person is None else self.person(body.person)
        )
        once = acknowledge_once(
            self.desk, person, body.withdrawal, body.kind, recipient=body.recipient
        )
        return said.receipt_body(once)

    def know(self, body: asked.KnowBody) -> said.KnownBody:
        """Keep what the operator knows of an individual: birth date, state of the account."""
        person = self.person(body.person)
        ends = self.desk.told(person, birth_date=body.birth_date, account=body.account)
        now = self.desk.overview(person)
        return said.KnownBody(
            individual=said.individual_body(now.individual, now.objects_to),
            handed_over=tuple(said.receipt_body(Once(recorded=one)) for one in ends),
        )

    def guardians(self, body: asked.PersonBody) -> told.GuardiansBody:
        """Return who is a child's guardian, and what the child waits for."""
        person = self.person(body.person)
        desk = GuardianDesk(self.desk)
        return told.guardians_body(desk.guardians(person), desk.waiting(person))

    def state_guardian(self, body: asked.StateGuardianBody) -> said.ReceiptBody:
        """Say that somebody is a child's guardian, as the operator has made sure of."""
        recorded = GuardianDesk(self.desk).state_by_operator(
            self.person(body.person),
            self.person(body.guardian),
            relation=body.relation,
            method=body.method,
        )
        return said.receipt_body(Once(recorded=recorded))

    def end_guardian(self, body: asked.EndGuardianBody) -> told.EndedBody:
        """Say that a guardian is one no longer; what was given as one ends with it."""
        if (body.guardian is None) is (body.who is None):
            raise GuardianPersonError
        tag = body.who or guardian_tag(self.person(body.guardian or ""))
        first, *ends = GuardianDesk(self.desk).end_known(
            self.person(body.person), tag, Speaker.OPERATOR, reason=body.reason
        )
        return told.EndedBody(
            receipt=said.receipt_body(Once(recorded=first)),
            ended=tuple(said.receipt_body(Once(recorded=one)) for one in ends),
        )

    def ask_guardian(self, body: asked.AskGuardianBody) -> said.ReceiptBody:
        """Record that a child asks a guardian for something, or takes that back."""
        desk, person, item = GuardianDesk(self.desk), self.person(body.person), body.item
        act = desk.withdraw_asking if body.back else desk.ask
        return said.receipt_body(Once(recorded=act(person, ConsentItemId(item))))

    def _by(self, said_of: asked.ActingGuardianBody | None) -> PersonKey | None:
        """Return who the guardian is who acts, where that is said."""
        account = None if said_of is None else said_of.account
        return None if account is None else self.person(account)

    def _words(self, said_of: asked.ActingGuardianBody | None) -> Guardian | None:
        """Return what is said of the guardian who acts."""
        if said_of is None:
            return None
        by = self._by(said_of)
        return replace(said_of.to_domain(), who="" if by is None else guardian_tag(by))


_operation = partial(operation, PATH)
_READ, _WRITE = ApiScope.CONSENT_READ, ApiScope.CONSENT_WRITE
_RECEIPT = said.ReceiptBody
OPERATIONS: Mapping[str, Operation] = {
    one.path: one
    for one in (
        _operation("list", _READ, asked.WhoBody, said.ConsentsBody, Consents.list),
        _operation("history", _READ, asked.PersonBody, said.HistoryBody, Consents.history),
        _operation("switches", _READ, asked.WhoBody, said.SwitchesBody, Consents.switches),
        _operation("may-ask", _READ, asked.MayAskBody, said.MayBody, Consents.may_ask),
        _operation(
            "follow-ups", _READ, asked.FollowUpsAskedBody, said.FollowUpsBody, Consents.follow_ups
        ),
        _operation("", _WRITE, asked.AnswerBody, _RECEIPT, Consents.answer),
        _operation("withdraw", _WRITE, asked.WithdrawBody, _RECEIPT, Consents.withdraw),
        _operation("undo", _WRITE, asked.UndoBody, _RECEIPT, Consents.undo),
        _operation("used", _WRITE, asked.UsedBody, _RECEIPT, Consents.used),
        _operation("switch", _WRITE, asked.SwitchBody, _RECEIPT, Consents.switch),
        _operation("restrict", _WRITE, asked.RestrictBody, _RECEIPT, Consents.restrict),
        _operation("object", _WRITE, asked.ObjectBody, _RECEIPT, Consents.object_to),
        _operation("merge", _WRITE, asked.MergeBody, _RECEIPT, Consents.merge),
        _operation("acknowledge", _WRITE, asked.AcknowledgeBody, _RECEIPT, Consents.acknowledge),
        _operation("guardians", _READ, asked.PersonBody, told.GuardiansBody, Consents.guardians),
        _operation(
            "state-guardian", _WRITE, asked.StateGuardianBody, _RECEIPT, Consents.state_guardian
        ),
        _operation(
            "end-guardian", _WRITE, asked.EndGuardianBody, told.EndedBody, Consents.end_guardian
        ),
        _operation("ask-guardian", _WRITE, asked.AskGuardianBody, _RECEIPT, Consents.ask_guardian),
        _operation("know", _WRITE, asked.KnowBody, said.KnownBody, Consents.know),
    )
}
"""Every route by its path."""
