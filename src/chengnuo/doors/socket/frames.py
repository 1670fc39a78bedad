"""Frames of the decision socket: a length, a kind, a body (`docs/formats/decision-socket.md`).

Bytes from outside are held to a limit before anything is kept of them; what cannot be a frame ends
the connection, because nothing after it can be told apart.
"""

import struct
from collections.abc import Iterator
from enum import IntEnum

from chengnuo.base.errors import InvalidInputError
from chengnuo.doors.http.programs import BODY_LIMIT_BYTES, BodyTooLargeError

_HEAD = struct.Struct(">IB")


class FrameKind(IntEnum):
    """What a frame holds."""

    KEY = 0x4B
    """`K`: an API key; the first frame of a connection."""
    QUESTION = 0x51
    """`Q`: one question, as `POST /v1/decisions` takes it."""
    BATCH = 0x42
    """`B`: many, as `POST /v1/decisions:batch` takes them."""
    ANSWER = 0x41
    """`A`: what the route would answer."""
    PROBLEM = 0x50
    """`P`: the problem that the route would answer."""


ASKING = frozenset({FrameKind.KEY, FrameKind.QUESTION, FrameKind.BATCH})


class FrameError(InvalidInputError):
    """What came is no frame, or not one that may come here."""

    code = "frame-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"the frame is not one that this socket takes: {what}")
        self.what = what


def frame(kind: FrameKind, body: bytes) -> bytes:
    """Return a frame."""
    return _HEAD.pack(len(body), kind) + body


class FrameReader:
    """Takes bytes as they come and gives whole frames."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._rest = bytearray()

    @property
    def is_between(self) -> bool:
        """Whether no frame has begun and not ended."""
        return not self._rest

    def feed(self, data: bytes) -> Iterator[tuple[FrameKind, bytes]]:
        """Yield the frames that are whole now.

        Raises:
            FrameError: A frame is of no kind that may come.
            BodyTooLargeError: A frame says that it is over two megabytes.

        """
        self._rest += data
        rest, at = self._rest, 0
        try:
            while len(rest) - at >= _HEAD.size:
                length, kind = _HEAD.unpack_from(rest, at)
                if kind not in ASKING:
                    raise FrameError("its kind is none of K, Q and B")
                if length > BODY_LIMIT_BYTES:
                    raise BodyTooLargeError
                if len(rest) - at < _HEAD.size + length:
                    return
                start = at + _HEAD.size
                at = start + length
                yield FrameKind(kind), bytes(rest[start:at])
        finally:
            del rest[:at]
