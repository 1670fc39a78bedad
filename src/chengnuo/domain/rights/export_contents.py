"""What a copy to take home holds, and what it does not, with the reason (PIPL Art. 45).

The index of a copy names everything: tables, rows, how many values were left out because they are
somebody else's, what was refused, and which stores somebody has to look at by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.store import About, Table
from chengnuo.domain.rights.explaining import Explainer, TableExplained
from chengnuo.domain.rights.plan import Plan, StorePlan


class Format(StrEnum):
    """A form in which a copy can be had; the value is what `ReadAsked.formats` says."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    JSON_LD = "json-ld"


class UnknownFormatError(InvalidInputError):
    """A copy is asked for in a format that there is not."""

    code = "rights-export-format"

    def __init__(self, given: str) -> None:
        super().__init__(
            f"`{given[:20]}` is not a format of a copy; expected `json`, `csv`, `xlsx`, `html` or"
            " `json-ld`"
        )
        self.given = given


def formats_of(names: tuple[str, ...]) -> tuple[Format, ...]:
    """Return formats by their names, each once, in the order of `Format`.

    Raises:
        UnknownFormatError: There is no such format.

    """
    for name in names:
        if name not in set(Format):
            raise UnknownFormatError(name)
    return tuple(one for one in Format if one in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotIncluded:
    """Something that a copy does not hold.

    Attributes:
        what: What it is.
        why: Why.
        count: How many values; None where it is not known.

    """

    what: Text
    why: Text
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableIndexed:
    """One table in the index.

    Attributes:
        name: Its name in the archive, unique there.
        explained: What is said of it and of the columns that are shown.
        rows: How many rows the copy holds.
        withheld: How many values were left out because they are somebody else's.

    """

    name: str
    explained: TableExplained
    rows: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportIndex:
    """The first page of a copy.

    Attributes:
        export: Id of the request.
        handler: Name of the handler.
        contacts: How the handler is reached, one line each.
        register: Version of the register.
        law: Version of the law catalogue.
        at: When it was made.
        tables: Its tables.
        masked: Whether sensitive values are masked.
        not_included: What is not in it.

    """

    export: str
    handler: Text
    contacts: tuple[Text, ...]
    register: str
    law: str
    at: datetime
    tables: tuple[TableIndexed, ...]
    masked: bool
    not_included: tuple[NotIncluded, ...]


_OTHERS = Text("属于他人的个人信息", "personal information of somebody else")
_NOT_EXPORTED = Text(
    "登记簿写明不提供副本，例如口令摘要或者内部标识",
    "the register says that it is not given out, as a digest of a password or an inner mark",
)
_BY_HAND = Text(
    "该处没有自动接口，由工作人员查找后另行答复",
    "staff look there by hand and answer separately",
)


def not_included(
    plan: Plan, explainer: Explainer, tables: tuple[TableIndexed, ...]
) -> tuple[NotIncluded, ...]:
    """Return what a copy does not hold, in the order of the plan."""
    counted = {
        (table.explained.store, table.explained.table): 0 for table in tables if table.withheld
    }
    for table in tables:
        if table.withheld:
            counted[table.explained.store, table.explained.table] += table.withheld
    found: list[NotIncluded] = []
    for store in plan.stores:
        found.extend(_of_store(store, explainer, counted))
    found.extend(NotIncluded(what=one.what, why=one.why) for one in plan.refusals)
    return tuple(found)


def _of_store(
    plan: StorePlan, explainer: Explainer, counted: dict[tuple[str, str], int]
) -> Iterator[NotIncluded]:
    if plan.by_hand:
        yield NotIncluded(what=both(plan.name), why=_BY_HAND)
        return
    for problem in plan.problems:
        if problem.blocks:
            yield NotIncluded(what=both(plan.name), why=both(problem.what))
    shown = {step.table for step in plan.steps}
    declared = next((one for one in explainer.register.stores if one.store == plan.store), None)
    for table in () if declared is None else declared.tables:
        if table.table in shown:
            yield from _of_table(plan.store, table, explainer, counted)


def _of_table(
    store: str, table: Table, explainer: Explainer, counted: dict[tuple[str, str], int]
) -> Iterator[NotIncluded]:
    said = explainer.table(store, table.table)
    others = counted.get((store, table.table))
    if others:
        yield NotIncluded(what=said.holds, why=_OTHERS, count=others)
    for column in table.columns:
        if not column.export and column.about is About.INDIVIDUAL:
            name = said.column(column.column).name
            what = fill("{holds}：{name}", "{holds}: {name}", holds=said.holds, name=name)
            yield NotIncluded(what=what, why=_NOT_EXPORTED)
