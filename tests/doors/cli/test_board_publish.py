"""`chengnuo board publish`: a folder that the separate verifier believes, to the byte."""

import json
import shutil
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.doors.service_kit import start

from chengnuo.domain.finding.board_json import read_published
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program
from chengnuo_verify.__main__ import main

pytestmark = pytest.mark.service
EXAMPLES = Path(__file__).parents[3] / "examples"
SAMPLE = EXAMPLES / "shop" / "register"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    def one(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        status = run(Program(), ["--lang", lang, *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a register and a run of every control."""
    folder = tmp_path_factory.mktemp("board") / "data"
    kit = start(folder, register=str(SAMPLE))
    kit.run_controls()
    kit.service.services.evidence.log.publish()
    kit.service.close()
    return folder


@pytest.fixture(scope="module")
def published(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The published folder, and the key of the log."""
    out = tmp_path_factory.mktemp("out") / "promises"
    assert run(Program(), ["board", "publish", str(out), "--data", str(data)]) in {0, 1}
    return out, json.loads((out / "board.json").read_bytes())["log"]["vkey"]


def verified(what: Path, vkey: str) -> dict[str, object]:
    """What the separate verifier says, in a process of its own."""
    done = subprocess.run(  # noqa: S603  our own verifier
        [sys.executable, "-m", "chengnuo_verify", str(what), "--key", vkey, "--json"],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return {**json.loads(done.stdout), "status": done.returncode}


def test_the_verifier_believes_the_folder_and_the_proof_of_each_row(
    published: tuple[Path, str],
) -> None:
    out, vkey = published
    said = verified(out, vkey)
    assert (said["status"], said["code"]) == (0, "beside-whole")
    board = json.loads((out / "board.json").read_bytes())
    assert len(board["rows"]) == len({row["id"] for row in board["rows"]}) >= 38
    proofs = [row["proof"] for row in board["rows"] if row["proof"]]
    assert len(proofs) >= 30
    for row in board["rows"]:
        recorded = [one["position"] for one in row["controls"] if one["position"] is not None]
        assert bool(recorded) is bool(row["proof"])
    first = verified(out / proofs[0], vkey)
    assert (first["status"], first["code"]) == (0, "inclusion")


def test_a_changed_byte_of_any_file_is_found_and_so_is_a_missing_file(
    published: tuple[Path, str], tmp_path: Path, ask_verifier: Callable[[Path, str], str]
) -> None:
    out, vkey = published
    assert ask_verifier(out, vkey) == "beside-whole"
    for file in sorted(out.iterdir()):
        folder = tmp_path / "changed"
        shutil.copytree(out, folder)
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        (folder / file.name).write_bytes(data)
        assert ask_verifier(folder, vkey) not in {"beside-whole", "log-whole"}, file.name
        (folder / file.name).unlink()
        assert ask_verifier(folder, vkey) != "beside-whole", file.name
        shutil.rmtree(folder)


@pytest.fixture
def ask_verifier(capsys: pytest.CaptureFixture[str]) -> Callable[[Path, str], str]:
    """The same verifier in this process, for the many questions."""

    def ask(what: Path, vkey: str) -> str:
        main([str(what), "--key", vkey, "--json"])
        return str(json.loads(capsys.readouterr().out)["code"])

    return ask


def test_what_is_signed_says_every_row_and_names_every_file(published: tuple[Path, str]) -> None:
    out, vkey = published
    envelope = json.loads((out / "attestation.json").read_bytes())
    statement = json.loads(b64decode(envelope["payload"]))
    assert {one["name"] for one in statement["subject"]} == {
        file.name for file in out.iterdir() if file.name != "attestation.json"
    }
    said, board = statement["predicate"], read_published((out / "board.json").read_bytes())
    assert statement["predicateType"] == "urn:chengnuo:board:1"
    assert said["rows"] == {row: status.value for row, status in board.statuses.items()}
    assert said["four_eyes"] is False
    assert said["log"]["size"] == board.log_size
    assert [one["keyid"] for one in envelope["signatures"]] == [vkey]
    assert "chengnuo:evidence" in said


def test_the_same_state_gives_the_same_bytes_but_for_the_attestation(
    ran: Run, data: Path, published: tuple[Path, str], tmp_path: Path
) -> None:
    """After the first publication the log has a record of the board of this day."""
    assert (published[0] / "proof-board.json").is_file()
    made = []
    for name in ("one", "two"):
        copy = tmp_path / name
        shutil.copytree(data, copy / "data")
        assert ran("board", "publish", copy / "out", "--data", copy / "data")[0] in {0, 1}
        files = {file.name: file.read_bytes() for file in (copy / "out").iterdir()}
        payload = json.loads(b64decode(json.loads(files.pop("attestation.json"))["payload"]))
        del payload["predicate"]["chengnuo:evidence"]  # its instant and its salt are its own
        made.append((files, payload))
    assert made[0] == made[1]


def test_an_earlier_board_is_replaced_and_nothing_else_is_touched(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert ran("board", "publish", out, "--data", data)[0] in {0, 1}
    before = (out / "attestation.json").read_bytes()
    status, said, _ = ran("board", "publish", out, "--data", data, "--json")
    assert status in {0, 1}
    tree = json.loads(said)
    assert (out / "attestation.json").read_bytes() != before
    assert tree["files"] == len(list(out.iterdir()))
    assert sum(tree["counts"].values()) == tree["rows"]
    (out / "notes.txt").write_text("of somebody")
    status, _, err = ran("board", "publish", out, "--data", data)
    assert (status, "notes.txt" in err) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param((), id="no source"),
        pytest.param(("--register", SAMPLE), id="a register without a key"),
        pytest.param(("--data", "x", "--register", SAMPLE, "--key", __file__), id="both"),
        pytest.param(("--data", "x", "--key", __file__), id="a key beside a log"),
    ],
)
def test_options_that_name_no_board_are_refused(
    ran: Run, tmp_path: Path, options: tuple[str | Path, ...]
) -> None:
    status, _, err = ran("board", "publish", tmp_path / "out", *options)
    assert (status, "board-source" in err) == (2, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("register", "expected"), [("shop", 0), ("faulty", 1)])
def test_without_a_log_the_register_alone_is_published_and_signed(
    ran: Run, tmp_path: Path, register: str, expected: int
) -> None:
    key = tmp_path / "key.pem"
    key.write_bytes(new_key())
    key.chmod(0o600)
    out = tmp_path / "out"
    options = ("--register", EXAMPLES / register / "register", "--key", key)
    status, said, _ = ran("board", "publish", out, *options, "--json")
    assert status == expected
    tree = json.loads(said)
    assert tree["counts"]["shown"] == 0  # what is only declared shows nothing
    assert (tree["counts"]["failing"] > 0) is (expected == 1)
    answer = verified(out, tree["vkey"])
    assert (answer["status"], answer["code"]) == (0, "beside-whole")
    assert "没有证据日志" in (out / "index.html").read_text("utf-8")
    other = verified(out, tree["vkey"].replace("chengnuo.board", "chengnuo.other"))
    assert other["status"] != 0


def new_key() -> bytes:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
