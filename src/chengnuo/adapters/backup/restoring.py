"""Putting a chain of backups into a new data folder, as of the newest or an earlier moment.

The log and the keys are those of the newest backup, the log ended where it was asked to; all else
is that of the last backup that reaches no further. State that follows from the log catches up with
it when the folder is opened; what does not, accounts, requests, dossiers, is as of that backup.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from chengnuo.adapters.backup.archive import Put, copied_to, digest_only
from chengnuo.adapters.backup.chain import Link, read_chain
from chengnuo.adapters.backup.held_log import HeldLog, end_log
from chengnuo.adapters.backup.parts import (
    CHECKPOINT,
    LISTED_KEYS,
    SEGMENTS,
    WRAPPED_KEYS,
    is_log_file,
)
from chengnuo.adapters.evidence.key_vault_listing import Listing
from chengnuo.adapters.evidence.key_vault_rows import SqliteKeyRows
from chengnuo.adapters.evidence.place import FOLDER
from chengnuo.adapters.evidence.restored import note_restored
from chengnuo.base.instant import from_us, to_us
from chengnuo.ports.backup_errors import (
    BackupDamagedError,
    BackupMomentError,
    BackupNotMadeError,
    BackupPlaceError,
)
from chengnuo.ports.backups import (
    Checked,
    LaterErasure,
    Lock,
    Manifest,
    Member,
    Moment,
    Restored,
)
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import LogDamagedError

_INCOMING = ".incoming"


def check(files: Sequence[Path], *, lock: Lock, vkey: str, work: Path) -> Checked:
    """Check a chain; see `Backups.check`. Records are laid out in a folder that is thrown away."""

    def put(file: Path, number: int) -> Put:
        write = copied_to(work / _INCOMING / str(number), file.name)

        def one(path: str, size: int, content: BinaryIO) -> str:
            is_read = path.startswith((SEGMENTS, LISTED_KEYS, CHECKPOINT))
            return (write if is_read else digest_only)(path, size, content)

        return one

    try:
        links = read_chain(files, lock, put)
    except BackupDamagedError as error:
        return Checked(manifests=(), records=0, signed=0, wrong=((error.file, error.what),))
    newest = links[-1].manifest
    incoming = _Incoming(work, links)
    for member in newest.members:
        if member.path.startswith((SEGMENTS, LISTED_KEYS, CHECKPOINT)):
            incoming.place(member)
    manifests = tuple(link.manifest for link in links)
    try:
        with closing(HeldLog(work / FOLDER, newest.origin, vkey=vkey)) as log:
            wrong = tuple(log.problems(newest.position))
            records, signed = log.size, log.signed
    except LogDamagedError as error:
        wrong, records, signed = ((error.file, error.what),), 0, 0
    return Checked(manifests=manifests, records=records, signed=signed, wrong=wrong)


def restore(files: Sequence[Path], *, lock: Lock, to: Path, moment: Moment, vkey: str) -> Restored:
    """Put a chain back; see `Backups.restore`."""
    with _new_folder(to):
        links = read_chain(
            files, lock, lambda file, number: copied_to(to / _INCOMING / str(number), file.name)
        )
        newest, incoming = links[-1].manifest, _Incoming(to, links)
        for member in newest.members:
            if is_log_file(member.path):
                incoming.place(member)
        with closing(HeldLog(to / FOLDER, newest.origin, vkey=vkey)) as log:
            position = _position(log, moment, links)
            state = max(
                (link.manifest for link in links if link.manifest.position <= position),
                key=lambda one: one.number,
            )
            own_keys = any(key.since > position for key in log.keys.keys)
        _place_state(incoming, state, own_keys=own_keys)
        with closing(HeldLog(to / FOLDER, newest.origin, vkey=vkey)) as log:
            for file, what in log.problems(newest.position):
                raise BackupDamagedError(links[-1].file.name, f"`{file}`: {what}")
        if position < newest.position:
            end_log(to / FOLDER, newest.origin, position)
        restored = Restored(
            backup=newest.id,
            position=position,
            state=state.position,
            reached=newest.position,
            epoch=newest.epoch,
            made_at=newest.made_at,
            later=_end_keys(to, position),
        )
        note_restored(to, restored)
    return restored


@contextmanager
def _new_folder(to: Path) -> Iterator[None]:
    """Make a folder, which is gone again if what is done in it does not come to its end."""
    try:
        to.mkdir(parents=True, mode=0o700)
    except FileExistsError as error:
        raise BackupPlaceError(to.name) from error
    except OSError as error:
        raise BackupNotMadeError(error.strerror or "the folder cannot be made") from error
    try:
        yield
        shutil.rmtree(to / _INCOMING)
    except OSError as error:
        shutil.rmtree(to, ignore_errors=True)
        raise BackupNotMadeError(error.strerror or "the disk refused") from error
    except LogDamagedError as error:
        shutil.rmtree(to, ignore_errors=True)
        raise BackupDamagedError(error.file, error.what) from error
    except BaseException:
        shutil.rmtree(to, ignore_errors=True)
        raise


class _Incoming:
    """The files of all backups of a chain, each to be put in its place."""

    def __init__(self, folder: Path, links: Sequence[Link]) -> None:
        self._folder = folder
        self._given = {link.manifest.number: str(link.given) for link in links}

    def place(self, member: Member) -> None:
        """Put a file where it belongs, over one that is there."""
        target = self._folder / member.path
        for made in reversed(target.relative_to(self._folder).parents):
            (self._folder / made).mkdir(exist_ok=True, mode=0o700)
        source = self._folder / _INCOMING / self._given[member.within] / member.path
        source.rename(target)
        target.chmod(member.mode)


def _place_state(incoming: _Incoming, state: Manifest, *, own_keys: bool) -> None:
    """Put everything in place that is as of one backup; of the log its checkpoint only.

    Args:
        incoming: Where the files are.
        state: The backup.
        own_keys: Whether the keys of the log are of it too, because a newer one was made later.

    """
    for member in state.members:
        signs = is_log_file(member.path) and not member.path.startswith((SEGMENTS, WRAPPED_KEYS))
        if not is_log_file(member.path) or (own_keys and signs):
            with suppress(FileNotFoundError):  # of the newest it is in its place already
                incoming.place(member)


def _position(log: HeldLog, moment: Moment, links: Sequence[Link]) -> int:
    first, last = links[0].manifest.position, links[-1].manifest.position
    if moment.position is not None:
        position = moment.position
    else:
        position = last if moment.at is None else log.position_at(to_us(moment.at))
    if not first <= position <= last:
        raise BackupMomentError(position, first, last)
    return position


def _end_keys(to: Path, position: int) -> tuple[LaterErasure, ...]:
    """Let the lists beside the keys end where the log does; returns what went beyond."""
    with closing(SqliteKeyRows(to / WRAPPED_KEYS)) as rows:
        with rows.reading():
            if rows.is_empty():
                return ()
        listing = Listing(rows)
        later = [
            LaterErasure(person=person, erasure=erasure)
            for person, erasure in listing.every()
            if erasure.position > position
        ]
        later += [
            LaterErasure(
                person=person,
                erasure=Erasure(key=one.key, at=from_us(0), under=one.under, position=one.position),
            )
            for person, one in listing.intentions().items()
            if one.position >= position
        ]
        listing.end_at(position)
    return tuple(later)
