"""Requests that AppScan's script saw: the message `request_result`, its body shown as a hex dump.

What its members are called differs from version to version, so an address and a dump are looked for
in all of them. A dump may be the body alone, or a whole request of HTTP/1 that names its host.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from chengnuo.adapters.behaviour_logs.har import PORTS, body_keys
from chengnuo.adapters.behaviour_logs.lines import text_of
from chengnuo.adapters.behaviour_logs.local_times import zero_based_month
from chengnuo.adapters.behaviour_logs.stacks import stack_of
from chengnuo.adapters.behaviour_logs.values import MOST_TEXT, KindsIn, keys_of, kinds_of
from chengnuo.adapters.behaviour_logs.wire_names import http_head
from chengnuo.domain.observation.runtime_event import RuntimeEvent, Sent

REQUEST: Final = "request_result"
_ADDRESS: Final = re.compile(r"(?:https?|wss?)://[^\s\"'<>\\]{1,4096}", re.IGNORECASE)
_DUMP: Final = re.compile(
    r"^[ \t]*(?:0x)?[0-9A-Fa-f]{4,16}:?[ \t]+((?:[0-9A-Fa-f]{2}(?:[ ]{1,2}|$)){1,16})", re.MULTILINE
)
_METHOD: Final = re.compile(r"GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS")
_HOST: Final = re.compile(r"^host:\s*([^\s]{1,253})", re.IGNORECASE | re.MULTILINE)
_NOT_SENT: Final = frozenset({"type", "time", "action", "messages", "stacks"})
_PER_OCTET: Final = 5
_MOST_TEXTS: Final = 64


def request_of(row: int, told: Mapping[str, object], kinds_in: KindsIn) -> RuntimeEvent | None:
    """Return the request that a message tells of; None where it names no host.

    Args:
        row: Its line.
        told: The message.
        kinds_in: Finds kinds of personal information.

    """
    texts = list(islice(_texts({k: v for k, v in told.items() if k not in _NOT_SENT}), _MOST_TEXTS))
    dumped = b"".join(map(_dumped, texts))
    head = http_head(dumped)
    front = "" if head is None else text_of(head)
    sent = text_of(dumped if head is None else dumped[len(head) :]).strip()
    body = sent or next((text for text in texts if text.lstrip()[:1] in {"{", "["}), "")
    address = next((found[0] for text in texts if (found := _ADDRESS.search(text))), "")
    host = _HOST.search(front)
    if not address and host is not None:
        address = f"http://{host[1]}{front.partition(' ')[2].partition(' ')[0]}"
    try:
        parts = urlsplit(address)
        name, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not name:
        return None
    pairs = parse_qsl(parts.query[:MOST_TEXT], keep_blank_values=True)
    names = [key for key, _ in pairs] + body_keys(body, "form" if _is_form(body) else "")
    said = [f"{key}={value}" for key, value in pairs] + ([body] if body else [])
    method = next(
        (text for text in (*texts, front.partition(" ")[0]) if _METHOD.fullmatch(text)), ""
    )
    time = told.get("time")
    return RuntimeEvent(
        row=row,
        at=zero_based_month(time) if isinstance(time, str) else None,
        action=method or parts.scheme.lower(),
        stack=stack_of(told.get("stacks")),
        kinds=kinds_of(said, kinds_in),
        sent=Sent(
            host=name,
            scheme=parts.scheme.lower(),
            method=method,
            port=port or PORTS.get(parts.scheme.lower(), 0),
            keys=keys_of(names),
        ),
    )


def _texts(value: object, depth: int = 4) -> Iterator[str]:
    if isinstance(value, str):
        yield value[: MOST_TEXT * _PER_OCTET]
    elif depth and isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one, depth - 1)


def _dumped(text: str) -> bytes:
    """Return the octets of a hex dump; nothing of other text."""
    octets = bytearray()
    for line in _DUMP.finditer(text):
        octets += bytes.fromhex(line[1])
    return bytes(octets)


def _is_form(body: str) -> bool:
    return "=" in body.partition("&")[0] and "\n" not in body
