"""The ClientHello in Initial packets of QUIC, whose keys everybody can derive (RFC 9001, 9369)."""

import struct
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

V1, V2 = 1, 0x6B3343CF
_SALTS: Final = {
    V1: bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"),
    V2: bytes.fromhex("0dede3def700a6db819381be6e269dcbf9bd2ed9"),
}
_LABELS: Final = {V1: b"quic ", V2: b"quicv2 "}
_INITIAL: Final = {V1: 0, V2: 1}
_MOST_CRYPTO: Final = 1 << 16
_PADDING, _PING, _ACK, _ACK_ECN, _CRYPTO = 0, 1, 2, 3, 6


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of the client's Initial packets."""

    key: bytes
    iv: bytes
    header: bytes


def client_keys(version: int, destination: bytes) -> Keys:
    """Return the keys for a Destination Connection ID (RFC 9001 section 5.2)."""
    extract = HMAC(_SALTS[version], SHA256())
    extract.update(destination)
    client = _expand(extract.finalize(), b"client in", 32)
    label = _LABELS[version]
    return Keys(
        key=_expand(client, label + b"key", 16),
        iv=_expand(client, label + b"iv", 12),
        header=_expand(client, label + b"hp", 16),
    )


def header_mask(keys: Keys, sample: bytes) -> bytes:
    """Return the mask over a header, from a sample of 16 octets (RFC 9001 section 5.4.3)."""
    # One block of AES is what the RFC asks for; nothing is kept secret by it.
    cipher = Cipher(algorithms.AES(keys.header), modes.ECB()).encryptor()  # noqa: S305
    return cipher.update(sample)[:5]


def _expand(secret: bytes, label: bytes, size: int) -> bytes:
    full = b"tls13 " + label
    info = struct.pack(">HB", size, len(full)) + full + b"\0"
    return HKDFExpand(SHA256(), size, info).derive(secret)


@dataclass(slots=True)
class Hello:
    """What came of a ClientHello over one or more Initial packets.

    Attributes:
        parts: Parts by their offset.
        first: The Destination Connection ID of the first packet, which the keys are from.

    """

    parts: dict[int, bytes] = field(default_factory=dict)
    first: bytes | None = None

    def take(self, datagram: bytes) -> None:
        """Take in the Initial packets of a datagram; whatever is none of ours is passed over."""
        at = 0
        while at < len(datagram):
            size = self._packet(datagram[at:])
            if size <= 0:
                return
            at += size

    def so_far(self) -> bytes:
        """Return the beginning as far as it is without a gap."""
        found = bytearray()
        for offset in sorted(self.parts):
            if offset > len(found):
                break
            found += self.parts[offset][len(found) - offset :]
        return bytes(found)

    def _packet(self, data: bytes) -> int:
        """Take in one packet and return its size; 0 where there is none that can be read."""
        try:
            front, version = data[0], struct.unpack_from(">I", data, 1)[0]
            if front & 0xC0 != 0xC0 or version not in _SALTS:  # noqa: PLR2004
                return 0
            at = 5
            destination = data[at + 1 : at + 1 + data[at]]
            at += 1 + data[at]
            at += 1 + data[at]
            if front >> 4 & 3 != _INITIAL[version]:
                return 0
            token, at = _number(data, at)
            size, at = _number(data, at + token)
            if size > len(data) - at or size < 20:  # noqa: PLR2004  a number and a tag
                return 0
            self.first = destination if self.first is None else self.first
            self._frames(_opened(data[: at + size], at, client_keys(version, self.first)))
        except (struct.error, IndexError, InvalidTag, ValueError):
            return 0
        return at + size

    def _frames(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            kind = data[at]
            at += 1
            if kind in {_PADDING, _PING}:
                continue
            if kind == _CRYPTO:
                offset, at = _number(data, at)
                size, at = _number(data, at)
                if offset + size <= _MOST_CRYPTO:
                    self.parts[offset] = data[at : at + size]
                at += size
            elif kind in {_ACK, _ACK_ECN}:
                at = _after_ack(data, at, with_ecn=kind == _ACK_ECN)
            else:
                return


def _after_ack(data: bytes, at: int, *, with_ecn: bool) -> int:
    _, at = _number(data, at)
    _, at = _number(data, at)
    ranges, at = _number(data, at)
    for _ in range(min(1 + 2 * ranges + 3 * with_ecn, len(data))):
        _, at = _number(data, at)
    return at


def _opened(packet: bytes, at: int, keys: Keys) -> bytes:
    """Return what is in an Initial packet whose packet number begins at a place."""
    mask = header_mask(keys, packet[at + 4 : at + 20])
    front = packet[0] ^ (mask[0] & 0x0F)
    long = (front & 3) + 1
    number = bytes(a ^ b for a, b in zip(packet[at : at + long], mask[1:], strict=False))
    head = bytes((front,)) + packet[1:at] + number
    nonce = int.from_bytes(keys.iv) ^ int.from_bytes(number)
    return AESGCM(keys.key).decrypt(nonce.to_bytes(12), packet[at + long :], head)


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Return an integer of variable length and where it ends (RFC 9000 section 16)."""
    long = 1 << (data[at] >> 6)
    if at + long > len(data):
        raise IndexError
    return int.from_bytes(data[at : at + long]) & ((1 << (8 * long - 2)) - 1), at + long
