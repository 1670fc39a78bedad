"""The leaf that an outcome is in the tree over the outcomes of a list (RFC 9162 section 2.1.1)."""

from chengnuo.domain.decision.decision import Outcome
from chengnuo.engines.merkle.hashing import leaf_hash


def outcome_leaf(person: str, outcome: Outcome) -> bytes:
    """Return the hash of the leaf of somebody, named by their key."""
    return leaf_hash(f"{person} {outcome.value}".encode())
