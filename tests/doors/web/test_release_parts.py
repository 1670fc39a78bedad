"""Parts of the page of a release: what is compared is cut to its first rows, and says so."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.domain.finding.report_kit import REPORTS

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_report import (
    Change,
    Delta,
    DeltaRow,
    Drift,
    DriftRow,
    Side,
)
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Subject
from chengnuo.doors.web.console_release_parts import MOST_ROWS, compared
from chengnuo.doors.web.console_releases_view import ReleaseWords
from chengnuo.doors.web.page_parts import Section, Words
from chengnuo.law.catalogue import Catalogue

BAD = replace(REPORTS["bad"], drift=None, delta=None)
WHOLE = Words(text="all", href="/all")
SAY = ReleaseWords(
    lang=Lang.EN,
    register=None,
    names={},
    now=datetime(2026, 11, 28, tzinfo=UTC),
    days=7,
    catalogue=load_catalogue(read_catalogue, cache_folder=None),
)


def host(number: int, side: Side) -> DriftRow:
    return DriftRow(subject=Subject.HOST, what=f"h{number:02}.example", side=side)


def change(number: int) -> DeltaRow:
    return DeltaRow(subject=Subject.HOST, what=f"h{number:02}.example", change=Change.NEW)


@pytest.fixture
def words(catalogue: Catalogue, knowledge: Knowledge) -> ReportWords:
    return ReportWords(law=catalogue, knowledge=knowledge)


def parts(words: ReportWords, drift: Drift | None, delta: Delta | None) -> list[Section]:
    return list(compared(SAY, replace(BAD, drift=drift, delta=delta), words, WHOLE))


def test_nothing_stands_where_nothing_is_compared(words: ReportWords) -> None:
    assert parts(words, None, None) == []


def test_what_agrees_is_left_out_and_nothing_apart_is_said(words: ReportWords) -> None:
    (part,) = parts(words, Drift(rows=(host(0, Side.AGREED),)), None)
    assert (part.term, part.tables[0].rows, part.more) == ("0", (), None)
    assert part.tables[0].empty.name == "Package and register agree"


@pytest.mark.parametrize("count", [MOST_ROWS, MOST_ROWS + 1])
def test_only_what_is_cut_leads_to_the_whole_report(words: ReportWords, count: int) -> None:
    drift = Drift(rows=tuple(host(one, Side.USED_NOT_DECLARED) for one in range(count)))
    delta = Delta(
        before=BAD.inspection.package,
        knowledge_changed=False,
        rows=tuple(change(one) for one in range(count)),
    )
    found = parts(words, drift, delta)
    assert [part.anchor for part in found] == ["drift", "delta"]
    is_cut = count > MOST_ROWS
    for part in found:
        assert len(part.tables[0].rows) == MOST_ROWS
        assert part.term == str(count)
        assert part.more == (WHOLE if is_cut else None)
        assert bool(part.lead) == is_cut
        assert part.tables[0].rows[0].cells[0][0].text == "h00.example"
