"""Recording automated decisions about individuals, finding them again, and explaining them.

A record is durable before it is answered, though its kind would allow otherwise: an explanation
and a review point at it. The same decision handed in again comes back with the record there is,
also after a stop between the record and the row beside it: then the individual's own chain is
looked through for it.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.base.instant import from_us, to_us
from chengnuo.domain.decision.automated import (
    Alarm,
    AutomatedDecision,
    AutomatedRecord,
    AutomatedRefusedError,
    Choices,
    Variant,
    alarms_of,
    checked,
    payload_of,
    read_payload,
)
from chengnuo.domain.decision.automated_explaining import Explained, explained
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.schemas import payload_bytes
from chengnuo.domain.register.ids import ActivityId, ModelId
from chengnuo.domain.register.model import Register
from chengnuo.ports.automated import AutomatedRow, AutomatedStore
from chengnuo.ports.evidence_log import Position, Record
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.secrets import Tokens
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.one_label import deleted_labels, label_key
from chengnuo.usecases.evidence.desk import EvidenceDesk
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.usecases.register_desk import Desk

MOST_SHOWN = 200
_AHEAD = timedelta(minutes=5)
"""How far the clock of another system may be ahead of ours."""


class AutomatedDiffersError(ConflictError):
    """A decision of this id is recorded, and it says something else."""

    code = "automated-differs"

    def __init__(self) -> None:
        super().__init__(
            "an automated decision of this `id` is recorded and says something else; give each"
            " decision an id of its own"
        )


class NoSuchAutomatedError(InvalidInputError):
    """There is no automated decision about the individual at a position of the log."""

    code = "no-such-automated-decision"

    def __init__(self) -> None:
        super().__init__("there is no automated decision about this individual at this position")


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedKept:
    """A decision that is recorded.

    Attributes:
        position: Position of its record.
        at: When it was recorded.
        repeated: Whether it was recorded before.
        off: Whether the individual had turned personalisation off.
        alarms: What is wrong with it.

    """

    position: Position
    at: datetime
    repeated: bool
    off: bool
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What a decision made now may rest on.

    Attributes:
        personal: Whether it may rest on personal traits.
        alone: Whether a machine alone may make it where it has a major effect.

    """

    personal: bool
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomatedSeen:
    """A recorded decision, as it is shown to whom it concerns.

    Attributes:
        position: Position of its record.
        at: When it was decided, microseconds since 1970.
        activity: What it was for, by its id.
        record: What it says; None once its content was erased.
        explained: Its explanation; None where it was erased, or the register of that day has no
            words for it.

    """

    position: int
    at: int
    activity: str
    record: AutomatedRecord | None
    explained: Explained | None


class AutomatedDesk:
    """The use cases around automated decisions; safe to call from several threads."""

    def __init__(
        self,
        *,
        store: AutomatedStore,
        evidence: EvidenceDesk,
        consents: ConsentDesk,
        register: Desk,
        tokens: Tokens,
    ) -> None:
        """Make it.

        Args:
            store: Finds decisions again.
            evidence: The log, and whose chain is whose.
            consents: How the switches stand.
            register: The register in force and the versions kept.
            tokens: Keyed names.

        """
        self.register = register
        self._store = store
        self._evidence = evidence
        self._consents = consents
        self._tokens = tokens
        self._one_at_a_time = Lock()

    def record(self, person: PersonKey, decision: AutomatedDecision) -> AutomatedKept:
        """Record a decision, or find that it is recorded; durable on return.

        Raises:
            AutomatedRefusedError: It does not fit the register in force.
            AutomatedDiffersError: Another decision has its id.
            NaiveInstantError: Its instant has no time zone.
            LogUnavailableError: The disk refused; nothing was recorded.

        """
        register = self.register.served.register
        model = checked(decision, register)
        at = to_us(decision.at)
        if decision.at > self._consents.now() + _AHEAD:
            raise AutomatedRefusedError("at", "an instant that has come")
        chosen = replace(
            self._chosen(person, register, decision.activity, at),
            deleted=self._deleted(person, decision.model, at),
        )
        values = payload_of(decision, model, is_off=chosen.is_off)
        # What the schema refuses is refused before there is a row.
        payload_bytes(Kind.AUTOMATED_DECISION, values, personal=True)
        row = AutomatedRow(
            key=self._tokens.keyed("automated-decision", decision.id),
            person=person,
            position=None,
            at=at,
            personal=decision.variant is Variant.PERSONAL,
            off=chosen.is_off,
            alarms=alarms_of(decision, model, chosen),
        )
        with self._one_at_a_time:
            before = self._store.reserve(row)
            found = None if before is None else self._recorded(before, decision)
            if before is not None and found is not None:
                return self._again(before, found, person, decision)
            draft = self._evidence.recorder.draft(
                Kind.AUTOMATED_DECISION,
                values,
                person=person,
                rows=Rows(activity=decision.activity),
            )
            appended = self._evidence.recorder.log.append([draft])
            self._store.settle(replace(row, position=appended.first))
        return AutomatedKept(
            position=appended.first,
            at=from_us(appended.at),
            repeated=False,
            off=chosen.is_off,
            alarms=row.alarms,
        )

    def allowed(self, person: PersonKey, activity: ActivityId) -> Allowed:
        """Tell what a decision made now may rest on; nothing is recorded.

        Raises:
            AutomatedRefusedError: The register in force has no such activity.

        """
        register = self.register.served.register
        if activity not in register.activity_by_id:
            raise AutomatedRefusedError("activity", "an activity of the register in force")
        chosen = self._chosen(person, register, activity, to_us(self._consents.now()))
        return Allowed(
            personal=not chosen.is_off,
            alone=not (chosen.refuses_machines and register.decides_majorly(activity)),
        )

    def of(self, person: PersonKey) -> tuple[AutomatedSeen, ...]:
        """Return the newest recorded decisions about an individual, newest first."""
        rows = self._store.of(self._consents.names_of(person), limit=MOST_SHOWN)
        return tuple(map(self._seen, rows))

    def one(self, person: PersonKey, position: int) -> AutomatedSeen:
        """Return one recorded decision about an individual.

        Raises:
            NoSuchAutomatedError: There is none about them there.

        """
        row = self._store.at(position)
        if row is None or row.person not in self._consents.names_of(person):
            raise NoSuchAutomatedError
        return self._seen(row)

    def since(self, instant: int, *, limit: int) -> Iterator[tuple[AutomatedRow, AutomatedSeen]]:
        """Yield the decisions made since an instant, microseconds since 1970, newest first."""
        for row in self._store.since(instant, limit=limit):
            yield row, self._seen(row)

    def _chosen(
        self, person: PersonKey, register: Register, activity: ActivityId, at: int
    ) -> Choices:
        automated = register.activity_by_id[activity].automated
        on = True
        if automated is not None and automated.off_switch is not None:
            switch = register.switch_by_id[automated.off_switch]
            on = self._consents.state_of(person, at).switches.get(switch.switch, switch.default_on)
        return Choices(
            is_off=not on,
            refuses_machines=self._consents.refuses_machine_only(person, activity, at),
        )

    def _deleted(self, person: PersonKey, model: ModelId, at: int) -> Callable[[str], bool]:
        """Return what tells of a text whether it is a label that had been deleted at an instant."""
        gone = deleted_labels(one for one in self._consents.settings(person) if one.at <= at)
        return lambda text: bool(gone) and label_key(self._tokens, model, text) in gone

    def _recorded(self, row: AutomatedRow, decision: AutomatedDecision) -> Record | None:
        """Return the record of a row; one that was written just before a stop is looked for."""
        if row.position is not None:
            return self._evidence.log.record(Position(row.position))
        for record in self._evidence.back_through(row.person):
            if from_us(record.leaf.at) < decision.at - _AHEAD:
                break  # it was recorded after it was decided, as far as clocks agree
            if record.leaf.kind == Kind.AUTOMATED_DECISION.value:
                payload = self._evidence.payloads.opened(record).payload
                if payload is not None and json.loads(payload).get("decision") == decision.id:
                    self._store.settle(replace(row, position=record.position))
                    return record
        return None

    def _again(
        self, row: AutomatedRow, record: Record, person: PersonKey, decision: AutomatedDecision
    ) -> AutomatedKept:
        payload = self._evidence.payloads.opened(record).payload
        if row.person != person or payload is None:
            raise AutomatedDiffersError
        if read_payload(payload, ActivityId(record.leaf.activity)).decision != decision:
            raise AutomatedDiffersError
        return AutomatedKept(
            position=record.position,
            at=from_us(record.leaf.at),
            repeated=True,
            off=row.off,
            alarms=row.alarms,
        )

    def _seen(self, row: AutomatedRow) -> AutomatedSeen:
        record = self._evidence.log.record(Position(row.position or 0))
        payload = self._evidence.payloads.opened(record).payload
        read = None if payload is None else read_payload(payload, ActivityId(record.leaf.activity))
        register = self._register_of(record)
        return AutomatedSeen(
            position=record.position,
            at=row.at,
            activity=record.leaf.activity,
            record=read,
            explained=None if read is None or register is None else explained(read, register),
        )

    def _register_of(self, record: Record) -> Register | None:
        try:
            return self.register.register_of(record.leaf.register).register
        except UnknownVersionError:
            return None
