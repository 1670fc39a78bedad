"""Making and checking attestations of releases with a key at hand, without a log."""

from dataclasses import dataclass

from chengnuo.domain.evidence.dsse import envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.note import Verify, VKey
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.governance.attestation import (
    PREDICATE,
    Decided,
    ReleasePredicate,
    hold_attestation,
    predicate_of,
    read_attestation,
    subject_of,
)
from chengnuo.domain.governance.gate import Gate
from chengnuo.ports.secrets import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Attester:
    """Attests with one key.

    Attributes:
        signer: Signs.
        name: Name of the key: not empty, without spaces and `+`.

    """

    signer: Signer
    name: str

    @property
    def vkey(self) -> str:
        """The public key, as whoever checks needs it."""
        return str(VKey(name=self.name, public_key=self.signer.public_key))

    def attest(
        self, report: PackageReport, gate: Gate, decided: Decided, *, app: str, report_sha256: str
    ) -> bytes:
        """Return the signed attestation of a package.

        Args:
            report: What was found.
            gate: What the gate says of it.
            decided: What was decided.
            app: Id of the app in the register, or of the package.
            report_sha256: SHA-256 of the JSON report.

        """
        predicate = predicate_of(report, gate, decided, app=app, report_sha256=report_sha256)
        payload = payload_of(subject_of(report), PREDICATE, predicate)
        return envelope(payload, vkey=self.vkey, signature=self.signer.sign(signed_bytes(payload)))


def checked_attestation(
    written: bytes, *, vkey: str, verify: Verify, package: str | None = None
) -> ReleasePredicate:
    """Return what an attestation says, once it holds.

    Args:
        written: The envelope.
        vkey: The public key that is trusted.
        verify: Checks a signature.
        package: SHA-256 of the package at hand; None to hold it to none.

    Raises:
        AttestationRefusedError: It is none, is not signed by the key, or is about another package.

    """
    statement, said = read_attestation(written)
    hold_attestation(statement, vkey=vkey, verify=verify, package=package)
    return said
