"""`chengnuo release`: the verdict, its exit status, the report beside it and the attestation."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.domain.finding.inspection_kit import BAD, CLEAN
from tests.domain.governance.test_kit_vetting import APPROVED, RESULT, RULING
from tests.doors.clock_kit import StandingClock

from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.evidence.opening import open_log
from chengnuo.adapters.evidence.place import Place as LogPlace
from chengnuo.adapters.keys import make_key_file, new_signing_pem
from chengnuo.base.text import Lang
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.inspection import Inspection, PackageKind, Unread
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place
from chengnuo.doors.cli.root import run
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.inspection.inspections import Inspections
from chengnuo.wiring.program import Program

SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
ON = datetime(2026, 11, 27, tzinfo=UTC)
WHOLE = replace(CLEAN, observations=(), unread=(), not_finished=())


@dataclass(frozen=True)
class Fixed:
    """Sees in every package what it is told to see."""

    seen: Inspection

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        assert path.exists()
        tell("open")
        return self.seen

    def listings(
        self, path: Path, places: Sequence[Place], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        raise AssertionError((path, places, tell))


@dataclass(frozen=True, kw_only=True)
class Seeing(Program):
    """The program, seeing what it is told to see."""

    seen: Inspection
    known: ReportWords

    def inspections(self, *, memory_bytes: int, wall_s: float) -> Inspections:
        assert memory_bytes > 0
        assert wall_s > 0
        return Inspections(
            inspector=Fixed(self.seen), words=self.known, today=lambda: date(2026, 11, 28)
        )


Check = Callable[..., int]


@pytest.fixture
def check(
    catalogue: Catalogue, knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Check:
    monkeypatch.chdir(tmp_path)
    Path("app.apk").write_bytes(b"PK")
    known = ReportWords(law=catalogue, knowledge=knowledge)

    def checked(seen: Inspection, *arguments: str) -> int:
        program = Seeing(lang=Lang.EN, seen=seen, known=known)
        words = ["--lang", "en", "release", "check", "app.apk", "--register", str(SHOP)]
        return run(program, [*words, *arguments])

    return checked


def test_a_clean_package_passes(check: Check, capsys: pytest.CaptureFixture[str]) -> None:
    # The line lies where what the register promises and this empty app lacks does not count.
    assert check(WHOLE, "--fail-on", "critical") == 0
    assert "release gate: passes" in capsys.readouterr().out


def test_a_bad_package_fails_and_says_on_what(
    check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(BAD, "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["verdict"] == "fails"
    assert {one["severity"] for one in said["failing"]} <= {"critical", "high"}
    assert said["failing"]


@pytest.mark.parametrize(
    ("seen", "status"),
    [
        pytest.param(replace(WHOLE, unread=(Unread(where="a.dex", why="cut"),)), 3, id="damaged"),
        pytest.param(replace(WHOLE, not_finished=("gates",)), 3, id="a limit"),
        pytest.param(
            replace(WHOLE, package=replace(WHOLE.package, kind=PackageKind.AAR)), 2, id="a kit"
        ),
    ],
)
def test_what_was_not_seen_whole_does_not_pass(check: Check, seen: Inspection, status: int) -> None:
    assert check(seen, "--fail-on", "critical") == status


def test_sdks_without_a_vetting_in_force_are_told(
    check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    # The register of the shop records vettings; JPush is not in it.
    with_kits = replace(BAD, unread=(), not_finished=())
    check(with_kits, "--json")
    said = {one["sdk"]: one["why"] for one in json.loads(capsys.readouterr().out)["unvetted"]}
    assert said["jpush"] == "none"
    check(with_kits)
    assert "SDK not vetted: " in capsys.readouterr().out


def test_sdks_without_a_vetting_fail_it_where_that_is_asked_for(
    check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    # Nothing is found at this line but what has no approval.
    with_kits = replace(WHOLE, sdks=BAD.sdks)
    assert check(with_kits, "--fail-on", "critical") == 0
    assert check(with_kits, "--fail-on", "critical", "--require-vetting") == 1
    assert check(WHOLE, "--fail-on", "critical", "--require-vetting") == 0
    capsys.readouterr()


def test_what_the_console_approved_counts_with_the_register(
    check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    with_kits = replace(WHOLE, sdks=BAD.sdks)
    folder = Path("data")
    clock = StandingClock()
    open_log(LogPlace(data=folder), clock=clock, origin="tea.example/log").close()
    data = open_data_folder(folder, signing_key_file=None, clock=clock)
    with closing(data):
        result = replace(RESULT, sdks=("jpush",), version="")
        data.kits.add(replace(APPROVED, result=result, ruling=replace(RULING, at=ON)))
    for arguments, is_named in (((), True), (("--data", "data"), False)):
        check(with_kits, "--json", *arguments)
        said = json.loads(capsys.readouterr().out)["unvetted"]
        assert ("jpush" in {one["sdk"] for one in said}) is is_named
    assert check(with_kits, "--data", str(SHOP)) == 2


def test_a_package_of_another_app_is_told_and_does_not_fail_it(
    check: Check, capsys: pytest.CaptureFixture[str]
) -> None:
    other = replace(WHOLE, package=replace(WHOLE.package, app_id="com.other.shop"))
    check(other, "--format", "json", "-o", "other.json", "--fail-on", "critical")
    assert "application ids" not in capsys.readouterr().err
    arguments = ["--fail-on", "critical", "--against", "other.json", "--baseline", "other.json"]
    assert check(WHOLE, *arguments) == 0
    told = capsys.readouterr()
    assert "different application ids" in told.err
    assert "--baseline is of another app" in told.err
    assert "different application ids" in told.out
    assert check(other, *arguments) == 0
    assert "different application ids" not in "".join(capsys.readouterr())


def test_the_report_is_written_beside_the_verdict(check: Check) -> None:
    check(BAD, "--format", "json", "-o", "report.json")
    assert json.loads(Path("report.json").read_bytes())["form"] == 1


def test_findings_of_the_baseline_do_not_count(check: Check) -> None:
    whole = replace(BAD, unread=(), not_finished=())
    assert check(whole, "--format", "json", "-o", "base.json") == 1
    assert check(whole, "--baseline", "base.json") in {0, 4}


@pytest.mark.parametrize(
    "arguments", [("--format", "json"), ("--attest", "a.json"), ("--key-name", "a b")]
)
def test_options_that_do_not_fit_are_wrong_usage(check: Check, arguments: tuple[str, ...]) -> None:
    assert check(WHOLE, *arguments) == 2


def test_nothing_there_is_replaced(check: Check) -> None:
    Path("report.html").write_text("mine", encoding="utf-8")
    assert check(WHOLE, "-o", "report.html") == 2
    assert Path("report.html").read_text(encoding="utf-8") == "mine"


@pytest.fixture
def attested(check: Check, capsys: pytest.CaptureFixture[str]) -> str:
    make_key_file(Path("ci.pem"), new_signing_pem(), [])
    check(BAD, "--attest", "a.json", "--key", "ci.pem")
    return capsys.readouterr().err.split()[-1]


def verified(vkey: str, *arguments: str) -> int:
    return run(Program(), ["release", "verify", "a.json", "--key", vkey, *arguments])


def test_an_attestation_holds_under_its_key(
    attested: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(attested, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["outcome"], said["office"], said["fourEyes"]) == ("checked", "ci", False)


def test_it_holds_for_no_other_package_and_under_no_other_key(attested: str) -> None:
    assert verified(attested, "--package", "app.apk") == 2  # other bytes than were inspected
    make_key_file(Path("other.pem"), new_signing_pem(), [])
    name, _, rest = attested.partition("+")
    assert verified(f"x{name}+{rest}") == 2


def test_a_changed_attestation_does_not_hold(attested: str) -> None:
    written = Path("a.json").read_bytes()
    Path("a.json").write_bytes(written.replace(b'"payload":"ey', b'"payload":"ez', 1))
    assert verified(attested) == 2
