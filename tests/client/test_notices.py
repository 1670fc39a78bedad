"""Nothing in a notice is believed before its signature holds, and holds now."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.connectors.public_key import public_key_of

from chengnuo.client.notices import NoticeNotGenuineError, check_signature, read_notice

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
PUBLIC = public_key_of(KEY)
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PLAIN = {
    "form": "chengnuo-notice/1",
    "id": "n-1",
    "request": "rq-1",
    "recipient": "pay",
    "kind": "delete",
    "categories": [],
    "account": "c-1",
}


def signed(body: bytes, *, key: Ed25519PrivateKey = KEY, at: datetime = AT) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    signature = base64.b64encode(key.sign(b"n-1." + stamp.encode() + b"." + body)).decode()
    return {
        "Webhook-Id": "n-1",
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,AAAA v1a,{signature}",
    }


BODY = json.dumps(PLAIN).encode()


def test_a_genuine_notice_is_read() -> None:
    found = read_notice(signed(BODY), BODY, public_key=PUBLIC, at=AT + timedelta(minutes=5))
    assert (found.account, found.kind, found.categories) == ("c-1", "delete", ())
    bare = PUBLIC.removeprefix("whpk_")
    assert read_notice(signed(BODY), BODY, public_key=bare, at=AT) == found


def without(name: str) -> Callable[[], Mapping[str, str]]:
    return lambda: {key: value for key, value in signed(BODY).items() if key != name}


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param(lambda: signed(BODY, key=OTHER), id="another key"),
        pytest.param(lambda: signed(BODY + b" "), id="another body"),
        pytest.param(lambda: {**signed(BODY), "Webhook-Id": "n-2"}, id="another id"),
        pytest.param(lambda: {**signed(BODY), "Webhook-Timestamp": "1772438401"}, id="other time"),
        pytest.param(lambda: {**signed(BODY), "Webhook-Timestamp": "9" * 30}, id="no time"),
        pytest.param(lambda: {**signed(BODY), "Webhook-Timestamp": "-1"}, id="negative time"),
        pytest.param(lambda: {**signed(BODY), "Webhook-Timestamp": "²"}, id="no digits"),
        pytest.param(lambda: {**signed(BODY), "Webhook-Signature": "v1a,???"}, id="no base64"),
        pytest.param(lambda: signed(BODY, at=AT - timedelta(minutes=6)), id="replayed later"),
        pytest.param(lambda: signed(BODY, at=AT + timedelta(minutes=6)), id="from the future"),
        pytest.param(without("Webhook-Id"), id="without id"),
        pytest.param(without("Webhook-Timestamp"), id="without time"),
        pytest.param(without("Webhook-Signature"), id="without signature"),
    ],
)
def test_what_is_not_genuine_is_refused(headers: Callable[[], Mapping[str, str]]) -> None:
    with pytest.raises(NoticeNotGenuineError) as refused:
        read_notice(headers(), BODY, public_key=PUBLIC, at=AT)
    assert "c-1" not in str(refused.value)


@pytest.mark.parametrize(
    "change", [{"form": "chengnuo-notice/2"}, {"id": "n-2"}, {"account": None}, {"kind": 1}]
)
def test_a_body_of_another_form_is_refused_though_it_is_signed(change: dict[str, object]) -> None:
    body = json.dumps({**PLAIN, **change}).encode()
    check_signature(signed(body), body, public_key=PUBLIC, at=AT)
    with pytest.raises(NoticeNotGenuineError):
        read_notice(signed(body), body, public_key=PUBLIC, at=AT)


@given(st.dictionaries(st.sampled_from(list(signed(BODY))), st.text()), st.binary())
def test_anything_else_is_refused_and_nothing_breaks(headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(NoticeNotGenuineError):
        read_notice(headers, body, public_key=PUBLIC, at=AT)


@pytest.mark.parametrize("key", ["", "whpk_", "whpk_AAAA", "???"])
def test_a_key_that_is_none_is_told(key: str) -> None:
    with pytest.raises(NoticeNotGenuineError):
        read_notice(signed(BODY), BODY, public_key=key, at=AT)
