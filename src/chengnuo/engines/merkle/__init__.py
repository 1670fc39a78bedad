"""Merkle trees: the append-only log's (RFC 6962, RFC 9162) and the sparse map of chain heads."""
