"""Noting that what a data folder stands on was restored by other means than a backup of ours.

So it is with a database of its own, put back by its own tools, and with a folder that was copied.
What was published of a longer log is set aside: it is published anew as far as it reaches now.
"""

import shutil
from contextlib import closing

from chengnuo.adapters.evidence.checkpoint_file import CHECKPOINT, read_checkpoint
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.index import FILE_NAME as INDEX
from chengnuo.adapters.evidence.kept_batches import KeptBatches, batches_in
from chengnuo.adapters.evidence.key_rows import KeyRows
from chengnuo.adapters.evidence.key_vault import FILE_NAME as KEYS_DB
from chengnuo.adapters.evidence.key_vault_rows import SqliteKeyRows
from chengnuo.adapters.evidence.log_keys import read_log_keys
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.evidence.reading import WAL
from chengnuo.adapters.evidence.restored import note_restored
from chengnuo.adapters.evidence.writer_lock import WriterLock
from chengnuo.ports.backup_errors import BackupNotMadeError
from chengnuo.ports.backups import Restored
from chengnuo.ports.clock import Clock

BY_OTHER_MEANS = "by its own means"
"""Stands where the id of a backup stands."""
ASIDE = "checkpoint.before-restore"


def mark(place: Place, clock: Clock) -> Restored:
    """Note that a folder was restored; see `Backups.mark`."""
    with closing(WriterLock(place.folder)):
        give_back = None if place.elsewhere is None else place.elsewhere.hold()
        try:
            return _marked(place, clock)
        except OSError as error:
            raise BackupNotMadeError(error.strerror or "the disk refused") from error
        finally:
            if give_back is not None:
                give_back()


def _marked(place: Place, clock: Clock) -> Restored:
    with closing(batches_of(place)) as batches, closing(keys_of(place)) as keys:
        batches.look()
        with keys.reading():
            epoch = 0 if keys.is_empty() else keys.state().made
        restored = Restored(
            backup=BY_OTHER_MEANS,
            position=batches.size,
            state=batches.size,
            reached=batches.size,
            epoch=epoch,
            made_at=clock.now(),
            later=(),
        )
    note_restored(place.data, restored)
    _set_aside(place, restored.position)
    return restored


def batches_of(place: Place) -> KeptBatches:
    """Return the records of a log, wherever they are; `look` must follow."""
    files = RealFiles()
    origin = read_log_keys(files, place.public).origin
    elsewhere = None if place.elsewhere is None else place.elsewhere.batches
    return batches_in(place.folder / WAL, files, origin, elsewhere)


def keys_of(place: Place) -> KeyRows:
    """Return the wrapped keys of individuals, wherever they are, without what opens them."""
    if place.elsewhere is not None:
        return place.elsewhere.keys()
    return SqliteKeyRows(place.folder / KEYS_DB)


def _set_aside(place: Place, position: int) -> None:
    """Take away what was made of more records than there are now; the checkpoint is kept."""
    files = RealFiles()
    signed = read_checkpoint(files, place.public)
    if signed is None or signed.checkpoint.size <= position:
        return
    files.replace(place.folder / ASIDE, signed.text.encode())
    shutil.rmtree(place.public / "tile", ignore_errors=True)
    for left in place.folder.glob(f"{INDEX}*"):
        files.remove(left)
    files.remove(place.public / CHECKPOINT)
    files.sync_paths([place.public / CHECKPOINT, place.folder / INDEX])
