"""Verify an evidence log of Chengnuo and its proofs, as `docs/formats/evidence.md` has them."""
