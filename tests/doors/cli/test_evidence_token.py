"""The epoch keys in a PKCS #11 token, chosen by the settings: each step is a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.adapters.evidence.key_kit import PIN, TOKEN, make_token, softhsm_library
from tests.doors.cli.test_evidence import ORIGIN

from chengnuo.doors.cli.root import run
from chengnuo.doors.settings import WrongSettingError, parse_settings
from chengnuo.wiring.evidence import place_of
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.needs("softhsm2-util")

_ROOT = Path(__file__).resolve().parents[3]
_STEP = """
import sys
from pathlib import Path
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.wiring.program import Program
from tests.doors.cli.test_evidence import GIVEN, ORIGIN

step, data, settings = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
with Program().evidence_writing(data, settings, origin=ORIGIN, make=True) as writing:
    log, person = writing.log, writing.reading.person("account-of-a-sample-person")
    if step == "append":
        rows = Rows(recipient="courier")
        writing.recorder.record(Kind.PROVISION, GIVEN, person=person, rows=rows)
        log.publish()
    if step == "erase":
        record = log.record(Position(0))
        erasure = Erasure(
            key=KeyClass.CONTENT, at=from_us(record.leaf.at), under="PIPL-47", position=1
        )
        log.erase({person: erasure})
        print(list(Program().evidence_check(data, settings, lambda _: None)))
    opened = writing.reading.payloads.opened(log.record(Position(0)))
    holder = writing.key_holder
    print(holder.place, holder.in_data_folder, opened.payload is not None)
"""


@pytest.fixture(name="settings", scope="module")
def _settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A settings file that names a throwaway token, with its PIN in a file."""
    folder = tmp_path_factory.mktemp("token")
    make_token(folder)
    pin = folder / "pin"
    pin.write_text(f"{PIN}\n")
    file = folder / "settings.toml"
    file.write_text(
        f'[evidence]\ntoken_library = "{softhsm_library()}"\ntoken_label = "{TOKEN}"\n'
        f'token_pin_file = "{pin}"\n'
    )
    return file


def _ran(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own program
        [sys.executable, *map(str, command)],
        cwd=_ROOT,
        env={**os.environ, "CHENGNUO_LANG": "en", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def _step(step: str, data: Path, settings: Path) -> str:
    done = _ran("-c", _STEP, step, data, settings)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.real
def test_a_log_is_made_written_read_and_erased_under_a_token(
    tmp_path: Path, settings: Path
) -> None:
    data = tmp_path / "data"
    evidence = ("-m", "chengnuo", "evidence")
    named = ("--origin", ORIGIN)
    made = _ran(*evidence, "init", "--data", data, "--settings", settings, *named)
    assert made.returncode == 0, made.stderr
    assert f"token {TOKEN}" in made.stdout
    assert "warning" not in made.stderr
    assert _step("append", data, settings) == f"token {TOKEN} False True"
    assert _step("read", data, settings) == f"token {TOKEN} False True"
    assert _step("erase", data, settings) == f"[]\ntoken {TOKEN} False False"
    assert _step("read", data, settings) == f"token {TOKEN} False False"
    assert not (data / "keys" / "epoch.key").exists()
    without = _ran(*evidence, "status", "--data", data)
    assert without.returncode == 2
    assert "evidence-master-key" in without.stderr


@pytest.mark.real
def test_the_pin_may_come_from_the_environment_and_is_never_repeated(
    tmp_path: Path, settings: Path
) -> None:
    file = tmp_path / "settings.toml"
    lines = settings.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "token_pin_file" not in line))
    file.write_text(file.read_text() + 'token_prefix = "another-"\n')
    made = ("-m", "chengnuo", "evidence", "init", "--settings", file, "--data")
    wrong = _ran(*made, tmp_path / "wrong", CHENGNUO_EVIDENCE_TOKEN_PIN="999999")  # noqa: S106
    assert wrong.returncode == 2
    assert "refuses the PIN" in wrong.stderr
    assert "999999" not in wrong.stderr + wrong.stdout
    right = _ran(*made, tmp_path / "right", CHENGNUO_EVIDENCE_TOKEN_PIN=PIN)
    assert right.returncode == 0, right.stderr
    assert PIN not in right.stdout + right.stderr


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"token_library": "lib.so"}, "token_label"),
        ({"token_label": "t"}, "token_library"),
        ({"token_library": "lib.so", "token_label": "t"}, "token_pin_file"),
        (
            {
                "token_library": "lib.so",
                "token_label": "t",
                "token_pin_file": "PIN",
                "master_key_file": "k",
            },
            "token_library",
        ),
    ],
)
def test_a_token_without_what_it_needs_or_beside_another_place_is_refused(
    tmp_path: Path, given: dict[str, str], named: str
) -> None:
    pin = tmp_path / "pin"
    pin.write_text(PIN)
    evidence = {name: str(pin) if value == "PIN" else value for name, value in given.items()}
    with pytest.raises(WrongSettingError, match=named):
        place_of(parse_settings({"evidence": evidence}, {}))


def test_a_pin_in_the_settings_is_no_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[evidence]\ntoken_pin = "{PIN}"\n')
    command = ["evidence", "init", "--data", str(tmp_path / "data"), "--settings", str(file)]
    assert run(Program(), command) == 2
    said = capsys.readouterr()
    assert "token_pin" in said.err
    assert PIN not in said.err


@pytest.mark.real
def test_doctor_asks_the_token_and_says_when_it_does_not_answer(
    settings: Path, tmp_path: Path
) -> None:
    own, other = tmp_path / "own.toml", tmp_path / "other.toml"
    own.write_text(settings.read_text() + 'token_prefix = "doctor-"\n')
    other.write_text(own.read_text().replace(TOKEN, "no-such-token"))
    assert _step("append", tmp_path / "data", own) == f"token {TOKEN} False True"
    doctor = ("-m", "chengnuo", "doctor", "--data", tmp_path / "data", "--settings")
    assert f"[well] epoch key: in `token {TOKEN}`" in _ran(*doctor, own).stdout
    done = _ran(*doctor, other)
    assert (done.returncode, "[evidence-key-holder]" in done.stdout) == (1, True)
