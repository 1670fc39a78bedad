"""What findings expose the handler to: tiers, caps, and what leads to no fine."""

from dataclasses import replace

import pytest
from tests.strategies.clean_register import clean_register

from chengnuo.base.text import Lang
from chengnuo.domain.finding.exposure import Exposure, Tier, exposure_of
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.register.handler import Handler
from chengnuo.doors.exposure_words import exposure_lines
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import DutyId


def exposure(
    catalogue: Catalogue,
    handler: Handler,
    *duties: str,
    severity: Severity = Severity.HIGH,
) -> Exposure:
    return exposure_of(tuple(map(DutyId, duties)), severity, handler=handler, catalogue=catalogue)


@pytest.fixture
def handler() -> Handler:
    return replace(clean_register().handler, individuals=100, turnover=None, large_platform=False)


def test_a_breach_of_the_law_has_two_tiers_with_their_caps(
    catalogue: Catalogue, handler: Handler
) -> None:
    found = exposure(catalogue, handler, "PIPL-17")
    assert [(one.tier, one.most, one.persons) for one in found.lines] == [
        (Tier.ORDINARY, 1_000_000, (10_000, 100_000)),
        (Tier.SERIOUS, 50_000_000, (100_000, 1_000_000)),
    ]
    assert found.most == 50_000_000
    assert found.lines[1].reasons == ()
    assert found.lines[1].turnover_missing


@pytest.mark.parametrize(("turnover", "most"), [(1_000, 50_000_000), (2_000_000_000, 100_000_000)])
def test_the_share_of_the_turnover_counts_where_it_is_more(
    catalogue: Catalogue, handler: Handler, turnover: int, most: int
) -> None:
    found = exposure(catalogue, replace(handler, turnover=turnover), "PIPL-17")
    assert (found.most, found.lines[1].turnover_missing) == (most, False)


def test_what_speaks_for_serious_is_listed(catalogue: Catalogue, handler: Handler) -> None:
    many = replace(handler, individuals=1_000_000)
    found = exposure(catalogue, many, "PIPL-29", severity=Severity.CRITICAL)
    assert len(found.lines[1].reasons) == 3
    few = exposure(catalogue, replace(handler, individuals=999_999), "PIPL-29")
    assert len(few.lines[1].reasons) == 1


def test_a_notice_of_the_ministry_leads_to_the_law_behind_it(
    catalogue: Catalogue, handler: Handler
) -> None:
    found = exposure(catalogue, handler, "191-6.3")
    assert {one.tier for one in found.lines} == {Tier.ORDINARY, Tier.SERIOUS}
    assert found.lines[0].via == ("191-6.3",)


@pytest.mark.parametrize("duty", ["pledge-8", "duty-1", "precheck-1"])
def test_practice_pledge_and_product_lead_to_no_fine(
    catalogue: Catalogue, handler: Handler, duty: str
) -> None:
    assert exposure(catalogue, handler, duty).lines == ()


def test_a_note_leads_to_no_fine(catalogue: Catalogue, handler: Handler) -> None:
    assert exposure(catalogue, handler, "PIPL-17", severity=Severity.NOTE).most == 0


def test_regulations_have_caps_of_their_own(catalogue: Catalogue, handler: Handler) -> None:
    of_data = [one for one in exposure(catalogue, handler, "NDSR-22").lines if one.via]
    assert ("TD-Z5", 1_000_000) in [(one.figure, one.most) for one in of_data]
    assert "TD-Z5" not in [one.figure for one in exposure(catalogue, handler, "NDSR-23").lines]
    assert "TD-Z7" in [one.figure for one in exposure(catalogue, handler, "MINOR-36").lines]
    big = replace(handler, large_platform=True)
    assert "TD-Z6" in [one.figure for one in exposure(catalogue, big, "MINOR-32").lines]
    assert "TD-Z6" not in [one.figure for one in exposure(catalogue, handler, "MINOR-32").lines]


def test_the_regulation_on_minors_fines_by_what_was_gained_too(
    catalogue: Catalogue, handler: Handler
) -> None:
    found = exposure(catalogue, handler, "MINOR-36")
    (line,) = (one for one in found.lines if one.figure == "TD-Z7")
    assert (line.most, line.of_gain) == (1_000_000, (1, 10))
    assert "1 至 10 倍" in "".join(exposure_lines(found, catalogue, Lang.ZH))
    assert "1 to 10 times" in "".join(exposure_lines(found, catalogue, Lang.EN))


FIGURES = {
    "TD-Z1": {"": 1_000_000},
    "TD-Z2": {"min": 10_000, "max": 100_000},
    "TD-Z3": {"max": 50_000_000, "share-of-last-year-turnover": 0.05},
    "TD-Z4": {"min": 100_000, "max": 1_000_000},
    "TD-Z5": {"max": 1_000_000, "person-min": 10_000, "person-max": 100_000},
    "TD-Z6": {"max": 50_000_000, "share-of-last-year-turnover": 0.05},
}
"""The caps as the law sets them: PIPL Art. 66, data regulation Art. 55, on minors Art. 54."""


@pytest.mark.parametrize("figure", sorted(FIGURES))
def test_the_caps_are_those_of_the_law(figure: str, catalogue: Catalogue) -> None:
    found = catalogue.figure(figure)
    assert (dict(found.values) or {"": found.value}) == FIGURES[figure]
