"""The pages of the console that stand on several desks at once, joined for the service."""

from litestar import Router

from chengnuo.doors.settings import ServeSettings
from chengnuo.doors.web.console_decisions import decision_pages
from chengnuo.doors.web.console_filters import filter_pages
from chengnuo.doors.web.console_lists import lists_pages
from chengnuo.doors.web.console_pages import console_pages
from chengnuo.doors.web.console_personalisation import personalisation_pages
from chengnuo.doors.web.console_second_person import second_person_pages
from chengnuo.doors.web.console_settings import SettingsHouse, settings_pages
from chengnuo.doors.web.console_third_parties import third_party_pages
from chengnuo.doors.web.console_today_page import today_pages
from chengnuo.doors.web.counts_building import prices_of
from chengnuo.doors.web.outside import Outside
from chengnuo.usecases.consent.counts import Counts
from chengnuo.usecases.finding.boards import LiveBoard
from chengnuo.usecases.register_desk import Desk


def console_whole(
    outside: Outside, desk: Desk, live: LiveBoard, counts: Counts, settings: ServeSettings
) -> list[Router]:
    """Return their routes.

    Args:
        outside: What the service stands on.
        desk: The register in force, its versions and its findings.
        live: What the controls found.
        counts: Consent and decisions in numbers.
        settings: What the service was told.

    """
    house = SettingsHouse(
        desk=desk, settings=settings, api_keys=outside.api_keys, holder=outside.key_holder
    )
    return [
        today_pages(desk, live),
        console_pages(desk, live),
        second_person_pages(desk),
        lists_pages(desk, counts.kept),
        decision_pages(desk, counts.kept),
        personalisation_pages(desk, live, prices_of(outside, desk), outside.clock),
        third_party_pages(desk, counts.kept),
        settings_pages(house),
        filter_pages(desk),
    ]
