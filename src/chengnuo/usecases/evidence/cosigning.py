"""Being a witness: checkpoints of other logs are cosigned if they extend what was seen before.

What was seen is recorded in this installation's own log first, so that its checkpoint speaks of all
the logs it watches: of the shards of one, it is the checkpoint above theirs. A log that does not
extend what was seen gets no cosignature, and what was seen stays.

The own log is the memory, whichever host writes it: before a process cosigns a log for the first
time it looks up there what was seen of it. What is kept beside the log counts if it is larger, as
after the log was put back from an older copy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock

from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.add_checkpoint import AddCheckpoint
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import Signature, Verify, VKey
from chengnuo.engines.merkle.hashing import EMPTY_ROOT
from chengnuo.engines.merkle.tree import extends
from chengnuo.ports.clock import Clock
from chengnuo.ports.witnessing import Cosigner, SeenStore
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.seen_logs import newest_seen


class Outcome(StrEnum):
    """What a witness answers, as C2SP tlog-witness tells it apart."""

    COSIGNED = "cosigned"
    UNKNOWN_LOG = "unknown-log"
    UNKNOWN_KEY = "unknown-key"
    OLD_ABOVE_NEW = "old-above-new"
    SEEN_ANOTHER = "seen-another"
    NOT_EXTENDED = "not-extended"


@dataclass(frozen=True, slots=True, kw_only=True)
class CosigningAnswer:
    """What became of a request.

    Attributes:
        outcome: Cosigned, or why not.
        line: The signature line; None unless it was cosigned.
        seen: Size of the newest checkpoint of that log that was cosigned; 0 for none.

    """

    outcome: Outcome
    line: Signature | None = None
    seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigning:
    """The use case of cosigning what other logs say of themselves.

    Attributes:
        logs: Keys of the logs that are watched; the name of a key is the origin of its log.
        cosigner: Signs.
        seen: Keeps the newest checkpoint of each log beside the own log.
        recorder: Records what was seen, in the log that it is looked up in.
        clock: Gives the time of a cosignature.
        verify: Checks one signature.

    """

    logs: Sequence[VKey]
    cosigner: Cosigner
    seen: SeenStore
    recorder: Recorder
    clock: Clock
    verify: Verify
    _one_by_one: dict[str, Lock] = field(default_factory=dict, init=False)
    _recorded: dict[str, SignedCheckpoint | None] = field(default_factory=dict, init=False)

    def add(self, asked: AddCheckpoint) -> CosigningAnswer:
        """Cosign a checkpoint if it extends what was seen of its log.

        Raises:
            LogUnavailableError: What was seen could not be recorded; nothing is cosigned.
            LogDamagedError: What was kept of the log cannot be read.
            PayloadDamagedError: What was recorded of it is not what the own log says.
            WitnessKeyMissingError: The key that cosigns is not here; nothing was recorded.

        """
        new = asked.signed.checkpoint
        keys = [key for key in self.logs if key.name == new.origin]
        if not keys:
            return CosigningAnswer(outcome=Outcome.UNKNOWN_LOG)
        if not asked.signed.note.checked(keys, self.verify).sound:
            return CosigningAnswer(outcome=Outcome.UNKNOWN_KEY)
        _ = self.cosigner.vkey  # without a key nothing is recorded as cosigned
        # The logs do not wait for each other: to look one up may take long, if it was never seen.
        with self._one_by_one.setdefault(new.origin, Lock()):
            kept = self._newest(new.origin)
            outcome = _held_to(None if kept is None else kept.checkpoint, asked)
            size = 0 if kept is None else kept.checkpoint.size
            if outcome is not Outcome.COSIGNED:
                return CosigningAnswer(outcome=outcome, seen=size)
            if kept is None or new.size > size:
                own = SignedCheckpoint(checkpoint=new, note=asked.signed.note.of_name(new.origin))
                self.recorder.record(Kind.CHECKPOINT_SEEN, seen_values(own))
                self._recorded[new.origin] = own
                self.seen.keep(own)
        line = self.cosigner.cosign(asked.signed.note.text, int(self.clock.now().timestamp()))
        return CosigningAnswer(outcome=Outcome.COSIGNED, line=line, seen=new.size)

    def _newest(self, origin: str) -> SignedCheckpoint | None:
        if origin not in self._recorded:
            log, payloads = self.recorder.log, self.recorder.payloads
            self._recorded[origin] = newest_seen(log, payloads, origin)
        kept, recorded = self.seen.newest(origin), self._recorded[origin]
        if kept is None or recorded is None:
            return kept or recorded
        return recorded if recorded.checkpoint.size > kept.checkpoint.size else kept


def seen_values(signed: SignedCheckpoint) -> Mapping[str, Tree]:
    """Return the payload of the record that a checkpoint of another log was seen."""
    one = signed.checkpoint
    return {
        "log": one.origin,
        "size": one.size,
        "root": one.root.hex(),
        "note": {"text": signed.text},
    }


def _held_to(kept: Checkpoint | None, asked: AddCheckpoint) -> Outcome:
    """Return what holding a request to the newest checkpoint seen comes to."""
    new = asked.signed.checkpoint
    size, root = (0, EMPTY_ROOT) if kept is None else (kept.size, kept.root)
    if asked.old > new.size:
        return Outcome.OLD_ABOVE_NEW
    if asked.old != size or (new.size == size and new.root != root):
        return Outcome.SEEN_ANOTHER
    fits = extends(size, new.size, root, new.root, asked.proof)
    return Outcome.COSIGNED if fits else Outcome.NOT_EXTENDED
