"""Attestations of releases: what they say, and when they do not hold."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.domain.finding.report_kit import REPORTS

from chengnuo.adapters.keys import Ed25519Signer, is_signature
from chengnuo.domain.evidence.dsse import envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.attestation import (
    PREDICATE,
    AttestationRefusedError,
    Decided,
    ReleaseOutcome,
    hold_attestation,
    predicate_of,
    read_attestation,
    subject_of,
)
from chengnuo.domain.governance.gate import GateVerdict, gate_of
from chengnuo.domain.observation.inspection import Unread

BAD = REPORTS["bad"]
AT = datetime(2026, 11, 28, 1, 2, 3, tzinfo=UTC)
SIGNER = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
VKEY = str(VKey(name="tea.example", public_key=SIGNER.public_key))
DECIDED = Decided(
    outcome=ReleaseOutcome.SIGNED_OFF, office="reviewer", four_eyes=True, reason=True, at=AT
)


def attested(report: PackageReport) -> bytes:
    predicate = predicate_of(
        report, gate_of(report), DECIDED, app="tea-shop", report_sha256="ef" * 32
    )
    payload = payload_of(subject_of(report), PREDICATE, predicate)
    return envelope(payload, vkey=VKEY, signature=SIGNER.sign(signed_bytes(payload)))


def test_an_attestation_says_what_it_rests_on() -> None:
    statement, said = read_attestation(attested(BAD))
    package = BAD.inspection.package
    assert statement.subject == ((package.app_id, package.sha256),)
    assert said.versions.register == BAD.register_version
    assert said.versions.law == str(BAD.law_version)
    assert said.versions.knowledge == BAD.inspection.knowledge
    assert said.verdict is GateVerdict.FAILS
    assert said.findings.open[Severity.CRITICAL] == 1
    assert said.findings.open[Severity.MEDIUM] == 0
    assert said.findings.waived == 1
    assert said.findings.ids == [one.id for one in BAD.findings if one.is_open]
    assert said.report == "ef" * 32
    assert said.before == "cd" * 32
    assert said.decision.at == AT
    assert said.decision.office == "reviewer"


def test_it_says_what_was_not_seen() -> None:
    cut = replace(
        BAD.inspection, unread=(Unread(where="a.dex", why="cut"),), not_finished=("gates",)
    )
    _, said = read_attestation(attested(replace(BAD, inspection=cut)))
    assert said.unseen == ["unread", "not-finished"]


def test_it_holds_for_its_key_and_its_package() -> None:
    statement, _ = read_attestation(attested(BAD))
    package = BAD.inspection.package.sha256
    hold_attestation(statement, vkey=VKEY, verify=is_signature, package=package)


def test_it_holds_for_no_other_package() -> None:
    statement, _ = read_attestation(attested(BAD))
    with pytest.raises(AttestationRefusedError, match="another package"):
        hold_attestation(statement, vkey=VKEY, verify=is_signature, package="00" * 32)


def test_it_holds_under_no_other_key() -> None:
    other = Ed25519Signer(Ed25519PrivateKey.from_private_bytes(bytes(32)))
    statement, _ = read_attestation(attested(BAD))
    vkey = str(VKey(name="tea.example", public_key=other.public_key))
    with pytest.raises(AttestationRefusedError, match="not signed"):
        hold_attestation(statement, vkey=vkey, verify=is_signature)


@pytest.mark.parametrize("member", ["app", "versions", "findings", "decision", "report"])
def test_a_predicate_that_lacks_a_member_is_refused(member: str) -> None:
    statement = json.loads(read_attestation(attested(BAD))[0].payload)
    del statement["predicate"][member]
    payload = payload_of([("a", "ab" * 32)], PREDICATE, statement["predicate"])
    written = envelope(payload, vkey=VKEY, signature=SIGNER.sign(signed_bytes(payload)))
    with pytest.raises(AttestationRefusedError):
        read_attestation(written)


def test_what_is_no_envelope_is_refused() -> None:
    with pytest.raises(AttestationRefusedError) as refused:
        read_attestation(b"PK")
    assert refused.value.code == "attestation-refused"
