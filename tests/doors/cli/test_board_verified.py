"""Real boards that say bad things are whole, and a liar with the key of the log is found out."""

import json
import shutil
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from tests.doors.cli.test_board_publish import SAMPLE, verified
from tests.doors.service_kit import start
from tests.usecases.finding.test_running import LATE, STAFF, desk_of
from tests.verifier.maker import Json

from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.service


def published(folder: Path, data: Path) -> tuple[Path, str]:
    assert run(Program(), ["board", "publish", str(folder), "--data", str(data)]) in {0, 1}
    return folder, json.loads((folder / "board.json").read_bytes())["log"]["vkey"]


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    """A board with a failing row, the key of its log and the data folder that signs."""
    folder = tmp_path_factory.mktemp("failing")
    kit = start(folder / "data", register=str(SAMPLE))
    desk_of(kit).open("complaint", "take-down", STAFF, LATE)
    kit.run_controls()
    kit.service.close()
    return *published(folder / "out", folder / "data"), folder / "data"


def test_a_board_with_a_failing_row_and_stale_ones_is_whole(
    failing: tuple[Path, str, Path],
) -> None:
    out, vkey, _ = failing
    counts = json.loads((out / "board.json").read_bytes())["counts"]
    assert counts["failing"] >= 1
    assert counts["stale"] >= 1
    said = verified(out, vkey)
    assert (said["status"], said["code"]) == (0, "beside-whole")
    assert "board-held" in json.dumps(said["messages"])


def test_a_board_of_controls_that_never_ran_is_whole_and_shows_nothing_by_records(
    tmp_path: Path,
) -> None:
    kit = start(tmp_path / "data", register=str(SAMPLE))
    kit.service.services.evidence.log.publish()
    kit.service.close()
    out, vkey = published(tmp_path / "out", tmp_path / "data")
    assert verified(out, vkey)["code"] == "beside-whole"
    board = json.loads((out / "board.json").read_bytes())
    assert {one["position"] for row in board["rows"] for one in row["controls"]} == {None}


def shown(board: Json) -> None:
    """Every failing row is shown, and every failing control passed."""
    for row in board["rows"]:
        row["status"] = "shown" if row["status"] == "failing" else row["status"]
        for one in row["controls"]:
            one["outcome"] = "passed" if one["outcome"] == "failed" else one["outcome"]


def left_out(board: Json) -> None:
    """Failing rows are not there."""
    rows = [row for row in board["rows"] if row["status"] != "failing"]
    board["rows"] = rows


def fresher(board: Json) -> None:
    """The first control that ran is said to have run on another day."""
    ran = (one for row in board["rows"] for one in row["controls"] if one["ran"])
    next(ran)["ran"] = "2026-11-29T00:00:00Z"


@pytest.mark.parametrize("change", [shown, left_out, fresher])
def test_who_signs_anew_with_the_key_of_the_log_is_found_out(
    failing: tuple[Path, str, Path],
    tmp_path: Path,
    change: Callable[[Json], None],
) -> None:
    out, vkey, data = failing
    folder = tmp_path / "out"
    shutil.copytree(out, folder)
    board = json.loads((folder / "board.json").read_bytes())
    change(board)
    stand = [row["status"] for row in board["rows"]]
    board["counts"] = {name: stand.count(name) for name in board["counts"]}
    (folder / "board.json").write_bytes(json.dumps(board, ensure_ascii=False).encode())
    sign_anew(folder, data)
    said = verified(folder, vkey)
    assert (said["status"], said["code"]) == (1, "statement")  # no log has a record of it
    sign_anew(folder, data, evidence=False)
    assert verified(folder, vkey)["code"] in {"board", "board-record", "board-rule"}


def sign_anew(folder: Path, data: Path, *, evidence: bool = True) -> None:
    """Sign what lies in a folder, as it says now, with the key of the log."""
    path = folder / "attestation.json"
    envelope = json.loads(path.read_bytes())
    statement = json.loads(b64decode(envelope["payload"]))
    board = json.loads((folder / "board.json").read_bytes())
    for one in statement["subject"]:
        digest = sha256((folder / one["name"]).read_bytes()).hexdigest()
        one["digest"] = {"sha256": digest}
    statement["predicate"]["rows"] = {row["id"]: row["status"] for row in board["rows"]}
    if not evidence:
        statement["predicate"].pop("chengnuo:evidence", None)
    body = json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    kind, payload = envelope["payloadType"].encode(), body.encode()
    message = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
    mark = log_key(data).sign(message)
    envelope["payload"] = b64encode(payload).decode()
    envelope["signatures"][0]["sig"] = b64encode(mark).decode()
    path.write_bytes(json.dumps(envelope).encode())


def log_key(data: Path) -> Ed25519PrivateKey:
    """Return the private key that signs the log of a data folder."""
    for file in sorted(data.rglob("*")):
        if file.is_file() and b"PRIVATE KEY" in file.read_bytes()[:64]:
            key = load_pem_private_key(file.read_bytes(), password=None)
            if isinstance(key, Ed25519PrivateKey):
                return key
    raise AssertionError("no key signs here")
