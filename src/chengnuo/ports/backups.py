"""Backups of an installation: made beside its service, checked without it, put back elsewhere.

A backup is one encrypted file (`docs/formats/backup.md`). The first holds everything; one made
since an earlier one holds what has changed, and the chain of both is put back together. Never in
it: the epoch key, whose holder is elsewhere, so that what was erased since does not open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights import Suppressed


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """What a backup is locked or opened with; exactly one of the two is given.

    Attributes:
        key: A PEM file: the public X25519 key to lock, the private one to open.
        passphrase: A file whose first line is a passphrase.

    """

    key: Path | None = None
    passphrase: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of a backup.

    Attributes:
        path: Within the data folder, `/` between the parts.
        size: Bytes.
        mode: Permissions.
        sha256: Of its content, hex.
        within: Number of the backup of the chain that holds it.

    """

    path: str
    size: int
    mode: int
    sha256: str
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        id: SHA-256 of the manifest as it stands in the backup, hex.
        number: 0 for the first of a chain, then one more each.
        since: Id of the one before; empty for the first.
        origin: Name of the log.
        position: How many records of the log it reaches.
        epoch: The epoch of the keys of individuals: whose epoch key opens them.
        schema: Revision of the database.
        program: Version of the program that made it.
        made_at: When.
        members: By path.

    """

    id: str
    number: int
    since: str
    origin: str
    position: int
    epoch: int
    schema: str
    program: str
    made_at: datetime
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A backup that was made.

    Attributes:
        manifest: What it says of itself.
        bytes: Size of the file.
        held: Files in it; the others are in those before.

    """

    manifest: Manifest
    bytes: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check of a chain found.

    Attributes:
        manifests: Of each file, in their order.
        records: Records of the log that were read.
        signed: Records under the newest signed checkpoint within; 0 without one.
        wrong: File and what is wrong with it; empty if all is well.

    """

    manifests: tuple[Manifest, ...]
    records: int
    signed: int
    wrong: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterErasure:
    """Somebody erased after the moment that a restored folder is of."""

    person: PersonKey
    erasure: Erasure


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """That a data folder was restored, and what is to be made up for.

    Attributes:
        backup: Id of the newest backup of the chain, or words where it was none of ours.
        position: Where its log was ended.
        state: How far the state that is no replay of the log reaches: accounts, requests, dossiers.
        reached: How far the chain of backups reached.
        epoch: The epoch of its keys.
        made_at: When the newest backup was made.
        later: Erasures between `position` and the newest backup.

    """

    backup: str
    position: int
    state: int
    reached: int
    epoch: int
    made_at: datetime
    later: tuple[LaterErasure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Everybody who was erased in an installation, to be erased again in one restored.

    Attributes:
        origin: Name of its log.
        position: Records of the log when it was listed.
        made_at: When it was listed.
        erasures: What was destroyed.
        suppressed: Those who must not come back into the stores.

    """

    origin: str
    position: int
    made_at: datetime
    erasures: tuple[LaterErasure, ...]
    suppressed: tuple[Suppressed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Which moment is put back; the newest if neither is given.

    Attributes:
        position: That many records of the log.
        at: The records up to an instant, that one included.

    """

    position: int | None = None
    at: datetime | None = None


class Backups(Protocol):
    """Makes, checks and puts back backups."""

    def new_key(self, file: Path) -> str:
        """Make a key pair: the private key into a file, the public one returned as PEM.

        Raises:
            BackupPlaceError: The file is there.
            BackupNotMadeError: It cannot be written.

        """
        ...

    def make(self, out: Path, *, lock: Lock, since: Path | None, exports: bool) -> Made:
        """Write a backup of one moment, beside a running service or without one.

        The manifest is written beside it in clear, as `OUT.manifest`: digests, no content.

        Args:
            out: The file; not there yet.
            lock: What locks it.
            since: Manifest of the backup before; None for a first one.
            exports: Whether copies that wait for individuals to fetch them are in it.

        Raises:
            NoLogError: The data folder has no log.
            BackupElsewhereError: The records are in a database of its own.
            BackupPlaceError: The file is there.
            BackupChainError: The manifest is not of this installation.
            BackupNotMadeError: It could not be written, or no quiet moment was found.

        """
        ...

    def check(self, files: Sequence[Path], *, lock: Lock, vkey: str) -> Checked:
        """Read a chain through: every member, every record, the root that was signed.

        Args:
            files: The first backup and all made since, in any order.
            lock: What opens them.
            vkey: A public key of the log to hold it to; empty for the one within.

        Raises:
            BackupKeyError: The key is not theirs.
            BackupDamagedError: A file cannot be read to its end.
            BackupChainError: They are no chain.

        """
        ...

    def restore(
        self, files: Sequence[Path], *, lock: Lock, to: Path, moment: Moment, vkey: str
    ) -> Restored:
        """Put a chain into a new data folder, which then waits for its sweep.

        Args:
            files: As for `check`.
            lock: What opens them.
            to: The folder; not there yet.
            moment: Which moment.
            vkey: As for `check`.

        Raises:
            BackupMomentError: The backups do not reach it.
            BackupPlaceError: The folder is there.
            BackupDamagedError: Something is not what was written; nothing is left of the folder.
            BackupKeyError: The key is not theirs.
            BackupChainError: They are no chain.

        """
        ...

    def erased(self, out: Path, *, lock: Lock) -> Erased:
        """Write who was erased, for the sweep of a folder restored elsewhere.

        Raises:
            NoLogError: The data folder has no log.
            BackupPlaceError: The file is there.
            BackupNotMadeError: It cannot be written.

        """
        ...

    def read_erased(self, file: Path, *, lock: Lock) -> Erased:
        """Return who was erased, as `erased` wrote it.

        Raises:
            BackupKeyError: The key is not its.
            BackupDamagedError: It is not what was written.

        """
        ...

    def mark(self) -> Restored:
        """Note that what the data folder stands on was restored by other means than a backup.

        What was published of a longer log is set aside; the folder then waits for its sweep.

        Raises:
            NoLogError: The data folder has no log.
            LogLockedError: A service writes it.
            BackupNotMadeError: The note cannot be written.

        """
        ...
