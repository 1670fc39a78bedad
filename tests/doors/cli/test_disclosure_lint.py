"""The command that looks through what is published or handed on."""

import json
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
