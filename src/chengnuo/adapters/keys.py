"""The keys of an installation: what signs, what seals, what names people.

Each key is a file of its own, readable by its owner only, below `keys/` of the data folder, or
the signing key where the settings point. A key that is not there is made once; two processes
that start together end up with the same one. The file of the sealing key may hold older ones in
lines below the first: the first seals, each opens what it sealed.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from chengnuo.base.errors import InvalidInputError
from chengnuo.ports.secrets import FreshToken, SealBrokenError, TokenHash, Tokens

_KEY_BYTES = 32
_NONCE_BYTES = 12
_MOST_SECRETS = 16


class KeyFileError(InvalidInputError):
    """A key file cannot be read, is open to others, or holds another kind of key."""

    code = "key-file"

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"key file `{path.name}`: {what}")
        self.path = path


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of an installation.

    Attributes:
        signer: Signs register versions.
        tokens: Makes random tokens and names people under the tenant secret.
        sealer: Encrypts small secrets at rest.
        made: Names of the key files that were made just now.

    """

    signer: "Ed25519Signer"
    tokens: Tokens
    sealer: "AesSealer"
    made: tuple[str, ...]


def open_keys(folder: Path, *, signing_key_file: Path | None) -> Keys:
    """Return the keys of a data folder, making those that are not there.

    Args:
        folder: The `keys/` folder.
        signing_key_file: Where the signing key is (PEM, PKCS 8); None for a file in `folder`.

    Raises:
        KeyFileError: A file cannot be read or written, is readable by others, or holds
            something else.

    """
    made: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise KeyFileError(folder, "the folder cannot be made") from error
    if signing_key_file is None:
        signing_key_file = folder / "signing.pem"
        make_key_file(signing_key_file, new_signing_pem(), made)
    for name in ("tenant.key", "seal.key"):
        make_key_file(folder / name, secrets.token_hex(_KEY_BYTES).encode(), made)
    return Keys(
        signer=Ed25519Signer(read_signing_key(signing_key_file)),
        tokens=KeyedTokens(_secrets(folder / "tenant.key", most=1)[0]),
        sealer=AesSealer(*_secrets(folder / "seal.key")),
        made=tuple(made),
    )


class Ed25519Signer:
    """`Signer` with one Ed25519 key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        """Sign with a key."""
        self._key = key
        self._public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def public_key(self) -> bytes:
        """See `Signer.public_key`."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """See `Signer.sign`."""
        return self._key.sign(message)

    def is_signature(self, signature: bytes, message: bytes, *, public_key: bytes) -> bool:
        """See `Signer.is_signature`."""
        return is_signature(public_key, signature, message)


def is_signature(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether an Ed25519 signature over a message belongs to a key (RFC 8032)."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class KeyedTokens:
    """`Tokens` under the tenant secret."""

    secret: bytes = field(repr=False)

    def fresh(self) -> FreshToken:
        """See `Tokens.fresh`."""
        plain = secrets.token_urlsafe(_KEY_BYTES)
        return FreshToken(plain=plain, hashed=self.hashed(plain))

    def hashed(self, plain: str) -> TokenHash:
        """See `Tokens.hashed`."""
        return TokenHash(hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest())

    def random_bytes(self, count: int) -> bytes:
        """See `Tokens.random_bytes`."""
        return secrets.token_bytes(count)

    def keyed(self, purpose: str, text: str) -> str:
        """See `Tokens.keyed`."""
        message = purpose.encode() + b"\0" + text.encode("utf-8", "surrogatepass")
        return hmac.digest(self.secret, message, "sha256").hex()


class AesSealer:
    """`Sealer` with AES-256-GCM and a random nonce for each secret."""

    def __init__(self, key: bytes, *older: bytes) -> None:
        """Seal with a key; what older ones sealed is opened too."""
        self._keys = (key, *older)

    def seal(self, secret: bytes, *, context: str) -> bytes:
        """See `Sealer.seal`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._keys[0]).encrypt(nonce, secret, context.encode())

    def unseal(self, sealed: bytes, *, context: str) -> bytes:
        """See `Sealer.unseal`."""
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        for key in self._keys:
            with suppress(InvalidTag, ValueError):
                return AESGCM(key).decrypt(nonce, rest, context.encode())
        raise SealBrokenError

    def is_old(self, sealed: bytes, *, context: str) -> bool:
        """See `Sealer.is_old`."""
        try:
            AesSealer(self._keys[0]).unseal(sealed, context=context)
        except SealBrokenError:
            return True
        return False


def new_signing_pem() -> bytes:
    """Return a new Ed25519 private key as unencrypted PKCS 8."""
    return Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


def read_signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the Ed25519 key of a file.

    Raises:
        KeyFileError: It cannot be read, is readable by others, or holds something else.

    """
    try:
        key = load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError) as error:
        raise KeyFileError(path, "expected an unencrypted PEM private key") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(path, "expected an Ed25519 key")
    return key


def _secrets(path: Path, *, most: int = _MOST_SECRETS) -> list[bytes]:
    """Return the keys of a file, one in each line, the newest first."""
    try:
        secrets_in = [bytes.fromhex(line) for line in _read(path).decode("ascii").split()]
    except ValueError as error:
        raise KeyFileError(path, "expected 64 hex digits") from error
    if not 0 < len(secrets_in) <= most or {len(one) for one in secrets_in} != {_KEY_BYTES}:
        raise KeyFileError(path, "expected 64 hex digits")
    return secrets_in


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFileError(path, "it is readable by others; expected mode 0600")
        return path.read_bytes()
    except OSError as error:
        raise KeyFileError(path, error.strerror or "cannot be read") from error


def make_key_file(path: Path, content: bytes, made: list[str]) -> None:
    """Put a whole file in place, durably, unless one is there; never a half-written one.

    Raises:
        KeyFileError: It cannot be written.

    """
    if path.exists():
        return
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise KeyFileError(path, error.strerror or "cannot be written") from error
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, path)
            made.append(path.name)
        _sync_folder(path.parent)
    except OSError as error:
        raise KeyFileError(path, error.strerror or "cannot be written") from error
    finally:
        Path(name).unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
