"""The picture of who answers for what: a box for each part, and no words on others."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.web.plot_kit import boxes, is_well_laid

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.responsibility import PART_WORDS, ChainLink, ChainPart
from chengnuo.doors.web.chain_picture import chain_picture

TITLE = "责任链"
NAMES = st.text(max_size=60) | st.sampled_from(["高德定位", "长" * 60, "long " * 20])


def link(part: ChainPart, name: str) -> ChainLink:
    return ChainLink(part=part, name=Text(name, name), company=None)


@given(st.lists(st.tuples(st.sampled_from(ChainPart), NAMES), max_size=40), st.sampled_from(Lang))
def test_any_chain_is_well_laid(made: list[tuple[ChainPart, str]], lang: Lang) -> None:
    for box in boxes(chain_picture([link(part, name) for part, name in made], TITLE, lang)):
        is_well_laid(box)


@given(st.sets(st.sampled_from(ChainPart)), st.sampled_from(Lang))
def test_there_is_a_box_for_each_part_and_the_words_name_it(
    parts: set[ChainPart], lang: Lang
) -> None:
    drawing = chain_picture([link(part, part.value) for part in parts], TITLE, lang)
    for box in boxes(drawing):
        frames = [mark for mark in box.marks if mark.sort.startswith("box")]
        assert len(frames) == len(parts)
        own = [mark for mark in frames if mark.sort == "box-own"]
        assert len(own) == (ChainPart.OPERATOR in parts)
        assert all(any(one.text == part.value for one in box.labels) for part in parts)
    assert all(PART_WORDS[part].in_lang(lang) in drawing.words for part in parts)


@pytest.mark.parametrize("lang", list(Lang))
def test_long_names_are_cut_and_many_are_counted(lang: Lang) -> None:
    long = replace(link(ChainPart.SDK, "长" * 60), name=Text("长" * 60, "long " * 20))
    drawing = chain_picture([long] * 6, TITLE, lang)
    more = {Lang.ZH: "另有 2 家，见下表", Lang.EN: "and 2 more, see the table"}
    for box in boxes(drawing):
        names = [one.text for one in box.labels if one.sort == "in"]
        assert len(names) == 5
        assert all(name.endswith("…") for name in names[:4])
        assert names[4] == more[lang]
    assert "6" in drawing.words
