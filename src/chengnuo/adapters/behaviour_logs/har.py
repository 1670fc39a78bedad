"""HAR 1.2, as proxies and browsers write it: what was sent to which host, without the values.

Bodies may be plain text or base64 (`postData.encoding`, which the form does not have, or binary
text). Old web views name the app in `X-Requested-With`. Fields of a tool's own begin with `_`.
"""

import base64
import binascii
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import BinaryIO, Final
from urllib.parse import parse_qsl, urlsplit

from chengnuo.adapters.behaviour_logs.json_objects import decoded, objects
from chengnuo.adapters.behaviour_logs.lines import text_of
from chengnuo.adapters.behaviour_logs.values import (
    MOST_TEXT,
    KindsIn,
    keys_of,
    kinds_of,
    tree_keys,
)
from chengnuo.base.instant import to_us
from chengnuo.domain.observation.runtime_event import Lost, RuntimeEvent, Sent

_ENTRIES: Final = 3
"""How deep entries stand: in `{"log": {"entries": [`."""
PORTS: Final = {"http": 80, "https": 443, "ws": 80, "wss": 443}
"""The ports of schemes that name none."""
_QUIET_HEADERS: Final = frozenset(("host", "content-length", "connection", "accept-encoding"))


def har_events(source: BinaryIO, kinds_in: KindsIn, lost: list[Lost]) -> Iterator[RuntimeEvent]:
    """Yield an event for each entry.

    Args:
        source: The file, from its beginning.
        kinds_in: Finds kinds of personal information.
        lost: Gets what could not be read.

    """
    row = 0
    for cut in objects(source, within=_ENTRIES):
        if cut.tree is None:
            row += 1
            lost.append(Lost(row=row, why=cut.why))
        elif "request" in cut.tree:  # pages stand as deep
            row += 1
            event = _event(row, cut.tree, kinds_in)
            if event is None:
                lost.append(Lost(row=row, why="an entry without an address"))
            else:
                yield event


def _event(row: int, entry: Mapping[str, object], kinds_in: KindsIn) -> RuntimeEvent | None:
    request = _map(entry.get("request"))
    try:
        address = urlsplit(str(request.get("url", "")))
        host, port = address.hostname, address.port
    except ValueError:
        return None
    if not host:
        return None
    headers = {
        str(one.get("name", "")).lower(): str(one.get("value", ""))
        for one in _maps(request.get("headers"))
    }
    keys, texts = _sent(request, address.query, headers)
    return RuntimeEvent(
        row=row,
        at=_instant(entry.get("startedDateTime")),
        label=headers.get("x-requested-with", ""),
        action=str(request.get("method", ""))[:16],
        kinds=kinds_of(texts, kinds_in),
        sent=Sent(
            host=host,
            scheme=address.scheme.lower(),
            method=str(request.get("method", ""))[:16],
            port=port or PORTS.get(address.scheme.lower(), 0),
            keys=keys,
            bytes_out=_size(request),
        ),
    )


def _sent(
    request: Mapping[str, object], query: str, headers: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of what a request sends, and the texts to look for kinds in."""
    pairs = parse_qsl(query[:MOST_TEXT], keep_blank_values=True, max_num_fields=None)
    for part in ("queryString", "cookies"):
        pairs += [
            (str(one.get("name", "")), str(one.get("value", "")))
            for one in _maps(request.get(part))
        ]
    posted = _map(request.get("postData"))
    pairs += [
        (str(one.get("name", "")), str(one.get("value", ""))) for one in _maps(posted.get("params"))
    ]
    body = _body(posted)
    names = [name for name, _ in pairs]
    texts = [f"{name}={value}" for name, value in dict.fromkeys(pairs)]
    texts += [f"{name}: {value}" for name, value in headers.items() if name not in _QUIET_HEADERS]
    if body:
        texts.append(body)
        names += body_keys(body, str(posted.get("mimeType", "")))
    return keys_of(names), tuple(texts)


def body_keys(body: str, media_type: str) -> list[str]:
    """Return the names of fields in a body: of JSON or of a form; none for other text."""
    if body.lstrip()[:1] in {"{", "["}:
        tree = decoded(f'{{"_":{body}}}').tree
        return list(tree_keys(tree["_"])) if tree is not None else []
    if "form" in media_type:
        return [name for name, _ in parse_qsl(body[:MOST_TEXT], keep_blank_values=True)]
    return []


def _body(posted: Mapping[str, object]) -> str:
    text = posted.get("text")
    if not isinstance(text, str):
        return ""
    if str(posted.get("encoding", "")).lower() == "base64":
        try:
            return text_of(base64.b64decode(text[: MOST_TEXT * 2], validate=False))
        except (binascii.Error, ValueError):
            return ""
    return text


def _instant(text: object) -> int | None:
    try:
        at = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return None if at.tzinfo is None else to_us(at)


def _size(request: Mapping[str, object]) -> int:
    size = request.get("bodySize")
    return size if isinstance(size, int) and size >= 0 else -1


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _maps(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))
