"""我的信息的内容: the rows of an access request, table by table (PIPL Art. 45).

What is sensitive is masked until one has signed in during the last ten minutes. Beside each table
stand the ways to correct, delete and copy it; of each column is said what it is for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from litestar import get
from litestar.params import QueryParameter

from chengnuo.domain.rights.explaining import Explainer, Explanation
from chengnuo.domain.rights.identity import is_recent
from chengnuo.domain.rights.request import RequestId
from chengnuo.domain.rights.showing import in_words
from chengnuo.doors.http.audience import INDIVIDUAL, requires
from chengnuo.doors.web.centre_rights_asking import visitor_of
from chengnuo.doors.web.centre_rights_fields import correctables
from chengnuo.doors.web.centre_rights_house import GivenHouse, House
from chengnuo.doors.web.centre_rights_requests import RequestPath, fetching_asker
from chengnuo.doors.web.centre_rights_words import REQUESTS, RightsSpeaker
from chengnuo.doors.web.page_parts import Fact, Words
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.law.ids import CategoryId
from chengnuo.ports.rights_exports import NoSuchExportError
from chengnuo.ports.rights_pages import Row
from chengnuo.usecases.rights.exporting_view import ViewTable

_NUMBER = r"^(0|[1-9][0-9]{0,6})?$"
TableQuery = Annotated[str, QueryParameter(name="table", pattern=_NUMBER)]
SheetQuery = Annotated[str, QueryParameter(name="page", pattern=_NUMBER)]
RowQuery = Annotated[str, QueryParameter(name="row", pattern=_NUMBER)]
AT_ONCE = 25
"""Rows on one page; what is kept comes in larger pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which rows: the table, the page that is kept, and the first row of it."""

    table: int
    page: int
    row: int

    def address(self, request_id: str, *, page: int, row: int) -> str:
        """Return the address of other rows of the same table."""
        return f"{REQUESTS}/{request_id}/content?table={self.table}&page={page}&row={row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """One row: its columns by name, each with its value; the number counts within its page."""

    number: int
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """What is said of one column."""

    name: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPage:
    """One's own information.

    Attributes:
        request: The request by which it was looked up.
        tables: The tables; the one that is shown is current.
        title: What the table holds.
        store: Where it stands.
        counts: How many rows, and how many values were left out because they are others'.
        shared: Why rows may belong to several people; empty where they do not.
        masked: Whether what is sensitive is masked.
        records: The rows of this page.
        columns: What is said of each column.
        correct: The table as the form of a correction names it; empty where nothing can be.
        categories: What the table holds, for a deletion or a copy of just that.
        first: The first rows; empty where they are shown.
        after: The next rows; empty for none.

    """

    request: str
    tables: tuple[Link, ...]
    title: str
    store: str
    counts: str
    shared: str
    masked: bool
    records: tuple[RecordView, ...]
    columns: tuple[ColumnView, ...]
    correct: str
    categories: tuple[CategoryId, ...]
    first: str
    after: str


@get("/requests/{request_id:str}/content", guards=[requires(INDIVIDUAL)], sync_to_thread=True)
def content(  # noqa: PLR0913, PLR0917  which rows of what
    request: Asked,
    house: GivenHouse,
    request_id: RequestPath,
    table: TableQuery = "",
    page: SheetQuery = "",
    row: RowQuery = "",
) -> Page:
    """Show one page of one table."""
    asker = fetching_asker(request, house, request_id)
    house.rights.gathered_for(RequestId(request_id), asker)
    found = content_page(
        house,
        house.speaker(request),
        request_id,
        Place(table=int(table or 0), page=int(page or 0), row=int(row or 0)),
        masked=not is_recent(visitor_of(request).authenticated_at, house.now()),
    )
    return house.shown(request, "centre/rights_content.html", found)


ROUTES = (content,)


def content_page(
    house: House, say: RightsSpeaker, request_id: str, place: Place, *, masked: bool
) -> ContentPage:
    """Return some rows of one table of what was gathered for a request.

    Raises:
        NoSuchExportError: There is no such page, or it has expired.

    """
    at = house.now()
    explainer = Explainer(register=say.register, catalogue=say.catalogue)
    tables = house.view.tables(request_id, explainer, at)
    if place.table >= len(tables):
        raise NoSuchExportError
    here = tables[place.table]
    rows: tuple[Row, ...] = ()
    if here.pages:
        rows = house.view.rows(
            request_id,
            table=place.table,
            page=place.page,
            explainer=explainer,
            at=at,
            masked=masked,
        )
    name = f"{here.explained.store}.{here.explained.table}"
    return ContentPage(
        request=request_id,
        tables=tuple(_links(say, request_id, tables, place.table)),
        title=say.text(here.explained.holds),
        store=f"{say.text(here.explained.store_name)} · {say.text(here.explained.place)}",
        counts=_counts(say, here),
        shared=say.text(here.explained.shared),
        masked=masked and any(one.sensitive for one in here.explained.columns),
        records=tuple(_records(say, here, rows, place.row)),
        columns=tuple(_column(say, one) for one in here.explained.columns if one.category),
        correct=name if any(correctables(say.register, name)) else "",
        categories=tuple(
            dict.fromkeys(one.category for one in here.explained.columns if one.category)
        ),
        first=place.address(request_id, page=0, row=0) if place.page or place.row else "",
        after=_after(request_id, place, rows=len(rows), pages=here.pages),
    )


def _counts(say: RightsSpeaker, table: ViewTable) -> str:
    if table.withheld:
        key = "centre.rights.content.counts-withheld"
        return say.t(key, n=f"{table.rows:,}", withheld=f"{table.withheld:,}")
    return say.t("centre.rights.content.counts", n=f"{table.rows:,}")


def _after(request_id: str, place: Place, *, rows: int, pages: int) -> str:
    if place.row + AT_ONCE < rows:
        return place.address(request_id, page=place.page, row=place.row + AT_ONCE)
    if place.page + 1 < pages:
        return place.address(request_id, page=place.page + 1, row=0)
    return ""


def _links(
    say: RightsSpeaker, request_id: str, tables: tuple[ViewTable, ...], current: int
) -> Iterator[Link]:
    for number, one in enumerate(tables):
        href = f"{REQUESTS}/{request_id}/content?table={number}"
        name = f"{say.text(one.explained.holds)} · {one.rows:,}"
        yield Link(href=href, name=name, current=number == current)


def _records(
    say: RightsSpeaker, table: ViewTable, rows: tuple[Row, ...], first: int
) -> Iterator[RecordView]:
    for number, row in enumerate(rows[first : first + AT_ONCE], first + 1):
        pairs = zip(table.explained.columns, row, strict=True)
        yield RecordView(
            number=number,
            facts=tuple(
                Fact(
                    name=say.text(column.name),
                    value=(
                        Words(
                            text=in_words(value, say.lang) or "—",
                            notes=(column.column,),
                            sensitive=column.sensitive and value is not None,
                        ),
                    ),
                )
                for column, value in pairs
            ),
        )


def _column(say: RightsSpeaker, one: Explanation) -> ColumnView:
    lines = (
        ("purpose", one.purposes),
        ("source", one.sources),
        ("recipients", one.recipients),
        ("period", one.periods),
        ("kept", () if one.kept is None else (one.kept,)),
    )
    return ColumnView(
        name=f"{say.text(one.name)} · {one.column}",
        facts=tuple(
            Fact(
                name=say.t(f"centre.rights.content.{name}"),
                value=tuple(Words(text=say.text(each)) for each in texts),
            )
            for name, texts in lines
            if texts
        ),
    )
