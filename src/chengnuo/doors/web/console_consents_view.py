"""Consent and decisions in numbers as a page: pictures, tables, every number a way to its rows."""

from dataclasses import dataclass
from urllib.parse import urlencode

from chengnuo.domain.decision.rules import RULES, Rule
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.console_consents_drawn import days_drawing, standing_drawing
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Fact,
    Figure,
    Legend,
    Row,
    Table,
    Words,
    linked,
    said,
)
from chengnuo.doors.web.rendering import Link
from chengnuo.engines.drawing.parts import Drawing
from chengnuo.usecases.consent.figures import Due, ItemFigures, Overview

PATH = "/console/consents"
PERIODS = (7, 30, 90, 365)
ACTS = ("give", "refuse", "withdraw")
OUTCOMES = ("permit", "ask", "refuse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Bars with what belongs to them.

    Attributes:
        bars: The picture; None if there is nothing to draw.
        legend: The sorts of bars.
        table: The same in numbers.

    """

    bars: Drawing | None
    legend: tuple[Legend, ...]
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsPage:
    """The whole page.

    Attributes:
        periods: The periods to choose from.
        item: Words of the one item that the picture is about; empty for all.
        all_items: The way back to all items; empty if all are shown.
        behind: What is not counted yet, in words; empty if all is.
        counted: When the numbers were counted, in words.
        acts: Consent and refusal by day.
        standing: How many consents stand at the end of each day; None where none ever did.
        in_force: How many stand now, in words.
        items: By item.
        files: The same as files.
        decisions: Decisions by day.
        reasons: Decisions by outcome and rule.
        batches: What batches add up to.
        due: What has to be asked anew already.
        versions: Kept versions to compare with.
        counted: Instant that the numbers are of.
        reads: Whether whoever looks may see rows.

    """

    periods: tuple[Link, ...]
    item: str
    all_items: str
    behind: str
    counted: str
    acts: Picture
    standing: Drawing | None
    in_force: str
    items: Table
    files: tuple[Link, ...]
    decisions: Picture
    reasons: Table
    batches: tuple[Fact, ...]
    due: Table
    versions: tuple[Link, ...]
    reads: bool


def consents_page(  # noqa: PLR0913  what the page shows
    say: ConsentWords,
    found: Overview,
    due: tuple[Due, ...],
    *,
    days: int,
    item: str,
    versions: tuple[Link, ...],
    counted: str,
    reads: bool,
) -> ConsentsPage:
    """Return the page.

    Args:
        say: Words of consent.
        found: The numbers.
        due: What has to be asked anew already.
        days: Over how many days.
        item: The one item that the picture is about; empty for all.
        versions: Kept versions to compare with.
        counted: When the numbers were counted.
        reads: Whether whoever looks may see rows.

    """
    way = _Way(days=days, reads=reads)
    behind = say.t("consents.behind", n=f"{found.behind:,}") if found.behind else ""
    return ConsentsPage(
        periods=tuple(
            Link(
                href=_href(PATH, days=each, item=item),
                name=say.t("consents.days", n=each),
                current=each == days,
            )
            for each in PERIODS
        ),
        item=say.item(item) if item else "",
        all_items=_href(PATH, days=days) if item else "",
        behind=behind,
        counted=say.t("consents.counted", at=counted),
        acts=_acts(say, found, way, item),
        standing=standing_drawing(say, found),
        in_force=say.t("consents.in-force", n=f"{found.standing[-1][1]:,}"),
        items=_items(say, found.items, way),
        files=tuple(
            Link(href=_href(f"{PATH}/list.{form}", days=days), name=say.t(f"leaf.{form}"))
            for form in ("csv", "xlsx")
        ),
        decisions=_decisions(say, found, way),
        reasons=_reasons(say, found, way),
        batches=(
            Fact(name=say.t("consents.batches"), value=said(f"{found.batches.records:,}")),
            Fact(name=say.t("consents.batch-people"), value=said(f"{found.batches.individuals:,}")),
            Fact(
                name=say.t("consents.batch-permitted"), value=said(f"{found.batches.permitted:,}")
            ),
            Fact(name=say.t("consents.batch-provided"), value=said(f"{found.provided.records:,}")),
        ),
        due=_due(say, due),
        versions=versions,
        reads=reads,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """The way from a number to its rows, for whoever may see them."""

    days: int
    reads: bool

    def acts(self, **narrow: object) -> str:
        """Return the way to acts."""
        return _href(f"{PATH}/acts", days=self.days, **narrow) if self.reads else ""

    def decisions(self, **narrow: object) -> str:
        """Return the way to decisions."""
        return _href(f"{PATH}/decisions", days=self.days, **narrow) if self.reads else ""


def _href(path: str, **narrow: object) -> str:
    given = {name: value for name, value in narrow.items() if value != ""}
    return f"{path}?{urlencode(given)}"


def _number(count: int, href: str) -> Cell:
    return linked(f"{count:,}", href) if count and href else said(f"{count:,}")


def _acts(say: ConsentWords, found: Overview, way: _Way, item: str) -> Picture:
    totals = [sum(day.counts[sort] for day in found.days) for sort in range(len(ACTS))]
    rows = tuple(
        Row(
            cells=(
                said(day.day.isoformat()),
                *(
                    _number(count, way.acts(item=item, act=act, day=day.day.isoformat()))
                    for act, count in zip(ACTS, day.counts, strict=True)
                ),
                said(f"{standing:,}"),
            )
        )
        for day, (_, standing) in zip(reversed(found.days), reversed(found.standing), strict=True)
        if any(day.counts)
    )
    names = [say.t(f"consents.act.{act}") for act in ACTS]
    return Picture(
        bars=days_drawing(say, "acts", found.days, names, totals),
        legend=tuple(
            Legend(
                sort=sort,
                figure=Figure(
                    name=names[sort],
                    count=f"{totals[sort]:,}",
                    href=way.acts(item=item, act=act) if totals[sort] else "",
                ),
            )
            for sort, act in enumerate(ACTS)
        ),
        table=Table(
            caption=say.t("consents.by-day"),
            heads=(say.t("consents.day"), *names, say.t("consents.standing")),
            rows=rows,
            empty=_empty(say, "no-acts"),
            numbers=(1, 2, 3, 4),
        ),
    )


def items_table(say: ConsentWords, items: tuple[ItemFigures, ...], *, days: int) -> Table:
    """Return the numbers item by item, without ways to their rows."""
    return _items(say, items, _Way(days=days, reads=False))


def _items(say: ConsentWords, items: tuple[ItemFigures, ...], way: _Way) -> Table:
    heads = ("item", "asked", "gave", "refused", "withdrew", "ended")
    return Table(
        caption=say.t("consents.by-item"),
        heads=tuple(say.t(f"consents.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    linked(say.item(one.item), _href(PATH, days=way.days, item=one.item), one.item),
                    said(f"{one.asked:,}"),
                    _number(one.gave, way.acts(item=one.item, act="give")),
                    _number(one.refused, way.acts(item=one.item, act="refuse")),
                    _number(one.withdrew, way.acts(item=one.item, act="withdraw")),
                    said(f"{one.ended:,}"),
                )
            )
            for one in items
        ),
        empty=_empty(say, "no-acts"),
        numbers=(1, 2, 3, 4, 5),
    )


def _decisions(say: ConsentWords, found: Overview, way: _Way) -> Picture:
    days = found.decision_days
    totals = [sum(day.counts[sort] for day in days) for sort in range(len(OUTCOMES))]
    names = [say.t(f"consents.outcome.{outcome}") for outcome in OUTCOMES]
    return Picture(
        bars=days_drawing(say, "decisions", days, names, totals),
        legend=tuple(
            Legend(
                sort=sort,
                figure=Figure(
                    name=names[sort],
                    count=f"{totals[sort]:,}",
                    href=way.decisions(outcome=outcome) if totals[sort] else "",
                ),
            )
            for sort, outcome in enumerate(OUTCOMES)
        ),
        table=Table(
            caption=say.t("consents.decisions-by-day"),
            heads=(say.t("consents.day"), *names),
            rows=tuple(
                Row(cells=(said(day.day.isoformat()), *(said(f"{n:,}") for n in day.counts)))
                for day in reversed(days)
                if any(day.counts)
            ),
            empty=_empty(say, "no-decisions"),
            numbers=(1, 2, 3),
        ),
    )


def _reasons(say: ConsentWords, found: Overview, way: _Way) -> Table:
    """Return decisions by outcome and rule; one that several rules made counts under each."""
    counts: dict[tuple[str, str], int] = {}
    for one in found.decided:
        for rule in one.rules:
            counts[one.outcome, rule] = counts.get((one.outcome, rule), 0) + one.count
    ordered = sorted(counts.items(), key=lambda each: (-OUTCOMES.index(each[0][0]), -each[1]))
    heads = ("outcome-head", "rule", "times")
    return Table(
        caption=say.t("consents.reasons"),
        heads=tuple(say.t(f"consents.{head}") for head in heads),
        rows=tuple(
            Row(
                cells=(
                    said(say.t(f"consents.outcome.{outcome}")),
                    _rule(say, rule, outcome),
                    _number(count, way.decisions(outcome=outcome, rule=rule)),
                )
            )
            for (outcome, rule), count in ordered
        ),
        empty=_empty(say, "no-decisions"),
        numbers=(2,),
    )


def _rule(say: ConsentWords, rule: str, outcome: str) -> Cell:
    if rule not in set(Rule):
        return (Words(text=rule, code=True),)
    known = RULES[Rule(rule)]
    key = "consents.met" if outcome == "permit" else "consents.unmet"
    return said(say.t(key, rule=known.text.in_lang(say.lang)), say.duty(known.article))


def _due(say: ConsentWords, due: tuple[Due, ...]) -> Table:
    return Table(
        caption=say.t("consents.due"),
        heads=(say.t("consents.item"), say.t("consents.people")),
        rows=tuple(
            Row(cells=(said(say.item(one.item), one.item), said(f"{one.people:,}"))) for one in due
        ),
        empty=_empty(say, "no-due"),
        numbers=(1,),
    )


def _empty(say: ConsentWords, key: str) -> Empty:
    return Empty(
        name=say.t(f"consents.{key}"),
        text=say.t(f"consents.{key}-text"),
        href="/console/lists",
        act=say.t("nav.lists"),
    )
