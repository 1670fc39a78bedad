"""A package inspection on a terminal: kept texts, 80 columns, hostile names, a large report."""

from collections.abc import Callable

import pytest
from tests.domain.finding.inspection_kit import BAD_SEEN, HOSTILE
from tests.domain.finding.report_kit import REPORTS, large_report

from chengnuo.base.columns import columns
from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.doors.cli.inspection_text import observation_as_text, report_as_text
from chengnuo.law.catalogue import Catalogue

Golden = Callable[[str, str | bytes], None]
WIDTH = 80


@pytest.fixture(scope="module")
def words(catalogue: Catalogue, knowledge: Knowledge) -> ReportWords:
    return ReportWords(law=catalogue, knowledge=knowledge)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", ["bad", "clean"])
def test_the_text_is_what_was_read_and_kept(
    name: str, lang: Lang, words: ReportWords, golden: Golden
) -> None:
    golden(f"inspection/{name}.{lang}.txt", report_as_text(REPORTS[name], words, lang) + "\n")


@pytest.mark.parametrize("lang", Lang)
def test_an_observation_is_explained_step_by_step(
    lang: Lang, words: ReportWords, golden: Golden
) -> None:
    said = observation_as_text(BAD_SEEN["apps"], words, lang)
    golden(f"inspection/explained.{lang}.txt", said + "\n")


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("name", REPORTS)
def test_no_line_is_wider_than_a_terminal(name: str, lang: Lang, words: ReportWords) -> None:
    lines = report_as_text(REPORTS[name], words, lang).split("\n")
    assert [line for line in lines if columns(line) > WIDTH] == []


@pytest.mark.parametrize("lang", Lang)
def test_nothing_in_a_name_acts_on_the_terminal(lang: Lang, words: ReportWords) -> None:
    texts = [report_as_text(REPORTS["hostile"], words, lang)]
    texts += [observation_as_text(one, words, lang) for one in HOSTILE.observations]
    assert all(line.isprintable() for text in texts for line in text.split("\n"))


def test_a_large_report_says_what_it_leaves_out(words: ReportWords) -> None:
    said = report_as_text(large_report(3_000), words, Lang.ZH)
    assert "同意之前可以运行 (300)" in said
    assert "另有 100 项，见 JSON 报告" in said
