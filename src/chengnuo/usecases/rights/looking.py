"""Opening the stores of a register and drawing the map of what is in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chengnuo.base.text import Text
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Store
from chengnuo.domain.rights.data_map import BY_HAND, DataMap, data_map
from chengnuo.domain.rights.plan import Problem, ProblemKind
from chengnuo.domain.rights.schema import StoreSchema
from chengnuo.ports.record_source import Lack, RecordSource, Sources, StoreUnavailableError


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The stores as they are now.

    Attributes:
        data: The map of those that can be read.
        sources: These stores, open.
        schemas: Their schemas.
        problems: What stands against each store of the register.

    """

    data: DataMap
    sources: Mapping[str, RecordSource]
    schemas: Mapping[str, StoreSchema]
    problems: Mapping[str, tuple[Problem, ...]]

    def close(self) -> None:
        """Let go of the stores."""
        for source in self.sources.values():
            source.close()


def look(sources: Sources, register: Register, *, reading: bool) -> Looked:
    """Open the stores and read their schemas.

    Args:
        sources: Opens stores.
        register: The register.
        reading: Whether nothing will be changed: then a column that is missing blocks nothing.

    """
    opened: dict[str, RecordSource] = {}
    schemas: dict[str, StoreSchema] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for store in register.stores:
        if store.kind in BY_HAND or not store.tables:
            continue
        try:
            source = sources.open(store.store)
        except StoreUnavailableError as error:
            problems[store.store] = (unavailable(error.what),)
            continue
        if Lack.READ in source.lacks:
            source.close()
            problems[store.store] = (_NOT_READ,)
            continue
        try:
            schemas[store.store] = source.schema(tables_of(store))
        except StoreUnavailableError as error:
            source.close()
            problems[store.store] = (unavailable(error.what),)
            continue
        opened[store.store] = source
    data = data_map(register.stores, schemas)
    for name, found in data.problems.items():
        problems[name] = tuple(_for_reading(found) if reading else found)
    return Looked(data=data, sources=opened, schemas=schemas, problems=problems)


def tables_of(store: Store) -> tuple[str, ...]:
    """Return the tables whose schema is asked for; the same for a plan and its execution."""
    return tuple(table.table for table in store.tables)


def unavailable(what: str) -> Problem:
    """Return the problem of a store that does not answer."""
    return Problem(
        kind=ProblemKind.UNAVAILABLE,
        blocks=True,
        what=Text(
            f"存储暂时无法使用：{what}；请检查连接后重试。",
            f"The store cannot be used now: {what}; check the connection and try again.",
        ),
    )


def too_many(most: int) -> Problem:
    """Return the problem of an individual with more rows than a survey may find."""
    return Problem(
        kind=ProblemKind.TOO_MANY,
        blocks=True,
        what=Text(
            f"找到的记录超过 {most:,} 行的上限，已暂停；提高上限后会从停下的地方继续。",
            f"More than {most:,} rows were found, so the survey stopped; raise the limit and it "
            "goes on from there.",
        ),
    )


def _for_reading(problems: Iterable[Problem]) -> Iterable[Problem]:
    for one in problems:
        yield replace(one, blocks=False) if one.kind is ProblemKind.MISSING_COLUMN else one


_NOT_READ = Problem(
    kind=ProblemKind.CANNOT,
    blocks=True,
    what=Text(
        "这一存储不能查询所存内容；请在登记簿中改为 `webhook` 或者 `manual`。",
        "This store cannot be asked what it holds; register it as `webhook` or `manual`.",
    ),
)
