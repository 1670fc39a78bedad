"""The picture of price audits and probes over time, from the statements that are kept.

Above the line stands what showed no unreasonable difference; below it what could not be decided,
and what showed one (PIPL Art. 24 para. 1). The same stands beside it as a table, each with its
record. Lays out only.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chengnuo.domain.finding.price_records import AuditSeen, PriceRecords, ProbeSeen, Shown
from chengnuo.doors.web.console_mends import cited, record_words, with_mend
from chengnuo.doors.web.page_parts import (
    Empty,
    Mend,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import days_plot

MOST_DAYS = 180
MOST_ROWS = 50
_SORTS = (Shown.ABSENT, Shown.UNDECIDED, Shown.FOUND)
_KINDS = {
    Shown.ABSENT: StatusKind.FINE,
    Shown.UNDECIDED: StatusKind.WARN,
    Shown.FOUND: StatusKind.GRAVE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChecks:
    """Audits and probes of prices.

    Attributes:
        picture: How many showed what, by day; None where nothing was recorded lately.
        legend: What each pattern is, in the order of the sorts.
        table: The newest of them.

    """

    picture: Drawing | None
    legend: tuple[str, ...]
    table: Table


def price_checks(say: Speaker, records: PriceRecords, today: date) -> PriceChecks:
    """Return the picture and its table.

    Args:
        say: Words.
        records: What was recorded.
        today: The day to which the days of the records are counted.

    """
    seen: list[AuditSeen | ProbeSeen] = [*records.audits, *records.probes]
    seen.sort(key=lambda one: one.position, reverse=True)
    names = tuple(say.t(f"price-checks.{shown}") for shown in _SORTS)
    counts = Counter(one.shown for one in seen)
    words = say.t("price-checks.words", **{one.value: counts[one] for one in _SORTS})
    told = Told(key="price-checks", title=say.t("price-checks.by-day"), words=words, lang=say.lang)
    heads = ("day", "what", "shown", "record")
    return PriceChecks(
        picture=days_plot(told, list(_days(seen, today))),
        legend=names,
        table=Table(
            caption=say.t("price-checks.title"),
            heads=tuple(say.t(f"price-checks.head-{head}") for head in heads),
            rows=tuple(_row(say, one, today) for one in seen[:MOST_ROWS]),
            empty=Empty(
                name=say.t("price-checks.none"),
                text=say.t("price-checks.none-text"),
                href="/console/decisions",
                act=say.t("nav.decisions"),
            ),
        ),
    )


def _days(
    seen: Sequence[AuditSeen | ProbeSeen], today: date
) -> Iterator[tuple[date, tuple[int, ...]]]:
    """Yield every day since the first of them, the oldest first."""
    counts = Counter((one.days, one.shown) for one in seen)
    first = min(max((one.days for one in seen), default=0), MOST_DAYS)
    for ago in range(first, -1, -1):
        yield today - timedelta(days=ago), tuple(counts[ago, shown] for shown in _SORTS)


def _row(say: Speaker, one: AuditSeen | ProbeSeen, today: date) -> Row:
    if isinstance(one, AuditSeen):
        what = said(say.t("price-checks.audit"), say.t("price-checks.quotes", n=f"{one.quotes:,}"))
    else:
        what = said(one.name, say.t(f"price-checks.probe{'-switch' if one.of_switch else ''}"))
    record = record_words(say, one.position, opens=say.opens)
    status = Status(kind=_KINDS[one.shown], word=say.t(f"price-checks.{one.shown}"))
    mend = Mend(
        citation=cited(say, "PIPL-24"),
        row=Words(text=say.t("hub.terms"), href="/console/personalisation#terms"),
        proof=record,
        fix=Words(text=say.t("nav.decide"), href="/console/decide"),
    )
    return Row(
        cells=(
            said((today - timedelta(days=one.days)).isoformat()),
            what,
            (Words(status=with_mend(status, mend)),),
            (record,),
        )
    )
