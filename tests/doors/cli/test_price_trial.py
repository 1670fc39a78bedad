"""`chengnuo price simulate`, `audit -o` and `proof`, in process, one after the other."""

import json
from pathlib import Path

import pytest

from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Lang
from chengnuo.domain.pricing.simulating import SCENARIOS
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = run(Program(lang=Lang.EN), ["--lang", "en", "price", *words])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_scenarios_are_listed_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = ran(capsys, "simulate", "--json")
    listed = json.loads(out)["scenarios"]
    assert status == 0
    assert sorted(listed) == sorted(SCENARIOS)
    assert all(one["zh"] and one["en"] for one in listed.values())


@pytest.mark.real
def test_a_made_up_log_is_audited_and_its_audit_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, spec = tmp_path / "quotes.parquet", tmp_path / "quotes.toml"
    made = ("simulate", "--scenario", "big-spenders", "--seed", "3", "--quotes", "3000")
    status, out, _ = ran(capsys, *made, "-o", str(log), "--json")
    assert (status, json.loads(out)["quotes"]) == (0, 3000)
    assert ran(capsys, *made, "-o", str(log))[0] == 2  # it is there already

    page, audit = tmp_path / "report.html", tmp_path / "audit.json"
    ends = {ran(capsys, "audit", str(spec), str(log), "-o", str(one))[0] for one in (page, audit)}
    (end,) = ends
    assert end in {1, 4}
    assert "spend_band=top" in page.read_text(encoding="utf-8")

    status, out, _ = ran(capsys, "proof", str(audit), "--json")
    said = json.loads(out)
    assert (status, said["ok"]) == (end, False)
    assert said["audit"] == sha256_hex(audit.read_bytes())
    assert said["configuration"] in page.read_text(encoding="utf-8")
    status, out, _ = ran(capsys, "proof", str(audit))
    assert "✗" in out
    assert said["data"] in out


def test_a_file_that_is_no_audit_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "audit.json"
    file.write_text("{}", encoding="utf-8")
    status, _, told = ran(capsys, "proof", str(file))
    assert status == 2
    assert "price-audit-file" in told


def test_a_report_of_another_kind_is_refused_before_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = tmp_path / "prices.toml"
    spec.touch()
    status, _, told = ran(capsys, "audit", str(spec), "none.parquet", "-o", str(tmp_path / "a.doc"))
    assert status == 2
    assert ".html" in told
