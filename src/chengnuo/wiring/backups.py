"""Backups of an installation, and the sweep of one that was restored."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from chengnuo.adapters.backup.data_backups import DataBackups
from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.file_system import RealFiles
from chengnuo.adapters.evidence.opening import open_log
from chengnuo.adapters.evidence.place import FOLDER
from chengnuo.adapters.evidence.reading import open_to_read
from chengnuo.adapters.evidence.restored import forget_restored, read_restored
from chengnuo.adapters.planes.place import outdate_planes_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.settings import ServeSettings
from chengnuo.doors.version import VERSION
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.backups import Backups
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.rights import Suppressed
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.operations.resweeping import Resweeping, Told
from chengnuo.wiring.database import data_folder
from chengnuo.wiring.evidence import place_of


def backups(settings: ServeSettings) -> Backups:
    """Return what makes, checks and puts back backups; nothing is opened before it is asked."""

    def suppressed() -> tuple[Suppressed, ...]:
        with closing(data_folder(settings, SystemClock())) as data:
            return data.suppressions.every()

    return DataBackups(
        place_of=partial(place_of, settings),
        elsewhere=bool(settings.database),
        suppressed=suppressed,
        clock=SystemClock(),
        program=VERSION,
    )


@contextmanager
def resweeping(
    settings: ServeSettings, catalogue: Catalogue, newer: Path | None
) -> Iterator[tuple[Resweeping, Told]]:
    """Open a restored data folder to sweep it; swept to the end, it may be served.

    Args:
        settings: Its settings.
        catalogue: The law.
        newer: A data folder with a newer copy of the log; None for none.

    Yields:
        The use case, and what the newer copy tells.

    Raises:
        NotRestoredError: It was not restored, or was swept.
        LogLockedError: Another process writes its log.
        WrappedKeyError: People were erased since, and the keys within open no more.

    """
    clock, place = SystemClock(), place_of(settings)
    restored = read_restored(place.data)
    told = Told() if newer is None else _deleted_in(newer, restored.position)
    with (
        closing(open_log(place, clock=clock, make=False, sweeping=True)) as opened,
        closing(data_folder(settings, clock)) as data,
    ):
        outdate_planes_of(place.data)
        newest = data.versions.latest()
        in_force = InForce(
            register="" if newest is None else newest.id, law=catalogue.version.digest
        )
        recorder = Recorder(log=opened.log, payloads=opened.payloads, in_force=lambda: in_force)
        yield (
            Resweeping(
                restored=restored,
                origin=opened.log.origin,
                eraser=Eraser(log=opened.log, vault=opened.vault, recorder=recorder, clock=clock),
                vault=opened.vault,
                holder=opened.holder,
                recorder=recorder,
                suppressions=data.suppressions,
            ),
            told,
        )
        forget_restored(place.data)


def _deleted_in(newer: Path, position: int) -> Told:
    """Return whom a newer copy of a log tells deletions of, from a position on."""
    with closing(open_to_read(newer / FOLDER, RealFiles())) as log:
        reached = log.status().size
        records = (log.record(Position(at)) for at in range(position, reached))
        deleted = tuple(
            one.ordinal for one in records if one.leaf.kind == Kind.DELETION.value and one.ordinal
        )
    return Told(deleted=deleted, reached=reached)
