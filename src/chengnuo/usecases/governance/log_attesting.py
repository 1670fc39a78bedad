"""Attesting in the running service: a statement is recorded, and signed with that proof in it."""

from collections.abc import Mapping

from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.dsse import envelope, payload_of
from chengnuo.domain.governance.attestation import EVIDENCE
from chengnuo.ports.accounts import AccountId
from chengnuo.ports.checkpoint_signing import LogSigner
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.recording import Recorder
from chengnuo.usecases.evidence.statements import record_statement


def attested_in_log(  # noqa: PLR0913  who records, proves and signs, and what is said
    recorder: Recorder,
    prover: Prover,
    signer: LogSigner,
    *,
    subject: tuple[tuple[str, str], ...],
    predicate_type: str,
    predicate: Mapping[str, Tree],
    by: AccountId,
) -> bytes:
    """Return a signed statement that holds the proof of its own record.

    Args:
        recorder: Records it.
        prover: Proves that it was recorded.
        signer: Signs with the keys of the log.
        subject: What it is about: name and SHA-256.
        predicate_type: Which predicate it is.
        predicate: What it says.
        by: Account whose decision it is; stands in the record, not in the statement.

    Raises:
        LogUnavailableError: It could not be recorded.

    """
    said = dict(predicate)
    bare = payload_of(subject, predicate_type, said)
    position = record_statement(recorder, bare, signer=str(signer.vkeys[0]), by=by)
    recorder.log.publish()
    proof = prover.inclusion([position], disclose=True)
    payload = payload_of(subject, predicate_type, {**said, EVIDENCE: proof.as_tree()})
    vkey, signature = signer.sign_statement(payload)
    return envelope(payload, vkey=str(vkey), signature=signature)
