"""Envelopes of signed statements, held to the words of the two specifications."""

import json
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chengnuo.adapters.keys import Ed25519Signer, is_signature
from chengnuo.domain.evidence.dsse import (
    MOST_ENVELOPE_BYTES,
    EnvelopeMalformedError,
    envelope,
    payload_of,
    read_envelope,
    signed_bytes,
)
from chengnuo.domain.evidence.note import VKey

TYPE = "urn:chengnuo:test:1"
SIGNER = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
VKEY = str(VKey(name="tea.example", public_key=SIGNER.public_key))
OTHER = str(VKey(name="other.example", public_key=SIGNER.public_key))
PAYLOAD = payload_of([("a.apk", "ab" * 32)], TYPE, {"说": "做"})
WRITTEN = envelope(PAYLOAD, vkey=VKEY, signature=SIGNER.sign(signed_bytes(PAYLOAD)))


def changed(**members: object) -> bytes:
    return json.dumps(json.loads(WRITTEN) | members).encode()


def around(payload: bytes) -> bytes:
    return changed(payload=b64encode(payload).decode())


def test_a_statement_is_read_as_it_was_written() -> None:
    statement = read_envelope(WRITTEN, TYPE)
    assert statement.payload == PAYLOAD
    assert statement.subject == (("a.apk", "ab" * 32),)
    assert json.loads(statement.predicate) == {"说": "做"}
    assert statement.is_signed_by(VKEY, is_signature)


def test_the_statement_has_the_members_of_in_toto() -> None:
    assert json.loads(PAYLOAD) == {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "a.apk", "digest": {"sha256": "ab" * 32}}],
        "predicateType": TYPE,
        "predicate": {"说": "做"},
    }


def test_lengths_in_what_is_signed_count_bytes() -> None:
    assert signed_bytes("承诺".encode()).startswith(b"DSSEv1 28 application/vnd.in-toto+json 6 ")


@pytest.mark.parametrize("vkey", [OTHER, "", "tea.example+00000000+AAAA"])
def test_no_other_key_has_signed_it(vkey: str) -> None:
    assert not read_envelope(WRITTEN, TYPE).is_signed_by(vkey, is_signature)


def test_a_changed_statement_is_signed_by_nobody() -> None:
    forged = around(payload_of([("a.apk", "cd" * 32)], TYPE, {"说": "做"}))
    assert not read_envelope(forged, TYPE).is_signed_by(VKEY, is_signature)


def test_a_second_signature_under_the_same_key_has_to_fit_too() -> None:
    good = json.loads(WRITTEN)["signatures"]
    bad = [{"keyid": VKEY, "sig": b64encode(bytes(64)).decode()}]
    stranger = [{"keyid": OTHER, "sig": b64encode(bytes(64)).decode()}]
    both = read_envelope(changed(signatures=good + bad), TYPE)
    beside = read_envelope(changed(signatures=good + stranger), TYPE)
    assert not both.is_signed_by(VKEY, is_signature)
    assert beside.is_signed_by(VKEY, is_signature)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"[" * 10_000, id="deep"),
        pytest.param(b"\xff", id="not UTF-8"),
        pytest.param(b" " * (MOST_ENVELOPE_BYTES + 1), id="too large"),
        pytest.param(changed(payloadType="application/json"), id="another payload"),
        pytest.param(changed(signatures=[]), id="no signature"),
        pytest.param(changed(signatures=[{"keyid": VKEY, "sig": "?"}]), id="no base64"),
        pytest.param(changed(payload="e30"), id="base64 without padding"),
        pytest.param(changed(more=1), id="a member more"),
        pytest.param(around(b"{}"), id="no statement"),
        pytest.param(around(PAYLOAD.replace(b"Statement/v1", b"Statement/v2")), id="version 2"),
        pytest.param(around(PAYLOAD[:-1] + b',"_type":"x"}'), id="a member twice"),
    ],
)
def test_what_is_no_envelope_is_refused(written: bytes) -> None:
    with pytest.raises(EnvelopeMalformedError) as refused:
        read_envelope(written, TYPE)
    assert refused.value.code == "envelope-malformed"


def test_a_statement_of_another_type_is_refused() -> None:
    with pytest.raises(EnvelopeMalformedError, match="another type"):
        read_envelope(WRITTEN, "urn:chengnuo:test:2")
