"""Lists of ids on Spark: who stands how is joined to them, and who may be processed is written.

How everybody stands of whom anything is known lies beside the target meanwhile, as Parquet of a
million people a file, under keys and never under ids. Whoever is not in it stands as all others do.

The list is in the order of the names of its files and of the rows in them. The root over its
outcomes is grown from aligned blocks of 65,536, each of which is a complete subtree (RFC 9162
section 2.1), so that it is the root that going through the list would give.
"""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final, NamedTuple

from chengnuo.adapters.spark.session import Session
from chengnuo.base.errors import ChengnuoError
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.outcome_leaf import outcome_leaf
from chengnuo.engines.merkle.hashing import HASH_BYTES
from chengnuo.engines.merkle.tree import grow
from chengnuo.ports.batches import BatchUnavailableError, Filtered, ListedIds, Standing
from chengnuo.ports.id_lists import LONGEST_ID, IdListError, IdListUnavailableError
from chengnuo.ports.individuals import PersonKey

Frame = Any
_BLOCK_BITS: Final = 16
_KNOWN_IN_A_FILE: Final = 1_000_000
_KINDS: Final = ("string", "tinyint", "smallint", "int", "bigint")
_COLUMN: Final = "id"
_OTHERS: Final = 0
_BLOCK_COLUMNS: Final = (
    "number bigint, size bigint, hashes binary, standings array<int>, counts array<bigint>,"
    " nameless bigint"
)
_WRITTEN: Final = re.compile(r"\.?(_SUCCESS|part-[0-9].*\.parquet)(\.crc)?")


def filtered(
    session: Session,
    listed: ListedIds,
    known: Iterable[tuple[PersonKey, Standing]],
    others: Standing,
) -> Filtered:
    """Write the ids that may be processed; see `Batch.filtered`."""
    _hold_replaceable(listed.out)
    ids = _with_keys(_in_order(session, listed), listed.person)
    numbers = {others: _OTHERS}
    with _beside(listed.out) as scratch:
        standings = _kept(session, known, numbers, scratch / "known")
        kept = ids.join(standings, "person", "left").na.fill(_OTHERS, ["standing"]).persist()
        try:
            outcomes = {number: one.outcome for one, number in numbers.items()}
            blocks = _blocks(kept, outcomes)
            _refuse_nameless(kept, blocks, listed.person)
            permitted = [n for n, outcome in outcomes.items() if outcome is Outcome.PERMIT]
            _write(kept.filter(kept["standing"].isin(permitted)), listed, scratch / "out")
        finally:
            kept.unpersist()
    counts = Counter[int]()
    for block in blocks:
        counts.update(dict(zip(block.standings, block.counts, strict=True)))
    return Filtered(
        standings=tuple((one, counts[n]) for one, n in numbers.items() if n in counts),
        size=counts.total(),
        frontier=_frontier(blocks),
    )


def _in_order(session: Session, listed: ListedIds) -> Frame:
    """Return the ids with their places in the list: `id`, `place`.

    Raises:
        IdListError: It is no list of ids.

    """
    name = listed.source.name
    if not listed.source.exists():
        raise IdListError(name, "there is no such file")
    try:
        frame = session.read.parquet(listed.source.absolute().as_uri())
    except Exception as error:  # PySpark has many kinds for a file that is none
        raise IdListError(name, "it is no Parquet file") from error
    kinds = dict(frame.dtypes)
    if listed.column and listed.column not in kinds:
        raise IdListError(name, f"it has no column `{listed.column[:40]}`")
    column = listed.column or frame.columns[0]
    if kinds[column] not in _KINDS and not kinds[column].endswith(",0)"):  # whole decimals
        raise IdListError(name, "the column holds neither texts nor whole numbers")
    quoted = column.replace("`", "``")
    rows = frame.selectExpr(
        f"coalesce(CAST(`{quoted}` AS STRING), '') AS id",
        "_metadata.file_path AS file",
        "_metadata.row_index AS row",
    )
    return rows.join(_starts(session, rows, name), "file").selectExpr("id", "start + row AS place")


def _starts(session: Session, rows: Frame, name: str) -> Frame:
    """Return at which place each file begins: `file`, `start`.

    Raises:
        IdListError: An id is empty or too long.

    """
    is_wrong = f"length(id) NOT BETWEEN 1 AND {LONGEST_ID}"
    marked = rows.selectExpr("file", "1 AS n", f"CASE WHEN {is_wrong} THEN row END AS wrong")
    counted = marked.groupBy("file").agg({"n": "count", "wrong": "min"})
    start, starts = 0, []
    for file, count, wrong in sorted(counted.select("file", "count(n)", "min(wrong)").collect()):
        if wrong is not None:
            what = f"id {start + wrong + 1} is empty or over {LONGEST_ID} signs"
            raise IdListError(name, what)
        starts.append((file, start))
        start += count
    return session.createDataFrame(starts, "file string, start bigint")


def _write(permitted: Frame, listed: ListedIds, beside: Path) -> None:
    """Write ids in their order, and put them in place once they are whole."""
    named = listed.column or _COLUMN
    ordered = permitted.repartitionByRange("place").sortWithinPartitions("place")
    ordered.select(ordered["id"].alias(named)).write.parquet(beside.absolute().as_uri())
    if listed.out.is_dir():
        shutil.rmtree(listed.out)
    else:
        listed.out.unlink(missing_ok=True)
    beside.rename(listed.out)


def _hold_replaceable(out: Path) -> None:
    """Refuse a folder that holds anything but what Spark writes: it would go with all in it.

    Raises:
        IdListUnavailableError: It does.

    """
    if out.is_dir() and not all(_WRITTEN.fullmatch(one.name) for one in out.iterdir()):
        raise IdListUnavailableError(out.name, "the folder holds other things than such a list")


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    try:
        scratch = Path(mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    except OSError as error:
        raise IdListUnavailableError(out.name, error.strerror or "the disk refused") from error
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _with_keys(ids: Frame, person: Callable[[str], PersonKey]) -> Frame:
    """Return ids with the keys of individuals: `id`, `place`, `person`; null for who has none."""

    def named(account: str) -> PersonKey | None:
        try:
            return person(account)
        except ChengnuoError:  # raised again here, where it can be told
            return None

    def keyed(batches: Iterator[Any]) -> Iterator[Any]:
        arrow = import_module("pyarrow")
        for batch in batches:
            keys = arrow.array(map(named, batch.column(0).to_pylist()), arrow.string())
            yield batch.append_column("person", keys)

    return ids.mapInArrow(keyed, "id string, place bigint, person string")


def _kept(
    session: Session,
    known: Iterable[tuple[PersonKey, Standing]],
    numbers: dict[Standing, int],
    folder: Path,
) -> Frame:
    """Keep how everybody stands as `person`, `standing`; number each way to stand."""
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    schema = arrow.schema([("person", arrow.string()), ("standing", arrow.int32())])
    folder.mkdir()
    given, files = iter(known), 0
    while (part := list(islice(given, _KNOWN_IN_A_FILE))) or not files:
        columns = [
            [person for person, _ in part],
            [numbers.setdefault(standing, len(numbers)) for _, standing in part],
        ]
        table = arrow.table([arrow.array(one) for one in columns], schema=schema)
        parquet.write_table(table, folder / f"{files:06}.parquet")
        files += 1
    return session.read.parquet(folder.absolute().as_uri())


class _Block(NamedTuple):
    """What came of rows whose places have the same high bits.

    Attributes:
        number: Those bits.
        size: How many rows.
        hashes: Complete subtrees over their outcomes, left to right.
        standings: The ways in which they stand.
        counts: How many stand so.
        nameless: The first place of an id that has no key; None where all have.

    """

    number: int
    size: int
    hashes: bytes
    standings: Sequence[int]
    counts: Sequence[int]
    nameless: int | None


def _blocks(kept: Frame, outcomes: Mapping[int, Outcome]) -> list[_Block]:
    """Return what came of each block of rows, in their order."""

    def worked_out(block: Any) -> Any:
        arrow = import_module("pyarrow")
        rows = block.sort_by("place")
        persons, standings = rows["person"].to_pylist(), rows["standing"].to_pylist()
        found: list[bytes] = []
        for size, (person, standing) in enumerate(zip(persons, standings, strict=True)):
            for _ in grow(found, size, outcome_leaf(person, outcomes[standing])):
                pass
        counts = Counter(standings)
        nameless = rows["place"][persons.index(None)].as_py() if None in persons else None
        first = rows["block"][0].as_py()
        row = (first, len(persons), b"".join(found), [*counts], [*counts.values()], nameless)
        names = _Block._fields
        types = [arrow.int64(), arrow.int64(), arrow.binary()]
        types += [arrow.list_(arrow.int32()), arrow.list_(arrow.int64()), arrow.int64()]
        columns = [arrow.array([one], kind) for one, kind in zip(row, types, strict=True)]
        return arrow.table(columns, names=list(names))

    rows = kept.selectExpr("*", f"shiftright(place, {_BLOCK_BITS}) AS block").drop("id")
    found = rows.groupBy("block").applyInArrow(worked_out, _BLOCK_COLUMNS).collect()
    return sorted(_Block(*row) for row in found)


def _refuse_nameless(
    kept: Frame, blocks: Sequence[_Block], person: Callable[[str], PersonKey]
) -> None:
    """Raise what making a key of an id raises, if one has none."""
    first = min((one.nameless for one in blocks if one.nameless is not None), default=None)
    if first is not None:
        person(kept.filter(kept["place"] == first).collect()[0]["id"])
        raise BatchUnavailableError("an account id has a key here and not there")


def _frontier(blocks: Sequence[_Block]) -> tuple[bytes, ...]:
    """Return the complete subtrees over the outcomes of all, left to right."""
    frontier: list[bytes] = []
    for block in blocks:
        hashes = bytes(block.hashes)
        if block.size == 1 << _BLOCK_BITS:
            for _ in grow(frontier, block.number, hashes):
                pass
        else:  # the last, of which each complete subtree stands for itself
            parts = range(0, len(hashes), HASH_BYTES)
            frontier += [hashes[at : at + HASH_BYTES] for at in parts]
    return tuple(frontier)
