"""The page of the documentation that shows every page of the service."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_HEAD = """\
# 每一页的样子 · What every page looks like

样例商店的每一页，宽 1280 和 390 像素。`make shots` 重拍；深色、英文、大字和打印的样子用
`python -m tests.doors.web.browser.shots` 拍到 `.shots/`。

Every page of the sample shop, 1280 and 390 px wide. `make shots` takes them anew; the same in
English, dark, large text and on paper are taken by `python -m tests.doors.web.browser.shots`.
"""
_PARTS = (
    ("/centre", "个人信息中心 · Privacy centre"),
    ("/console", "控制台 · Console"),
    ("", "其他 · Other"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page that was pictured.

    Attributes:
        path: Its path.
        name: How its pictures' names begin.
        zh: Its heading and what it says first, in Chinese.
        en: The same in English.

    """

    path: str
    name: str
    zh: tuple[str, str]
    en: tuple[str, str]


def screens_page(shown: Sequence[Shown]) -> str:
    """Return the page, parts and pages in their order."""
    return "\n".join((_HEAD, *_parts(shown)))


def _parts(shown: Sequence[Shown]) -> Iterator[str]:
    left = list(shown)
    for start, title in _PARTS:
        here = [one for one in left if one.path.startswith(start)]
        left = [one for one in left if one not in here]
        if here:
            yield f"## {title}\n"
        for one in here:
            yield from _page(one)


def _page(one: Shown) -> Iterator[str]:
    (zh, zh_lead), (en, en_lead) = one.zh, one.en
    yield f"### {_line(zh)} · {_line(en)}\n"
    yield f"`{one.path}`\n"
    for lead in (zh_lead, en_lead):
        if lead:
            yield f"{_line(lead)}\n"
    wide = f"![{_line(zh)}，宽 1280](screens/{one.name}-1280.webp){{ width=620 loading=lazy }}"
    narrow = f"![{_line(zh)}，宽 390](screens/{one.name}-390.webp){{ width=190 loading=lazy }}"
    yield f"{wide} {narrow}\n"


def _line(text: str) -> str:
    return " ".join(text.split()).replace("[", r"\[").replace("]", r"\]").replace("<", "&lt;")
