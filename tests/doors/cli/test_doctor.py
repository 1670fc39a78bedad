"""`chengnuo doctor` over real folders: it sees what is so, and changes nothing."""

import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.doors.server_kit import Server

from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.doors.cli.doctor import MARKS, NAMES
from chengnuo.doors.cli.root import run
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.usecases.operations.checks import State, Subject
from chengnuo.wiring.program import Program

SOUND = Path(__file__).parents[2] / "corpus" / "register"
MADE: dict[str, Tree] = {"what": "made", "by": "cli", "single_person": True}
GIVEN: dict[str, Tree] = {"categories": ["phone"], "purpose": "maps", "method": "api"}

Doctor = Callable[..., tuple[int, dict[str, dict[str, object]]]]


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Runs the command; returns its status and what it says, by the subjects of the checks."""
    for name in [name for name in os.environ if name.startswith("CHENGNUO_")]:
        if name != "CHENGNUO_CACHE":
            monkeypatch.delenv(name)
    # Setting a page takes a second; one test does it.
    monkeypatch.setattr("chengnuo.adapters.installation.program.set_pages", lambda *_: b"")

    def one(*arguments: str | Path) -> tuple[int, dict[str, dict[str, object]]]:
        status = run(Program(), ["doctor", "--json", *(str(one) for one in arguments)])
        said = json.loads(capsys.readouterr().out)
        return status, {check["check"]: check for check in said["checks"]}

    return one


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@pytest.fixture
def settings(tmp_path: Path, free_port: int) -> Path:
    """Settings of a sound installation that was started once and stopped."""
    data, key = tmp_path / "data", tmp_path / "apart" / "epoch.key"
    key.parent.mkdir(mode=0o700)
    register = tmp_path / "register"
    register.mkdir()
    (register / "register.yaml").write_bytes((SOUND / "sound.yaml").read_bytes())
    file = tmp_path / "settings.toml"
    file.write_text(
        f"port = {free_port}\n"
        f'data = "{data}"\nregister = "{register}"\nplanes = "off"\n'
        f'[evidence]\nmaster_key_file = "{key}"\n',
        "utf-8",
    )
    with Program().evidence_writing(None, file, make=True) as writing:
        writing.recorder.record(Kind.CONFIGURATION, {**MADE})
    return file


def with_line(settings: Path, line: str) -> Path:
    """Put a line before all others of the settings."""
    settings.write_text(f"{line}\n{settings.read_text('utf-8')}", "utf-8")
    return settings


def everything_in(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mode,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(folder.rglob("*"))
    }


def states(checks: dict[str, dict[str, object]], state: State) -> set[str]:
    return {name for name, check in checks.items() if check["state"] == state.value}


def test_a_sound_installation_has_nothing_to_do_and_is_not_changed(
    settings: Path, doctor: Doctor
) -> None:
    before = everything_in(settings.parent)
    status, checks = doctor("--settings", settings)
    assert everything_in(settings.parent) == before
    assert list(checks) == [one.value for one in Subject]
    of_installation = list(Subject)[list(Subject).index(Subject.SETTINGS) :]
    assert {checks[one]["state"] for one in of_installation} == {"well", "note"}
    assert states(checks, State.NOTE) - {"calendar", "extras", "law"} == {"port"}
    assert (status == 0) is (not states(checks, State.DUE))
    assert "1 records" in checks["log"]["says"]["en"]  # type: ignore[index]


def test_nothing_is_made_where_nothing_is(
    tmp_path: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, checks = doctor("--data", "nowhere")
    assert list(tmp_path.iterdir()) == []
    assert status == 1
    assert states(checks, State.DUE) >= {"register", "epoch-key"}
    assert states(checks, State.UNKNOWN) == set()


@pytest.mark.parametrize(
    "line", ['prot = "8700"', 'public_url = "http://privacy.example.com"', "port = ", 'port = "a"']
)
def test_settings_that_cannot_be_used_are_said(line: str, settings: Path, doctor: Doctor) -> None:
    status, checks = doctor("--settings", with_line(settings, line))
    assert status == 1
    assert checks["settings"]["state"] == "due"
    assert checks["settings"]["error"]
    assert checks["python"]["state"] == "well"
    assert "port" in states(checks, State.UNKNOWN)


def test_settings_that_are_not_there_are_said(tmp_path: Path, doctor: Doctor) -> None:
    status, checks = doctor("--settings", tmp_path / "none.toml")
    assert (status, checks["settings"]["state"]) == (1, "due")


def test_a_register_that_is_none_is_said(settings: Path, doctor: Doctor) -> None:
    (settings.parent / "register" / "register.yaml").write_text("handler: x\n", "utf-8")
    status, checks = doctor("--settings", settings)
    assert (status, checks["register"]["state"]) == (1, "due")
    assert checks["register"]["error"]["problems"]  # type: ignore[index]


def test_folders_that_settings_name_and_that_are_not_there_are_said(
    settings: Path, doctor: Doctor
) -> None:
    for name in ("register", "apart"):
        (settings.parent / name).rename(settings.parent / f"{name}-elsewhere")
    status, checks = doctor("--settings", settings)
    assert status == 1
    assert checks["register"]["error"]["error"] == "register-refused"  # type: ignore[index]
    assert "no folder for" in checks["epoch-key"]["says"]["en"]  # type: ignore[index]


def test_open_folders_and_key_files_are_said(settings: Path, doctor: Doctor) -> None:
    data = settings.parent / "data"
    data.chmod(0o755)
    (data / "keys" / "seal.key").chmod(0o644)
    status, checks = doctor("--settings", settings)
    assert status == 1
    assert states(checks, State.DUE) >= {"data-folder", "secrets"}


def test_another_epoch_key_and_none_are_said(settings: Path, doctor: Doctor) -> None:
    key = settings.parent / "apart" / "epoch.key"
    kept = key.read_bytes()
    key.unlink()
    assert doctor("--settings", settings)[1]["epoch-key"]["state"] == "due"
    key.write_bytes(b"{}")
    key.chmod(0o600)
    assert doctor("--settings", settings)[1]["epoch-key"]["error"]
    key.write_bytes(kept)
    left = key.with_name("epoch.key.new")
    left.write_bytes(kept)
    assert doctor("--settings", settings)[1]["epoch-key"]["state"] == "note"
    assert left.read_bytes() == kept


def test_a_database_of_a_newer_program_and_one_of_others_are_said(
    settings: Path, doctor: Doctor
) -> None:
    data = settings.parent / "data"
    database = SqliteDatabase(data)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert doctor("--settings", settings)[1]["database"]["state"] == "due"
    database.path.write_bytes(b"something else, and long enough to be no database" * 50)
    _, checks = doctor("--settings", settings)
    assert checks["database"]["error"]["error"] == "not-a-data-folder"  # type: ignore[index]


def test_a_damaged_log_is_said_and_leaves_the_clock_unseen(settings: Path, doctor: Doctor) -> None:
    (settings.parent / "data" / "evidence" / "index.db").unlink()
    status, checks = doctor("--settings", settings)
    assert status == 1
    assert checks["log"]["error"]["error"] == "log-damaged"  # type: ignore[index]
    assert checks["clock"]["state"] == "unknown"


def test_an_issuer_that_does_not_answer_is_said(
    settings: Path, doctor: Doctor, free_port: int
) -> None:
    text = settings.read_text("utf-8")
    issuer = f'[oidc]\nissuer = "http://127.0.0.1:{free_port}"\nclient_id = "c"\n'
    settings.write_text(text + issuer, "utf-8")
    status, checks = doctor("--settings", settings)
    assert (status, checks["provider"]["state"]) == (1, "due")


def test_files_and_extras_that_settings_need_are_looked_for(
    settings: Path, doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = settings.parent / "store"
    store.write_text("postgresql+pg8000://of-nobody/shop", "utf-8")
    store.chmod(0o600)
    gone = settings.parent / "gone"
    text = settings.read_text("utf-8")
    settings.write_text(f'{text}[connections]\nA = "{store}"\nB = "{gone}"\n', "utf-8")
    fake = "chengnuo.adapters.installation.program.version"
    monkeypatch.setattr(fake, lambda name: "0.1" if name == "pg8000" else "9999")
    _, checks = doctor("--settings", settings)
    assert "of-nobody" not in json.dumps(checks)
    assert str(gone) in checks["secrets"]["says"]["en"]  # type: ignore[index]
    assert "[connections] A" in checks["extras"]["says"]["en"]  # type: ignore[index]


def test_the_words_are_in_the_language_asked_for(
    settings: Path, doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor is not None
    (settings.parent / "data").chmod(0o755)
    run(Program(), ["--lang", "en", "doctor", "--settings", str(settings)])
    assert "[to do] data folder: " in capsys.readouterr().out
    run(Program(), ["doctor", "--settings", str(settings)])
    said = capsys.readouterr().out
    assert "[要做] 数据目录：" in said
    assert "    → 运行 chmod 700 " in said


def test_every_subject_and_state_has_words() -> None:
    assert set(NAMES) == set(Subject)
    assert set(MARKS) == set(State)


def test_a_copy_opens_with_the_epoch_key_of_its_moment_only(
    settings: Path, doctor: Doctor, capsys: pytest.CaptureFixture[str]
) -> None:
    """What docs/operating.md says of copies: data and key of one moment, and no older key."""
    here = settings.parent
    data, key = here / "data", here / "apart" / "epoch.key"
    with Program().evidence_writing(None, settings) as writing:
        person = writing.reading.person("account-of-a-sample-person")
        writing.recorder.record(Kind.PROVISION, {**GIVEN}, person=person)
    copied, key_of_then = shutil.copytree(data, here / "copy"), key.read_bytes()
    with Program().evidence_writing(None, settings) as writing:
        at = writing.log.status().checkpoint_at
        assert at is not None
        gone = Erasure(key=KeyClass.CONTENT, at=at, under="PIPL-47", position=2)
        writing.log.erase({person: gone})
    assert doctor("--settings", settings)[1]["epoch-key"]["state"] == "well"

    shutil.rmtree(data)
    shutil.copytree(copied, data)
    assert doctor("--settings", settings)[1]["epoch-key"]["state"] == "due"
    key.write_bytes(key_of_then)
    _, checks = doctor("--settings", settings)
    assert {one.value for one in (Subject.LOG, Subject.EPOCH_KEY)} <= states(checks, State.WELL)
    assert run(Program(), ["evidence", "check", "--settings", str(settings)]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.real
def test_beside_a_service_it_sees_who_writes_and_who_answers(tmp_path: Path) -> None:
    server = Server.start("--data", "data", folder=tmp_path)
    port = server.address().rpartition(":")[2]
    file = tmp_path / "settings.toml"
    file.write_text(f'port = {port}\ndata = "{tmp_path / "data"}"\n', "utf-8")
    seen = Program().checkup(None, file).look()
    checks = {one.subject: one for one in seen.checks}
    assert checks[Subject.PAPER].state is State.WELL
    assert f"process {server.process.pid} writes it" in (checks[Subject.LOG].says.en or "")
    assert checks[Subject.PORT].state is State.WELL
    assert server.stop() == 0
    after = {one.subject: one for one in Program().checkup(None, file).look().checks}
    assert "nobody writes it" in (after[Subject.LOG].says.en or "")
    assert after[Subject.PORT].state is State.NOTE
