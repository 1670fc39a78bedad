"""One request to a party outside, within limits of size and of time as a whole."""

from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

import httpx

from chengnuo.ports.witnessing import PlainAddressError

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class NoAnswerError(Exception):
    """There is no whole answer within the limits; the argument says why, without an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    content_type: str
    body: bytes


def require_https(name: str, address: str) -> None:
    """Refuse an address that is plain http to another machine.

    Raises:
        PlainAddressError: It is.

    """
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    except ValueError as error:
        raise PlainAddressError(name) from error
    if not plain and not (parts.scheme == "https" and parts.hostname):
        raise PlainAddressError(name)


def post(
    address: str, body: bytes, *, content_type: str, limit_bytes: int, timeout_s: float
) -> Answer:
    """Return the answer to a POST; redirects are not followed.

    Args:
        address: Where to.
        body: What to send.
        content_type: Its type.
        limit_bytes: The largest answer that is taken.
        timeout_s: For the whole exchange, however slowly bytes drip in.

    Raises:
        NoAnswerError: There is no whole answer within the limits.

    """
    end = monotonic() + timeout_s
    headers = {"Content-Type": content_type, "Accept-Encoding": "identity"}
    received = bytearray()
    try:
        with httpx.stream(
            "POST",
            address,
            content=body,
            headers=headers,
            timeout=timeout_s,
            follow_redirects=False,
        ) as answer:
            for chunk in answer.iter_raw():
                received += chunk
                if len(received) > limit_bytes:
                    raise NoAnswerError(f"the answer is over {limit_bytes} bytes")
                if monotonic() > end:
                    raise NoAnswerError(f"no whole answer within {timeout_s:g} s")
    except httpx.TimeoutException as error:
        raise NoAnswerError(f"no whole answer within {timeout_s:g} s") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NoAnswerError("no connection, or it broke off") from error
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(status=answer.status_code, content_type=kind, body=bytes(received))
