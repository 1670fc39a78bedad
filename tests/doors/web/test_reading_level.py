"""What the centre says by itself is said in short sentences (GB/T 37668; 适老: plain words)."""

import re

import pytest

from chengnuo.base.text import Lang
from chengnuo.doors.web.wording import texts

MOST_ON_AVERAGE = 30
"""Characters of a sentence of the summaries, on average."""
SUMMARIES = re.compile(
    r"centre\.(about\.line-\d|[a-z-]+\.(lead|what|how)|home\.(lead|greeting|enter)"
    r"|rights\.(card\.[a-z]+\.what|then\.[a-z]+))"
)
_ENDS = re.compile(r"[。！？；]")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the places that are filled in."""
    return [one for one in _ENDS.split(re.sub(r"\{[^}]*\}", "", text)) if one.strip()]


def summaries() -> dict[str, str]:
    return {key: text for key, text in texts(Lang.ZH).items() if SUMMARIES.fullmatch(key)}


def test_a_sentence_is_counted_from_stop_to_stop() -> None:
    assert sentences("一二三。四五；六{app}七") == ["一二三", "四五", "六七"]


def test_sentences_of_the_summaries_are_short_on_average() -> None:
    found = [one for text in summaries().values() for one in sentences(text)]
    assert len(found) > 60
    assert sum(map(len, found)) / len(found) <= MOST_ON_AVERAGE


@pytest.mark.parametrize("key", summaries())
def test_no_summary_is_long_winded(key: str) -> None:
    found = sentences(summaries()[key])
    assert sum(map(len, found)) / len(found) <= 1.5 * MOST_ON_AVERAGE, summaries()[key]
