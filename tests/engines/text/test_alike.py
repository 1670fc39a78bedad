"""How alike texts are: held to a plain cosine over runs of two signs."""

from math import log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.engines.text.alike import alike

TEXTS = st.text(alphabet="定位门店价格ab1 ，", max_size=12)


def plain(text: str, others: list[str]) -> list[float]:
    """Count every run by hand."""

    def runs(said: str) -> list[str]:
        words = "".join(sign.lower() if sign.isalnum() else " " for sign in said).split()
        return [run for word in words for run in ([word] if len(word) == 1 else _pairs(word))]

    def weight(run: str) -> float:
        return log((1 + len(others)) / sum(run in runs(other) for other in others))

    known = {run for other in others for run in runs(other)}
    found = []
    for other in others:
        one = {run: runs(text).count(run) * weight(run) for run in known}
        two = {run: runs(other).count(run) * weight(run) for run in known}
        length = sqrt(sum(x * x for x in one.values())) * sqrt(sum(x * x for x in two.values()))
        found.append(sum(one[run] * two[run] for run in known) / length if length else 0.0)
    return found


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]


@given(TEXTS, st.lists(TEXTS, max_size=5))
def test_it_agrees_with_counting_by_hand(text: str, others: list[str]) -> None:
    found = alike(text, others)
    assert found == pytest.approx(plain(text, others), abs=1e-9)
    assert all(0 <= one <= 1 for one in found)


def test_the_nearest_is_the_one_that_it_speaks_of() -> None:
    rows = ["为您显示附近的门店，读取精确位置", "向您推送个性化广告", "注销账号"]
    scores = alike("附近门店一打开就读取我的位置", rows)
    assert scores.index(max(scores)) == 0
    assert alike("今天天气好", rows) == (0.0, 0.0, 0.0)
