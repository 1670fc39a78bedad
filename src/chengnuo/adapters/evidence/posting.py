"""One request to a party outside, within limits of size and of time as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One POST.

    Attributes:
        address: Where to.
        body: What to send.
        headers: Its headers.
        limit_bytes: The largest answer that is taken.
        timeout_s: For the whole exchange, however slowly bytes drip in.
        server_name: Name that the certificate has to bear; empty for that of the address.
        is_direct: Whether a proxy that the environment names is passed by.

    """

    address: str
    body: bytes
    headers: Mapping[str, str]
    limit_bytes: int
    timeout_s: float
    server_name: str = ""
    is_direct: bool = False


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
    return exchange(
        Outgoing(
            address=address,
            body=body,
            headers={"Content-Type": content_type},
            limit_bytes=limit_bytes,
            timeout_s=timeout_s,
        )
    )


def exchange(outgoing: Outgoing) -> Answer:
    """Return the answer to a POST; redirects are not followed.

    Raises:
        NoAnswerError: There is no whole answer within the limits.

    """
    # Megabytes, which a service that asks nobody does not need.
    import httpx

    limit_bytes, timeout_s = outgoing.limit_bytes, outgoing.timeout_s
    end = monotonic() + timeout_s
    received = bytearray()
    try:
        with (
            # With a way of its own a client asks the environment for certificates only.
            httpx.Client(transport=httpx.HTTPTransport() if outgoing.is_direct else None) as client,
            client.stream(
                "POST",
                outgoing.address,
                content=outgoing.body,
                headers={"Accept-Encoding": "identity", **outgoing.headers},
                timeout=timeout_s,
                follow_redirects=False,
                extensions=(
                    {"sni_hostname": outgoing.server_name} if outgoing.server_name else None
                ),
            ) as answer,
        ):
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
