"""Planes of whose information went abroad, over SQLite: a row for each chunk of each plane."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.schema import METADATA
from chengnuo.domain.borders.counting import PlaneKey, Planes, Sort
from chengnuo.domain.register.ids import RecipientId
from chengnuo.engines.planes.people import People, union
from chengnuo.ports.borders import Reached

BORDER_STATE = Table(
    "border_state",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("position", BigInteger, nullable=False),
    Column("at_most", BigInteger, nullable=False),
)
BORDER_PLANE = Table(
    "border_plane",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("sort", String(16), primary_key=True),
    Column("scene", String(32), primary_key=True),
    Column("chunk", BigInteger, primary_key=True),
    Column("people", LargeBinary, nullable=False),
)
BORDER_ALIAS = Table(
    "border_alias",
    METADATA,
    Column("ordinal", BigInteger, primary_key=True),
    Column("root", BigInteger, nullable=False),
    Index("border_alias_root", "root"),
)
_P, _A = BORDER_PLANE.c, BORDER_ALIAS.c


@dataclass(frozen=True, slots=True)
class SqlBorders:
    """`BorderStore` over SQLite."""

    database: Database

    def reached(self) -> Reached:
        """See `BorderStore.reached`."""
        query = select(BORDER_STATE.c.position, BORDER_STATE.c.at_most)
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return Reached() if row is None else Reached(position=row[0], at_most=row[1])

    def add(self, planes: Planes, same: Sequence[tuple[int, int]], reached: Reached) -> None:
        """See `BorderStore.add`."""
        state = {"position": reached.position, "at_most": reached.at_most}
        with self.database.write() as connection:
            for key, people in sorted(planes.items()):
                _merge(connection, key, people)
            for one, other in same:
                _join(connection, one, other)
            connection.execute(
                insert(BORDER_STATE)
                .values(id=1, **state)
                .on_conflict_do_update(index_elements=[BORDER_STATE.c.id], set_=state)
            )

    def planes(self, year: int) -> Planes:
        """See `BorderStore.planes`."""
        query = select(BORDER_PLANE).where(
            _P.day >= date(year, 1, 1).isoformat(), _P.day <= date(year, 12, 31).isoformat()
        )
        found: dict[PlaneKey, dict[int, bytes]] = {}
        with self.database.read() as connection:
            for row in connection.execute(query):
                key = PlaneKey(
                    day=date.fromisoformat(row.day),
                    recipient=RecipientId(row.recipient),
                    sort=Sort(row.sort),
                    scene=row.scene,
                )
                found.setdefault(key, {})[row.chunk] = row.people
        return {key: People(chunks) for key, chunks in found.items()}

    def same(self) -> tuple[tuple[int, int], ...]:
        """See `BorderStore.same`."""
        query = select(_A.ordinal, _A.root).order_by(_A.ordinal)
        with self.database.read() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query))


def _merge(connection: Connection, key: PlaneKey, people: People) -> None:
    of_plane = {
        "day": key.day.isoformat(),
        "recipient": key.recipient,
        "sort": key.sort.value,
        "scene": key.scene,
    }
    where = [BORDER_PLANE.c[name] == value for name, value in of_plane.items()]
    kept = select(_P.chunk, _P.people).where(*where, _P.chunk.in_(sorted(people.chunks)))
    before = People({row[0]: row[1] for row in connection.execute(kept)})
    rows = [
        {**of_plane, "chunk": chunk, "people": data}
        for chunk, data in union((before, people)).chunks.items()
    ]
    made = insert(BORDER_PLANE)
    connection.execute(
        made.on_conflict_do_update(
            index_elements=list(BORDER_PLANE.primary_key.columns),
            set_={"people": made.excluded.people},
        ),
        rows,
    )


def _join(connection: Connection, one: int, other: int) -> None:
    """Let the lowest ordinal of both groups stand for all of them."""
    query = select(_A.ordinal, _A.root).where(_A.ordinal.in_((one, other)))
    roots = {one: one, other: other}
    roots |= {row[0]: row[1] for row in connection.execute(query)}
    low, high = sorted((roots[one], roots[other]))
    if low == high:
        return
    connection.execute(update(BORDER_ALIAS).where(_A.root == high).values(root=low))
    connection.execute(insert(BORDER_ALIAS).values(ordinal=high, root=low))
