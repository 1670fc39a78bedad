"""`TransferBox`: a key agreed by X25519 (RFC 7748), drawn by HKDF-SHA256 (RFC 5869).

Both public keys and the id of the offer go into the derivation, so that a key belongs to one
transfer and to these two parties. The sender's key is made for one transfer.
"""

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from chengnuo.adapters.exports.sealed_stream import (
    KEY_BYTES,
    ChunkCipher,
    fresh_header,
    sealed_range,
    sealed_size,
)
from chengnuo.domain.rights.transfer_envelope import TransferMessageError
from chengnuo.ports.rights_exports import ExportStream


class X25519Box:
    """Agrees on keys and seals under them."""

    def pair(self) -> tuple[bytes, bytes]:
        """See `TransferBox.pair`."""
        private = X25519PrivateKey.generate()
        raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        return raw, _public(private)

    def key(self, private: bytes, public: bytes, *, offer: str, sender: bytes) -> bytes:
        """See `TransferBox.key`."""
        own = X25519PrivateKey.from_private_bytes(private)
        try:
            shared = own.exchange(X25519PublicKey.from_public_bytes(public))
        except ValueError as error:
            raise TransferMessageError("its X25519 key is one of the keys of low order") from error
        receiver = public if sender == _public(own) else _public(own)
        info = b"chengnuo transfer v1\n" + offer.encode()
        return HKDF(SHA256(), length=KEY_BYTES, salt=sender + receiver, info=info).derive(shared)

    def header(self) -> bytes:
        """See `TransferBox.header`."""
        return fresh_header()

    def sealed_size(self, size: int) -> int:
        """See `TransferBox.sealed_size`."""
        return sealed_size(size)

    def piece(  # noqa: PLR0913, PLR0917  as the port has it
        self, stream: ExportStream, key: bytes, name: str, header: bytes, start: int, stop: int
    ) -> bytes:
        """See `TransferBox.piece`."""

        def read(first: int, end: int) -> bytes:
            return b"".join(stream.read(first, end))

        cipher = ChunkCipher.of(key, name, header)
        return sealed_range(cipher, stream.size, read, start, stop)


def _public(private: X25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
