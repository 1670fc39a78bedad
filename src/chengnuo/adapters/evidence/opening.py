"""Opening the evidence log of a data folder: its keys, its vault, its files, as one thing.

DATA/evidence/log/         what the public may read: checkpoint, log.json, tiles, stamps
DATA/evidence/wal/         the segments
DATA/evidence/index.db     the projection          DATA/evidence/keys.db   wrapped keys
DATA/keys/evidence-N.pem   what signs              DATA/keys/epoch.key     unless put elsewhere
"""

import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

from chengnuo.adapters.evidence.checking import LogCheck
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.kept_batches import BatchesOf, KeptBatches
from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_vault import FILE_NAME
from chengnuo.adapters.evidence.key_vault_schema import KeyDatabaseError, KeysDamagedError
from chengnuo.adapters.evidence.log import Pace, WritableLog
from chengnuo.adapters.evidence.log_keys import LOG_JSON, FileLogSigner
from chengnuo.adapters.evidence.moved_mark import refuse_moved
from chengnuo.adapters.evidence.payloads import VaultPayloads
from chengnuo.adapters.evidence.place import KEYS, Place
from chengnuo.adapters.evidence.reading import WAL, ReadableLog, open_to_read
from chengnuo.adapters.evidence.restored import refuse_unswept
from chengnuo.adapters.evidence.segments import Segments
from chengnuo.adapters.evidence.stamps import FileStamps
from chengnuo.adapters.evidence.tile_check import Problem
from chengnuo.adapters.evidence.traced_batches import TracedBatches
from chengnuo.adapters.evidence.unfinished_erasures import never_given
from chengnuo.adapters.evidence.writer_lock import WriterLock
from chengnuo.adapters.keys import is_signature
from chengnuo.adapters.sql.database import DatabaseUnavailableError
from chengnuo.base.errors import IntegrityError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_keys import KeyHolder
from chengnuo.ports.evidence_log import NoLogError
from chengnuo.ports.tracing import UNTOLD, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedToRead:
    """A log that is read beside whoever writes it."""

    log: ReadableLog
    vault: KeptKeys
    payloads: VaultPayloads
    stamps: FileStamps

    def close(self) -> None:
        """Close everything."""
        self.log.close()
        self.vault.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedToWrite:
    """A log that this process writes.

    Attributes:
        is_new: Whether it was made just now.
        give_back: Lets another process write.

    """

    log: WritableLog
    vault: KeptKeys
    holder: KeyHolder
    payloads: VaultPayloads
    stamps: FileStamps
    signer: FileLogSigner
    is_new: bool
    give_back: Callable[[], None]

    def close(self) -> None:
        """Finish what is queued and close everything."""
        try:
            self.log.close()
            self.vault.close()
        finally:
            self.give_back()


def has_log(place: Place) -> bool:
    """Tell whether there is a log."""
    return (place.public / LOG_JSON).exists()


def open_log(  # noqa: PLR0913  each has its default
    place: Place,
    *,
    clock: Clock,
    origin: str = "",
    make: bool = True,
    pace: Pace | None = None,
    sweeping: bool = False,
    spans: Spans = UNTOLD,
) -> OpenedToWrite:
    """Open a log to write it, making it if there is none and `make` says so.

    Args:
        place: Where.
        clock: Stamps records.
        origin: Name of a new log; made from chance if empty. An existing log keeps its own.
        make: Whether a missing log is made.
        pace: Sizes and intervals.
        sweeping: Whether it is opened to sweep a folder that was restored.
        spans: Hears how long it takes until a batch is durable.

    Raises:
        NoLogError: There is none and none shall be made.
        NotSweptError: The folder was restored from a backup, and not swept.
        LogLockedError: Another process writes it.
        LogOriginError: There is one of another name than the one given.
        LogDamagedError: Something kept is not what was written.
        LogUnavailableError: The folder cannot be written.
        MasterKeyError: The master key is not the one used before.
        DataMovedError: It was moved to a database, and none is given.

    """
    files = RealFiles()
    _refuse_moved(place)
    if not make and not has_log(place):
        raise NoLogError(str(place.data))
    keys = place.data / KEYS
    with ExitStack() as undone:
        if not sweeping:
            refuse_unswept(place.data)
        # First, so that a second writer is refused before it makes a key or opens the vault.
        lock = WriterLock(place.folder)
        undone.callback(lock.close)
        give_back = _nothing if place.elsewhere is None else place.elsewhere.hold()
        undone.callback(give_back)
        place.public.mkdir(parents=True, exist_ok=True, mode=0o700)
        is_new = not has_log(place)
        if is_new or origin:
            named = origin or f"chengnuo.local/{secrets.token_hex(6)}"
            signer = FileLogSigner.create(keys, place.public, files, origin=named)
        else:
            signer = FileLogSigner(keys, place.public, files)
        holder = place.holder()
        vault = place.vault(holder)
        undone.callback(vault.close)
        log = WritableLog(
            place.folder,
            signer=signer,
            vault=vault,
            clock=clock,
            pace=pace,
            lock=lock,
            batches=_batches_to_write(place, signer, files, pace or Pace(), spans),
        )
        undone.pop_all()
    return OpenedToWrite(
        log=log,
        vault=vault,
        holder=holder,
        payloads=VaultPayloads(vault),
        stamps=FileStamps(place.folder, files),
        signer=signer,
        is_new=is_new,
        give_back=give_back,
    )


def open_reader(place: Place) -> OpenedToRead:
    """Open a log to read it; whoever writes it is not disturbed, and nothing of its is finished.

    Raises:
        NoLogError: There is none.
        LogDamagedError: Something kept is not what was written.
        MasterKeyError: The master key is not the one used before.
        KeyHolderError: Where it is kept does not answer, or no key was made yet.
        DataMovedError: It was moved to a database, and none is given.

    """
    if not has_log(place):
        raise NoLogError(str(place.data))
    _refuse_moved(place)
    files = RealFiles()
    log = open_to_read(place.folder, files, _batches_of(place))
    try:
        vault = place.vault(place.holder(), follows=True)
    except BaseException:
        log.close()
        raise
    return OpenedToRead(
        log=log,
        vault=vault,
        payloads=VaultPayloads(vault),
        stamps=FileStamps(place.folder, files),
    )


def _batches_of(place: Place) -> BatchesOf | None:
    return None if place.elsewhere is None else place.elsewhere.batches


def _refuse_moved(place: Place) -> None:
    if place.elsewhere is None:
        refuse_moved(place.data)


def _batches_to_write(
    place: Place, signer: FileLogSigner, files: RealFiles, pace: Pace, spans: Spans
) -> KeptBatches:
    origin = signer.keys().origin
    if place.elsewhere is not None:
        batches = place.elsewhere.batches(origin)
    else:
        batches = Segments(place.folder / WAL, origin, files, segment_bytes=pace.segment_bytes)
    return batches if spans is UNTOLD else TracedBatches(batches, spans)


def _nothing() -> None:
    """Give nothing back: the lock of the folder is the log's own to let go."""


def open_signer(place: Place) -> FileLogSigner:
    """Return what signs with the keys of a log, beside whoever writes it.

    Raises:
        LogKeyMissingError: A private key in force is not there.

    """
    return FileLogSigner(place.data / KEYS, place.public, RealFiles())


def check_everything(
    place: Place, *, on_records: Callable[[int], None] = lambda _: None
) -> Iterator[Problem]:
    """Yield everything that is wrong with a log, its payloads, projection and keys.

    Raises:
        NoLogError: There is none.
        MasterKeyError: The master key is not the one used before.

    """
    log = LogCheck(
        place.folder,
        RealFiles(),
        signed_by_log(place),
        on_records=on_records,
        batches=_batches_of(place),
    )
    yield from log.problems()
    yield from check_keys(place, most_ordinal=log.most_ordinal)


def check_keys(place: Place, *, most_ordinal: int = 0) -> Iterator[Problem]:
    """Yield everything that is wrong with the key database of a log.

    Args:
        place: Where.
        most_ordinal: The highest ordinal of an individual in a record read before.

    Raises:
        MasterKeyError: The master key is not the one used before.
        KeyHolderError: Where it is kept does not answer, or no key was made yet.

    """
    try:
        with closing(place.vault(place.holder(), follows=True)) as vault:
            for what in vault.check():
                yield Problem(FILE_NAME, what)
            if most_ordinal > vault.given():
                yield Problem(FILE_NAME, never_given(most_ordinal, vault.given()))
    except KeysDamagedError as error:
        yield Problem(error.file, error.what)
    except (IntegrityError, KeyDatabaseError, DatabaseUnavailableError) as error:
        yield Problem(FILE_NAME, str(error))


def signed_by_log(place: Place) -> Callable[[SignedCheckpoint], bool]:
    """Return what tells whether a checkpoint bears a good signature of a key of the log."""

    def signed(checkpoint: SignedCheckpoint) -> bool:
        data = RealFiles().read(place.public / LOG_JSON)
        if data is None:
            raise NoLogError(str(place.data))
        keys = LogKeys.parse(data).keys
        size = checkpoint.checkpoint.size
        standing = [key.vkey for key in keys if key.signs(size)]
        return checkpoint.note.checked(standing, is_signature).sound

    return signed
