"""Databases of any shape: tables with and without identity, references in circles, rows in them."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st
from tests.strategies.clean_register import clean_register

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.ids import StoreId, TableRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.domain.register.store import (
    Column,
    KeepDuty,
    Reference,
    Store,
    StoreKind,
    Table,
    WhenDeleted,
)
from chengnuo.law.ids import CategoryId

STORES = ("one", "two")
ACCOUNTS = (1, 2, 3)
NOWHERE = 99
_CATEGORY = CategoryId("PI-BASIC-NICK")
_DUTY = KeepDuty(duty="ECL-31", keep=Period.parse("P3Y"), from_=RetentionStart.TRANSACTION_DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A reference of a table, in `columns` of its own."""

    to: int
    columns: tuple[str, ...]
    nullable: bool
    enforced: bool
    on_delete: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One table."""

    number: int
    store: str
    key: tuple[str, ...]
    identity: tuple[str, ...]
    identity_nullable: bool
    personal: bool
    declared: bool
    refs: tuple[Ref, ...]
    rule: WhenDeleted
    note_nullable: bool
    note_unique: bool

    @property
    def name(self) -> str:
        return f"t{self.number}"

    @property
    def columns(self) -> tuple[str, ...]:
        found = dict.fromkeys((*self.key, *self.identity))
        for ref in self.refs:
            found.update(dict.fromkeys(ref.columns))
            if ref.when:
                found["kind"] = None
        return (*found, "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Tables with their rows."""

    shapes: tuple[Shape, ...]
    rows: tuple[tuple[tuple[int | str | None, ...], ...], ...]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Databases in which the account 1 may have rows."""
    count = draw(st.integers(2, 6))
    shapes = [_shape(draw, number, count) for number in range(count)]
    keys = [_keys(draw, shape) for shape in shapes]
    for number, shape in enumerate(shapes):
        if any(not ref.nullable and not keys[ref.to] for ref in shape.refs):
            keys[number] = []
    for shape in reversed(shapes):  # a table emptied above may be needed by a later one
        for later in shapes[shape.number :]:
            if any(not ref.nullable and not keys[ref.to] for ref in later.refs):
                keys[later.number] = []
    rows = tuple(
        tuple(_row(draw, shape, key, keys) for key in keys[shape.number]) for shape in shapes
    )
    return World(shapes=tuple(shapes), rows=rows)


def _shape(draw: st.DrawFn, number: int, count: int) -> Shape:
    store = draw(st.sampled_from([*STORES[:1] * 4, STORES[1]]))
    rooted = number == 0 or draw(st.integers(0, 2)) == 0
    personal = number == 0 or draw(st.integers(0, 5)) > 0
    polymorphic = draw(st.integers(0, 4)) == 0
    refs = []
    for at in range(draw(st.integers(0, 3))):
        to = draw(st.integers(0, count - 1))
        nullable = to >= number or draw(st.booleans())
        enforced = draw(st.integers(0, 3)) > 0 and not polymorphic
        refs.append(
            Ref(
                to=to,
                columns=(f"r{0 if polymorphic else at}",),
                nullable=nullable or polymorphic,
                enforced=enforced,
                on_delete=draw(st.sampled_from(["", "", "CASCADE", "SET NULL"])),
                when=f"k{at}" if polymorphic else "",
            )
        )
    return Shape(
        number=number,
        store=STORES[0] if number == 0 else store,
        key=("id",) if draw(st.integers(0, 3)) or number == 0 else ("id", "part"),
        identity=(("owner", "other") if draw(st.integers(0, 3)) == 0 else ("owner",))
        if rooted
        else (),
        identity_nullable=draw(st.booleans()),
        personal=personal,
        declared=personal or draw(st.booleans()),
        refs=tuple(refs),
        rule=draw(st.sampled_from([WhenDeleted.DELETE_ROW] * 4 + list(WhenDeleted))),
        note_nullable=draw(st.booleans()),
        note_unique=draw(st.integers(0, 3)) == 0,
    )


def _keys(draw: st.DrawFn, shape: Shape) -> list[tuple[int, ...]]:
    count = draw(st.integers(0, 4))
    return [(10 + at, at % 2)[: len(shape.key)] for at in range(count)]


def _row(
    draw: st.DrawFn, shape: Shape, key: tuple[int, ...], keys: list[list[tuple[int, ...]]]
) -> tuple[int | str | None, ...]:
    values: dict[str, int | str | None] = dict(zip(shape.key, key, strict=True))
    for column in shape.identity:
        nobody = [None] if shape.identity_nullable else []
        values[column] = draw(st.sampled_from([1, 1, *ACCOUNTS, *nobody]))
    for ref in shape.refs:
        choices: list[int | None] = [one[0] for one in keys[ref.to]]
        if ref.nullable:
            choices.append(None)
        if not ref.enforced:
            choices.append(NOWHERE)
        values[ref.columns[0]] = draw(st.sampled_from(choices))
    if any(ref.when for ref in shape.refs):
        values["kind"] = draw(st.sampled_from([one.when for one in shape.refs]))
    nothing = shape.note_nullable and draw(st.booleans())
    values["note"] = None if nothing else f"note {shape.number}.{key[0]}"
    return tuple(values[name] for name in shape.columns)


def to_columns(world: World, ref: Ref) -> tuple[str, ...]:
    """Columns that a reference points to: the first of the key, which is unique."""
    return world.shapes[ref.to].key[:1]


def make(world: World, folder: Path) -> None:
    """Write the databases."""
    for store in STORES:
        connection = sqlite3.connect(folder / f"{store}.db")
        connection.execute("PRAGMA foreign_keys = OFF")
        for shape, rows in zip(world.shapes, world.rows, strict=True):
            if shape.store == store:
                connection.execute(create(shape, (*columns_of(shape), *keys_of(world, shape))))
                connection.executemany(
                    f"INSERT INTO {shape.name} VALUES ({', '.join('?' * len(shape.columns))})",  # noqa: S608  our own names
                    rows,
                )
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.commit()
        connection.close()


def create(shape: Shape, parts: Iterable[str]) -> str:
    """Return the statement that makes a table of these parts."""
    return f"CREATE TABLE {shape.name} ({', '.join(parts)})"


def columns_of(shape: Shape) -> Iterator[str]:
    """Yield what a table is made of before it refers to any."""
    needed = {name for ref in shape.refs if not ref.nullable for name in ref.columns}
    for name in shape.columns:
        kind = "VARCHAR(40)" if name in {"note", "kind"} else "INTEGER"
        must = (
            name in shape.key
            or name in needed
            or (name in shape.identity and not shape.identity_nullable)
            or (name == "note" and not shape.note_nullable)
        )
        unique = " UNIQUE" if name == "note" and shape.note_unique else ""
        yield f"{name} {kind}{' NOT NULL' if must else ''}{unique}"
    yield f"PRIMARY KEY ({', '.join(shape.key)})"
    if len(shape.key) > 1:
        yield f"UNIQUE ({shape.key[0]})"


def keys_of(world: World, shape: Shape) -> Iterator[str]:
    """Yield the references that the database itself enforces."""
    for ref in shape.refs:
        there = world.shapes[ref.to]
        if is_key(shape, ref, there):
            done = ref.on_delete
            if done == "SET NULL" and not ref.nullable:
                done = ""
            yield (
                f"FOREIGN KEY ({', '.join(ref.columns)}) REFERENCES {there.name} "
                f"({', '.join(to_columns(world, ref))})" + (f" ON DELETE {done}" if done else "")
            )


def is_key(shape: Shape, ref: Ref, there: Shape) -> bool:
    """Tell whether the database itself enforces a reference."""
    return ref.enforced and shape.store == there.store


def register_of(world: World, kind: StoreKind = StoreKind.SQLITE) -> Register:
    """Return a register that declares what is personal."""
    stores = tuple(
        Store(
            store=StoreId(store),
            name=Text(store),
            kind=kind,
            connection=store.upper(),
            tables=tuple(
                _declared(world, shape)
                for shape in world.shapes
                if shape.store == store and shape.declared
            ),
        )
        for store in STORES
    )
    return replace(
        clean_register(), stores=tuple(one for one in stores if one.tables), activities=()
    )


def _declared(world: World, shape: Shape) -> Table:
    personal = [name for name in shape.columns if name not in shape.key]
    return Table(
        table=shape.name,
        identity=shape.identity if shape.personal else (),
        columns=tuple(_column(shape, name) for name in personal) if shape.personal else (),
        not_personal=shape.key if shape.personal else shape.columns,
        references=tuple(
            Reference(
                columns=ref.columns,
                to=TableRef(f"{world.shapes[ref.to].store}.{world.shapes[ref.to].name}"),
                to_columns=to_columns(world, ref),
                when_column="kind" if ref.when else None,
                when_value=ref.when or None,
            )
            for ref in shape.refs
            if not is_key(shape, ref, world.shapes[ref.to])
        ),
    )


def _column(shape: Shape, name: str) -> Column:
    rule = shape.rule
    if name != "note" and rule in {WhenDeleted.MASK, WhenDeleted.ANONYMISE}:
        rule = WhenDeleted.NULL
    keep = _DUTY if rule is WhenDeleted.KEEP else None
    return Column(column=name, category=_CATEGORY, when_deleted=rule, keep=keep)


def contents(folder: Path) -> dict[str, dict[tuple[object, ...], tuple[object, ...]]]:
    """Return every row of every table, by table and `rowid`."""
    return dict(_contents(folder))


def _contents(
    folder: Path,
) -> Iterator[tuple[str, dict[tuple[object, ...], tuple[object, ...]]]]:
    for store in STORES:
        connection = sqlite3.connect(folder / f"{store}.db")
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in names.fetchall():
            rows = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608  our own names
            yield str(name), {(row[0],): tuple(row) for row in rows}
        connection.close()
