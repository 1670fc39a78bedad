"""An audit read back from its canonical form, and what contradicts itself in it."""

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.probe_verdict import Verdict


class AuditFileError(InvalidInputError):
    """A file is no audit in its canonical form, or one that contradicts itself."""

    code = "price-audit-file"

    def __init__(self, what: str) -> None:
        super().__init__(f"the file is no audit as it was written: {what}")


def read_audit(data: bytes) -> Audit:
    """Return the audit whose canonical form a file holds.

    Raises:
        AuditFileError: It holds none, other bytes than the audit's canonical form, or says that a
            proof holds which lacks a leg, or the other way round.

    """
    try:
        audit = msgspec.json.decode(data, type=Audit)
    except msgspec.DecodeError as error:
        raise AuditFileError("it does not read as one") from error
    if audit.canonical != data:
        raise AuditFileError("the bytes are not its canonical form")
    proof = audit.proof
    if proof.ok != (not proof.missing):
        raise AuditFileError("whether the proof holds does not go with its parts")
    if (audit.verdict is Verdict.ABSENT) and not proof.ok:
        raise AuditFileError("the verdict does not go with the proof")
    return audit
