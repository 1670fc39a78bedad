"""Recording what is stated: what will be done before, the signed statement of it after.

The log holds the digest of the statement; its envelope is kept beside the log, so that whoever
looks at the evidence finds what was stated and checks it against the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.evidence.dsse import envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import VKey
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.secrets import Signer
from chengnuo.ports.statements import Statements
from chengnuo.usecases.evidence.recording import NO_ROWS, Recorder, Rows


def record_statement(
    recorder: Recorder, payload: bytes, *, signer: str, by: str, rows: Rows = NO_ROWS
) -> Position:
    """Record the digest of a statement, and return where it stands.

    Args:
        recorder: Records it.
        payload: The statement, canonical JSON.
        signer: The public key that signs it, as a vkey.
        by: Who has it recorded.
        rows: Rows of the register that it is about.

    Raises:
        LogUnavailableError: It could not be recorded.

    """
    values: dict[str, Tree] = {"statement": sha256_hex(payload), "signer": signer, "by": by}
    draft = recorder.draft(Kind.ATTESTATION, values, rows=rows)
    return recorder.log.append([draft]).first


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecorder:
    """Records and keeps statements.

    Attributes:
        recorder: Records acts.
        signer: Signs with the key of the installation.
        kept: Where their envelopes are kept.
        by: Who had it done, as `cli`.

    """

    recorder: Recorder
    signer: Signer
    kept: Statements
    by: str

    def commit(self, what: str, detail: str, *, rows: Rows = NO_ROWS) -> None:
        """Record what will be done, before it is begun.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        self.recorder.record(
            Kind.CONFIGURATION,
            {"what": what, "detail": detail, "by": self.by, "single_person": True},
            rows=rows,
        )

    def attest(
        self,
        *,
        key: str,
        subject: Sequence[tuple[str, str]],
        predicate_type: str,
        predicate: Tree,
        rows: Rows = NO_ROWS,
    ) -> tuple[bytes, Position]:
        """Record a statement, and keep it.

        Args:
            key: Name of the key, as its vkey has it.
            subject: Name and SHA-256 of each thing that it is about.
            predicate_type: A URI.
            predicate: What is said.
            rows: Rows of the register that it is about.

        Returns:
            The signed envelope, and where its digest stands in the log.

        Raises:
            LogUnavailableError: It could not be recorded.
            StatementNotKeptError: It is recorded, and the disk refused its envelope.

        """
        vkey = str(VKey(name=key, public_key=self.signer.public_key))
        payload = payload_of(subject, predicate_type, predicate)
        position = record_statement(self.recorder, payload, signer=vkey, by=self.by, rows=rows)
        signature = self.signer.sign(signed_bytes(payload))
        signed = envelope(payload, vkey=vkey, signature=signature)
        self.kept.keep(position, signed)
        return signed, position
