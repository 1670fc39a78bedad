"""`chengnuo price explain`, in process, on a log of twelve hundred quotes."""

import json
from pathlib import Path

import pytest
from tests.doors.web.price_kit import ALONE, MINE, NO_PRICE, priced

from chengnuo.base.text import Lang
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    given = priced(tmp_path_factory.mktemp("quotes"), first="u-mine", second="u-other")
    return {"spec": str(given["spec"]), "log": given["logs"][0], "audit": str(given["audit"])}


def ran(capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en") -> tuple[int, str, str]:
    capsys.readouterr()
    status = run(Program(lang=Lang(lang)), ["--lang", lang, "price", "explain", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_the_steps_are_told_with_the_rules_and_the_others(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = ran(capsys, files["spec"], MINE, files["log"])
    assert status == 0
    for words in (
        "the usual price of the item",
        "a declared factor: km (not published)",
        "¥2.50  taken off by a rule: off (rule: act-118, not published)",
        "¥18.36  paid",
        "What no rule explains:",
        "other quotes were made of the same goods",
        "99% of prices before reductions",
        "No audit is given",
    ):
        assert words in out
    status, out, _ = ran(capsys, files["spec"], MINE, files["log"], lang="zh")
    assert (status, "没有规则能解释的部分" in out) == (0, True)


def test_the_standing_audit_is_told_by_family(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = ran(capsys, files["spec"], MINE, files["log"], "--audit", files["audit"])
    assert status == 0
    assert "standing audit (2026-01-01 08:00 to 2026-01-01 09:00):" in out
    assert "  ability to pay  " in out
    status, _, error = ran(capsys, files["spec"], MINE, files["log"], "--audit", files["spec"])
    assert (status, "price-audit-file" in error) == (2, True)


def test_programs_get_the_same_as_json(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = ran(capsys, files["spec"], MINE, files["log"], "--json")
    said = json.loads(out)
    assert status == 0
    assert (said["paid"], said["listed"]) == (18.36, 20.86)
    assert sum(one["amount"] for one in said["steps"]) == pytest.approx(18.36, abs=1e-4)
    assert [one["kind"] for one in said["steps"]] == [
        "usual",
        "window",
        "factor",
        "given-away",
        "unexplained",
    ]
    assert said["steps"][0]["name"]["zh"] == "这一商品通常的价格"
    assert said["audit"] is None


@pytest.mark.parametrize(
    ("quote", "code"),
    [
        ("q99999", "no-such-quote"),
        (ALONE, "price-nothing-comparable"),
        (NO_PRICE, "price-quote-unusable"),
    ],
)
def test_what_cannot_be_explained_has_a_code(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], quote: str, code: str
) -> None:
    status, out, error = ran(capsys, files["spec"], quote, files["log"], "--json")
    assert (status, out) == (2, "")
    assert json.loads(error)["error"] == code


def test_one_id_on_two_rows_is_no_one_price(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (log,) = Path(files["log"]).parent.glob("*.parquet")
    again = tmp_path / "again.parquet"
    again.write_bytes(log.read_bytes())
    status, _, error = ran(capsys, files["spec"], MINE, files["log"], str(again))
    assert (status, "price-quote-twice" in error) == (2, True)
