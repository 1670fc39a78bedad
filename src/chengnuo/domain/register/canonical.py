"""The canonical form of a register, and its version: the SHA-256 of that form.

Rows stand sorted by id and fields that hold their default are left out, so neither the layout
of the files nor a field that the model gains later changes the version.
"""

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.register.codec import write
from chengnuo.domain.register.ids import Version
from chengnuo.domain.register.model import Register


def tree_of_register(register: Register) -> Tree:
    """Return a register as one JSON tree: `handler`, and a list of rows per kind that has any."""
    return write(register)


def canonical_bytes(register: Register) -> bytes:
    """Return a register's canonical JSON (RFC 8785)."""
    return canonical_json(tree_of_register(register))


def version_of(register: Register) -> Version:
    """Return a register's version: SHA-256 of its canonical JSON, 64 hex digits."""
    return Version(sha256_hex(canonical_bytes(register)))
