"""`chengnuo law`: what people and scripts get, through the whole command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

Chengnuo = Callable[..., tuple[int, str, str]]


@pytest.fixture
def chengnuo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Chengnuo:
    """Return a function that runs one command line and gives status, stdout and stderr."""
    monkeypatch.setenv("CHENGNUO_CACHE", str(tmp_path))

    def call(*arguments: str) -> tuple[int, str, str]:
        status = run(Program(), arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_an_article_is_shown_with_our_summary_and_its_label(chengnuo: Chengnuo) -> None:
    status, out, err = chengnuo("law", "show", "PIPL-14")
    assert (status, err) == (0, "")
    assert out.startswith("PIPL-14  有效同意与重新取得同意\n法规 · 义务 · PIPL 第14条")
    assert "\n摘要：" in out
    assert "  · PIPL-14.3  " in out
    assert "  · duty-1  知情同意" in out
    assert "法规目录 2026-" in out


def test_a_language_can_be_asked_for_on_either_level(chengnuo: Chengnuo) -> None:
    _, inner, _ = chengnuo("law", "show", "PIPL-14", "--lang", "en")
    _, outer, _ = chengnuo("--lang", "en", "law", "show", "PIPL-14")
    assert inner == outer
    assert "Law · obligation · PIPL Art. 14" in inner
    assert "Summary (摘要): Consent must be informed" in inner


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("PIPL-24.2", "↑ PIPL-24  自动化决策"),
        ("191-3.4", "191号文 3.4"),
        ("action524-2.1", "信息种类 (必填; 292号文)"),
        ("TD-R1", "不超过15个工作日"),
        ("TD-C1", "实践 · 推荐性国家标准"),
        ("PI-LOC-PRECISE", "按敏感个人信息对待"),
        ("NPI-06", "PI-BASIC-ADDR"),
        ("NPI-28", "基本功能无须个人信息"),
        ("PIPL-12", "不设处理者的义务：国际交流合作"),
        ("separate-consent", "ConsentForm.SEPARATE"),
        ("337-8", "实践"),
    ],
)
def test_everything_of_the_catalogue_can_be_shown(
    chengnuo: Chengnuo, wanted: str, expected: str
) -> None:
    status, out, _ = chengnuo("law", "show", wanted)
    assert status == 0
    assert out.startswith(wanted)
    assert expected in out


def test_a_duty_as_json_has_both_languages_and_its_citation(chengnuo: Chengnuo) -> None:
    status, out, _ = chengnuo("law", "show", "PIPL-24.1", "--json")
    tree = json.loads(out)
    assert status == 0
    assert tree["id"] == "PIPL-24.1"
    assert tree["parent"] == "PIPL-24"
    assert tree["citation"] == {"zh": "PIPL 第24条第1款", "en": "PIPL Art. 24(1)"}
    assert tree["label"] == {"zh": "法规", "en": "Law"}
    assert tree["law_version"].startswith("2026-")


def test_a_figure_as_json_says_that_it_is_practice(chengnuo: Chengnuo) -> None:
    _, out, _ = chengnuo("law", "show", "TD-C1", "--json")
    tree = json.loads(out)
    assert (tree["value"], tree["unit"], tree["comparator"]) == (48, "hours", ">=")
    assert (tree["standing"], tree["confidence"]) == ("practice", "memory")
    assert tree["words"]["zh"] == "不少于48小时"


def test_the_sets_are_listed_with_their_counts(chengnuo: Chengnuo) -> None:
    status, out, _ = chengnuo("law", "list")
    rows = [line.split()[:2] for line in out.splitlines() if line.strip()]
    assert status == 0
    assert rows[:3] == [["duty", "16"], ["pledge", "10"], ["action524", "11"]]
    assert ["categories", "88"] in rows
    assert ["figures", "119"] in rows


def test_a_set_is_listed(chengnuo: Chengnuo) -> None:
    status, out, _ = chengnuo("law", "list", "--set", "pledge")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[:10]] == [
        f"pledge-{number}" for number in range(1, 11)
    ]
    assert "[承诺] 最小必要" in out


@pytest.mark.parametrize(
    ("name", "count"), [("duty", 16), ("action524", 11), ("figures", 119), ("app-types", 39)]
)
def test_a_set_as_json(chengnuo: Chengnuo, name: str, count: int) -> None:
    _, out, _ = chengnuo("law", "list", "--set", name, "--json")
    tree = json.loads(out)
    assert (tree["set"], len(tree["items"])) == (name, count)


def test_the_sets_as_json(chengnuo: Chengnuo) -> None:
    _, out, _ = chengnuo("law", "list", "--json")
    sets = {each["set"]: each["count"] for each in json.loads(out)["sets"]}
    assert (sets["duty"], sets["pipl"], sets["related"]) == (16, 63, 46)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("law", "show", "pipl-14"), "法规目录中没有 `pipl-14`。相近：PIPL-14"),
        (("law", "show", "pipl-14", "--lang", "en"), "near: PIPL-14"),
        (("law", "show", "zzzz"), "法规目录中没有 `zzzz`\n"),
        (("law", "list", "--set", "pledges"), "相近：pledge"),
    ],
)
def test_an_unknown_id_ends_with_two_and_near_matches(
    chengnuo: Chengnuo, arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = chengnuo(*arguments)
    assert (status, out) == (2, "")
    assert said in err


def test_an_unknown_id_as_json_has_its_code(chengnuo: Chengnuo) -> None:
    status, out, err = chengnuo("law", "list", "--set", "pledges", "--json")
    assert (status, out) == (2, "")
    assert json.loads(err)["error"] == "unknown-law-set"
    assert json.loads(err)["near"][0] == "pledge"


def test_wrong_usage_ends_with_two(chengnuo: Chengnuo) -> None:
    assert chengnuo("law", "show")[0] == 2
    assert chengnuo("law", "show", "PIPL-14", "--lang", "fr")[0] == 2
