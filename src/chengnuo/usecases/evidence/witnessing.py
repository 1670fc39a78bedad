"""Asking those outside: witnesses cosign the newest checkpoint, authorities stamp its time.

The log goes on without them. What each of them said is kept beside the log. A witness that holds a
history which this log does not extend is a sign of misbehaviour, ours or a copy's, and is said;
what proves it is a checkpoint of this log that it no longer extends, and only that is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from chengnuo.base.errors import ChengnuoError, IntegrityError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint, is_fork
from chengnuo.domain.evidence.cosignature import with_cosignatures
from chengnuo.ports.evidence_log import EvidenceLog, LogReader
from chengnuo.ports.witnessing import Stamped, StampStore, TimeStampAuthority, Witness


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one of those outside answered.

    Attributes:
        name: Its name.
        error: Why it gave nothing; None if it did.

    """

    name: str
    error: ChengnuoError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """What asking came to.

    Attributes:
        signed: The checkpoint with every cosignature that was given.
        witnesses: What each witness answered.
        authorities: What each authority answered.
        quorum: How many cosignatures were wanted.

    """

    signed: SignedCheckpoint
    witnesses: tuple[Asked, ...]
    authorities: tuple[Asked, ...]
    quorum: int

    @property
    def cosigned(self) -> int:
        """How many witnesses cosigned."""
        return sum(one.error is None for one in self.witnesses)

    @property
    def reached(self) -> bool:
        """Whether the quorum was reached and every authority stamped."""
        stamped = all(one.error is None for one in self.authorities)
        return self.cosigned >= self.quorum and stamped


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessing:
    """The use case of asking witnesses and authorities."""

    log: EvidenceLog
    stamps: StampStore
    witnesses: Sequence[Witness]
    authorities: Sequence[TimeStampAuthority]
    quorum: int

    def ask(self) -> Witnessed:
        """Publish, ask everybody, keep what they gave.

        Raises:
            LogUnavailableError: The log has no checkpoint, or cannot be written.

        """
        signed = self.log.publish()
        seen = self.stamps.newest()
        old_size = 0 if seen is None else seen.checkpoint.size
        note = signed.note
        witnesses: list[Asked] = []
        for witness in self.witnesses:
            error: ChengnuoError | None = None
            try:
                lines = witness.cosign(signed, old_size, self.log.consistency)
                note = with_cosignatures(note, lines)
            except ChengnuoError as failed:
                error = failed
                if isinstance(failed, IntegrityError) and seen is not None:
                    held_against(self.log, self.stamps, seen)
            witnesses.append(Asked(name=witness.vkey.name, error=error))
        if note != signed.note:
            signed = replace(signed, note=note)
            self.stamps.keep_note(signed)
            self.log.keep_cosigned(signed)
        authorities = [self._stamp(authority, signed) for authority in self.authorities]
        return Witnessed(
            signed=signed,
            witnesses=tuple(witnesses),
            authorities=tuple(authorities),
            quorum=self.quorum,
        )

    def stamped(self) -> tuple[tuple[SignedCheckpoint, Stamped | ChengnuoError], ...]:
        """Return every stamped checkpoint with what its stamp shows, or why it shows nothing."""
        found: list[tuple[SignedCheckpoint, Stamped | ChengnuoError]] = []
        for signed, response in self.stamps.stamped():
            digest = sha256(signed.stamped()).digest()
            shown: Stamped | ChengnuoError | None = None
            for authority in self.authorities:
                try:
                    shown = authority.check(response, digest)
                    break
                except ChengnuoError as error:
                    shown = error
            if shown is not None:
                found.append((signed, shown))
        return tuple(found)

    def _stamp(self, authority: TimeStampAuthority, signed: SignedCheckpoint) -> Asked:
        try:
            response = authority.stamp(sha256(signed.stamped()).digest())
        except ChengnuoError as error:
            return Asked(name=authority.name, error=error)
        self.stamps.keep_stamp(signed, response)
        return Asked(name=authority.name, error=None)


def held_against(log: LogReader, stamps: StampStore, other: SignedCheckpoint) -> str:
    """Hold the log to a checkpoint of it that somebody kept; return what is wrong, or nothing.

    The caller has checked that the other bears a signature of this log. A contradiction is kept
    with both notes: together they prove that the log was forked.
    """
    own = log.checkpoint()
    if own is None:
        return "the log has no checkpoint"
    one, two = own.checkpoint, other.checkpoint
    if one.origin != two.origin:
        return f"the checkpoint is of another log, `{two.origin}`"
    if two.size > one.size:
        what = f"the log has {one.size} records; the checkpoint kept speaks of {two.size}"
    elif is_fork(one, two) or log.root_at(two.size) != two.root:
        what = f"at {two.size} records the log has another root than the checkpoint kept"
    else:
        return ""
    stamps.keep_misbehaviour(other, what)
    return what
