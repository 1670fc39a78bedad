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
from pathlib import Path

from chengnuo.adapters.evidence.checking import LogCheck
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.key_holder_environment import (
    EnvironmentKeyHolder,
    master_from_text,
)
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.evidence.key_vault import FILE_NAME, SqliteKeyVault
from chengnuo.adapters.evidence.key_vault_schema import KeyDatabaseError, KeysDamagedError
from chengnuo.adapters.evidence.log import Pace, WritableLog
from chengnuo.adapters.evidence.log_keys import LOG_JSON, FileLogSigner
from chengnuo.adapters.evidence.payloads import VaultPayloads
from chengnuo.adapters.evidence.reading import PUBLIC, ReadableLog, open_to_read
from chengnuo.adapters.evidence.stamps import FileStamps
from chengnuo.adapters.evidence.tile_check import Problem
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

FOLDER = "evidence"
_KEYS = "keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a log lies and who holds the key above its keys.

    Attributes:
        data: The data folder.
        master_key_file: File of the epoch keys; None for one in the data folder.
        master_key: Master key in 64 hex digits, from the environment; it goes before the file.
        token: Returns the token that keeps the epoch keys; it goes before both.

    """

    data: Path
    master_key_file: Path | None = None
    master_key: str = ""
    token: Callable[[], KeyHolder] | None = None

    @property
    def folder(self) -> Path:
        """The folder of the log."""
        return self.data / FOLDER

    @property
    def public(self) -> Path:
        """The part that the public may read."""
        return self.folder / PUBLIC

    def holder(self) -> KeyHolder:
        """Return who holds the epoch keys.

        Raises:
            MasterKeyError: The master key has a wrong form, or a token refuses its PIN.
            KeyHolderError: A token does not answer.

        """
        if self.token is not None:
            return self.token()
        inside = self.data / _KEYS / "epoch.key"
        if self.master_key:
            return EnvironmentKeyHolder(master_from_text(self.master_key), inside)
        given = self.master_key_file
        if given is None:
            return FileKeyHolder(inside, in_data_folder=True)
        within = given.resolve().is_relative_to(self.data.resolve())
        return FileKeyHolder(given, in_data_folder=within)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedToRead:
    """A log that is read beside whoever writes it."""

    log: ReadableLog
    vault: SqliteKeyVault
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

    """

    log: WritableLog
    vault: SqliteKeyVault
    holder: KeyHolder
    payloads: VaultPayloads
    stamps: FileStamps
    signer: FileLogSigner
    is_new: bool

    def close(self) -> None:
        """Finish what is queued and close everything."""
        self.log.close()
        self.vault.close()


def has_log(place: Place) -> bool:
    """Tell whether there is a log."""
    return (place.public / LOG_JSON).exists()


def open_log(
    place: Place, *, clock: Clock, origin: str = "", make: bool = True, pace: Pace | None = None
) -> OpenedToWrite:
    """Open a log to write it, making it if there is none and `make` says so.

    Args:
        place: Where.
        clock: Stamps records.
        origin: Name of a new log; made from chance if empty. An existing log keeps its own.
        make: Whether a missing log is made.
        pace: Sizes and intervals.

    Raises:
        NoLogError: There is none and none shall be made.
        LogLockedError: Another process writes it.
        LogOriginError: There is one of another name than the one given.
        LogDamagedError: Something kept is not what was written.
        LogUnavailableError: The folder cannot be written.
        MasterKeyError: The master key is not the one used before.

    """
    files = RealFiles()
    if not make and not has_log(place):
        raise NoLogError(str(place.data))
    keys = place.data / _KEYS
    with ExitStack() as undone:
        # First, so that a second writer is refused before it makes a key or opens the vault.
        lock = WriterLock(place.folder)
        undone.callback(lock.close)
        place.public.mkdir(parents=True, exist_ok=True, mode=0o700)
        is_new = not has_log(place)
        if is_new or origin:
            named = origin or f"chengnuo.local/{secrets.token_hex(6)}"
            signer = FileLogSigner.create(keys, place.public, files, origin=named)
        else:
            signer = FileLogSigner(keys, place.public, files)
        holder = place.holder()
        vault = SqliteKeyVault(place.folder / FILE_NAME, holder)
        undone.callback(vault.close)
        log = WritableLog(
            place.folder, signer=signer, vault=vault, clock=clock, pace=pace, lock=lock
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
    )


def open_reader(place: Place) -> OpenedToRead:
    """Open a log to read it; whoever writes it is not disturbed.

    Raises:
        NoLogError: There is none.
        LogDamagedError: Something kept is not what was written.
        MasterKeyError: The master key is not the one used before.

    """
    if not has_log(place):
        raise NoLogError(str(place.data))
    files = RealFiles()
    log = open_to_read(place.folder, files)
    try:
        vault = SqliteKeyVault(place.folder / FILE_NAME, place.holder())
    except BaseException:
        log.close()
        raise
    return OpenedToRead(
        log=log,
        vault=vault,
        payloads=VaultPayloads(vault),
        stamps=FileStamps(place.folder, files),
    )


def open_signer(place: Place) -> FileLogSigner:
    """Return what signs with the keys of a log, beside whoever writes it.

    Raises:
        LogKeyMissingError: A private key in force is not there.

    """
    return FileLogSigner(place.data / _KEYS, place.public, RealFiles())


def check_everything(
    place: Place, *, on_records: Callable[[int], None] = lambda _: None
) -> Iterator[Problem]:
    """Yield everything that is wrong with a log, its payloads, projection and keys.

    Raises:
        NoLogError: There is none.
        MasterKeyError: The master key is not the one used before.

    """
    log = LogCheck(place.folder, RealFiles(), signed_by_log(place), on_records=on_records)
    yield from log.problems()
    yield from check_keys(place, most_ordinal=log.most_ordinal)


def check_keys(place: Place, *, most_ordinal: int = 0) -> Iterator[Problem]:
    """Yield everything that is wrong with the key database of a log.

    Args:
        place: Where.
        most_ordinal: The highest ordinal of an individual in a record read before.

    Raises:
        MasterKeyError: The master key is not the one used before.
        KeyHolderError: Where it is kept does not answer.

    """
    try:
        with closing(SqliteKeyVault(place.folder / FILE_NAME, place.holder())) as vault:
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
