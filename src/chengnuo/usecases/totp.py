"""Time-based one-time passwords (RFC 6238: SHA-1, 30 seconds, 6 digits).

SHA-1 and six digits are what authenticator apps read; a code is worth one use within a minute
and a half, and wrong tries are counted by the caller.

Pure: the caller passes the instant.
"""

import base64
import hmac
from datetime import datetime
from urllib.parse import quote

STEP_S = 30
DIGITS = 6
SEED_BYTES = 20
_STEPS_EITHER_WAY = 1


def step_at(at: datetime) -> int:
    """Return the number of the time step that an instant lies in (T of RFC 6238 section 4)."""
    return int(at.timestamp()) // STEP_S


def code_at(seed: bytes, step: int) -> str:
    """Return the code of a time step (RFC 4226 section 5.3).

    >>> code_at(b"12345678901234567890", 59 // 30)
    '287082'

    """
    digest = hmac.digest(seed, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(seed: bytes, code: str, at: datetime) -> int | None:
    """Return the time step a code belongs to, or None.

    The steps just before and after `at` are taken too, for clocks that are half a minute off.
    All of them are compared whatever the first says. Spaces in the code are ignored.

    Args:
        seed: The shared secret.
        code: What was typed.
        at: Instant of the check, aware.

    """
    typed = code.replace(" ", "").encode("utf-8", "replace")
    present = step_at(at)
    matches = [
        step
        for step in range(present - _STEPS_EITHER_WAY, present + _STEPS_EITHER_WAY + 1)
        if hmac.compare_digest(code_at(seed, step).encode(), typed)
    ]
    return matches[-1] if matches else None


def seed_in_base32(seed: bytes) -> str:
    """Return the seed as authenticator apps take it typed: base32 without padding."""
    return base64.b32encode(seed).decode("ascii").rstrip("=")


def otpauth_uri(seed: bytes, *, issuer: str, account: str) -> str:
    """Return the `otpauth://` URI that authenticator apps read from a QR code.

    Args:
        seed: The shared secret.
        issuer: Name of the installation, shown above the code.
        account: Name of the account, shown beside it.

    """
    return (
        f"otpauth://totp/{quote(issuer, safe='')}:{quote(account, safe='')}"
        f"?secret={seed_in_base32(seed)}&issuer={quote(issuer, safe='')}"
        f"&algorithm=SHA1&digits={DIGITS}&period={STEP_S}"
    )
