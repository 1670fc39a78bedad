"""`Backups` over the data folder of an installation and files."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from os import fsync
from pathlib import Path
from tempfile import TemporaryDirectory

from chengnuo.adapters.backup.erased_list import erased_bytes, read_erased_bytes
from chengnuo.adapters.backup.locks import new_pair
from chengnuo.adapters.backup.making import make
from chengnuo.adapters.backup.marking import batches_of, keys_of, mark
from chengnuo.adapters.backup.restoring import check, restore
from chengnuo.adapters.backup.sealed_file import read, written
from chengnuo.adapters.evidence.key_vault_listing import Listing
from chengnuo.adapters.evidence.opening import has_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.ports.backup_errors import (
    BackupElsewhereError,
    BackupNotMadeError,
    BackupPlaceError,
)
from chengnuo.ports.backups import (
    Checked,
    Erased,
    LaterErasure,
    Lock,
    Made,
    Moment,
    Restored,
)
from chengnuo.ports.clock import Clock
from chengnuo.ports.evidence_log import NoLogError
from chengnuo.ports.rights import Suppressed


@dataclass(frozen=True, slots=True, kw_only=True)
class DataBackups:
    """`Backups`.

    Attributes:
        place_of: Returns where the log lies, whatever keeps its records; asked when needed.
        elsewhere: Whether the records are in a database of its own.
        suppressed: Returns the ledger of those erased.
        clock: Tells when.
        program: Version of the program.

    """

    place_of: Callable[[], Place]
    elsewhere: bool
    suppressed: Callable[[], Sequence[Suppressed]]
    clock: Clock
    program: str

    def new_key(self, file: Path) -> str:
        """See `Backups.new_key`."""
        private, public = new_pair()
        try:
            with file.open("xb") as made:
                file.chmod(0o600)
                made.write(private)
                made.flush()
                fsync(made.fileno())
        except FileExistsError as error:
            raise BackupPlaceError(file.name) from error
        except OSError as error:
            raise BackupNotMadeError(error.strerror or "the disk refused") from error
        return public.decode("ascii")

    def make(self, out: Path, *, lock: Lock, since: Path | None, exports: bool) -> Made:
        """See `Backups.make`."""
        if self.elsewhere:
            raise BackupElsewhereError
        return make(
            self._place(),
            out,
            lock=lock,
            since=since,
            exports=exports,
            clock=self.clock,
            program=self.program,
        )

    def check(self, files: Sequence[Path], *, lock: Lock, vkey: str) -> Checked:
        """See `Backups.check`."""
        with TemporaryDirectory(prefix="chengnuo-backup-") as work:
            return check(files, lock=lock, vkey=vkey, work=Path(work))

    def restore(
        self, files: Sequence[Path], *, lock: Lock, to: Path, moment: Moment, vkey: str
    ) -> Restored:
        """See `Backups.restore`."""
        return restore(files, lock=lock, to=to, moment=moment, vkey=vkey)

    def erased(self, out: Path, *, lock: Lock) -> Erased:
        """See `Backups.erased`."""
        place = self._place()
        with closing(batches_of(place)) as batches, closing(keys_of(place)) as keys:
            batches.look()
            position = batches.size  # first: what is listed reaches at least as far
            listed = Listing(keys).every()
            origin = batches.origin
        erased = Erased(
            origin=origin,
            position=position,
            made_at=self.clock.now(),
            erasures=tuple(LaterErasure(person=who, erasure=one) for who, one in listed),
            suppressed=tuple(self.suppressed()),
        )
        with written(out, lock) as stream:
            stream.write(erased_bytes(erased))
        return erased

    def read_erased(self, file: Path, *, lock: Lock) -> Erased:
        """See `Backups.read_erased`."""
        with read(file, lock) as content:
            return read_erased_bytes(content.read(), file.name)

    def mark(self) -> Restored:
        """See `Backups.mark`."""
        return mark(self._place(), self.clock)

    def _place(self) -> Place:
        place = self.place_of()
        if not has_log(place):
            raise NoLogError(str(place.data))
        return place
