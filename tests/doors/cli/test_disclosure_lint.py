"""The command that looks through what is published or handed on."""

import json
import shutil
from pathlib import Path

import pytest
from tests.house.sources import ROOT

from chengnuo.doors.cli.root import EXIT_FINDINGS, EXIT_UNFINISHED, EXIT_WRONG_INPUT, run
from chengnuo.wiring.program import Program

SHOP = str(ROOT / "examples/shop/register")
PHONES = "订单号,手机号,城市\nA1,13800138000,杭州\nA2,13900139000,南京\n"
WINNERS = """<ul>{% for w in winners %}
<li>{{ w.name }} {{ w.phone | mask }} {{ w.bankCard }} {{ product.name }}</li>
{% endfor %}</ul>
<p>联系电话 13800138000</p>
"""


def _linted(
    capsys: pytest.CaptureFixture[str], path: Path, content: str, *options: str
) -> list[tuple[str, str]]:
    path.write_text(content, encoding="utf-8")
    status = run(Program(), ["disclosure", "lint", str(path), "--json", *options])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert status == (EXIT_FINDINGS if found else 0)
    return [(one["rule"], one["evidence"]) for one in found]


def test_a_page_of_winners(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _linted(capsys, tmp_path / "winners.html", WINNERS) == [
        ("disclosed-sensitive", "winners.bankCard"),
        ("disclosed-value-unmasked", "mobile"),
        ("disclosed-field-unmasked", "winners.name"),
    ]


def test_a_masked_payload_is_clean_and_an_unmasked_one_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "payload.json"
    masked = '{"list": [{"phone": "138****8000", "prize": "手机"}]}'
    assert _linted(capsys, path, masked) == []
    shown = '{"list": [{"phone": "13800138000", "prize": "手机"}]}'
    assert _linted(capsys, path, shown) == [("disclosed-value-unmasked", "list.phone")]


def test_an_interface_in_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = (
        "openapi: 3.0.3\npaths:\n  /p:\n    get:\n      responses:\n        '200':\n"
        "          content:\n            application/json:\n              schema:\n"
        "                properties:\n                  diagnosis: {type: string}\n"
        "                  orderId: {type: string}\n"
    )
    found = _linted(capsys, tmp_path / "api.yaml", content)
    assert found == [("disclosed-sensitive", "GET /p diagnosis")]


def test_a_recipient_may_get_what_is_declared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.csv"
    to = ("--register", SHOP, "--recipient")
    assert _linted(capsys, path, PHONES, *to, "aliyun-pns") == []
    assert _linted(capsys, path, PHONES, *to, "bugly") == [("disclosed-not-declared", "手机号")]
    rules = [rule for rule, _ in _linted(capsys, path, PHONES, "--register", SHOP)]
    assert "disclosed-value-unmasked" in rules


def test_values_are_never_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.csv"
    path.write_text(PHONES, encoding="utf-8")
    for lang, word in (("zh", "没有遮盖"), ("en", "without a mask")):
        assert run(Program(), ["--lang", lang, "disclosure", "lint", str(path)]) == EXIT_FINDINGS
        said = capsys.readouterr().out
        assert word in said
        assert "13800138000" not in said


def test_bad_input_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = tmp_path / "report.xlsx"
    damaged.write_bytes(b"PK\x03\x04 nothing")
    assert run(Program(), ["disclosure", "lint", str(damaged)]) == EXIT_UNFINISHED
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert run(Program(), ["disclosure", "lint", str(picture)]) == EXIT_WRONG_INPUT
    page = tmp_path / "page.html"
    page.write_text("<p>你好</p>", encoding="utf-8")
    assert run(Program(), ["disclosure", "lint", str(page)]) == 0
    unknown = ["disclosure", "lint", str(page), "--register", SHOP, "--recipient", "nobody"]
    assert run(Program(), unknown) == EXIT_WRONG_INPUT
    assert run(Program(), ["disclosure", "lint", str(page), "--recipient", "bugly"]) == 2
    capsys.readouterr()


def _har(*answers: tuple[str, str]) -> str:
    entries = [
        {
            "request": {"method": "GET", "url": f"https://shop.example{path}?phone=13700137000"},
            "response": {"content": {"mimeType": "application/json", "text": text}},
        }
        for path, text in answers
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}})


def test_of_a_recording_only_what_is_answered_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = _har(("/winners", '{"list": [{"phone": "138****8000"}]}'), ("/empty", ""))
    assert _linted(capsys, tmp_path / "a.har", clean) == []
    shown = _har(("/winners", '{"list": [{"phone": "13800138000"}]}'))
    assert _linted(capsys, tmp_path / "b.har", shown) == [
        ("disclosed-value-unmasked", "GET /winners list.phone")
    ]
    page = _har(("/page", "<p>联系 13800138000</p>"))
    assert _linted(capsys, tmp_path / "c.har", page) == []
    for hostile in ('{"log": {"entries": [1, {"response": 3}]}}', '{"log": {"entries": []}}'):
        assert _linted(capsys, tmp_path / "d.har", hostile) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("138****8000", [], id="three and four"),
        pytest.param("*******8000", [], id="fewer"),
        pytest.param("1380***8000", [("disclosed-beyond-mask", "手机号")], id="four and four"),
        pytest.param(
            "13800138000",
            [("disclosed-beyond-mask", "手机号"), ("disclosed-value-unmasked", "手机号")],
            id="all of it",
        ),
    ],
)
def test_a_list_is_held_to_the_mask_of_its_column(
    value: str,
    expected: list[tuple[str, str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    copied = shutil.copytree(SHOP, tmp_path / "register")
    activity = copied / "activities" / "raffle-winners.yaml"
    counted = "      leading: 3\n      trailing: 4\n      columns: [手机号]\n"
    mask = next(line for line in activity.read_text("utf-8").splitlines() if "四位" in line)
    activity.write_text(activity.read_text("utf-8").replace(f"{mask}\n", f"{mask}\n{counted}"))
    table = f"手机号,奖项\n{value},一等奖\n{value},二等奖\n"
    held = ("--register", str(copied), "--activity", "raffle-winners")
    assert sorted(_linted(capsys, tmp_path / "w.csv", table, *held)) == expected


def test_sarif_has_rules_places_and_what_the_schema_asks_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, payload = tmp_path / "winners.html", tmp_path / "payload.json"
    page.write_text(WINNERS, encoding="utf-8")
    payload.write_text('{\n  "list": [{"phone": "13800138000"}]\n}', encoding="utf-8")
    status = run(Program(), ["disclosure", "lint", str(page), str(payload), "--sarif"])
    sarif = json.loads(capsys.readouterr().out)
    assert status == EXIT_FINDINGS
    assert sarif["version"] == "2.1.0"
    (ran,) = sarif["runs"]
    rules = ran["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == 5
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert set(rule["properties"]["title"]) == set(rule["properties"]["fix"]) == {"zh", "en"}
    for result in ran["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
    places = {
        (
            Path(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]).name,
            result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        ): result["locations"][0]["physicalLocation"]["region"]
        for result in ran["results"]
    }
    lines = WINNERS.splitlines()
    assert places["winners.html", "winners.bankCard"] == {
        "startLine": 2,
        "startColumn": lines[1].index("{{ w.bankCard") + 1,
    }
    assert places["winners.html", "mobile"] == {
        "startLine": 4,
        "startColumn": lines[3].index("138") + 1,
    }
    assert places["payload.json", "list.phone"] == {"startLine": 2, "startColumn": 13}
