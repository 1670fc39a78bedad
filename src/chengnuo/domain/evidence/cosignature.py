"""Cosignatures: witnesses say that they saw a log grow and never change (C2SP tlog-cosignature).

A witness signs a time and the whole text of a checkpoint. That the same checkpoint was seen by a
quorum of witnesses is what keeps a log from showing different people different histories.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.note import (
    COSIGNATURE,
    SIGNATURE_BYTES,
    Note,
    Signature,
    Verify,
    VKey,
)

_TIME_BYTES = 8
_MOST_SECONDS = 253_402_300_799
"""The end of the year 9999, past which no instant can be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """That a witness has cosigned, and when by its own clock."""

    witness: VKey
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """Which witnesses have cosigned a note.

    Attributes:
        by: Each with its newest cosignature, in the order in which the witnesses were given.
        bad: Witnesses with a line of theirs that does not fit.
        quorum: How many are asked for.

    """

    by: tuple[Cosigned, ...]
    bad: tuple[VKey, ...]
    quorum: int

    @property
    def enough(self) -> bool:
        """Whether the quorum is reached."""
        return len(self.by) >= self.quorum


def cosigned_message(text: str, seconds: int) -> bytes:
    """Return what a witness signs for the text of a checkpoint.

    Args:
        text: Of the note, with its last newline.
        seconds: Since 1970, UTC.

    """
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def cosignature(witness: VKey, seconds: int, signature: bytes) -> Signature:
    """Return the signature line of a cosignature."""
    blob = seconds.to_bytes(_TIME_BYTES, "big") + signature
    return Signature(name=witness.name, key_id=witness.id, blob=blob)


def cosigned_at(line: Signature, text: str, witness: VKey, verify: Verify) -> datetime | None:
    """Return when a witness cosigned a text, or None if the line is not its cosignature of it."""
    if witness.algorithm != COSIGNATURE or not line.is_of(witness):
        return None
    stamped, signature = line.blob[:_TIME_BYTES], line.blob[_TIME_BYTES:]
    seconds = int.from_bytes(stamped, "big")
    if len(signature) != SIGNATURE_BYTES or seconds > _MOST_SECONDS:
        return None
    if not verify(witness.public_key, signature, cosigned_message(text, seconds)):
        return None
    return from_us(seconds * 1_000_000)


def witnessed(note: Note, witnesses: Sequence[VKey], quorum: int, verify: Verify) -> Witnessed:
    """Return which of some witnesses have cosigned a note.

    A witness counts once however many lines of it there are. One key under two names counts once
    as well, since the message signed does not name the witness.

    Args:
        note: The checkpoint.
        witnesses: Keys that are trusted; lines of others are passed over.
        quorum: How many are asked for.
        verify: Checks one signature.

    """
    by: list[Cosigned] = []
    bad: list[VKey] = []
    seen: set[bytes] = set()
    for witness in dict.fromkeys(witnesses):
        times = _times(note, witness, verify)
        if None in times:
            bad.append(witness)
        good = [at for at in times if at is not None]
        if good and witness.public_key not in seen:
            seen.add(witness.public_key)
            by.append(Cosigned(witness=witness, at=max(good)))
    return Witnessed(by=tuple(by), bad=tuple(bad), quorum=quorum)


def with_cosignatures(note: Note, lines: Iterable[Signature]) -> Note:
    """Return a note with lines added, each in place of an older one of the same key."""
    added = {(line.name, line.key_id): line for line in lines}
    kept = (one for one in note.signatures if (one.name, one.key_id) not in added)
    return Note(text=note.text, signatures=(*kept, *added.values()))


def _times(note: Note, witness: VKey, verify: Verify) -> list[datetime | None]:
    return [
        cosigned_at(line, note.text, witness, verify)
        for line in note.signatures
        if line.is_of(witness)
    ]
