"""What the lists behind the numbers of consent are narrowed by: their pages, and all of them."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from litestar.exceptions import NotFoundException

from chengnuo.domain.consent.event import Act
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.console_consent_rows import RowsPage, acts_table, decisions_table
from chengnuo.doors.web.console_consents_view import OUTCOMES, PATH
from chengnuo.doors.web.list_files import MOST_IN_A_FILE
from chengnuo.doors.web.page_parts import Table
from chengnuo.doors.web.rendering import Link
from chengnuo.usecases.consent.figures import Figures

_PAGE_SIZE = 30
_FORMS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class ActRows:
    """Acts on consent items.

    Attributes:
        days: Of how many days.
        item: Of which item; empty for all.
        act: Which acts; empty for all.
        day: Of which day, as in ISO 8601; empty for all.

    Raises:
        NotFoundException: There is no such act, or no such day.

    """

    days: int
    item: str
    act: str
    day: str

    def __post_init__(self) -> None:
        """Refuse what is narrowed by what there is not."""
        if self.act and self.act not in set(Act):
            raise NotFoundException
        _day(self.day)

    def page(self, say: ConsentWords, figures: Figures, before: str) -> RowsPage:
        """Return a page of them, the newest first."""
        day = _day(self.day)
        found = figures.acts(
            self.days,
            item=self.item,
            act=self.act,
            day=day,
            before=_before(before),
            limit=_PAGE_SIZE + 1,
        )
        lead = (
            say.t(f"consents.act.{self.act}") if self.act else "",
            say.item(self.item) if self.item else "",
            self.day or say.t("consents.days", n=self.days),
        )
        last = found[_PAGE_SIZE - 1].event.position if len(found) > _PAGE_SIZE else None
        narrow = {"days": str(self.days), "item": self.item, "act": self.act, "day": self.day}
        total = figures.acts_in_all(self.days, item=self.item, act=self.act, day=day)
        table = acts_table(say, found[:_PAGE_SIZE])
        return _page(say, "acts", lead, table, narrow, before=before, last=last, total=total)

    def table(self, say: ConsentWords, figures: Figures) -> Table:
        """Return all of them, as far as there is room in a file."""
        found = figures.acts(
            self.days,
            item=self.item,
            act=self.act,
            day=_day(self.day),
            before=None,
            limit=MOST_IN_A_FILE,
        )
        return acts_table(say, found)


@dataclass(frozen=True, slots=True)
class DecisionRows:
    """Decisions.

    Attributes:
        days: Of how many days.
        outcome: How they came out; empty for any way.
        rule: By which rule; empty for any.
        activity: For which activity; empty for any.

    Raises:
        NotFoundException: There is no such outcome.

    """

    days: int
    outcome: str
    rule: str
    activity: str

    def __post_init__(self) -> None:
        """Refuse what is narrowed by what there is not."""
        if self.outcome and self.outcome not in OUTCOMES:
            raise NotFoundException

    def page(self, say: ConsentWords, figures: Figures, before: str) -> RowsPage:
        """Return a page of them, the newest first."""
        narrow = {"outcome": self.outcome, "rule": self.rule, "activity": self.activity}
        found = figures.decisions(self.days, **narrow, before=_before(before), limit=_PAGE_SIZE + 1)
        lead = (
            say.t(f"consents.outcome.{self.outcome}") if self.outcome else "",
            self.rule,
            say.activity(self.activity) if self.activity else "",
            say.t("consents.days", n=self.days),
        )
        last = found[_PAGE_SIZE - 1].position if len(found) > _PAGE_SIZE else None
        total = figures.decisions_in_all(self.days, **narrow)
        table = decisions_table(say, found[:_PAGE_SIZE])
        query = {"days": str(self.days), **narrow}
        return _page(say, "decisions", lead, table, query, before=before, last=last, total=total)

    def table(self, say: ConsentWords, figures: Figures) -> Table:
        """Return all of them, as far as there is room in a file."""
        found = figures.decisions(
            self.days,
            outcome=self.outcome,
            rule=self.rule,
            activity=self.activity,
            before=None,
            limit=MOST_IN_A_FILE,
        )
        return decisions_table(say, found)


def _page(  # noqa: PLR0913  what a page of rows is made from
    say: ConsentWords,
    what: str,
    lead: tuple[str, ...],
    table: Table,
    narrow: dict[str, str],
    *,
    before: str,
    last: int | None,
    total: int,
) -> RowsPage:
    given = {name: value for name, value in narrow.items() if value}

    def way(at: int | None) -> str:
        asked = given if at is None else {**given, "before": str(at)}
        return f"{PATH}/{what}?{urlencode(asked)}"

    return RowsPage(
        title=say.t(f"consents.{what}"),
        lead=tuple(one for one in lead if one),
        table=table,
        newest=way(None) if before else "",
        older="" if last is None else way(last),
        total=total,
        files=tuple(
            Link(href=f"{PATH}/{what}/list.{form}?{urlencode(given)}", name=say.t(f"leaf.{form}"))
            for form in _FORMS
        ),
    )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise NotFoundException from error


def _before(given: str) -> int | None:
    return int(given) if given else None
