"""Secret things the use cases need made, kept or compared, without knowing how."""

from dataclasses import dataclass
from typing import NewType, Protocol

from chengnuo.base.errors import IntegrityError


class SealBrokenError(IntegrityError):
    """A sealed secret does not open with the key and the context at hand."""

    code = "seal-broken"

    def __init__(self) -> None:
        super().__init__(
            "a sealed secret does not open; the key file is not the one it was sealed with"
        )


TokenHash = NewType("TokenHash", str)
"""SHA-256 in hex of a random token: the only form in which a token is kept."""


@dataclass(frozen=True, slots=True)
class FreshToken:
    """A token just made: `plain` is shown or sent once, `hashed` is what is kept."""

    plain: str
    hashed: TokenHash


class Tokens(Protocol):
    """Makes random tokens and the keyed names under which they are found again."""

    def fresh(self) -> FreshToken:
        """Return a new token of 256 random bits, in characters that a URL carries as they are."""
        ...

    def hashed(self, plain: str) -> TokenHash:
        """Return the form in which a token is kept; any text is accepted."""
        ...

    def random_bytes(self, count: int) -> bytes:
        """Return random bytes fit for keys and salts."""
        ...

    def keyed(self, purpose: str, text: str) -> str:
        """Return a keyed digest in hex: equal texts agree, and nobody without the key can test one.

        Args:
            purpose: Separates uses; the same text under two purposes gives unrelated digests.
            text: What to name.

        """
        ...


class PasswordHasher(Protocol):
    """Turns passwords into what may be kept."""

    def hash(self, password: str) -> str:
        """Return the salted, deliberately slow hash of a password."""
        ...

    def verify(self, password: str, hashed: str | None) -> bool:
        """Tell whether a password belongs to a hash.

        Args:
            password: What was typed.
            hashed: The stored hash; None does the same work and answers False, so that an
                unknown name takes as long as a wrong password.

        """
        ...

    def is_old(self, hashed: str) -> bool:
        """Tell whether a hash is of a form that is not made any more."""
        ...


class Sealer(Protocol):
    """Encrypts small secrets that must be read again, such as the seed of a TOTP."""

    def seal(self, secret: bytes, *, context: str) -> bytes:
        """Return the secret encrypted and bound to its context."""
        ...

    def unseal(self, sealed: bytes, *, context: str) -> bytes:
        """Return the secret.

        Raises:
            SealBrokenError: The bytes, the context or the key is not the one it was sealed with.

        """
        ...

    def is_old(self, sealed: bytes, *, context: str) -> bool:
        """Tell whether something that can be unsealed was sealed with an older key."""
        ...


class Signer(Protocol):
    """Signs with the key of this installation (Ed25519, RFC 8032)."""

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the public key."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of a message."""
        ...

    def is_signature(self, signature: bytes, message: bytes, *, public_key: bytes) -> bool:
        """Tell whether a signature was made over the message with the key belonging to another."""
        ...
