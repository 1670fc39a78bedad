"""What can keep a backup from being made, read or put back."""

from chengnuo.base.errors import (
    ConflictError,
    IntegrityError,
    InvalidInputError,
    UnavailableError,
)


class BackupKeyError(InvalidInputError):
    """The key or passphrase is none, or not the one that the backup was locked with."""

    code = "backup-key"

    def __init__(self, what: str) -> None:
        super().__init__(f"the key of the backup: {what}")
        self.what = what


class BackupDamagedError(IntegrityError):
    """A backup is not what was written, or not all of it."""

    code = "backup-damaged"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"backup `{file}`: {what}")
        self.file = file
        self.what = what


class BackupChainError(InvalidInputError):
    """The files given are no chain of backups: a first one, and each next one made since."""

    code = "backup-chain"

    def __init__(self, what: str) -> None:
        super().__init__(f"these backups do not belong together: {what}")
        self.what = what


class BackupMomentError(InvalidInputError):
    """The backups do not reach the position or instant that was asked for."""

    code = "backup-moment"

    def __init__(self, asked: int, first: int, last: int) -> None:
        super().__init__(
            f"position {asked} is not in these backups; expected {first} to {last} records"
        )
        self.asked = asked
        self.first = first
        self.last = last


class BackupPlaceError(ConflictError):
    """Where a backup is to be written, or put back, something is already."""

    code = "backup-place"

    def __init__(self, place: str) -> None:
        super().__init__(f"`{place}` is there already; nothing was changed")
        self.place = place


class BackupNotMadeError(UnavailableError):
    """No copy of one moment could be had, or it could not be written."""

    code = "backup-not-made"

    def __init__(self, what: str) -> None:
        super().__init__(f"the backup could not be made now: {what}")
        self.what = what


class BackupElsewhereError(InvalidInputError):
    """The records are in a database of its own, which has backups of its own."""

    code = "backup-elsewhere"

    def __init__(self) -> None:
        super().__init__(
            "log, keys and state are in the database of the setting `database`; back that up by"
            " its own means, and the data folder as files"
        )


class NotSweptError(InvalidInputError):
    """The data folder was restored, and those erased since were not erased again yet."""

    code = "restored-not-swept"

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"`{folder}` was restored from a backup and not swept: people erased since would be"
            f" back; run `chengnuo backup sweep --data {folder}` first"
        )
        self.folder = folder


class NotRestoredError(InvalidInputError):
    """There is nothing to sweep: the data folder was not restored, or was swept."""

    code = "not-restored"

    def __init__(self, folder: str) -> None:
        super().__init__(f"`{folder}` is not a restored data folder that waits for its sweep")
        self.folder = folder


class SweepSourceError(InvalidInputError):
    """Nothing says who was erased after the backup, or what does is too old."""

    code = "sweep-source"

    def __init__(self, what: str) -> None:
        super().__init__(f"who was erased since the backup is not known: {what}")
        self.what = what
