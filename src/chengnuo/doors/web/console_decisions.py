"""决策与拦截: what was decided of late, what was refused, by which rule and for which activity.

Numbers are for everybody of the staff; the rows behind them for who may read of individuals.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from chengnuo.domain.decision.rules import RULES, Rule
from chengnuo.domain.register.ids import ActivityId
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_consent_rows import OUTCOME_KINDS
from chengnuo.doors.web.console_consents import DaysQuery
from chengnuo.doors.web.console_consents_view import OUTCOMES, PERIODS
from chengnuo.doors.web.console_hub import GivenRegister, HubPage, hub_router, hub_shown, speaker_of
from chengnuo.doors.web.console_hub_parts import table_section
from chengnuo.doors.web.page_parts import (
    Cell,
    Empty,
    Figure,
    Row,
    Section,
    Status,
    StatusKind,
    Words,
    linked,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.uses import BatchSum, DecidedFor
from chengnuo.usecases.consent.kept_figures import USUAL_DAYS, DecidedSums, KeptFigures
from chengnuo.usecases.consent.recounting import AsOf
from chengnuo.usecases.register_desk import Desk

PATH = "/console/decisions"
ROWS_PATH = "/console/consents/decisions"
GivenFigures = NamedDependency[KeptFigures]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def decisions(
    request: Asked,
    register_desk: GivenRegister,
    figures: GivenFigures,
    days: DaysQuery = USUAL_DAYS,
) -> Page:
    """Show decisions and refusals in numbers."""
    if days not in PERIODS:
        raise NotFoundException
    say = speaker_of(request, register_desk)
    return hub_shown(request, register_desk, decisions_page(say, figures.decided(days), days))


def decision_pages(desk: Desk, counted: KeptFigures) -> Router:
    """Return the route of 决策与拦截."""
    return hub_router(PATH, [decisions], desk, figures=counted)


def decisions_page(say: Speaker, counted: AsOf[DecidedSums], days: int) -> HubPage:
    """Return the page.

    Args:
        say: Words; numbers open their rows where whoever looks may see them.
        counted: How decisions came out, and the instant that the numbers are of.
        days: Over how many days.

    """
    found, batches = counted.value.one, counted.value.batches
    of = say.t("consents.counted", at=moment(counted.at))
    way = _Way(say, days)
    counts = {each: sum(one.count for one in found if one.outcome == each) for each in OUTCOMES}
    return HubPage(
        name="decisions",
        term=say.t("hub.decisions-term"),
        lead=f"{say.t('hub.decisions-lead')} {of}",
        figures=tuple(
            Figure(
                name=say.t(f"consents.outcome.{outcome}"),
                count=f"{counts[outcome]:,}",
                href=way.href(outcome=outcome),
            )
            for outcome in reversed(OUTCOMES)
        ),
        choices=tuple(
            Link(
                href=f"{PATH}?days={each}",
                name=say.t("consents.days", n=each),
                current=each == days,
            )
            for each in PERIODS
        ),
        acts=(Link(href="/console/consents", name=say.t("nav.consents")),),
        sections=(
            table_section(
                say,
                "blocked",
                ("activity", "rule", "times"),
                tuple(_blocked(say, found, way)),
                numbers=(2,),
                goes_to=("/console/consents", "consents"),
            ),
            table_section(
                say,
                "by-activity",
                ("activity", "refused", "asked", "permitted"),
                tuple(_by_activity(say, found, way)),
                numbers=(1, 2, 3),
                goes_to=("/console/consents", "consents"),
            ),
            _batches(say, batches),
        ),
        empty=None
        if found or batches.records
        else Empty(
            name=say.t("consents.no-decisions"),
            text=say.t("consents.no-decisions-text"),
            href="/console/settings#keys-of-programs",
            act=say.t("hub.see-keys"),
        ),
    )


class _Way:
    """The way from a number to its rows, for whoever may see them."""

    def __init__(self, say: Speaker, days: int) -> None:
        """Take who looks, and the period."""
        self.opens, self.days = say.opens, days

    def href(self, **narrow: str) -> str:
        """Return where the rows are; empty for who may not see them."""
        asked = {"days": str(self.days), **{key: one for key, one in narrow.items() if one}}
        return f"{ROWS_PATH}?{urlencode(asked)}" if self.opens else ""

    def cell(self, count: int, **narrow: str) -> Cell:
        """Return a number that leads to its rows."""
        href = self.href(**narrow)
        return linked(f"{count:,}", href) if count and href else said(f"{count:,}")


def _blocked(say: Speaker, found: Sequence[DecidedFor], way: _Way) -> Iterator[Row]:
    """Yield what was refused or had to be asked, most often first, by activity and rule."""
    counts: dict[tuple[str, str, str], int] = {}
    for one in found:
        for rule in one.rules if one.outcome != "permit" else ():
            key = (one.outcome, one.activity, rule)
            counts[key] = counts.get(key, 0) + one.count
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    for (outcome, activity, rule), count in ordered:
        status = Status(
            kind=OUTCOME_KINDS.get(outcome, StatusKind.NONE),
            word=say.t(f"consents.outcome.{outcome}"),
        )
        yield Row(
            cells=(
                (_activity(say, activity), Words(status=status)),
                _rule(say, rule),
                way.cell(count, outcome=outcome, rule=rule, activity=activity),
            )
        )


def _by_activity(say: Speaker, found: Sequence[DecidedFor], way: _Way) -> Iterator[Row]:
    for activity in sorted({one.activity for one in found}):
        counts = {
            each: sum(
                one.count for one in found if one.activity == activity and one.outcome == each
            )
            for each in OUTCOMES
        }
        yield Row(
            cells=(
                (_activity(say, activity),),
                *(
                    way.cell(counts[each], outcome=each, activity=activity)
                    for each in reversed(OUTCOMES)
                ),
            )
        )


def _activity(say: Speaker, activity: str) -> Words:
    if activity in say.register.activity_by_id:
        return say.activity_words(ActivityId(activity))
    return Words(text=activity or "—", code=bool(activity))


def _rule(say: Speaker, rule: str) -> Cell:
    if rule not in set(Rule):
        return (Words(text=rule, code=True),)
    known = RULES[Rule(rule)]
    unmet = say.t("consents.unmet", rule=known.text.in_lang(say.lang))
    return said(unmet, say.catalogue.citation(known.article, say.lang))


def _batches(say: Speaker, batches: BatchSum) -> Section:
    facts = (
        say.fact("consents.batches", f"{batches.records:,}"),
        say.fact("consents.batch-people", f"{batches.individuals:,}"),
        say.fact("consents.batch-permitted", f"{batches.permitted:,}"),
    )
    return Section(anchor="batches", name=say.t("hub.batches"), facts=facts)
