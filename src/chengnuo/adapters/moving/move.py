"""`DataMove` from the files of a data folder to a PostgreSQL database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from chengnuo.adapters.evidence.moved_mark import moved_to
from chengnuo.adapters.evidence.place import Place
from chengnuo.adapters.moving.files_side import FilesSide
from chengnuo.adapters.moving.log_records import LogRecords
from chengnuo.adapters.moving.ranges import RANGE_ROWS, Ranges
from chengnuo.adapters.moving.server_side import MoveTargetError, ServerSide
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.ports.data_move import MoveDiffersError, Round, Stage, TableMoved, Tell, TreeMoved

_LOG = "log"


class MoveToPostgresql:
    """A move, from its beginning or from where one that was killed has left it."""

    def __init__(
        self, here: FilesSide, there: ServerSide, stage: Stage, range_rows: int = RANGE_ROWS
    ) -> None:
        """Use two sides that are open; see `opened`."""
        self.stage = stage
        self.to = there.named
        self._here = here
        self._there = there
        self._ranges = [Ranges(table, range_rows) for table in here.tables()]
        self._records = LogRecords()

    def bring_over(self, *, trusting: bool, tell: Tell) -> Round:
        """See `DataMove.bring_over`."""
        changed = self._records.bring_over(self._here, self._there, partial(tell, _LOG))
        tables = []
        for one in self._ranges:
            name = one.table.named
            found = one.bring_over(
                self._here, self._there, trusting=trusting, tell=partial(tell, name)
            )
            changed += found.changed
            tables.append(
                TableMoved(name=name, rows=found.rows, digest=found.digest, left=found.left)
            )
        return Round(tables=tuple(tables), changed=changed)

    def held(self) -> AbstractContextManager[None]:
        """See `DataMove.held`."""
        return self._here.held()

    def tree(self) -> TreeMoved:
        """See `DataMove.tree`."""
        signed, records = self._here.checkpoint(), self._records
        proved = 0 if signed is None else signed.checkpoint.size
        sizes = {records.size, self._here.durable(), self._there.size()}
        if records.proved != proved or len(sizes) > 1:
            raise MoveDiffersError(_LOG)
        return TreeMoved(
            origin=self._here.origin, size=records.size, proved=proved, root=records.root
        )

    def mark(self) -> None:
        """See `DataMove.mark`."""
        self._here.mark(self.to)

    def finish(self) -> None:
        """See `DataMove.finish`."""
        self._there.finish()
        self.stage = Stage.DONE


@contextmanager
def opened(
    place: Place, database: PostgresqlDatabase, holder: str, *, range_rows: int = RANGE_ROWS
) -> Iterator[MoveToPostgresql]:
    """Open both sides of a move.

    Args:
        place: Where the files are.
        database: What is filled, looked at as it is; closed at the end.
        holder: A name of this process for people.
        range_rows: How many rows are copied and compared at once.

    Raises:
        NoLogError: There is no log in the folder.
        MoveTargetError: The database is in use; nothing was changed.
        LeaseHeldError: Another process moves.

    """
    here = FilesSide(place)
    try:
        there = ServerSide(database, here.origin, holder=holder)
        try:
            yield MoveToPostgresql(here, there, _stage(moved_to(place.data), there), range_rows)
        finally:
            there.close()
    finally:
        here.close()
        database.close()


def _stage(marked: str, there: ServerSide) -> Stage:
    if marked and marked != there.named:
        raise MoveTargetError(f"the folder was moved to `{marked}`")
    if there.is_whole:
        if not marked:
            raise MoveTargetError("it is in use")
        return Stage.DONE
    return Stage.MARKED if marked else Stage.BEGUN
