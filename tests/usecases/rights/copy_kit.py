"""A copy of somebody who does not exist, from the sample shop's register and invented rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from tests.usecases.evidence.tea_log import TeaLog

from chengnuo.adapters.exports.folder import FolderExports
from chengnuo.adapters.keys import AesSealer, KeyedTokens
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.text import Text
from chengnuo.domain.register.reading import read_register
from chengnuo.domain.rights.explaining import Explainer
from chengnuo.domain.rights.plan import (
    Belongs,
    ColumnAction,
    ColumnFate,
    Plan,
    Refusal,
    RowFate,
    Step,
    StorePlan,
)
from chengnuo.domain.rights.request import AskedBy, ReadAsked, RequestId, RightsRequest
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.rights import Right
from chengnuo.ports.rights_pages import Row
from chengnuo.usecases.rights.exporting import RightsExports
from chengnuo.usecases.rights.planner_values import RowPage

SAMPLE = Path(__file__).parents[3] / "examples" / "shop" / "register"
AT = datetime(2026, 11, 28, 9, 30, 4, tzinfo=UTC)
REQUEST = RequestId("rq-aaaaaaaaaaaaaaaaaaaa")
EVERY_FORMAT = ("json", "csv", "xlsx", "html", "json-ld")

CUSTOMERS = ("account_name", "nickname", "email", "birth_date", "registered_at")
CHILDREN = ("relation", "relation_checked_at", "child_id")
ADDRESSES = ("recipient_name", "recipient_phone", "detail")
ONE_CUSTOMER: Row = ("sample-name", '=HYPERLINK("x")', None, date(1890, 2, 3), AT)
ONE_CHILD: Row = ('父女 & "daughter" <b>', AT, 7)


_READ: list[Explainer] = []


def explainer(catalogue: Catalogue) -> Explainer:
    """The sample shop, explained; read once."""
    if not _READ:
        files = RegisterFolder().read(SAMPLE)
        loaded = read_register(files.trees, catalogue=catalogue, problems=files.problems)
        _READ.append(Explainer(register=loaded.register, catalogue=catalogue))
    return _READ[0]


def request(
    formats: tuple[str, ...] = EVERY_FORMAT,
    *,
    part_bytes: int = 512 << 20,
    with_code: bool = False,
) -> RightsRequest:
    """A request for a copy."""
    return RightsRequest(
        id=REQUEST,
        right=Right.COPY,
        person="one",
        by=AskedBy.INDIVIDUAL,
        app="shop",
        surface="centre",
        received=AT,
        asked=ReadAsked(formats=formats, part_bytes=part_bytes, with_code=with_code),
    )


@dataclass
class Found:
    """What a survey found: pages in the order in which they come."""

    pages: list[RowPage] = field(default_factory=list)

    def add(
        self, table: str, columns: tuple[str, ...], rows: Iterable[Row], *, left_out: int = 0
    ) -> "Found":
        page = RowPage(
            store="main", table=table, columns=columns, rows=tuple(rows), left_out=left_out
        )
        self.pages.append(page)
        return self

    def rows(self, table: str) -> list[Row]:
        return [row for page in self.pages if page.table == table for row in page.rows]

    def plan(self, asked: RightsRequest) -> Plan:
        """The plan of the same survey."""
        steps = tuple(
            Step(
                table=table,
                group="alone-0",
                belongs=Belongs.ALONE,
                rows=len(self.rows(table)),
                fate=RowFate.READ,
                columns=tuple(
                    ColumnAction(column=column, category=None, fate=ColumnFate.READ)
                    for column in next(page.columns for page in self.pages if page.table == table)
                ),
            )
            for table in dict.fromkeys(page.table for page in self.pages)
        )
        main = StorePlan(
            store="main", name=Text("集市主库", "Main database"), schema="", steps=steps
        )
        by_hand = StorePlan(
            store="paper", name=Text("纸质档案", "Paper files"), schema="", steps=(), by_hand=True
        )
        refusal = Refusal(
            code="secret-of-business",
            articles=("PIPL-45",),
            what=Text("风控模型分数", "Scores of the risk model"),
            why=Text("涉及他人商业秘密", "a business secret of somebody else"),
        )
        return Plan(
            request=asked,
            register="0" * 64,
            law="2026-11",
            at=AT,
            stores=(main, by_hand),
            refusals=(refusal,),
        )


def small() -> Found:
    """Three tables, one of them without rows, with values that spreadsheets and pages trip over."""
    found = Found()
    found.add("customers", CUSTOMERS, [ONE_CUSTOMER])
    found.add("children_profiles", CHILDREN, [ONE_CHILD], left_out=6)
    found.add("children_profiles", CHILDREN, [("=1+1", None, -5)], left_out=5)
    return found.add("addresses", ADDRESSES, [])


def exports(folder: Path, tea: TeaLog, *, reserve_bytes: int = 0) -> RightsExports:
    """Copies kept in a folder, recorded in a real log."""
    place = FolderExports(root=folder, sealer=AesSealer(bytes(32)), reserve_bytes=reserve_bytes)
    return RightsExports(place=place, recorder=tea.recorder, tokens=KeyedTokens(b"secret"))


def gather(made: RightsExports, found: Found, asked: RightsRequest, **how: object) -> None:
    """Give the pages of a survey to a copy."""
    with made.gathering(asked, AT, **how) as taker:  # type: ignore[arg-type]  # keywords as given
        for page in found.pages:
            taker.take(page)


def whole(made: RightsExports, part: int = 1) -> bytes:
    """A file as the individual gets it."""
    stream = made.file(REQUEST, part, AT)
    return b"".join(stream.read(0, stream.size))
