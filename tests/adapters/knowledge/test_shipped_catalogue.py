"""The catalogue that is shipped is whole, resolves, cites well and keeps to the glossary."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest

from chengnuo.base.text import Lang, Text
from chengnuo.law.catalogue import (
    Catalogue,
    UnknownAppTypeError,
    UnknownCategoryError,
    UnknownDutyError,
    UnknownFigureError,
    UnknownLawError,
    UnknownLawSetError,
)
from chengnuo.law.category import TreatAs
from chengnuo.law.duty import AskedForm, Duty, Party
from chengnuo.law.lookup import entries_of, find, set_names, set_title
from chengnuo.law.standing import Standing
from chengnuo.law.wording import ASKED_FORMS, KINDS, PARTIES, TEST_KINDS, figure_in_words

BANNED = re.compile(r"\b(processors?|controllers?|data.subjects?|users?|seeds?)\b", re.IGNORECASE)
CHINESE = re.compile("[\u4e00-\u9fff]")
COUNTS = {
    "duty": 16,
    "pledge": 10,
    "action524": 11,
    "precheck": 1,
    "also": 3,
    "pipl": 63,
    "191": 31,
    "337": 8,
    "164": 10,
    "26": 17,
    "related": 46,
    "categories": 88,
    "app-types": 39,
    "figures": 119,
}


def texts(value: object) -> Iterator[Text]:
    """Yield every text inside a value."""
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)


def test_every_set_has_its_number_of_entries(catalogue: Catalogue) -> None:
    counted = {name: len(entries_of(catalogue, name)) for name in set_names(catalogue)}
    assert counted == {**COUNTS, "terms": counted["terms"]}
    assert counted["terms"] >= 45


def test_the_articles_of_the_law_are_all_there_or_left_out_with_a_reason(
    catalogue: Catalogue,
) -> None:
    there = {duty.article for duty in catalogue.in_set("pipl")}
    left_out = {each.article for each in catalogue.skipped.values()}
    assert there & left_out == set()
    assert there | left_out == {str(number) for number in range(1, 75)}


def test_the_eleven_left_out_articles_have_reasons(catalogue: Catalogue) -> None:
    assert len(catalogue.skipped) == 11
    assert all(each.reason.zh and each.reason.en for each in catalogue.skipped.values())


def test_every_id_that_is_named_anywhere_resolves(catalogue: Catalogue) -> None:
    for duty in catalogue.duties.values():
        assert duty.instrument in catalogue.instruments
        for each in (*duty.related, *duty.parts):
            catalogue.duty(each)
        for each in duty.figures:
            catalogue.figure(each)
        if duty.parent is not None:
            assert duty.id in catalogue.duty(duty.parent).parts
    for group in catalogue.groups.values():
        assert all(catalogue.category(each).group == group.id for each in group.categories)
    for app_type in catalogue.app_types.values():
        assert all(catalogue.category(each) for each in app_type.necessary_categories())
    for figure in catalogue.figures.values():
        assert figure.instrument in catalogue.instruments
    assert sum(len(group.categories) for group in catalogue.groups.values()) == 88


def test_ids_named_in_running_text_resolve(catalogue: Catalogue) -> None:
    named = re.compile(r"\b(?:PIPL-\d+(?:\.\d+)?|191-\d\.\d|TD-[A-Z]\d+|NPI-\d\d|duty-\d+)\b")
    for duty in catalogue.duties.values():
        for text in texts(duty):
            for each in named.findall(f"{text.zh} {text.en}"):
                assert find(catalogue, each)


def test_no_relation_is_named_twice_or_to_itself(catalogue: Catalogue) -> None:
    for duty in catalogue.duties.values():
        assert len(set(duty.related)) == len(duty.related), duty.id
        assert duty.id not in duty.related


def test_every_product_duty_and_pledge_item_rests_on_something(catalogue: Catalogue) -> None:
    for duty in (*catalogue.in_set("duty"), *catalogue.in_set("pledge")):
        assert duty.related, duty.id
        for each in duty.related:
            assert duty in catalogue.carried_by(each)


def test_every_text_speaks_both_languages(catalogue: Catalogue) -> None:
    for text in texts(catalogue):
        assert text.zh.strip()
        assert text.en
        assert text.en.strip()


def test_english_texts_hold_no_banned_word_and_no_chinese(catalogue: Catalogue) -> None:
    found = [text.en for text in texts(catalogue) if BANNED.search(text.en or "")]
    assert found == []
    assert [text.en for text in texts(catalogue) if CHINESE.search(text.en or "")] == []


def test_no_file_says_where_its_facts_were_gathered(shipped_files: dict[str, bytes]) -> None:
    for name, data in shipped_files.items():
        assert not re.search(r"\bseed", data.decode("utf-8"), re.IGNORECASE), name


def test_banned_words_are_seen() -> None:
    assert all(BANNED.search(word) for word in ("a Processor", "users'", "data-subject", "seed"))
    assert not BANNED.search("processing by a handler, supervised and succeeded")


@pytest.mark.parametrize(
    ("wanted", "zh", "en"),
    [
        ("PIPL-14", "PIPL 第14条", "PIPL Art. 14"),
        ("PIPL-24.2", "PIPL 第24条第2款", "PIPL Art. 24(2)"),
        ("PIPL-51.3", "PIPL 第51条第3项", "PIPL Art. 51(3)"),
        ("191-3.4", "191号文 3.4", "Notice 191, item 3.4"),
        ("164-2", "164号文第2项", "Notice 164, item 2"),
        ("action524-2.1", "524行动 2.1", "Action 524, item 2.1"),
        ("pledge-3", "自律承诺第3项", "Pledge, item 3"),
        ("NDSR-21", "网络数据安全管理条例第21条", "NDR Art. 21"),
        ("duty-8", "产品义务 8", "Duty 8"),
        ("NPI", "必要信息规定", "Necessary information provisions"),
    ],
)
def test_citation(catalogue: Catalogue, wanted: str, zh: str, en: str) -> None:
    assert (catalogue.citation(wanted, Lang.ZH), catalogue.citation(wanted, Lang.EN)) == (zh, en)


def test_only_what_is_verified_is_shown_as_law(catalogue: Catalogue) -> None:
    entries = (*catalogue.duties.values(), *catalogue.figures.values())
    assert all(each.confidence.shown_as_law for each in entries if each.shown_as_law)
    practice = {str(each.id) for each in entries if each.standing is Standing.PRACTICE}
    assert {"TD-C1", "TD-B9", "337-8", "action524-5.4", "CPR-9", "26-13"} <= practice
    assert catalogue.duty("precheck-1").standing is Standing.EXPIRED
    assert catalogue.figure("TD-R5").standing is Standing.DRAFT
    assert catalogue.duty("pledge-1").standing is Standing.PLEDGE


@pytest.mark.parametrize("article", [23, 25, 26, 29, 39])
def test_separate_consent_is_asked_by_five_articles(catalogue: Catalogue, article: int) -> None:
    assert catalogue.duty(f"PIPL-{article}").consent is AskedForm.SEPARATE


def test_no_other_article_asks_for_separate_consent(catalogue: Catalogue) -> None:
    asking = {each.article for each in catalogue.in_set("pipl") if each.consent == "separate"}
    assert asking == {"23", "25", "26", "29", "39"}


def test_thirteen_app_types_need_nothing(catalogue: Catalogue) -> None:
    free = [each for each in catalogue.app_types.values() if each.none_needed]
    assert len(free) == 13
    assert all(each.necessary == () for each in free)
    assert all(not each.phone_registration_allowed for each in free)


def test_what_is_strictly_sensitive_is_treated_so(catalogue: Catalogue) -> None:
    for category in catalogue.categories.values():
        assert not category.is_sensitive or category.treat_as is TreatAs.SENSITIVE, category.id


def test_the_two_lists_have_their_columns(catalogue: Catalogue) -> None:
    required = {
        each: [column.key for column in catalogue.duty(each).columns if column.required]
        for each in ("action524-2.1", "action524-2.2")
    }
    assert required["action524-2.1"] == ["info_kind", "purpose", "scene"]
    assert required["action524-2.2"][:4] == ["info_kind", "purpose", "scene", "share_mode"]


def test_a_figure_holds_at_most_one_sort_of_value(catalogue: Catalogue) -> None:
    for figure in catalogue.figures.values():
        held = (figure.value is not None, bool(figure.values), bool(figure.elements))
        assert sum(held) <= 1, figure.id


@pytest.mark.parametrize(
    ("wanted", "zh", "en"),
    [
        ("TD-R1", "不超过15个工作日", "at most 15 working days"),
        ("TD-C1", "不少于48小时", "at least 48 hours"),
        ("TD-B4", "不超过1小时", "at most 1 hour"),
        ("TD-D1", "不少于100万人（自然年累计）", "at least 1,000,000 persons in a calendar year"),
        ("TD-D5", "不论数量", "any number"),
        ("TD-D8", "最后60个工作日内", "within the last 60 working days"),
        ("TD-A1", "不满14周岁", "less than 14 years of age"),
        ("TD-A7", "每年1月31日前", "by 01-31 each year"),
        ("TD-H2", "超过85%", "more than 85%"),
        ("TD-H3", "2021-12-31前", "by 2021-12-31"),
        ("TD-Z3", "不超过5000万元；或上一年度营业额的5%以下",
         "at most 50,000,000 yuan; or 5% of last year's turnover"),
        ("TD-R6", "及时", "promptly"),
    ],
)  # fmt: skip
def test_a_figure_in_words(catalogue: Catalogue, wanted: str, zh: str, en: str) -> None:
    figure = catalogue.figure(wanted)
    assert (figure_in_words(figure, Lang.ZH), figure_in_words(figure, Lang.EN)) == (zh, en)


def test_every_figure_can_be_said(catalogue: Catalogue) -> None:
    for figure in catalogue.figures.values():
        said = [figure_in_words(figure, lang) for lang in Lang]
        assert all(said), figure.id
        assert catalogue.figure_citation(figure.id, Lang.EN)


def test_every_word_of_the_vocabularies_has_its_text() -> None:
    assert set(PARTIES) == set(Party)
    assert all(len(words) > 3 for words in (ASKED_FORMS, KINDS, TEST_KINDS))
    assert set(ASKED_FORMS) == set(AskedForm)


@pytest.mark.parametrize(
    ("ask", "wanted", "error", "near"),
    [
        ("duty", "PIPL-140", UnknownDutyError, "PIPL-14"),
        ("duty", "pipl-14", UnknownDutyError, "PIPL-14"),
        ("category", "PI-LOC-PRECIS", UnknownCategoryError, "PI-LOC-PRECISE"),
        ("app_type", "NPI-6", UnknownAppTypeError, "NPI-06"),
        ("figure", "TD-R111", UnknownFigureError, "TD-R11"),
        ("in_set", "pledges", UnknownLawSetError, "pledge"),
    ],
)
def test_an_unknown_id_is_refused_with_what_looks_like_it(
    catalogue: Catalogue, ask: str, wanted: str, error: type[UnknownLawError], near: str
) -> None:
    with pytest.raises(error) as refused:
        getattr(catalogue, ask)(wanted)
    assert refused.value.given == wanted
    assert refused.value.near[0] == near
    assert f"`{near}`" in str(refused.value)


def test_an_article_without_a_duty_is_refused_with_its_reason(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownDutyError, match="international cooperation"):
        catalogue.duty("PIPL-12")


def test_anything_can_be_found_by_its_id(catalogue: Catalogue) -> None:
    for name in set_names(catalogue):
        assert set_title(catalogue, name).zh != name
        for entry in entries_of(catalogue, name):
            assert find(catalogue, entry.id) is entry
    assert isinstance(find(catalogue, "PIPL-24.1"), Duty)
    with pytest.raises(UnknownLawError) as refused:
        find(catalogue, "PI-LOC-PRECISER")
    assert refused.value.near[0] == "PI-LOC-PRECISE"


def test_the_version_is_shown_with_its_month_and_twelve_digits(catalogue: Catalogue) -> None:
    assert re.fullmatch(r"2026-\d\d · [0-9a-f]{12}", str(catalogue.version))
