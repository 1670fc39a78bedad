"""Every command that a page shows is typed, in its order, and gives what the page says.

What is not typed stands in `not_typed`, with the reason. Where both languages show
the same commands, they are typed once.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT, pages
from tests.docs.not_typed import NOT_TYPED, typed_as, why_not_typed
from tests.docs.prepared import FILES, PREPARED
from tests.docs.typing_it import Reader
from tests.docs.walks import Typed, Written, in_english, is_printed, name_of, walk


def acts_of(page: Path) -> list[Written | Typed]:
    return [one for one in walk(page) if isinstance(one, Written) or not why_not_typed(one)]


def walked() -> Iterator[Path]:
    """Yield each page with commands, but not the same commands in a second language."""
    seen: dict[str, list[tuple[str, str]]] = {}
    for page in sorted(pages(), key=lambda one: (in_english(name_of(one)) != name_of(one), one)):
        acts = acts_of(page)
        if not any(isinstance(one, Typed) for one in acts):
            continue
        english = in_english(name_of(page))
        alike = [
            (one.path, "") if isinstance(one, Written) else (one.words, str(one.printed))
            for one in acts
        ]
        if seen.setdefault(english, alike) == alike and english != name_of(page):
            continue
        yield page


def _mark(page: Path) -> pytest.MarkDecorator:
    """Tell when a page is typed: the same commands in a second language wait for `make slow`."""
    return pytest.mark.real if in_english(name_of(page)) == name_of(page) else pytest.mark.slow


@pytest.mark.parametrize(
    "page", [pytest.param(one, marks=_mark(one), id=name_of(one)) for one in walked()]
)
def test_every_command_of_a_page_gives_what_the_page_says(page: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for folder in ("deploy", "examples", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    for name in PREPARED.get(in_english(name_of(page)), ()):
        FILES[name](tmp_path)
    reader = Reader(home, tmp_path)
    for act in acts_of(page):
        told = reader.does(typed_as(act) if isinstance(act, Typed) else act)
        if isinstance(act, Typed):
            place = f"{name_of(page)}:{act.line}: {act.words}"
            assert told.status == act.status, f"{place}\n{told.said}\n{told.printed[-3000:]}"
            assert is_printed(act.printed, told.printed), f"{place}\n{told.printed[-6000:]}"


def test_every_reason_is_needed() -> None:
    words = [act.words for page in pages() for act in walk(page) if isinstance(act, Typed)]
    unused = [
        start for start in NOT_TYPED if not any(re.match(start, one, re.DOTALL) for one in words)
    ]
    assert unused == []


def test_every_prepared_page_has_commands() -> None:
    names = {in_english(name_of(page)) for page in walked()}
    assert PREPARED.keys() - names == set()


def test_both_languages_show_the_same_commands() -> None:
    for page in pages():
        english = ROOT / in_english(name_of(page))
        if english == page or not english.exists():
            continue
        assert _typed_on(page) == _typed_on(english), name_of(page)


def _typed_on(page: Path) -> list[str]:
    """Return the commands of a page in any language."""
    return [
        re.sub("zh|en", "…", act.words) if "lang" in act.words.lower() else act.words
        for act in walk(page)
        if isinstance(act, Typed)
    ]


def test_what_is_printed_is_compared() -> None:
    told = "one\ntwo 12 three\nfour\n"
    assert is_printed(("one", "four"), told)
    assert is_printed(("two … three",), told)
    assert not is_printed(("four", "one"), told)
    assert not is_printed(("tw",), told)


def test_commands_are_read_from_a_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- file: a/b.txt -->\n```text\nin it\n```\n"
        "```sh\nchengnuo x '{\n \"a\": 1}'  # exits 4\nls \\\n  -l\n```\n"
        "```console\n$ chengnuo y\nsays\n\n$ chengnuo z\n```\n"
    )
    assert list(walk(page)) == [
        Written(line=2, path="a/b.txt", content="in it\n"),
        Typed(line=6, words="chengnuo x '{\n \"a\": 1}'", status=4),
        Typed(line=8, words="ls \\\n  -l"),
        Typed(line=12, words="chengnuo y", printed=("says",)),
        Typed(line=15, words="chengnuo z"),
    ]
