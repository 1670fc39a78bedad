"""Two services that share the individuals: each knows its own, and one holds both checkpoints."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.doors.server_kit import Server
from tests.waiting import until

from chengnuo.client.client import Client, ServiceRefusedError
from chengnuo.client.questions import Question
from chengnuo.client.shards import client_of, shard_of
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program
from chengnuo_verify.__main__ import main as verify

pytestmark = pytest.mark.real
SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
BASE = "log.example/shop"
PEOPLE = [f"u-{number}" for number in range(1, 9)]


Ran = Callable[..., dict[str, Any]]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Ran:
    """Run a command; what it prints as JSON."""

    def run_json(*words: str | Path, status: int = 0) -> dict[str, Any]:
        capsys.readouterr()
        assert run(Program(), [*map(str, words), "--json"]) == status, capsys.readouterr().err
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run_json


def settings(folder: Path, name: str, evidence: str) -> Path:
    file = folder / f"{name}.toml"
    file.write_text(f"[evidence]\n{evidence}\n", "utf-8")
    return file


def test_shards_know_their_own_people_and_one_log_speaks_of_all(
    ran: Ran, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = [tmp_path / f"shard-{number}" for number in (1, 2)]
    vkeys, secrets = [], []
    for number, folder in enumerate(data, start=1):
        origin = f"{BASE}/{number}-of-2"
        vkeys += ran("evidence", "init", "--data", folder, "--origin", origin)["vkeys"]
        made = ran("keys", "make", "shop", "--scope", "decide", "--data", folder)
        secrets.append(made["secret"])

    lead = Server.start(
        *("--demo", "--port", "0", "--register", str(SHOP), "--data", "shard-1"),
        *("--settings", str(settings(tmp_path, "lead", f'witness_of = ["{vkeys[1]}"]'))),
        folder=tmp_path,
    )
    address = lead.address()
    witness = httpx.get(f"{address}/witness/vkey").text.strip()
    assert witness.startswith(f"{BASE}/1-of-2/witness+")
    other = settings(
        tmp_path, "other", f'quorum = 1\n[evidence.witnesses]\n"{witness}" = "{address}/witness"'
    )
    asked = ran("evidence", "witness", "--data", data[1], "--settings", other)
    assert asked["cosigned"] == 1
    checked = (str(data[1] / "evidence" / "log"), "--key", vkeys[1], "--witness", witness)
    assert verify([*checked, "--quorum", "1"]) == 0

    with Client(address, secrets[0]) as first, Client("http://127.0.0.1:9", "none") as second:
        for account in PEOPLE:
            client = client_of(account, [first, second])
            question = Question(person=account, activity="nearby-stores")
            if shard_of(account, 2) == 1:
                assert client is first
                assert client.decide(question).outcome in {"ask", "refuse"}
                continue
            assert client is second
            with pytest.raises(ServiceRefusedError) as refused:
                first.decide(question)
            assert refused.value.problem.code == "other-shard"
            assert account not in refused.value.problem.detail

    proof, notes = tmp_path / "shards.json", tmp_path / "notes"
    seen = ("evidence", "shards", "--data", str(data[0]))
    until(lambda: run(Program(), list(seen)) == 0)  # under a checkpoint a second later
    told = ran(
        *("evidence", "shards", "--data", data[0], "--out", proof, "--checkpoints", notes),
    )
    assert told["missing"] == {BASE: []}
    capsys.readouterr()
    assert verify([str(proof), "--key", vkeys[0], "--json"]) == 0
    codes = {one["code"] for one in json.loads(capsys.readouterr().out)["messages"]}
    assert codes >= {"inclusion", "seen", "shards"}
    kept = str(notes / "2-of-2.checkpoint")
    assert verify([*checked[:3], "--since", kept]) == 0
    assert lead.stop() == 0


def test_a_shard_that_was_never_seen_is_missing(ran: Ran, tmp_path: Path) -> None:
    data = tmp_path / "data"
    ran("evidence", "init", "--data", data, "--origin", f"{BASE}/1-of-3")
    assert run(Program(), ["evidence", "shards", "--data", str(data)]) == 2
