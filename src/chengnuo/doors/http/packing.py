"""Answers of text are sent compressed (RFC 1952), but never to another site's asking.

The length of what was compressed tells of what is in it (the BREACH attack): who can make a browser
ask for a page again and again, with guesses in the address, reads a secret of the page out of the
lengths. Such requests come from another site, and the browser says so (`Sec-Fetch-Site`). So a page
is compressed only for a request that says it comes from our own pages or from the person's own
hand; what says nothing gets it plain. Besides, the token of the forms differs on every page.

Left as they are: what is short, what comes in pieces or as a part, what is packed already, and
what has a tag of its bytes.
"""

import gzip
from collections.abc import Mapping
from typing import Any, Final

from litestar.types import Message, Send

LEAST_BYTES: Final = 1_000
"""What is shorter fits into one packet either way."""
_LEVEL = 5
_FROM_HERE = frozenset({"same-origin", "none"})
_TEXTS = ("text/", "application/json", "application/problem+json", "image/svg+xml")
_AS_THEY_ARE = frozenset({b"content-encoding", b"content-range", b"etag"})
_LENGTH, _VARY = b"content-length", b"vary"


def takes_gzip(accepts: str) -> bool:
    """Tell whether an `Accept-Encoding` takes gzip (RFC 9110 section 12.5.3).

    >>> takes_gzip("br, gzip;q=0.5"), takes_gzip("gzip;q=0, br"), takes_gzip("")
    (True, False, False)

    """
    for one in accepts.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() == "gzip":
            worth = weight.replace(" ", "").removeprefix("q=")
            return not worth or bool(worth.strip("0."))
    return False


def packing(send: Send, method: str, headers: Mapping[str, str]) -> Send:
    """Return what sends an answer, compressed where the request and the answer are such.

    Args:
        send: Sends on.
        method: Of the request; an answer to `HEAD` has no body to compress.
        headers: Of the request, by name in small letters.

    """
    from_here = headers.get("sec-fetch-site", "") in _FROM_HERE
    if method == "HEAD" or not from_here or not takes_gzip(headers.get("accept-encoding", "")):
        return send
    held: Message | None = None

    async def packed(message: Message) -> None:
        nonlocal held
        if message["type"] == "http.response.start" and _is_text(message):
            held = message  # until it is known whether the body comes at once
            return
        if held is not None:
            start, held = held, None
            if message["type"] == "http.response.body":
                start, message = _packed(start, message)
            await send(start)
        await send(message)

    return packed


def _is_text(start: Any) -> bool:  # noqa: ANN401  one of Litestar's messages
    names = {name.lower(): value for name, value in start["headers"]}
    media_type = names.get(b"content-type", b"").decode("latin-1")
    return media_type.startswith(_TEXTS) and names.keys().isdisjoint(_AS_THEY_ARE)


def _packed(start: Any, message: Any) -> tuple[Message, Message]:  # noqa: ANN401  as above
    body: bytes = message.get("body", b"")
    if message.get("more_body", False) or len(body) < LEAST_BYTES:
        return start, message
    small = gzip.compress(body, compresslevel=_LEVEL, mtime=0)
    kept = [pair for pair in start["headers"] if pair[0].lower() not in {_LENGTH, _VARY}]
    varies = [value for name, value in start["headers"] if name.lower() == _VARY]
    headers = [
        *kept,
        (b"content-encoding", b"gzip"),
        (_LENGTH, str(len(small)).encode()),
        (_VARY, b", ".join([*varies, b"accept-encoding, sec-fetch-site"])),
    ]
    with_head: Any = {**start, "headers": headers}
    with_body: Any = {**message, "body": small}
    return with_head, with_body
