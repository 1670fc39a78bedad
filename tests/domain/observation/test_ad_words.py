"""Words of advertisements, as shipped: what is a label, what closes, and what only looks so."""

import pytest

from chengnuo.domain.observation.ad_words import AdRole
from chengnuo.domain.observation.knowledge import Knowledge


@pytest.mark.parametrize("text", ["广告", "广告 | 5", "  AD ", "跳过广告 3", "Sponsored"])
def test_a_label_is_the_whole_text(text: str, knowledge: Knowledge) -> None:
    assert knowledge.ad_words.label([text]) == text


@pytest.mark.parametrize("text", ["个性化广告", "download", "接收广告推送", "add", ""])
def test_a_text_that_holds_the_word_is_no_label(text: str, knowledge: Knowledge) -> None:
    assert not knowledge.ad_words.label([text])


@pytest.mark.parametrize("text", ["跳过 5", "关闭", "×", "Skip ad", "No thanks", "残忍拒绝"])
def test_what_closes_is_told(text: str, knowledge: Knowledge) -> None:
    assert knowledge.ad_words.short(AdRole.CLOSE, [text]) == text


@pytest.mark.parametrize("text", ["关闭个性化推荐之后，您看到的广告数量不变", "box", "skipper"])
def test_what_explains_closes_nothing(text: str, knowledge: Knowledge) -> None:
    assert not knowledge.ad_words.short(AdRole.CLOSE, [text])


@pytest.mark.parametrize(
    ("name", "role", "is_named"),
    [
        ("iv_close", AdRole.CLOSE_NAME, True),
        ("btnSkip", AdRole.CLOSE_NAME, True),
        ("closet", AdRole.CLOSE_NAME, False),
        ("splash_ad", AdRole.AD_NAME, True),
        ("address_dialog", AdRole.AD_NAME, False),
        ("read_settings", AdRole.AD_NAME, False),
    ],
)
def test_names_are_taken_apart(
    name: str, role: AdRole, *, is_named: bool, knowledge: Knowledge
) -> None:
    assert knowledge.ad_words.named(role, name) is is_named
