"""Changing the key that signs the log: a new one beside the old; then the old one retires.

The key list changes first and the change is recorded after, by the new key too. If that could not
be recorded, asking again records it and changes nothing else: the open chain of such records tells.
"""

import json
from dataclasses import dataclass

from chengnuo.base.errors import ConflictError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import open_tag
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.evidence.sealed import read_open
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.evidence_log import EvidenceLog, Position
from chengnuo.usecases.evidence.recording import Recorder

LOG_KEY = "log-signing"
_BOTH = 2


class NothingSignedError(ConflictError):
    """A log without a record has no checkpoint that two keys could sign."""

    code = "nothing-signed"

    def __init__(self) -> None:
        super().__init__("the log has no record yet, so its key has signed nothing to change from")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogKeyChange:
    """The use cases of changing the log's key."""

    log: EvidenceLog
    signer: LogSigner
    recorder: Recorder

    def rotate(self, *, by: str) -> tuple[VKey, VKey]:
        """Make a new key and record it; from now on both sign. Returns old and new.

        Two keys that are in force without a record of it are those of an earlier try.

        Raises:
            KeysOverlapError: Two keys are in force already.
            NothingSignedError: The log has no record yet.

        """
        checkpoint = self.log.checkpoint()
        if checkpoint is None:
            raise NothingSignedError
        size = self.log.publish().checkpoint.size
        if len(self.signer.vkeys) == _BOTH and self._times_recorded(*self.signer.vkeys) == 0:
            old, new = self.signer.vkeys
        else:
            old, new = self.signer.rotate(size)
        self._note(str(old), str(new), by)
        return old, new

    def retire(self, *, by: str) -> VKey:
        """Let the older of two keys retire; what it signed stays valid. Returns the retired key.

        Raises:
            NoKeyToRetireError: Only one key is in force.

        """
        size = self.log.publish().checkpoint.size
        newest = self.signer.vkeys[-1]
        kept = [key.vkey for key in self.signer.keys().keys]
        if len(self.signer.vkeys) == 1 < len(kept) and self._times_recorded(*kept[-2:]) == 1:
            old = kept[-2]  # retired by an earlier try; of that there is no record
        else:
            old = self.signer.retire(size)
        self._note(str(old), str(newest), by)
        return old

    def _times_recorded(self, old: VKey, new: VKey) -> int:
        """Return how often these two were recorded: once when made, once when the old retired."""
        tag = open_tag(Kind.KEY_ROTATED)
        _, found = self.log.head(tag)
        here = found.end is not None and found.end.key == tag
        at = Position(found.end.position) if found.end is not None and here else None
        times = 0
        while at is not None:
            record = self.log.record(at)
            _, payload = read_open(record.position, record.sealed)
            values = json.loads(payload)
            times += (values.get("old"), values.get("new")) == (str(old), str(new))
            at = record.before
        return times

    def _note(self, old: str, new: str, by: str) -> None:
        values = {"key": LOG_KEY, "old": old, "new": new, "by": by}
        self.recorder.record(Kind.KEY_ROTATED, values)
        self.log.publish()
