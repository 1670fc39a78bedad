"""Reading signed notices in a service of one's own: nothing in them is believed before that.

What to do with one: check it here, see by its id whether it was taken before, answer 2xx, and say
`{"state": "completed"}` in the answer if it is done already.
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready

TOLERANCE = timedelta(minutes=5)
_PREFIX = "whpk_"
_VERSION = "v1a,"
_FORM = "chengnuo-notice/1"
_LATEST_S = 253_402_300_799  # the last second of year 9999


class NoticeNotGenuineError(InvalidInputError):
    """A notice was not signed by the key that is known, or not now; it is not acted on."""

    code = "notice-not-genuine"

    def __init__(self, what: str) -> None:
        super().__init__(f"the notice is not taken: {what}")
        self.what = what


class ReceivedNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice whose signature holds.

    Attributes:
        id: The same when it is sent again.
        request: Request it belongs to.
        recipient: Whom it is for, by the id in the sender's register.
        kind: What it asks for: `delete`, `correct`, `restrict`, `lift` or `stop`.
        categories: Categories of what it is about; empty for all.
        account: The account that it is about.

    """

    id: str
    request: str
    recipient: str
    kind: str
    categories: tuple[str, ...]
    account: str


class _Body(ReceivedNotice, frozen=True, kw_only=True):
    form: str


def read_notice(
    headers: Mapping[str, str], body: bytes, *, public_key: str, at: datetime
) -> ReceivedNotice:
    """Return a notice after its signature was checked.

    Args:
        headers: Headers of the request, in any case.
        body: Its body as it came, to the byte.
        public_key: Key of the sender, base64 of 32 bytes, `whpk_` before it or not.
        at: Now, aware; the signature may be `TOLERANCE` older or newer.

    Raises:
        NoticeNotGenuineError: It is not signed by the key, not now, or is no notice of this form.

    """
    check_signature(headers, body, public_key=public_key, at=at)
    try:
        found = msgspec.json.decode(body, type=ready(_Body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NoticeNotGenuineError("its body is of another form") from error
    if found.form != _FORM or found.id != _named(headers, "webhook-id"):
        raise NoticeNotGenuineError("its body is of another form, or of another notice")
    return ReceivedNotice(
        id=found.id,
        request=found.request,
        recipient=found.recipient,
        kind=found.kind,
        categories=found.categories,
        account=found.account,
    )


def check_signature(
    headers: Mapping[str, str], body: bytes, *, public_key: str, at: datetime
) -> None:
    """Check the signature alone, as of a body in another form; see `read_notice`.

    Raises:
        NoticeNotGenuineError: It is not signed by the key, or not now.

    """
    id_, stamp = _named(headers, "webhook-id"), _named(headers, "webhook-timestamp")
    if not stamp.isascii() or not stamp.isdigit() or int(stamp[:20]) > _LATEST_S:
        raise NoticeNotGenuineError("its time is none")
    if abs(datetime.fromtimestamp(int(stamp), UTC) - at) > TOLERANCE:
        raise NoticeNotGenuineError("its time is too far from now")
    key = _key(public_key)
    signed = b".".join((id_.encode(), stamp.encode(), body))
    for one in _named(headers, "webhook-signature").split(" "):
        if one.startswith(_VERSION) and _is_signature(key, one.removeprefix(_VERSION), signed):
            return
    raise NoticeNotGenuineError("its signature does not hold")


def _named(headers: Mapping[str, str], name: str) -> str:
    found = next((value for key, value in headers.items() if key.lower() == name), None)
    if found is None:
        raise NoticeNotGenuineError(f"it has no `{name}`")
    return found


def _key(text: str) -> Ed25519PublicKey:
    try:
        data = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
        return Ed25519PublicKey.from_public_bytes(data)
    except (binascii.Error, ValueError) as error:
        raise NoticeNotGenuineError("the key given is no Ed25519 key in base64") from error


def _is_signature(key: Ed25519PublicKey, text: str, signed: bytes) -> bool:
    try:
        key.verify(base64.b64decode(text, validate=True), signed)
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True
