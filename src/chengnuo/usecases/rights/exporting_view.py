"""A view of somebody's information, table by table and page by page (我的信息, PIPL Art. 45).

The rows are those that a survey found and that were kept sealed; what is sensitive is masked until
the individual has proved once more who they are. The explanations are those of a copy.
"""

from dataclasses import dataclass
from datetime import datetime

from chengnuo.domain.rights.explaining import Explainer, TableExplained
from chengnuo.domain.rights.showing import shown
from chengnuo.ports.rights_exports import ExportPlace, ExportState, NoSuchExportError
from chengnuo.ports.rights_pages import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewTable:
    """One table of a view.

    Attributes:
        explained: What is said of it and of its columns.
        rows: How many rows.
        withheld: How many values were left out because they are somebody else's.
        pages: How many pages.

    """

    explained: TableExplained
    rows: int
    withheld: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsView:
    """Shows what was gathered for a request.

    The caller has made sure whose request it is.

    Attributes:
        place: Where the rows are kept.

    """

    place: ExportPlace

    def tables(self, export: str, explainer: Explainer, at: datetime) -> tuple[ViewTable, ...]:
        """Return the tables, in the order of their numbers.

        Raises:
            NoSuchExportError: There is no view, or it has expired.

        """
        return tuple(
            ViewTable(
                explained=explainer.table(kept.store, kept.table, kept.columns),
                rows=kept.rows,
                withheld=kept.withheld,
                pages=len(kept.pages),
            )
            for kept in self._state(export, at).tables
        )

    def rows(  # noqa: PLR0913  which page of what, and how it is shown
        self,
        export: str,
        *,
        table: int,
        page: int,
        explainer: Explainer,
        at: datetime,
        masked: bool,
    ) -> tuple[Row, ...]:
        """Return the rows of one page, by the numbers of table and page from 0.

        Raises:
            NoSuchExportError: There is no such page, or the view has expired.
            ExportBrokenError: What is kept is not what was written.

        """
        state = self._state(export, at)
        rows = self.place.rows(export, table, page)
        if not masked:
            return rows
        kept = state.tables[table]
        explained = explainer.table(kept.store, kept.table, kept.columns)
        return tuple(shown(row, explained) for row in rows)

    def _state(self, export: str, at: datetime) -> ExportState:
        state = self.place.state(export)
        if at >= state.expires or not state.gathered:
            raise NoSuchExportError
        return state
