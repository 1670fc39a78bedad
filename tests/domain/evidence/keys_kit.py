"""Real Ed25519 keys for tests of notes, the same ones every time."""

from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from chengnuo.domain.evidence.cosignature import cosignature, cosigned_message
from chengnuo.domain.evidence.log_keys import LogKey, LogKeys, endorsement_message
from chengnuo.domain.evidence.note import COSIGNATURE, ED25519, Note, Signature, VKey

ORIGIN = "log.example/evidence"


def verify(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Check one signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True)
class Pair:
    """A key of a name, made from a word."""

    name: str
    word: str
    algorithm: int = ED25519

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha256(self.word.encode()).digest())

    @property
    def vkey(self) -> VKey:
        public = self.private.public_key().public_bytes_raw()
        return VKey(name=self.name, algorithm=self.algorithm, public_key=public)

    def line(self, text: str) -> Signature:
        blob = self.private.sign(text.encode())
        return Signature(name=self.name, key_id=self.vkey.id, blob=blob)

    def cosigns(self, text: str, seconds: int) -> Signature:
        signed = self.private.sign(cosigned_message(text, seconds))
        return cosignature(self.vkey, seconds, signed)


def witness(word: str) -> Pair:
    return Pair(name=f"{word}.example", word=word, algorithm=COSIGNATURE)


def note_by(text: str, *pairs: Pair) -> Note:
    return Note(text=text, signatures=tuple(pair.line(text) for pair in pairs))


def endorsed(*pairs: Pair, since: tuple[int, ...] | None = None) -> LogKeys:
    """Return keys of which each follows the one before, which ends where the next begins."""
    starts = tuple(10 * at for at in range(len(pairs))) if since is None else since
    keys: list[LogKey] = []
    for at, pair in enumerate(pairs):
        message = endorsement_message(ORIGIN, pair.vkey)
        keys.append(
            LogKey(
                vkey=pair.vkey,
                since=starts[at],
                until=starts[at + 1] if at + 1 < len(pairs) else None,
                endorsement=pairs[at - 1].private.sign(message) if at else None,
            )
        )
    return LogKeys(origin=ORIGIN, keys=tuple(keys))
