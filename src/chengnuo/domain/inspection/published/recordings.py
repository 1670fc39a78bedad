"""What a recording of an app's traffic (HAR 1.2) says was answered; what was asked is left out."""

import base64
import binascii
import json
from collections.abc import Iterator
from typing import Any, Final, TypeGuard
from urllib.parse import urlsplit

from chengnuo.domain.observation.published import Written

_MOST_ANSWERS: Final = 2_000


def is_recording(tree: Written) -> TypeGuard[dict[str, Any]]:
    """Tell whether a tree is a recording."""
    log = tree.get("log") if isinstance(tree, dict) else None
    return isinstance(log, dict) and isinstance(log.get("entries"), list)


def answers_of(tree: dict[str, Any]) -> Iterator[tuple[str, Written]]:
    """Yield each answer with what was asked (`GET /winners`): a tree where it is JSON, or text."""
    for entry in tree["log"]["entries"][:_MOST_ANSWERS]:
        if not isinstance(entry, dict):
            continue
        asked, answer = _part(entry, "request"), _part(_part(entry, "response"), "content")
        text = _text(answer)
        if text:
            path = urlsplit(str(asked.get("url", ""))).path or "/"
            yield f"{asked.get('method', 'GET')} {path}", _read(text)


def _part(node: dict[str, Any], name: str) -> dict[str, Any]:
    found = node.get(name)
    return found if isinstance(found, dict) else {}


def _text(content: dict[str, Any]) -> str:
    text = content.get("text")
    if not isinstance(text, str):
        return ""
    if content.get("encoding") != "base64":
        return text
    try:
        return base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _read(text: str) -> Written:
    try:
        read: Written = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return read if isinstance(read, dict | list) else text
