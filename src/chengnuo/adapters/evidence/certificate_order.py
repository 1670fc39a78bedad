"""Putting the certificates of a time stamp in the order of DER.

Many authorities send their certificates in the order of the chain. CMS (RFC 5652 section 5.1)
allows BER there, and no signature covers the list; but a strict reader of DER (X.690 section 11.6)
takes a set in ascending order only. The bytes kept are those that came; this is for reading them.
"""

from collections.abc import Iterator

_SEQUENCE = 0x30
_TAG_0 = 0xA0
_LONG = 0x80
_MOST_LENGTH_BYTES = 4
# From the response down to the members of SignedData: which member, and its tag
# (RFC 3161 section 2.4.2, RFC 5652 sections 3 and 5.1).
_WAY = ((0, _SEQUENCE), (1, _SEQUENCE), (1, _TAG_0), (0, _SEQUENCE))
_CERTIFICATES = 3


def with_ordered_certificates(response: bytes) -> bytes:
    """Return a response with its certificates in ascending order; other bytes as they are."""
    start, end = 0, len(response)
    try:
        for place, tag in (*_WAY, (_CERTIFICATES, _TAG_0)):
            found, _, start, end = list(_members(response, start, end))[place]
            if found != tag:
                return response
        certificates = [response[at:stop] for _, at, _, stop in _members(response, start, end)]
    except (IndexError, ValueError):
        return response
    return response[:start] + b"".join(sorted(certificates)) + response[end:]


def _members(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield tag, start, start of the content and end of each value between two places.

    Raises:
        IndexError: A value ends outside.
        ValueError: A length is not definite, or too long.

    """
    while start < end:
        tag, size, content = data[start], data[start + 1], start + 2
        if size >= _LONG:
            count = size - _LONG
            if not 0 < count <= _MOST_LENGTH_BYTES:
                raise ValueError("a length is not definite, or too long")
            content += count
            size = int.from_bytes(data[start + 2 : content], "big")
        stop = content + size
        if stop > end:
            raise IndexError("a value ends outside")
        yield tag, start, content, stop
        start = stop
