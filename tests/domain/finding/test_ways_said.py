"""Labels of a written way are counted as the taps that they are."""

import pytest

from chengnuo.base.text import Text
from chengnuo.domain.finding.rules.ways_said import labels_of


@pytest.mark.parametrize(
    ("way", "labels"),
    [
        ("我 → 设置 → 隐私政策", ("我", "设置", "隐私政策")),
        ("我→设置→隐私", ("我", "设置", "隐私")),
        ("Me -> Settings", ("Me", "Settings")),
        ("我 > 设置", ("我", "设置")),
        ("客服热线 400-000-0000", ("客服热线 400-000-0000",)),
        ("年龄>14 的说明", ("年龄>14 的说明",)),
    ],
)
def test_a_way_is_taken_apart(way: str, labels: tuple[str, ...]) -> None:
    assert labels_of(Text(way)) == labels
