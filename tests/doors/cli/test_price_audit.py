"""`chengnuo price audit` over files of made-up logs, in process, with everything real below it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from chengnuo.adapters.keys import is_signature
from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Lang
from chengnuo.domain.evidence.dsse import read_envelope
from chengnuo.domain.pricing.simulating import SCENARIOS
from chengnuo.doors.cli.root import run
from chengnuo.engines.fairness.simulation import Scenario, simulated
from chengnuo.usecases.pricing.audits import PREDICATE
from chengnuo.wiring.program import Program

SPEC = """
person = "person"
item = "item"
time = "time"
price = "paid"
quote_id = "quote"
window_s = 300
engine_update_s = 300
[profile]
paying-ability = ["spend_band", "device"]
habit = ["tenure_months"]
[[factors]]
column = "zone"
reason = "NEED"
kind = "cell"
published = true
[[factors]]
column = "arm"
reason = "RANDOM_BY_RULE"
kind = "arm"
[[factors]]
column = "distance_km"
reason = "NEED"
kind = "linear"
[[factors]]
column = "coupon"
reason = "NEW_USER"
kind = "addback"
rule = "newcomer-coupon"
"""

Audit = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def audit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Audit:
    """Audit a made-up log; gives the exit status, what was said, and what was told beside it."""

    def audited(
        scenario: Scenario, *options: str, without: str = "", spec: str = SPEC
    ) -> tuple[int, dict[str, Any], str]:
        columns = {name: pa.array(one) for name, one in simulated(scenario, 7).columns.items()}
        columns.pop(without, None)
        pa.parquet.write_table(pa.table(columns), tmp_path / "quotes.parquet")
        file = tmp_path / "prices.toml"
        file.write_text(spec, encoding="utf-8")
        words = ["price", "audit", str(file), str(tmp_path / "quotes.parquet"), "--json", *options]
        capsys.readouterr()
        status = run(Program(lang=Lang.EN), ["--lang", "en", *words])
        said = capsys.readouterr()
        return status, json.loads(said.out) if said.out else {}, said.err

    return audited


@pytest.mark.real
def test_a_planted_difference_is_found_and_named(audit: Audit) -> None:
    status, said, _ = audit(SCENARIOS["big-spenders"])
    assert (status, said["verdict"]) == (1, "found")
    found = {
        one["regressor"]
        for one in said["audit"]["effects"]
        if one["outcome"] == "price" and one["verdict"] == "found"
    }
    assert found == {"spend_band=top"} | found
    assert said["audit"]["overcharged"] > 0


@pytest.mark.real
def test_a_hidden_list_is_never_certified(audit: Audit) -> None:
    status, said, told = audit(SCENARIOS["hidden-list"])
    assert status != 0
    assert said["verdict"] != "absent"
    config = said["configuration"]
    assert config in told
    status, said, _ = audit(SCENARIOS["hidden-list"], "--registered", config)
    assert status != 0
    assert "persons" in [one["leg"] for one in said["audit"]["proof"]["legs"] if not one["holds"]]


@pytest.mark.real
def test_the_audit_is_fixed_recorded_and_signed(audit: Audit, tmp_path: Path) -> None:
    data, statement, out = tmp_path / "data", tmp_path / "statement.json", tmp_path / "audit.json"
    assert run(Program(lang=Lang.EN), ["evidence", "init", "--data", str(data)]) == 0
    options = ("--data", str(data), "--attest", str(statement), "-o", str(out))
    status, said, _ = audit(Scenario(quotes=4000, persons=300), *options)
    assert status == 4
    legs = {one["leg"]: one["holds"] for one in said["audit"]["proof"]["legs"]}
    assert legs["registered"]
    assert said["position"] is not None
    kept = data / "statements" / f"{said['position']}.json"
    assert kept.read_bytes() == statement.read_bytes()
    signed = read_envelope(statement.read_bytes(), PREDICATE)
    (vkey, _), *_ = signed.signatures
    assert signed.is_signed_by(vkey, is_signature)
    assert signed.subject == (("audit", sha256_hex(out.read_bytes())),)
    assert json.loads(signed.predicate)["configuration"] == said["configuration"]


@pytest.mark.real
def test_what_forbids_a_verdict_is_told_and_no_price_is_looked_at(audit: Audit) -> None:
    spec = SPEC.replace('quote_id = "quote"', 'quote_id = "quote"\ncurrency = "zone"').replace(
        '[[factors]]\ncolumn = "zone"\nreason = "NEED"\nkind = "cell"\npublished = true\n', ""
    )
    status, said, _ = audit(Scenario(quotes=500, persons=50), spec=spec)
    assert (status, said["verdict"], said["audit"]) == (4, "not-auditable", None)
    assert [one["name"] for one in said["problems"]] == ["mixed-currencies"]
    assert said["problems"][0]["instead"]["zh"]


@pytest.mark.real
def test_a_log_without_a_column_is_refused(audit: Audit) -> None:
    status, _, told = audit(Scenario(quotes=500, persons=50), without="device")
    assert status == 2
    assert "device" in told


@pytest.mark.real
def test_report_and_published_copy_are_written_in_every_form(
    audit: Audit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = [tmp_path / f"copy{suffix}" for suffix in (".json", ".html", ".pdf")]
    whole = tmp_path / "audit.json"
    scenario = Scenario(quotes=8000, persons=800, big_spenders=0.02)
    for copy in copies:
        options = ("-o", str(whole), "--publish", str(copy), "--floor", "12", "--force")
        status, said, _ = audit(scenario, *options)
        assert status == 1
    assert said["audit"]["factoring"]["without"][0]["removes"] > 0
    published = json.loads(copies[0].read_text(encoding="utf-8"))
    assert published["withheld"]["floor"] == 12
    assert published["withheld"]["whole"] == sha256_hex(whole.read_bytes())
    assert (published["verdict"], published["factoring"]["groups"]) == ("found", [])
    assert copies[1].read_bytes().startswith(b"<!DOCTYPE html>")
    assert copies[2].read_bytes().startswith(b"%PDF-")
    capsys.readouterr()
    assert run(Program(lang=Lang.EN), ["--lang", "en", "price", "proof", str(copies[0])]) == 1
    told = capsys.readouterr().out
    assert "a published copy: of groups below 12 persons" in told
    assert published["withheld"]["whole"] in told


@pytest.mark.real
@pytest.mark.parametrize(
    "options", [("-o", "report.docx"), ("--publish", "copy.txt"), ("--floor", "9")]
)
def test_another_form_or_a_lower_floor_is_refused(audit: Audit, options: tuple[str, str]) -> None:
    status, said, _ = audit(Scenario(quotes=200, persons=20), *options)
    assert (status, said) == (2, {})
