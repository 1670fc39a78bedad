"""`chengnuo evidence trace`: who got what, with the proof, and who looked."""

import json
from pathlib import Path

import pytest
from tests.doors.cli.test_evidence import ACCOUNT, GIVEN, Run, data, ran, seeded
from tests.usecases.evidence.tea_log import verified

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.wiring.program import Program

__all__ = ["data", "ran", "seeded"]


def test_who_received_something_is_named_and_the_proof_verifies(
    ran: Run, data: Path, tmp_path: Path
) -> None:
    with Program().evidence_writing(data, None) as writing:
        person = writing.reading.person(ACCOUNT)
        given = writing.recorder.draft(
            Kind.PROVISION, GIVEN, person=person, rows=Rows(recipient="courier")
        )
        writing.log.append([given])
        writing.log.publish()
    proof = tmp_path / "proof.json"
    asked = ("evidence", "trace", "--person", ACCOUNT, "--reason", "有人投诉号码外泄")
    status, out, _ = ran(*asked, "--data", data, "--out", proof, "--json")
    found = json.loads(out)
    assert status == 1
    assert ("outside", "courier") in [(one["side"], one["who"]) for one in found["touches"]]
    assert found["whole"]
    assert found["cannot"]
    assert ACCOUNT not in out
    assert verified(proof)[0] == 0
    _, again, _ = ran(*asked, "--data", data, "--json")
    readers = [one for one in json.loads(again)["touches"] if one["side"] == "inside"]
    assert "cli" in [one["who"] for one in readers]


def test_it_says_so_in_words(ran: Run, data: Path) -> None:
    asked = ("evidence", "trace", "--person", ACCOUNT, "--data", data, "--reason", "leak of 3 May")
    _, out, _ = ran("--lang", "en", *asked)
    assert "past this system" in out
    _, out, _ = ran("--lang", "zh", *asked)
    assert "绕过本系统" in out


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--reason", "x"), "no-reason"),
        (("--reason", "leak of 3 May", "--category", "PI-NOTHING"), "unknown-category"),
        (("--reason", "leak of 3 May", "--from", "2027-01-01", "--to", "2026-01-01"), "window"),
    ],
)
def test_what_cannot_be_traced_is_wrong_input(
    ran: Run, data: Path, more: tuple[str, ...], code: str
) -> None:
    status, _, err = ran("evidence", "trace", "--person", ACCOUNT, "--data", data, *more)
    assert (status, code in err) == (2, True), err
