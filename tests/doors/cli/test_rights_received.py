"""`chengnuo rights received`: what was moved here is listed, and taken out with a reason."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from tests.usecases.evidence.tea_log import OTHER, tea_log
from tests.usecases.rights.copy_kit import AT
from tests.usecases.rights.transfer_kit import DirectPeer, Sending, sending

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.cli.root import run
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.rights.receiving import fresh_offer
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.service
Run = Callable[..., tuple[int, str, str]]
REASON = "take the addresses over into the shop"


@pytest.fixture
def data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "data"
    assert run(Program(), ["evidence", "init", "--data", str(folder)]) == 0
    capsys.readouterr()
    return folder


@pytest.fixture
def ran(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def one(*arguments: str | Path) -> tuple[int, str, str]:
        words = ["--lang", "en", "rights", "received", "--data", str(data), *map(str, arguments)]
        status = run(Program(), words)
        said = capsys.readouterr()
        return status, said.out, said.err

    return one


@pytest.fixture
def moved(data: Path, tmp_path: Path, catalogue: Catalogue) -> Iterator[Sending]:
    """What another handler sent for somebody."""
    tea = tea_log(tmp_path / "there", catalogue)
    with Program().rights_received(data, None, recording=True) as desk:
        here = replace(desk.receiver, address="https://here.example")
        text = fresh_offer(here, OTHER, AT)
        sent = sending(tmp_path / "copy", tea, catalogue, DirectPeer(here))
        sent.send(text)
    yield sent
    tea.opened.close()


def readings(data: Path) -> list[tuple[str, str]]:
    """Return what the log says was read of the individual, and why."""
    with Program().evidence_reading(data, None) as reading:
        payloads = [
            json.loads(reading.payloads.opened(record).payload or b"{}")
            for record in reading.log.newest()
            if record.leaf.kind == Kind.OPERATOR_READ and reading.payloads.person(record) == OTHER
        ]
    return [(one["what"], one["reason"]) for one in payloads]


def test_what_came_is_listed_also_beside_a_service_and_whose_it_is_is_not_said(
    ran: Run, data: Path, moved: Sending
) -> None:
    (file,) = moved.files
    with Program().evidence_writing(data, None):
        status, out, _ = ran()
        found = json.loads(ran("--json")[1])
    assert (status, [one["files"] for one in found]) == (
        0,
        [[{"part": 1, "name": file.name, "size": file.size, "sha256": file.sha256}]],
    )
    assert found[0]["transfer"] in out
    assert "sender · received 2026-" in out
    assert str(OTHER) not in json.dumps(found).replace("sender", "")
    assert readings(data) == []


def test_a_file_is_taken_out_whole_and_that_is_recorded_with_its_reason(
    ran: Run, data: Path, moved: Sending, tmp_path: Path
) -> None:
    transfer = json.loads(ran("--json")[1])[0]["transfer"]
    out = tmp_path / "taken.zip"
    status, said, _ = ran("--take", transfer, "--out", out, "--reason", REASON)
    assert (status, str(out) in said) == (0, True)
    assert sha256(out.read_bytes()).hexdigest() == moved.files[0].sha256
    assert out.stat().st_mode & 0o777 == 0o600
    assert readings(data) == [(f"transfer-received {transfer} 1", REASON)]
    assert ran("--take", transfer, "--out", out, "--reason", REASON)[0] == 2  # it is there already
    assert len(readings(data)) == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param(("--part", "2", "--reason", REASON), 2, id="no such part"),
        pytest.param((), 2, id="no reason"),
    ],
)
def test_nothing_is_given_or_recorded_without_a_part_and_a_reason(  # noqa: PLR0913, PLR0917  one case a line
    ran: Run, data: Path, moved: Sending, tmp_path: Path, words: tuple[str, ...], status: int
) -> None:
    transfer = json.loads(ran("--json")[1])[0]["transfer"]
    out = tmp_path / "taken.zip"
    assert moved.files
    assert ran("--take", transfer, "--out", out, *words)[0] == status
    assert ran("--take", transfer)[0] == 2
    assert ran("--take", "to-nothing", "--out", out, "--reason", REASON)[0] == 2
    assert (out.exists(), readings(data)) == (False, [])


@pytest.mark.usefixtures("moved")
def test_taking_out_waits_until_no_service_has_the_folder(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    transfer = json.loads(ran("--json")[1])[0]["transfer"]
    with Program().evidence_writing(data, None):
        status, _, err = ran(
            "--take", transfer, "--out", tmp_path / "taken.zip", "--reason", REASON
        )
    assert (status, "`chengnuo serve` is running" in err) == (3, True)


def test_a_file_that_is_damaged_is_not_given(
    ran: Run, data: Path, moved: Sending, tmp_path: Path
) -> None:
    transfer = json.loads(ran("--json")[1])[0]["transfer"]
    assert moved.files
    (part,) = (data / "received" / transfer).glob("part-*")
    whole = bytearray(part.read_bytes())
    whole[-20] ^= 1
    part.write_bytes(bytes(whole))
    out = tmp_path / "taken.zip"
    assert ran("--take", transfer, "--out", out, "--reason", REASON)[0] == 3
    assert not out.exists()
