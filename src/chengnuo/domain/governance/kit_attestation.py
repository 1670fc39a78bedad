"""The attestation of a vetting: what was decided about exactly these bytes of a kit.

An in-toto Statement v1 as for a release (`attestation.py`), with a predicate of its own. It names
no person and neither conditions nor reason. Format: `docs/formats/release.md`.
"""

from chengnuo.base.canonical import Tree
from chengnuo.domain.governance.kit_vetting import KitResult, KitRuling
from chengnuo.domain.governance.vetting import KitDecision

KIT_PREDICATE = "urn:chengnuo:kit-vetting:1"


def kit_predicate(
    result: KitResult, ruling: KitRuling, decision: KitDecision, *, office: str
) -> dict[str, Tree]:
    """Return the predicate of an attestation.

    Args:
        result: What the inspection came to.
        ruling: How it was decided.
        decision: What was decided.
        office: Role of who decided; never a name.

    """
    return {
        "recipient": result.recipient or None,
        "sdks": list(result.sdks),
        "version": result.version,
        "versions": {
            "register": result.register or None,
            "law": result.law,
            "knowledge": result.knowledge,
        },
        "verdict": result.verdict.value,
        "undeclared": result.undeclared,
        "report": result.report,
        "decision": {
            "outcome": decision.value,
            "office": office,
            "four_eyes": not ruling.single_person,
            "reason": bool(ruling.words),
            "expires": None if ruling.expires is None else ruling.expires.isoformat(),
            "at": ruling.at.isoformat().replace("+00:00", "Z"),
        },
    }
