"""The log in a process that follows the one that writes it.

The records are read from where they are kept; map and tiles of the folder are made along, so that
this process can read chains, and can take the log over without making them first. It signs
nothing, and what it wants recorded it hands to the process that writes.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Condition
from typing import Final

from chengnuo.adapters.evidence.file_system import FileSystem, RealFiles
from chengnuo.adapters.evidence.handing_over import ANSWER_S, Handed, HandingOver, Waiting
from chengnuo.adapters.evidence.index import FILE_NAME, Index
from chengnuo.adapters.evidence.kept_batches import KeptBatches
from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_rows import KeyRows
from chengnuo.adapters.evidence.log_keys import FileLogSigner, read_log_keys
from chengnuo.adapters.evidence.payloads import VaultPayloads
from chengnuo.adapters.evidence.place import KEYS, Place
from chengnuo.adapters.evidence.publishing import Publisher
from chengnuo.adapters.evidence.reading import PUBLIC, WAL, ReadableLog
from chengnuo.adapters.evidence.writer_lock import WriterLock
from chengnuo.base.errors import UnavailableError
from chengnuo.base.instant import to_us
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import RULES
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_keys import Erasure, KeyHolder
from chengnuo.ports.evidence_log import (
    Appended,
    Draft,
    LogUnavailableError,
    NoLogError,
    StrictKindError,
)
from chengnuo.ports.following import NoLeaderError
from chengnuo.ports.individuals import PersonKey

_WAIT_S: Final = 5.0
_FOLLOWS = "this process follows another"


class FollowedLog(ReadableLog):
    """`EvidenceLog` whose records another process writes."""

    def __init__(  # noqa: PLR0913  what it stands on
        self,
        folder: Path,
        *,
        files: FileSystem,
        batches: KeptBatches,
        signer: FileLogSigner,
        clock: Clock,
        handed: Handed,
    ) -> None:
        """Bring map and tiles up to the records, and start to follow.

        Raises:
            LogDamagedError: Something kept is not what was written.
            LogUnavailableError: The folder cannot be written.

        """
        batches.look()
        (folder / WAL).mkdir(exist_ok=True, mode=0o700)
        index = Index(folder / FILE_NAME, write=True)
        super().__init__(folder, files, segments=batches, index=index)
        self._publisher = Publisher(
            folder / PUBLIC,
            origin=batches.origin,
            files=files,
            segments=batches,
            index=index,
            signer=signer,
            now=lambda: to_us(clock.now()),
        )
        self._is_whole = False
        self.follow()
        self._handing = HandingOver(handed)

    def follow(self) -> None:
        """See `Follows.follow`."""
        try:
            self._segments.refresh()
            if self._is_whole:
                self._is_whole = False
                self._publisher.follow()
            else:
                self._publisher.restore(signs=False)
            self._is_whole = True
        except OSError as error:
            raise LogUnavailableError(error.strerror or "the disk refused") from error

    def append(self, drafts: Sequence[Draft]) -> Appended:
        """See `EvidenceLog.append`."""
        came: list[Appended | UnavailableError] = []
        done = Condition()

        def told(result: Appended | UnavailableError) -> None:
            with done:
                came.append(result)
                done.notify_all()

        self._handing.put(Waiting(drafts, told), wait_s=_WAIT_S)
        with done:
            done.wait_for(lambda: bool(came), ANSWER_S)
            return _appended(came[0] if came else NoLeaderError())

    def enqueue(self, drafts: Sequence[Draft]) -> None:
        """See `EvidenceLog.enqueue`."""
        for draft in drafts:
            if RULES[draft.kind].strict:
                raise StrictKindError(draft.kind)
        self._handing.put(Waiting(drafts, None), wait_s=_WAIT_S)

    async def append_soon(self, drafts: Sequence[Draft]) -> Appended:
        """See `EvidenceLog.append_soon`."""
        return _appended(await self._handing.handed(drafts))

    def publish(self) -> SignedCheckpoint:
        """See `EvidenceLog.publish`: only who writes the log signs."""
        raise LogUnavailableError(_FOLLOWS)

    def keep_cosigned(self, signed: SignedCheckpoint) -> None:
        """See `EvidenceLog.keep_cosigned`: the checkpoint is that of who writes the log."""
        del signed
        raise LogUnavailableError(_FOLLOWS)

    def erase(self, persons: Mapping[PersonKey, Erasure]) -> None:
        """See `EvidenceLog.erase`: only who writes the log destroys keys."""
        del persons
        raise LogUnavailableError(_FOLLOWS)

    @property
    def given_up(self) -> str:
        """See `EvidenceLog.given_up`: it is not written here."""
        return ""

    def let_go(self) -> None:
        """Let go of the folder, for whoever writes the log from now on; records can still be read.

        What was to be recorded goes on being handed over.
        """
        self._index.close()

    def close(self) -> None:
        """Hand over what is queued, and close everything.

        Raises:
            LogUnavailableError: Records that nobody waited for are lost.

        """
        self._handing.close()
        super().close()
        if lost := self._handing.lost:
            raise LogUnavailableError(f"{lost} records of decisions could not be handed over")


def _appended(result: Appended | UnavailableError) -> Appended:
    if isinstance(result, UnavailableError):
        raise result
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedToFollow:
    """A log that this process follows."""

    log: FollowedLog
    vault: KeptKeys
    holder: KeyHolder
    payloads: VaultPayloads
    lock: WriterLock

    def let_go(self) -> None:
        """Let go of the folder, for this process to write the log from now on."""
        self.log.let_go()
        self.lock.close()

    def close(self) -> None:
        """Close everything."""
        try:
            self.log.close()
            self.vault.close()
        finally:
            self.lock.close()


def open_to_follow(
    place: Place,
    *,
    batches: Callable[[str], KeptBatches],
    keys: KeyRows,
    clock: Clock,
    handed: Handed,
) -> OpenedToFollow:
    """Open a log to follow it.

    Args:
        place: The folder, which holds `log.json` and the keys of the process that writes.
        batches: Returns the records.
        keys: The rows of the keys of individuals.
        clock: Tells now.
        handed: Takes what this process wants recorded.

    Raises:
        NoLogError: The folder does not know the log.
        LogKeyMissingError: It has no key to sign with, so it could not take the log over.
        LogLockedError: Another process uses the folder.
        MasterKeyError: The master key is not the one used before.
        KeyHolderError: The process that writes has not made the first key yet.

    """
    files = RealFiles()
    if files.read(place.public / "log.json") is None:
        raise NoLogError(str(place.data))
    with ExitStack() as undone:
        lock = WriterLock(place.folder)
        undone.callback(lock.close)
        signer = FileLogSigner(place.data / KEYS, place.public, files)
        holder = place.holder()
        vault = KeptKeys(keys, holder, follows=True)
        undone.callback(vault.close)
        log = FollowedLog(
            place.folder,
            files=files,
            batches=batches(read_log_keys(files, place.public).origin),
            signer=signer,
            clock=clock,
            handed=handed,
        )
        undone.pop_all()
    return OpenedToFollow(
        log=log, vault=vault, holder=holder, payloads=VaultPayloads(vault), lock=lock
    )
