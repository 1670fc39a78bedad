"""The published pages: whole in both languages, nothing fetched, honest badge, the same bytes."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from tests.doors.web.public_board_kit import PROOFS, board_of_statuses

from chengnuo.base.text import Lang
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.board_json import board_json
from chengnuo.doors.web.board_badge import badge
from chengnuo.doors.web.centre_promises import as_file
from chengnuo.doors.web.public_board_page import page_policy, public_files
from chengnuo.law.catalogue import Catalogue

HAN = re.compile(r"[\u4e00-\u9fff]+")
EACH = tuple(RowStatus)


@pytest.fixture(scope="module")
def files(catalogue: Catalogue) -> dict[str, bytes]:
    board = board_of_statuses(catalogue, EACH)
    return public_files(board, PROOFS, catalogue=catalogue) | {
        "board.json": board_json(board, catalogue, PROOFS)
    }


@pytest.mark.parametrize("name", ["board.json", "badge.svg", "badge.en.svg", "index.html"])
def test_what_is_published_stays_as_it_is(
    files: dict[str, bytes], name: str, golden: Callable[[str, str | bytes], None]
) -> None:
    golden(f"board/{name}", files[name])


def test_the_same_board_gives_the_same_bytes(catalogue: Catalogue, files: dict[str, bytes]) -> None:
    again = public_files(board_of_statuses(catalogue, EACH), PROOFS, catalogue=catalogue)
    assert {name: files[name] for name in again} == again


def test_the_pages_hold_every_row_and_fetch_nothing(files: dict[str, bytes]) -> None:
    rows = [row["id"] for row in json.loads(files["board.json"])["rows"]]
    for name in ("index.html", "en.html"):
        page = files[name].decode()
        links = set(re.findall(r'(?:href|src)="([^"]+)"', page))
        beside = {one for one in links if not one.startswith(("#", "data:"))}
        assert beside <= {*files, "attestation.json", "proof-duty-1.json"}
        assert [row for row in rows if f'id="{row}"' not in page] == []
        assert "<script" not in page
        assert "<甲>" not in page
        assert "http://" not in re.sub(r"data:[^\"]+", "", page)


def test_the_english_page_has_no_chinese_but_the_way_back(files: dict[str, bytes]) -> None:
    page = re.sub(r"<style>.*?</style>", "", files["en.html"].decode(), flags=re.DOTALL)
    assert set(HAN.findall(unescape(page))) == {"中文"}


def test_a_count_that_is_not_told_and_a_run_that_is_not_recorded_are_said_so(
    files: dict[str, bytes],
) -> None:
    page = files["index.html"].decode()
    assert "看了同意的记录：120" in page
    assert "看了同意的记录：少于 10 项" in page
    assert "还没有运行的记录" in page
    assert "日志第 41 号记录" in page


def test_without_a_log_it_says_so_and_names_no_key(catalogue: Catalogue) -> None:
    board = replace(board_of_statuses(catalogue, EACH), log=None)
    page = public_files(board, {}, catalogue=catalogue)["index.html"].decode()
    assert "没有证据日志" in page
    assert "--key" not in page


def test_the_page_runs_under_the_policy_in_it_and_that_of_the_service(
    files: dict[str, bytes],
) -> None:
    page = files["index.html"].decode()
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    said = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert style is not None
    assert said is not None
    assert unescape(said[1]) == page_policy(style[1])
    served = as_file("index.html", files["index.html"]).headers["content-security-policy"]
    assert served.startswith(page_policy(style[1]))
    assert "style-src" not in as_file("board.json", b"{}").headers["content-security-policy"]


@pytest.mark.parametrize(
    ("statuses", "ground", "says"),
    [
        pytest.param(
            [RowStatus.NOT_SHOWN] * 3, "#52565a", "0 of 3 shown · 0 failing", id="nothing"
        ),
        pytest.param(
            [RowStatus.NOT_APPLICABLE] * 3, "#52565a", "0 of 0 shown", id="nothing applies"
        ),
        pytest.param([RowStatus.SHOWN, RowStatus.STALE], "#52565a", "1 of 2 shown", id="stale"),
        pytest.param(
            [RowStatus.SHOWN, RowStatus.NOT_APPLICABLE],
            "#2f5d3a",
            "1 of 1 shown",
            id="all that apply",
        ),
        pytest.param(
            [RowStatus.SHOWN] * 3 + [RowStatus.FAILING],
            "#7a1e4b",
            "3 of 4 shown · 1 failing",
            id="one fails",
        ),
    ],
)
def test_the_badge_is_as_good_as_the_worst_row(
    catalogue: Catalogue, statuses: list[RowStatus], ground: str, says: str
) -> None:
    picture = badge(board_of_statuses(catalogue, statuses), Lang.EN).decode()
    assert says in picture
    assert "2026-11-30" in picture
    assert ground in picture
    assert ("#2f5d3a" in picture) is (ground == "#2f5d3a")
