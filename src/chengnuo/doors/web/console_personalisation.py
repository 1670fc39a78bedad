"""个性化与定价 in one place: switches, automated decisions, what sets terms, and what was recorded.

What is declared comes from the register; beside it stands what the controls over records found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from litestar import Router, get
from litestar.di import NamedDependency

from chengnuo.domain.finding.live import LiveOutcome, LiveRun
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.web.console_hub import HubPage, hub_router, hub_shown, speaker_of
from chengnuo.doors.web.console_hub_parts import table_section
from chengnuo.doors.web.console_mends import run_mend, with_mend
from chengnuo.doors.web.console_price_checks import price_checks
from chengnuo.doors.web.page_parts import Figure, Row, Status, StatusKind, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.law.civil import civil_date
from chengnuo.ports.clock import Clock
from chengnuo.usecases.finding.boards import LiveBoard
from chengnuo.usecases.pricing.price_figures import PriceFigures
from chengnuo.usecases.register_desk import Desk

PATH = "/console/personalisation"
ARTICLE = "PIPL-24"
"""Automated decisions, prices and the option that is not personal."""
_KINDS = {
    LiveOutcome.FAILED: StatusKind.GRAVE,
    LiveOutcome.COULD_NOT_RUN: StatusKind.WARN,
    LiveOutcome.STALE: StatusKind.WARN,
    LiveOutcome.PASSED: StatusKind.SHOWN,
    LiveOutcome.SAMPLED: StatusKind.FINE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalHouse:
    """What the page is made from.

    Attributes:
        desk: The register in force.
        live: What the controls found.
        prices: What was recorded of prices; None where nothing is kept.
        clock: Tells the time.

    """

    desk: Desk
    live: LiveBoard
    prices: PriceFigures | None
    clock: Clock


GivenHouse = NamedDependency[PersonalHouse]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def personalisation(request: Asked, personal_house: GivenHouse) -> Page:
    """Show switches, automated decisions and prices."""
    say = speaker_of(request, personal_house.desk)
    page = personalisation_page(say, personal_house.live.runs())
    if personal_house.prices is not None:
        now = personal_house.clock.now()
        checks = price_checks(say, personal_house.prices.of(now), civil_date(now))
        page = replace(page, prices=checks)
    return hub_shown(request, personal_house.desk, page)


def personalisation_pages(
    desk: Desk, live: LiveBoard, prices: PriceFigures | None, clock: Clock
) -> Router:
    """Return the route of 个性化与定价."""
    house = PersonalHouse(desk=desk, live=live, prices=prices, clock=clock)
    return hub_router(PATH, [personalisation], desk, personal_house=house)


def personalisation_page(say: Speaker, live: Sequence[LiveRun]) -> HubPage:
    """Return the page."""
    switches, automated = tuple(_switches(say)), tuple(_automated(say))
    terms, checks = tuple(_automated(say, terms_only=True)), tuple(_checks(say, live))
    return HubPage(
        name="personalisation",
        term=say.catalogue.citation(ARTICLE, say.lang),
        lead=say.t("hub.personalisation-lead"),
        figures=tuple(
            Figure(name=say.t(f"hub.{name}"), count=str(len(rows)), href=f"#{name}")
            for name, rows in (
                ("switches", switches),
                ("automated", automated),
                ("terms", terms),
                ("checks", checks),
            )
        ),
        acts=tuple(
            Link(href=href, name=say.t(f"nav.{name}"))
            for href, name in (
                ("/console/reviews", "reviews"),
                ("/console/drift", "drift"),
                ("/console/decisions", "decisions"),
            )
        ),
        sections=(
            table_section(say, "switches", ("switch", "default", "way", "effect"), switches),
            table_section(say, "automated", ("activity", "decides", "off", "review"), automated),
            table_section(say, "terms", ("activity", "decides", "off", "review"), terms),
            table_section(
                say,
                "checks",
                ("control", "result", "found"),
                checks,
                goes_to=("/console/board", "board"),
            ),
        ),
    )


def _switches(say: Speaker) -> Iterator[Row]:
    for one in say.register.switches:
        on = Status(
            kind=StatusKind.WARN if one.default_on else StatusKind.FINE,
            word=say.t("hub.on-at-first" if one.default_on else "hub.off-at-first"),
        )
        clears = say.t("hub.clears-labels") if one.clears_labels else ""
        yield Row(
            cells=(
                said(say.text(one.name), one.switch),
                (Words(status=on),),
                said(say.text(one.path), say.t("hub.taps", n=one.taps)),
                said(say.text(one.effect), clears),
            )
        )


def _automated(say: Speaker, *, terms_only: bool = False) -> Iterator[Row]:
    for activity in say.register.activities:
        one = activity.automated
        if one is None or (terms_only and not one.sets_terms):
            continue
        fair = say.text(one.fairness) if one.sets_terms else ""
        major = say.t("hub.major-effect") if one.major_effect else ""
        switch = next(
            (each for each in say.register.switches if each.switch == one.off_switch), None
        )
        yield Row(
            cells=(
                (say.activity_words(activity.activity),),
                said(say.t(f"automated-kind.{one.kind}"), major, fair),
                said("—" if switch is None else say.text(switch.name)),
                said(say.text(one.human_review) or "—", say.text(one.explanation)),
            )
        )


def _checks(say: Speaker, live: Sequence[LiveRun]) -> Iterator[Row]:
    """Yield the controls over records that serve Art. 24."""
    for run in live:
        serves = (*run.control.duties, *run.control.rests_on)
        if not any(duty.startswith(ARTICLE) for duty in serves):
            continue
        result = run.result
        status = with_mend(
            Status(
                kind=_KINDS.get(result.outcome, StatusKind.NONE),
                word=result.outcome.text.in_lang(say.lang),
            ),
            run_mend(say, run),
        )
        href = (
            f"/console/findings#control-{run.control.id}"
            if result.faults
            else f"/console/board/{run.control.duties[0]}"
        )
        yield Row(
            cells=(
                (Words(text=run.control.title.in_lang(say.lang), href=href),),
                (Words(status=status),),
                said(say.t("hub.looked-at", n=f"{result.looked_at:,}", wrong=f"{result.wrong:,}")),
            )
        )
