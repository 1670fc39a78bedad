"""Columns made up for telling names and addresses by content: what is one, and what is not."""

from functools import cache
from pathlib import Path
from random import Random

import yaml

_NAMES = Path(__file__).parents[3] / "src" / "chengnuo" / "knowledge" / "text" / "names.yaml"
_WORDS = Path(__file__).with_name("column_words.yaml")
_PLACES = (
    "浙江省杭州市西湖区",
    "广东省深圳市南山区",
    "北京市朝阳区",
    "四川省成都市武侯区",
    "湖北省武汉市洪山区",
    "山东省青岛市市南区",
)
_ROADS = ("云栖", "滨海", "学院", "人民", "建设", "锦绣", "长江", "文三")
_HOMES = ("阳光花园", "翠苑小区", "金色家园", "东方名苑", "世纪新城")
_FORMS = (
    "{place}{road}路{a}号{home}{b}幢{c}单元{d}室",
    "{place}{road}大道{a}号",
    "{place}{home}{b}栋{d}",
    "{place} {road}街{a}号{home}{b}-{c}-{d}",
    "{road}路{a}号{home}{b}号楼{d}室",
    "{place}龙泉镇上河村{a}号",
)


def others() -> dict[str, list[str]]:
    """Return words that columns of other things hold, by what they are."""
    found: dict[str, list[str]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return found


@cache
def _signs() -> tuple[list[str], list[str]]:
    rows = yaml.safe_load(_NAMES.read_text(encoding="utf-8"))
    return list("".join(rows["surnames"][:2])), list("".join(rows["given"]))


def name(random: Random) -> str:
    """Return a made-up name: a surname and one or two signs of given names, any of them alike."""
    surnames, given = _signs()
    return random.choice(surnames) + "".join(random.choices(given, k=random.choice((1, 2, 2, 2))))


def address(random: Random) -> str:
    """Return a made-up address."""
    numbers = {"a": 999, "b": 30, "c": 4, "d": 2500}
    return random.choice(_FORMS).format(
        place=random.choice(_PLACES),
        road=random.choice(_ROADS),
        home=random.choice(_HOMES),
        **{key: random.randint(1, most) for key, most in numbers.items()},
    )
