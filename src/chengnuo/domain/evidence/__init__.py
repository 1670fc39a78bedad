"""What is kept of an act, and what it proves: kinds, leaves, chains, checkpoints, proofs."""
