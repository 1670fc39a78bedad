"""The pages on how to keep each duty: every row has one, and what they name is there."""

import dataclasses
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
from tests.docs.markdown import ROOT
from tests.docs.register_fields import inner_rows, type_words
from tests.doors.browser_kit import Browser
from tests.doors.service_kit import start

from chengnuo.domain.finding.all_controls import ALL_CONTROLS
from chengnuo.domain.register.kinds import KINDS
from chengnuo.law.catalogue import Catalogue

FOLDERS = {"en": ROOT / "docs" / "how-to", "zh": ROOT / "docs" / "zh" / "how-to"}
BOTH = pytest.mark.parametrize("lang", FOLDERS)
ROWS = {*(f"duty-{n}" for n in range(1, 17)), *(f"pledge-{n}" for n in range(1, 11))}
LABELS = {
    "en": ("The law.", "In the register.", "Pages.", "The board then.", "Not by Chengnuo."),
    "zh": ("法律要求：", "写进登记簿：", "页面：", "承诺板随后：", "承诺做不到的："),
}
_ARTICLE = re.compile(r"[（(]((?:[A-Z0-9]+(?:-[0-9.]+)?(?:, |、)?)+)[)）]")
_TICKED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What one page says of one or more rows of the board."""

    page: Path
    rows: tuple[str, ...]
    parts: dict[str, str]


def sections(lang: str) -> Iterator[Section]:
    for page in sorted(FOLDERS[lang].glob("*.md")):
        for text in page.read_text(encoding="utf-8").split("\n## ")[1:]:
            title, _, body = text.partition("\n")
            rows = tuple(one for one in _TICKED.findall(title) if one in ROWS)
            parts = {
                label: body.split(f"**{label}**")[1].split("\n\n")[0]
                for label in LABELS[lang]
                if f"**{label}**" in body
            }
            yield Section(page=page, rows=rows, parts=parts)


@BOTH
def test_every_row_has_its_section_and_every_section_all_its_parts(lang: str) -> None:
    found = list(sections(lang))
    assert {row for one in found for row in one.rows} == ROWS
    for one in found:
        assert one.rows, one.page
        assert tuple(one.parts) == LABELS[lang], (one.page, one.rows)


@BOTH
def test_a_control_that_is_named_stands_on_its_row(lang: str) -> None:
    rows = {str(control.id): set(map(str, control.duties)) for control in ALL_CONTROLS}
    named = 0
    for one in sections(lang):
        for control in _TICKED.findall(one.parts[LABELS[lang][3]]):
            assert rows[control] & set(one.rows), (control, one.rows, rows[control])
            named += 1
    assert named > 30


def words_of_a_register() -> set[str]:
    """Return every word that a register may hold as a key, a kind, a folder or a choice."""
    found: set[str] = {"true"}
    rows: list[type] = []
    for kind in KINDS:
        found |= {kind.name, kind.plural}
        rows.append(kind.model)
    seen: set[type] = set()
    while rows:
        row = rows.pop()
        if row in seen:
            continue
        seen.add(row)
        hints = typing.get_type_hints(row, include_extras=True)
        for field in dataclasses.fields(row):
            found.add(field.name.rstrip("_"))
            rows += inner_rows(hints[field.name])
            found |= set(re.findall(r"`([\w-]+)`", type_words(hints[field.name])))
    return found


@BOTH
def test_what_is_to_be_declared_is_a_word_of_a_register(lang: str) -> None:
    known = words_of_a_register()
    named = [
        word
        for one in sections(lang)
        for text in _TICKED.findall(one.parts[LABELS[lang][1]])
        for word in re.split(r"[.: /]+", text)
        if word
    ]
    assert len(named) > 50
    assert set(named) - known == set()


@BOTH
def test_what_is_cited_is_in_the_catalogue(lang: str, catalogue: Catalogue) -> None:
    cited = {
        article
        for one in sections(lang)
        for group in _ARTICLE.findall(one.parts[LABELS[lang][0]])
        for article in re.split(", |、", group)
    }
    assert len(cited) > 25
    assert {
        one
        for one in cited
        if one not in set(map(str, catalogue.duties)) | set(map(str, catalogue.instruments))
    } == set()


@pytest.mark.service
def test_every_page_of_the_service_that_is_named_is_served(tmp_path: Path) -> None:
    named = {
        path
        for lang in FOLDERS
        for one in sections(lang)
        for text in one.parts.values()
        for path in _TICKED.findall(text)
        if path.startswith("/")
    }
    assert len(named) > 25
    kit = start(tmp_path / "data", register=str(ROOT / "examples" / "shop" / "register"))
    browser = Browser(kit.service.app)
    missing = {path for path in named if browser.get(path).status_code == HTTPStatus.NOT_FOUND}
    assert browser.get("/console/no-such-page").status_code == HTTPStatus.NOT_FOUND
    kit.service.close()
    assert missing == set()


def test_both_languages_cite_and_name_the_same() -> None:
    english, chinese = (
        [(one.page.name, one.rows, *map(_names, one.parts.values())) for one in sections(lang)]
        for lang in ("en", "zh")
    )
    assert english == chinese


def _names(text: str) -> list[str]:
    ticked = {one for one in _TICKED.findall(text) if "/" in one or "-" in one}
    return sorted(ticked | set(re.findall(r"PIPL-[0-9.]+\b", text)))
