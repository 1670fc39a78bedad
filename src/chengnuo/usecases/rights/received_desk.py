"""What was moved here from other handlers, for this handler to use (PIPL Art. 45 para. 3).

The individual had it moved here so that this handler works with it. Whoever of the staff takes a
part out says why; that is recorded in the individual's own chain before a byte is given.
"""

from dataclasses import dataclass

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.ports.rights_exports import ExportStream
from chengnuo.ports.transfers import TransferUnknownError
from chengnuo.usecases.evidence.desk import checked_reason
from chengnuo.usecases.rights.receiving import ReceivedSeen, seen_of
from chengnuo.usecases.rights.transferring_in import TransferReceiver

TAKEN_OUT = "transfer-received"
"""What the record says was read: a part of what an individual had moved here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedDesk:
    """Shows what came in, and gives it out.

    Attributes:
        receiver: Keeps it, and records.

    """

    receiver: TransferReceiver

    def all(self) -> tuple[ReceivedSeen, ...]:
        """Return the transfers for which something has come, the newest offer first.

        Whose they are is not told.
        """
        found = (self.receiver.inbox.find(offer) for offer in self.receiver.inbox.offers())
        came = [one for one in found if one is not None and one.manifest]
        return tuple(map(seen_of, sorted(came, key=lambda one: one.expires, reverse=True)))

    def take(self, offer: str, part: int, *, by: str, reason: str) -> ExportStream:
        """Record who takes what and why, then return a part, to be read to its end.

        Raises:
            NoReasonError: The reason is too short or too long.
            TransferUnknownError: There is no such offer or part, or it is not confirmed.
            LogUnavailableError: It could not be recorded; nothing is given.

        """
        given = checked_reason(reason)
        incoming = self.receiver.inbox.find(offer)
        if incoming is None:
            raise TransferUnknownError
        parts = self.receiver.received(offer, incoming.person)
        if not 1 <= part <= len(parts):
            raise TransferUnknownError
        said = {"what": f"{TAKEN_OUT} {offer} {part}", "by": by, "reason": given}
        recorder = self.receiver.recorder
        known = recorder.payloads.tag(incoming.person) is not None
        whose = incoming.person if known else None  # somebody erased gets no new chain by it
        recorder.record(Kind.OPERATOR_READ, dict(said), person=whose)
        return parts[part - 1]
