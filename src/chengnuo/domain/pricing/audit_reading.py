"""An audit read back from its canonical form, and what contradicts itself in it."""

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
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
        AuditFileError: It holds none, other bytes than the audit's canonical form, says that a
            proof holds which lacks a leg, or the other way round, or holds figures that do not go
            with each other.

    """
    try:
        audit = msgspec.json.decode(data, type=ready(Audit))
    except msgspec.DecodeError as error:
        raise AuditFileError("it does not read as one") from error
    if audit.canonical != data:
        raise AuditFileError("the bytes are not its canonical form")
    proof = audit.proof
    if proof.ok != (not proof.missing):
        raise AuditFileError("whether the proof holds does not go with its parts")
    if (audit.verdict is Verdict.ABSENT) and not proof.ok:
        raise AuditFileError("the verdict does not go with the proof")
    for what, is_wrong in _contradictions(audit):
        if is_wrong:
            raise AuditFileError(what)
    return audit


def read_whole_audit(data: bytes) -> Audit:
    """Return the same of an audit from which nothing is withheld.

    A published copy is silent on small groups; who answers one person by it would say that nothing
    was found where something was.

    Raises:
        AuditFileError: Also if it is a published copy.

    """
    audit = read_audit(data)
    if audit.withheld is not None:
        raise AuditFileError("it is a published copy, and withholds what it says of small groups")
    return audit


def _contradictions(audit: Audit) -> tuple[tuple[str, bool], ...]:
    gaps, does, legs = audit.lasting.gaps, audit.factoring, audit.proof.legs
    is_whole = audit.withheld is None
    found = {
        *(one.verdict for one in audit.effects),
        *(one.verdict for one in audit.segments),
        audit.lasting.verdict,
    }
    return (
        (
            "the verdict does not go with what was found",
            is_whole and (audit.verdict is Verdict.FOUND) != (Verdict.FOUND in found),
        ),
        (
            "the persons by mean gap are not those told of",
            gaps is not None
            and (
                sum(gaps.persons) != audit.lasting.persons
                or len(gaps.persons) != len(gaps.chance)
                or len(gaps.persons) % 2 == 0
            ),
        ),
        ("the rows do not add up", audit.read != audit.used + sum(audit.dropped.values())),
        (
            "what factors do is not told of every attribute",
            does is not None
            and {len(does.regressors)}
            != {
                *map(len, (does.effects, does.errors)),
                *(len(one.effects) for one in does.without),
                *(len(one.errors) for one in does.without),
            },
        ),
        (
            "a figure is withheld of a whole audit",
            is_whole
            and (
                gaps is None
                or audit.overcharged is None
                or audit.proof.smallest_margin is None
                or None in {audit.tail.above, audit.tail.below}
                or any(one.is_withheld for one in legs)
            ),
        ),
    )
