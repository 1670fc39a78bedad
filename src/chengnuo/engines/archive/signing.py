"""Who signed an APK: digests of signer certificates, as they are named there. Nothing is verified.

Scheme v1 is JAR signing (a `META-INF/*.RSA`, `.DSA` or `.EC` beside a `.SF`): PKCS #7, RFC 2315
section 9.1. Schemes v2, v3 and v3.1 are blocks of the APK Signing Block, which stands right before
the central directory and ends with its size and a magic. Scheme v4 keeps its signature in a file
of its own (`.idsig`) beside the APK.
"""

import re
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct

from chengnuo.engines.archive.archive import Archive
from chengnuo.engines.archive.entry import Refused

MAGIC = b"APK Sig Block 42"
FOOT = Struct("<Q16s")
PAIR = Struct("<QI")
LENGTH = Struct("<I")
SCHEMES = {0x7109871A: "v2", 0xF05368C0: "v3", 0x1B93AD61: "v3.1"}
PAIRS = 1000
SIGNERS = 10
V1 = re.compile(r"META-INF/[^/]+\.(?:RSA|DSA|EC)", re.IGNORECASE)
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
SEQUENCE, SET, INTEGER, CONTEXT_0 = 0x30, 0x31, 0x02, 0xA0
LONG_FORM = 0x80
LONGEST_LENGTH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signer in one scheme.

    Attributes:
        scheme: `v1`, `v2`, `v3` or `v3.1`.
        certificate_sha256: Of the first certificate there, DER, in hexadecimal.

    """

    scheme: str
    certificate_sha256: str


def signatures_of(archive: Archive) -> tuple[Signature, ...]:
    """Return the signers that an archive names, by scheme; what cannot be read is left out."""
    found = [
        Signature(scheme=scheme, certificate_sha256=sha256(certificate).hexdigest())
        for scheme, certificate in (*_v1(archive), *_blocks(archive))
    ]
    return tuple(dict.fromkeys(found))


def block_start(archive: Archive) -> int:
    """Return where the APK Signing Block begins, or the central directory where there is none."""
    end = archive.directory.start
    if end < FOOT.size + 8:
        return end
    size, magic = FOOT.unpack_from(archive.buffer, end - FOOT.size)
    start = end - size - 8
    return start if magic == MAGIC and 0 <= start <= end - FOOT.size - 8 else end


def _blocks(archive: Archive) -> list[tuple[str, bytes]]:
    """Return scheme and first certificate of each signer in the APK Signing Block."""
    found: list[tuple[str, bytes]] = []
    at, end = block_start(archive) + 8, archive.directory.start - FOOT.size
    for _ in range(PAIRS):
        if at + PAIR.size > end:
            break
        length, kind = PAIR.unpack_from(archive.buffer, at)
        next_at = at + 8 + length
        if next_at > end:
            break
        if kind in SCHEMES:
            block = archive.buffer[at + PAIR.size : next_at]
            found += [(SCHEMES[kind], one) for one in _certificates(block)]
        at = next_at
    return found


def _certificates(block: memoryview) -> list[bytes]:
    """Return the first certificate of each signer of a v2 or v3 block."""
    found: list[bytes] = []
    signers = _part(block, 0)
    at = 0
    while signers is not None and len(found) < SIGNERS:
        signer = _part(signers, at)
        signed = None if signer is None else _part(signer, 0)
        digests = None if signed is None else _part(signed, 0)
        if signer is None or signed is None or digests is None:
            break
        certificates = _part(signed, LENGTH.size + len(digests))
        first = None if certificates is None else _part(certificates, 0)
        if first is not None:
            found.append(bytes(first))
        at += LENGTH.size + len(signer)
    return found


def _part(data: memoryview, at: int) -> memoryview | None:
    """Return the part that its length stands before, None if it is not all there."""
    begins = at + LENGTH.size
    if begins > len(data):
        return None
    (length,) = LENGTH.unpack_from(data, at)
    return data[begins : begins + length] if begins + length <= len(data) else None


def _v1(archive: Archive) -> list[tuple[str, bytes]]:
    """Return the first certificate of each signature file in META-INF."""
    found: list[tuple[str, bytes]] = []
    for name, entry in archive.entries.items():
        if len(found) < SIGNERS and V1.fullmatch(name):
            content = archive.read(entry)
            certificate = None if isinstance(content, Refused) else _in_pkcs7(bytes(content))
            if certificate is not None:
                found.append(("v1", certificate))
    return found


def _in_pkcs7(data: bytes) -> bytes | None:
    """Return the first certificate of PKCS #7 signed data."""
    outer = _value(data, 0, SEQUENCE)
    if outer is None or not data.startswith(SIGNED_DATA, outer[0]):
        return None
    at = outer[0] + len(SIGNED_DATA)
    for tag in (CONTEXT_0, SEQUENCE):
        inner = _value(data, at, tag)
        if inner is None:
            return None
        at = inner[0]
    for tag in (INTEGER, SET, SEQUENCE):  # version, digestAlgorithms, contentInfo
        inner = _value(data, at, tag)
        if inner is None:
            return None
        at = inner[1]
    certificates = _value(data, at, CONTEXT_0)
    first = None if certificates is None else _value(data, certificates[0], SEQUENCE)
    return None if certificates is None or first is None else data[certificates[0] : first[1]]


def _value(data: bytes, at: int, tag: int) -> tuple[int, int] | None:
    """Return where the contents of a DER value begin and end, None if it is another or cut off."""
    if at + 2 > len(data) or data[at] != tag:
        return None
    length, begins = data[at + 1], at + 2
    if length >= LONG_FORM:
        count = length - LONG_FORM
        begins += count
        if not 0 < count <= LONGEST_LENGTH or begins > len(data):
            return None
        length = int.from_bytes(data[at + 2 : begins], "big")
    return (begins, begins + length) if begins + length <= len(data) else None
