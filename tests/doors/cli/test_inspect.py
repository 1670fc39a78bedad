"""`chengnuo inspect`: what it prints, what it writes, and its exit status."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.domain.finding.report_kit import BAD_FINDINGS, REPORTS
from tests.doors.cli.inspecting_here import Here

from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.observation.inspection import Unread
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Place, Subject
from chengnuo.domain.observation.seen import BlindSpot
from chengnuo.doors.cli.inspect_forms import Form, status_of
from chengnuo.doors.cli.root import run
from chengnuo.law.catalogue import Catalogue

BUILT = Path(__file__).parents[2] / "packages" / "built"
SHOP = str(Path(__file__).parents[3] / "examples" / "shop" / "register")
APP = str(BUILT / "async-handlers.apk")
OTHER = str(BUILT / "async-lazy.apk")
ON = ("--on", "2026-11-28")
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def program(catalogue: Catalogue, knowledge: Knowledge) -> Here:
    return Here(law=catalogue, knowledge=knowledge)


def test_findings_are_told_and_give_status_1(program: Here, capsys: Printed) -> None:
    assert run(program, ["inspect", APP, *ON]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("com.example.asynchandlers 1.0\n")
    assert "同意之前可以运行 (6)" in printed.out
    assert printed.err == "检查 async-handlers.apk\n"
    assert program.asked == [(2_048 << 20, 600.0)]


def test_limits_are_handed_on(program: Here, capsys: Printed) -> None:
    run(program, ["inspect", APP, "--memory", "512", "--time", "7.5"])
    assert program.asked == [(512 << 20, 7.5)]
    assert run(program, ["inspect", APP, "--memory", "1"]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.PDF])
def test_a_format_has_the_same_bytes_each_time_and_in_a_file(
    form: Form, program: Here, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    line = ["inspect", APP, *ON, "--format", form.value]
    run(program, line)
    first = capsysbinary.readouterr().out
    assert first.endswith(b"\n")
    run(program, line)
    assert capsysbinary.readouterr().out == first
    out = tmp_path / "report"
    run(program, [*line, "-o", str(out)])
    assert out.read_bytes() == first
    assert capsysbinary.readouterr().out == b""
    if form in {Form.JSON, Form.SARIF, Form.CYCLONEDX}:
        assert json.loads(first)


@pytest.mark.real
def test_a_pdf_has_the_same_bytes_each_time(program: Here, tmp_path: Path) -> None:
    files = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for file in files:
        assert run(program, ["inspect", APP, *ON, "--format", "pdf", "-o", str(file)]) == 1
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes().startswith(b"%PDF-")


def test_a_file_that_is_there_is_replaced_only_when_told(
    program: Here, capsys: Printed, tmp_path: Path
) -> None:
    out = tmp_path / "report.txt"
    out.write_text("mine")
    assert run(program, ["inspect", APP, "-o", str(out)]) == 2
    assert "[output-exists]" in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert run(program, ["inspect", APP, "-o", str(out), "--force"]) == 1
    assert out.read_text().startswith("com.example.asynchandlers")


def test_a_finding_or_observation_is_explained_by_the_beginning_of_its_id(
    program: Here, capsys: Printed
) -> None:
    run(program, ["inspect", APP, "--json"])
    report = json.loads(capsys.readouterr().out)
    seen = report["inspection"]["observations"][0]
    assert run(program, ["inspect", APP, "--explain", seen["id"][:8]]) == 0
    said = capsys.readouterr().out
    assert said.startswith(seen["id"])
    assert "▶" in said
    assert "invoke-virtual" in said
    finding = report["findings"][0]
    assert run(program, ["--lang", "en", "inspect", APP, "--explain", finding["id"]]) == 0
    said = capsys.readouterr().out
    assert said.startswith(finding["id"])
    assert all(one in said for one in finding["observations"])
    run(program, ["inspect", APP, "--explain", seen["id"], "--json"])
    tree = json.loads(capsys.readouterr().out)
    assert [line["pc"] for line in tree["code"][0]["lines"] if line["isSite"]] == [
        seen["place"]["pc"]
    ]


def test_code_beside_what_the_system_loads_is_shown_too(program: Here, capsys: Printed) -> None:
    package = str(BUILT / "box-hidden-dex.apk")
    run(program, ["inspect", package, "--json"])
    report = json.loads(capsys.readouterr().out)
    hidden = [
        one["id"]
        for one in report["inspection"]["observations"]
        if one["place"]["file"].startswith("assets/") and one["place"]["pc"] >= 0
    ]
    assert hidden
    assert run(program, ["inspect", package, "--explain", hidden[0]]) == 0
    assert "▶" in capsys.readouterr().out


@pytest.mark.parametrize("begin", ["zz", "?"])
def test_an_id_that_names_nothing_is_refused(begin: str, program: Here, capsys: Printed) -> None:
    assert run(program, ["inspect", APP, "--explain", begin]) == 2
    assert "[not-seen]" in capsys.readouterr().err


def test_a_beginning_that_several_have_is_refused(program: Here, capsys: Printed) -> None:
    run(program, ["inspect", APP, "--json"])
    report = json.loads(capsys.readouterr().out)
    ids = [one["id"] for one in (*report["findings"], *report["inspection"]["observations"])]
    begin = next(one for one in "0123456789abcdef" if sum(i.startswith(one) for i in ids) > 1)
    assert run(program, ["inspect", APP, "--explain", begin]) == 2
    assert "[not-seen]" in capsys.readouterr().err


def test_a_package_is_held_against_a_register(program: Here, capsys: Printed) -> None:
    assert run(program, ["inspect", APP, "--register", SHOP, *ON, "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["registerVersion"]
    assert report["drift"]["apart"] > 0
    assert run(program, ["inspect", APP, "--register", SHOP, *ON, "--app", "gone"]) == 2
    assert "[no-such-app]" in capsys.readouterr().err
    assert run(program, ["inspect", APP, "--app", "shop"]) == 2
    assert "--register" in capsys.readouterr().err


def test_a_package_is_held_against_the_text_of_a_policy(
    program: Here, capsys: Printed, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.md"
    policy.write_text("我们会收集您的手机号码。", encoding="utf-8")
    line = ["inspect", APP, *ON, "--json"]
    run(program, line)
    without = json.loads(capsys.readouterr().out)["findings"]
    run(program, [*line, "--policy", str(policy)])
    beside = json.loads(capsys.readouterr().out)["findings"]
    assert {one["id"] for one in without} < {one["id"] for one in beside}
    policy.write_bytes(b"\0" * 100)
    assert run(program, [*line, "--policy", str(policy)]) == 2
    assert "unreadable-policy" in capsys.readouterr().err


def test_an_earlier_release_is_a_package_or_its_report(
    program: Here, capsys: Printed, tmp_path: Path
) -> None:
    kept = tmp_path / "old.json"
    run(program, ["inspect", OTHER, *ON, "--format", "json", "-o", str(kept)])
    capsys.readouterr()
    deltas = []
    for against in (OTHER, str(kept)):
        run(program, ["inspect", APP, *ON, "--against", against, "--format", "json"])
        deltas.append(json.loads(capsys.readouterr().out)["delta"])
    assert deltas[0] == deltas[1]
    assert {one["change"] for one in deltas[0]["rows"]} >= {"new"}
    run(program, ["inspect", APP, *ON, "--against", str(kept), "--format", "sarif"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert {one["baselineState"] for one in results} <= {"new", "unchanged", "absent"}
    assert "new" in {one["baselineState"] for one in results}


def test_findings_of_a_baseline_do_not_count(
    program: Here, capsys: Printed, tmp_path: Path
) -> None:
    kept = tmp_path / "old.json"
    run(program, ["inspect", APP, *ON, "--format", "json", "-o", str(kept)])
    assert run(program, ["inspect", APP, *ON, "--baseline", str(kept)]) == 0
    assert run(program, ["inspect", OTHER, *ON, "--baseline", str(kept)]) == 1
    kept.write_text('{"form": 1}')
    capsys.readouterr()
    assert run(program, ["inspect", APP, *ON, "--baseline", str(kept)]) == 2
    assert "[wrong-inspection-file]" in capsys.readouterr().err
    assert run(program, ["inspect", APP, *ON, "--against", str(kept)]) == 2
    assert "[wrong-inspection-file]" in capsys.readouterr().err


def bad() -> PackageReport:
    whole = replace(REPORTS["bad"].inspection, unread=(), not_finished=(), observations=())
    return replace(REPORTS["bad"], inspection=whole)


def test_the_exit_status_tells_what_is_known() -> None:
    clean = replace(bad(), findings=())
    assert status_of(clean, ()) == 0
    assert status_of(bad(), ()) == 1
    assert status_of(bad(), BAD_FINDINGS) == 0
    cut = replace(bad(), inspection=replace(bad().inspection, not_finished=("hosts",)))
    assert status_of(cut, ()) == 1
    assert status_of(cut, BAD_FINDINGS) == 3
    unread = Unread(where="classes.dex", why="it is damaged")
    damaged = replace(clean.inspection, unread=(unread,))
    assert status_of(replace(clean, inspection=damaged), ()) == 3
    assert status_of(replace(bad(), inspection=damaged), ()) == 1
    spot = replace(
        REPORTS["bad"].inspection.observations[0],
        subject=Subject.BLIND_SPOT,
        what=BlindSpot.PACKED.value,
        place=Place(file="classes.dex"),
    )
    packed = replace(clean.inspection, observations=(spot,))
    assert status_of(replace(clean, inspection=packed), ()) == 4


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    packages = tmp_path / "packages"
    (packages / "old").mkdir(parents=True)
    shutil.copy(APP, packages / "new.bin")
    shutil.copy(OTHER, packages / "old" / "lazy.apk")
    shutil.copy(OTHER, packages / "old" / "copy.apk")
    (packages / "broken.apk").write_bytes(Path(APP).read_bytes()[:900])
    (packages / "notes.txt").write_text("no package")
    (packages / "link.apk").symlink_to(APP)
    return packages


def outcome(out: Path) -> dict[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_a_folder_is_inspected_by_content_each_package_once(
    program: Here, folder: Path, capsys: Printed
) -> None:
    out = folder.parent / "out"
    assert run(program, ["inspect", str(folder), "-o", str(out), *ON, "--jobs", "3"]) == 1
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == [
        "broken.apk",
        "new.bin",
        "old/copy.apk",
        "old/lazy.apk",
    ]
    assert "[not-a-package]" in lines[0] or "(not-a-package)" in lines[0]
    assert "检查了 3 个安装包" in lines[-1]
    assert len(program.inspected) == 3
    tables = {"packages", "observations", "sdks", "findings"}
    assert {path.stem for path in out.glob("*.parquet")} == tables
    assert len(list((out / "reports").glob("*.json"))) == 2


def test_what_is_done_is_not_done_again_and_gives_the_same(
    program: Here, folder: Path, capsys: Printed
) -> None:
    once, twice = folder.parent / "once", folder.parent / "twice"
    line = ["inspect", str(folder), *ON, "-o"]
    run(program, [*line, str(once)])
    run(program, [*line, str(twice)])
    reports = sorted((twice / "reports").glob("*.json"))
    reports[0].unlink()
    reports[1].write_bytes(reports[1].read_bytes()[:100])
    (twice / "packages.parquet").unlink()
    (twice / "reports" / "left.part").write_bytes(b"half a report")
    program.inspected.clear()
    run(program, [*line, str(twice)])
    assert len(program.inspected) == 3
    (twice / "reports" / "left.part").unlink()
    assert outcome(once) == outcome(twice)
    program.inspected.clear()
    run(program, [*line, str(twice)])
    assert program.inspected == ["broken.apk"]
    capsys.readouterr()
    run(program, [*line, str(twice), "--json"])
    tree = json.loads(capsys.readouterr().out)
    assert [one["error"] is None for one in tree["packages"]] == [False, True, True, True]


def test_a_folder_needs_a_place_of_its_own_for_reports(
    program: Here, folder: Path, capsys: Printed
) -> None:
    assert run(program, ["inspect", str(folder)]) == 2
    assert run(program, ["inspect", str(folder), "-o", str(folder)]) == 3
    assert "[folder-not-empty]" in capsys.readouterr().err
    inside = folder / "out"
    for _ in range(2):
        assert run(program, ["inspect", str(folder), "-o", str(inside)]) == 1
    assert "out/" not in capsys.readouterr().out.replace(str(inside), "")


def test_a_folder_without_packages_is_wrong_input(
    program: Here, tmp_path: Path, capsys: Printed
) -> None:
    (tmp_path / "in").mkdir()
    assert run(program, ["inspect", str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 2
    assert "检查了 0 个安装包" in capsys.readouterr().out


def test_a_missing_file_is_one_clear_line(program: Here, capsys: Printed) -> None:
    assert run(program, ["inspect", str(BUILT / "gone.apk")]) == 2
    assert capsys.readouterr().err.count("does not exist") == 1
