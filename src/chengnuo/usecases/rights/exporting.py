"""Copies and views: from the rows a survey finds to files that an individual takes home.

PIPL Art. 45: access and copies, in good time. The rows are taken while they are found and kept
sealed; then the copy is written part by part; then each part is recorded with its SHA-256; only
then anything is handed out. A crash at any moment goes on at what is not finished, and what holds
other rows than the plan says is never handed out.

A request without formats is a view: its rows are kept for a while, see `exporting_view`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from chengnuo.base.errors import ConflictError
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.explaining import Explainer
from chengnuo.domain.rights.export_contents import ExportIndex, Format, formats_of
from chengnuo.domain.rights.export_parts import split
from chengnuo.domain.rights.plan import Plan, RowFate, Step
from chengnuo.domain.rights.request import ReadAsked, RightsRequest
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.rights_exports import (
    ExportOrder,
    ExportPlace,
    ExportState,
    ExportStream,
    ExportTooLargeError,
    Gathering,
    NoSuchExportError,
    PartMade,
    TableKept,
)
from chengnuo.ports.rights_pages import PageFound
from chengnuo.ports.secrets import Tokens
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.rights.exporting_index import index_of
from chengnuo.usecases.rights.planner_values import RowPage
from chengnuo.usecases.rights.seen import FileSeen

KEPT_FOR = timedelta(days=7)
MOST_PART_BYTES = 2 << 30
LEAST_PART_BYTES = 8 << 20
_INDEX_BYTES = 4 << 20
_USUAL_RATIO = 2
"""Text packs to less than half; the room is looked for by this, and the disk has the last word."""
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH, _CODE_GROUP = 20, 5


class ExportIncompleteError(ConflictError):
    """The rows that were kept are not those of the plan; the survey has to be made anew."""

    code = "rights-export-incomplete"

    def __init__(self, store: str, table: str, planned: int, kept: int) -> None:
        super().__init__(
            f"table `{store}.{table}`: the plan found {planned} rows and {kept} were kept; look"
            " for them anew"
        )
        self.store, self.table, self.planned, self.kept = store, table, planned, kept


@dataclass(frozen=True, slots=True)
class CopyTaker:
    """A `RowTaker` that keeps what it is given."""

    gathering: Gathering

    def take(self, page: RowPage) -> None:
        """Keep one page."""
        self.gathering.take(
            PageFound(
                store=page.store,
                table=page.table,
                columns=page.columns,
                rows=page.rows,
                withheld=len(page.withheld) + page.left_out,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A copy that is ready.

    Attributes:
        files: Its files; none for a view.
        rows: Rows in it.
        withheld: Values left out because they are somebody else's.

    """

    files: tuple[FileSeen, ...]
    rows: int
    withheld: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsExports:
    """Makes copies and views and hands them out.

    Attributes:
        place: Where they are kept.
        recorder: Records each file before it is handed out.
        tokens: Makes pass codes.
        kept_for: How long a copy can be had.

    """

    place: ExportPlace
    recorder: Recorder
    tokens: Tokens
    kept_for: timedelta = KEPT_FOR

    def fresh_code(self) -> str:
        """Return a pass code of 100 random bits, to be shown once: `ABCDE-FGHJK-…`."""
        drawn = self.tokens.random_bytes(_CODE_LENGTH)
        letters = [_CODE_LETTERS[one % len(_CODE_LETTERS)] for one in drawn]
        groups = range(0, _CODE_LENGTH, _CODE_GROUP)
        return "-".join("".join(letters[at : at + _CODE_GROUP]) for at in groups)

    @contextmanager
    def gathering(
        self, request: RightsRequest, at: datetime, *, masked: bool = False
    ) -> Iterator[CopyTaker]:
        """Take the rows of a request while they are found; `make` needs the same arguments.

        When the block ends well the rows are durable. A survey that goes on after a stop gives
        only what is left, so it has to be made anew unless `is_gathered`.

        Raises:
            UnknownFormatError: A format is asked for that there is not.
            ExportOtherOrderError: A copy of the request was begun with other arguments.
            ExportTooLargeError: There is no room; nothing is kept.
            ExportUnavailableError: It cannot be written; nothing is kept.

        """
        code = self.place.code(request.id) or self.fresh_code() if _has_code(request) else ""
        order = self._order(request, at, masked=masked, pass_code=code)
        self.place.begin(order)
        with self.place.gather(order) as found:
            yield CopyTaker(found)
            found.keep(())

    def is_gathered(self, request: RightsRequest) -> bool:
        """Tell whether the rows of a request are kept wholly."""
        try:
            return self.place.state(request.id).gathered
        except NoSuchExportError:
            return False

    def make(
        self,
        plan: Plan,
        explainer: Explainer,
        person: PersonKey,
        at: datetime,
        *,
        masked: bool = False,
    ) -> Exported:
        """Make the files from the rows that were gathered, and record them; goes on after a stop.

        Args:
            plan: The plan of the request; its survey gave the rows.
            explainer: Explains the tables of the register it was made with.
            person: Whom it concerns.
            at: Instant; the copy is kept from then on.
            masked: Whether sensitive values are masked.

        Raises:
            NoSuchExportError: Nothing was gathered, or the pass code is lost; it is begun anew.
            ExportIncompleteError: Other rows were gathered than the plan has; they were thrown
                away, so that the survey is made anew.
            ExportTooLargeError: There is no room; what is finished is kept.
            ExportUnavailableError: It cannot be written; what is finished is kept.
            LogUnavailableError: It could not be recorded; nothing is handed out.

        """
        code = self.place.code(plan.request.id)
        order = self._order(plan.request, at, masked=masked, pass_code=code)
        state = self.place.state(order.export)
        if not state.gathered:
            raise NoSuchExportError
        try:
            _check(plan, state.tables, explainer)
        except ExportIncompleteError:
            self.place.destroy(order.export)
            raise
        if not state.whole:
            if _has_code(plan.request) and not code:
                self.place.destroy(order.export)  # never a file that opens without the code
                raise NoSuchExportError
            index = index_of(plan, explainer, state.tables, masked=masked)
            state = self._finish(order, state, index)
        self._record(order, state, person)
        return Exported(
            files=tuple(_file(part, state.expires) for part in state.parts),
            rows=sum(table.rows for table in state.tables),
            withheld=sum(table.withheld for table in state.tables),
        )

    def _finish(self, order: ExportOrder, state: ExportState, index: ExportIndex) -> ExportState:
        if order.formats:
            sizes = [table.pages for table in state.tables]
            parts = split(sizes, limit_bytes=order.part_bytes, index_bytes=_INDEX_BYTES)
            done = len(state.parts)
            needed = sum(part.bytes for part in parts[done:]) // _USUAL_RATIO
            free = self.place.free_bytes()
            if needed > free:
                raise ExportTooLargeError(needed, max(0, free))
            for part in parts[done:]:
                self.place.make_part(order, part, len(parts), index)
        return self.place.finish(order)

    def _record(self, order: ExportOrder, state: ExportState, person: PersonKey) -> None:
        """Record each part; one that was recorded before a crash may be recorded twice."""
        for part in state.parts:
            if part.number in state.recorded:
                continue
            values = {
                "scope": f"copy {order.export}, part {part.number} of {len(state.parts)}",
                "format": ".".join(order.formats),
                "sha256": part.sha256,
                "by": "individual",
                "reason": "PIPL-45",
            }
            self.recorder.record(Kind.EXPORT, values, person=person)
            self.place.recorded(order, part.number)

    def file(self, export: str, part: int, at: datetime) -> ExportStream:
        """Return a file, to be read in ranges.

        The caller has made sure whose it is, and that they have proved who they are.

        Raises:
            NoSuchExportError: There is none, it is not recorded, or it has expired.
            ExportBrokenError: What is kept is not what was written.

        """
        state = self.place.state(export)
        if at >= state.expires or part not in state.recorded:
            raise NoSuchExportError
        return self.place.part(export, part)

    def has_code(self, export: str, at: datetime) -> bool:
        """Tell whether the pass code of a copy can be shown: it is ready, and it was not yet."""
        try:
            state = self.place.state(export)
        except NoSuchExportError:
            return False
        is_ready = state.whole and len(state.recorded) == len(state.parts)
        return is_ready and at < state.expires and bool(self.place.code(export))

    def take_code(self, export: str, at: datetime) -> str:
        """Return the pass code of a copy that is ready, once: it is destroyed before.

        The caller has made sure whose it is, and that they have proved who they are.

        Raises:
            NoSuchExportError: There is none, it is not ready, or it was shown before.

        """
        code = self.place.code(export)
        if not self.has_code(export, at) or not self.place.forget_code(export):
            raise NoSuchExportError
        return code

    def destroy(self, export: str) -> None:
        """Destroy a copy or view: its key first, so that nothing can be read any more."""
        self.place.destroy(export)

    def expire(self, at: datetime) -> int:
        """Destroy what has expired; return how many copies that were."""
        over = [export for export, expires in self.place.exports() if at >= expires]
        for export in over:
            self.place.destroy(export)
        return len(over)

    def _order(
        self, request: RightsRequest, at: datetime, *, masked: bool, pass_code: str
    ) -> ExportOrder:
        asked = request.asked
        formats: tuple[str, ...] = (Format.JSON.value,)
        part_bytes = MOST_PART_BYTES
        if isinstance(asked, ReadAsked):
            formats, part_bytes = asked.formats, asked.part_bytes
        return ExportOrder(
            export=request.id,
            formats=formats_of(formats),
            part_bytes=min(max(part_bytes, LEAST_PART_BYTES), MOST_PART_BYTES),
            masked=masked,
            pass_code=pass_code,
            expires=at + self.kept_for,
        )


def _has_code(request: RightsRequest) -> bool:
    return isinstance(request.asked, ReadAsked) and request.asked.with_code


def _check(plan: Plan, tables: Sequence[TableKept], explainer: Explainer) -> None:
    """Hold the rows that were kept to those that the plan found and that a copy can show."""
    kept: dict[tuple[str, str], int] = {}
    for table in tables:
        named = (table.store, table.table)
        kept[named] = kept.get(named, 0) + table.rows
    for store in plan.stores:
        planned: dict[str, int] = {}
        for step in store.steps:
            if step.fate is RowFate.READ and _shows(step, store.store, explainer):
                planned[step.table] = planned.get(step.table, 0) + step.rows
        for name, rows in planned.items():
            found = kept.get((store.store, name), 0)
            if found != rows:
                raise ExportIncompleteError(store.store, name, rows, found)


def _shows(step: Step, store: str, explainer: Explainer) -> bool:
    """Tell whether rows have a column that is the individual's own; others give no pages."""
    names = tuple(one.column for one in step.columns)
    return bool(names) and not all(
        one.others for one in explainer.table(store, step.table, names).columns
    )


def _file(part: PartMade, expires: datetime) -> FileSeen:
    return FileSeen(
        part=part.number, name=part.name, size=part.size, sha256=part.sha256, expires=expires
    )
