"""The attestation of a signed-off release, held against implementations that are not ours.

securesystemslib is the reference implementation of DSSE in Python, in-toto-attestation the one of
in-toto statements. Each stands in an environment of its own and is asked in a process of its own.
"""

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.domain.finding.inspection_kit import CLEAN
from tests.packages_cache import python_with
from tests.usecases.governance.release_kit import REVIEWER, Kit, kit_of

from chengnuo.domain.governance.attestation import PREDICATE, read_attestation
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.releases import ReleasePaper

pytestmark = pytest.mark.real
REASON = "隐私设置页下个版本改版，已排期处理"
PATIENCE_S = 60

DSSE = """
import json, sys
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey
written, keyid, public = json.load(sys.stdin)
key = SSlibKey(keyid, "ed25519", "ed25519", {"public": public})
envelope = Envelope.from_dict(json.loads(written))
try:
    held = list(envelope.verify([key], 1))
except VerificationError:
    held = []
json.dump([held, envelope.payload_type, envelope.payload.decode()], sys.stdout)
"""
IN_TOTO = """
import json, sys
from google.protobuf.json_format import MessageToDict, ParseDict
from in_toto_attestation.v1.statement import Statement
from in_toto_attestation.v1.statement_pb2 import Statement as Message
statement = Statement.copy_from_pb(ParseDict(json.load(sys.stdin), Message()))
try:
    statement.validate()
    said = ""
except ValueError as error:
    said = str(error)
json.dump([said, MessageToDict(statement.pb)], sys.stdout)
"""


@pytest.fixture(scope="module")
def kit(
    tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue, knowledge: Knowledge
) -> Iterator[Kit]:
    made = kit_of(tmp_path_factory.mktemp("attested") / "data", catalogue, knowledge, CLEAN)
    yield made
    made.close()


@pytest.fixture(scope="module")
def attestation(kit: Kit) -> bytes:
    """The attestation of a release, as the service keeps it."""
    release = kit.inspected()
    kit.desk.sign_off(release.id, REVIEWER, REASON)
    written = kit.desk.files.paper(release.id, ReleasePaper.ATTESTATION)
    assert written is not None
    return written


def asked(python: Path, program: str, given: object) -> list[object]:
    """Return what a program answers as JSON."""
    run = subprocess.run(  # noqa: S603  our own program
        [str(python), "-I", "-c", program],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    assert isinstance(answer, list)
    return answer


def dsse_says(kit: Kit, written: bytes, *, public: bytes | None = None) -> list[object]:
    """Return which keys securesystemslib accepts, and the payload as it reads it."""
    vkey = kit.opened.signer.vkeys[0]
    key = (vkey.public_key if public is None else public).hex()
    python = python_with("securesystemslib==1.6.0")
    return asked(python, DSSE, [written.decode(), str(vkey), key])


def in_toto_says(statement: object) -> list[object]:
    """Return what in-toto-attestation finds wrong with a statement, and how it reads it."""
    return asked(python_with("in-toto-attestation==0.9.3"), IN_TOTO, statement)


def test_securesystemslib_accepts_the_signature(kit: Kit, attestation: bytes) -> None:
    statement, _ = read_attestation(attestation)
    assert dsse_says(kit, attestation) == [
        [str(kit.opened.signer.vkeys[0])],
        "application/vnd.in-toto+json",
        statement.payload.decode(),
    ]


@pytest.mark.parametrize("changed", ["payload", "payloadType", "sig", "key"])
def test_securesystemslib_refuses_what_was_changed(
    kit: Kit, attestation: bytes, changed: str
) -> None:
    outer = json.loads(attestation)
    public = None
    match changed:
        case "payload":
            payload = b64decode(outer["payload"])
            other = payload.replace(b'"reviewer"', b'"admin"')
            assert other != payload
            outer["payload"] = b64encode(other).decode()
        case "payloadType":
            outer["payloadType"] = "application/json"
        case "sig":
            outer["signatures"][0]["sig"] = b64encode(bytes(64)).decode()
        case _:
            public = bytes(31) + b"\x01"
    assert dsse_says(kit, json.dumps(outer).encode(), public=public)[0] == []


def test_in_toto_reads_the_statement_as_it_was_written(attestation: bytes) -> None:
    statement = json.loads(read_attestation(attestation)[0].payload)
    said, read = in_toto_says(statement)
    assert said == ""
    assert read == statement
    assert statement["predicateType"] == PREDICATE


@pytest.mark.parametrize("lost", ["subject", "predicateType", "predicate"])
def test_in_toto_refuses_a_statement_that_lacks_a_part(attestation: bytes, lost: str) -> None:
    statement = json.loads(read_attestation(attestation)[0].payload)
    del statement[lost]
    assert in_toto_says(statement)[0]
