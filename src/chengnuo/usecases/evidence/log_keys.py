"""Changing the key that signs the log: a new one beside the old; then the old one retires."""

from dataclasses import dataclass

from chengnuo.base.errors import ConflictError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import VKey
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.ports.evidence_log import EvidenceLog
from chengnuo.usecases.evidence.recording import Recorder

LOG_KEY = "log-signing"


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

        Raises:
            KeysOverlapError: Two keys are in force already.
            NothingSignedError: The log has no record yet.

        """
        checkpoint = self.log.checkpoint()
        if checkpoint is None:
            raise NothingSignedError
        old, new = self.signer.rotate(self.log.publish().checkpoint.size)
        self._note(str(old), str(new), by)
        return old, new

    def retire(self, *, by: str) -> VKey:
        """Let the older of two keys retire; what it signed stays valid. Returns the retired key.

        Raises:
            NoKeyToRetireError: Only one key is in force.

        """
        newest = self.signer.vkeys[-1]
        old = self.signer.retire(self.log.publish().checkpoint.size)
        self._note(str(old), str(newest), by)
        return old

    def _note(self, old: str, new: str, by: str) -> None:
        values = {"key": LOG_KEY, "old": old, "new": new, "by": by}
        self.recorder.record(Kind.KEY_ROTATED, values)
        self.log.publish()
