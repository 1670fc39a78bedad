"""What a log sends to a witness: a checkpoint, and that it extends the last (C2SP tlog-witness).

A line `old <size>`, the hashes of the proof in base64, an empty line, the signed note.
"""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.note import from_base64
from chengnuo.engines.merkle.hashing import HASH_BYTES

MOST_HASHES = 63
"""Of a proof; more than any tree of 2^63 leaves needs."""
MOST_BYTES = 128 * 1024
_OLD = re.compile(r"old (0|[1-9][0-9]{0,18})")


class AddCheckpointMalformedError(InvalidInputError):
    """Some bytes are not the request of a log to a witness."""

    code = "add-checkpoint-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a request for a cosignature: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCheckpoint:
    """A request for a cosignature; nothing of it is checked.

    Attributes:
        old: Size of the checkpoint that the witness is thought to have cosigned last; 0 for none.
        proof: Hashes that show that the tree of `signed` extends that of `old`.
        signed: The checkpoint to cosign.

    """

    old: int
    proof: tuple[bytes, ...]
    signed: SignedCheckpoint

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Return the request of its bytes.

        Raises:
            AddCheckpointMalformedError: The part before the note has another form.
            NoteMalformedError: What follows is no note.
            CheckpointMalformedError: The text of the note is no checkpoint.

        """
        head, gap, note = body.partition(b"\n\n")
        if not gap or len(body) > MOST_BYTES:
            raise AddCheckpointMalformedError("no empty line stands before a note within bounds")
        try:
            first, *lines = head.decode("ascii").split("\n")
        except UnicodeDecodeError as error:
            raise AddCheckpointMalformedError("the proof is not ASCII") from error
        old = _OLD.fullmatch(first)
        if old is None:
            raise AddCheckpointMalformedError("its first line is not `old` and a size")
        if len(lines) > MOST_HASHES:
            raise AddCheckpointMalformedError(f"its proof has over {MOST_HASHES} hashes")
        return cls(
            old=int(old[1]),
            proof=tuple(_hash(line) for line in lines),
            signed=SignedCheckpoint.parse(note),
        )


def written_request(signed: SignedCheckpoint, old: int, proof: Sequence[bytes]) -> bytes:
    """Return the bytes of a request."""
    hashes = "".join(f"{b64encode(node).decode('ascii')}\n" for node in proof)
    return f"old {old}\n{hashes}\n{signed.text}".encode()


def _hash(line: str) -> bytes:
    found = from_base64(line)
    if found is None or len(found) != HASH_BYTES:
        raise AddCheckpointMalformedError(f"a line of its proof is not {HASH_BYTES} bytes")
    return found
