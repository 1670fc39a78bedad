"""Signed notes and the keys that sign them (C2SP signed-note).

A note is a text, an empty line, and signature lines of the form `— <name> <base64>`. The last empty
line separates, so the text may hold others. Who has signed is told apart by name and key id
together; lines of unknown keys are kept and never counted.

What is read is written again byte for byte: base64 is taken in its one canonical form only.
"""

from base64 import b64encode
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from chengnuo.base.errors import InvalidInputError

MOST_NOTE_BYTES = 64 * 1024
ED25519 = 0x01
"""A signature over the text of the note."""
COSIGNATURE = 0x04
"""A witness's signature over a time and the text (C2SP tlog-cosignature)."""
KEY_BYTES = 32
KEY_ID_BYTES = 4
SIGNATURE_BYTES = 64

_ALGORITHMS = frozenset({ED25519, COSIGNATURE})
_DASH = "— "
_VKEY_PARTS = 3

Verify = Callable[[bytes, bytes, bytes], bool]
"""Tells whether `(public key, signature, message)` belong together (Ed25519, RFC 8032)."""


class NoteMalformedError(InvalidInputError):
    """Some bytes are not a signed note."""

    code = "note-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a signed note: {what}")
        self.what = what


class VKeyMalformedError(InvalidInputError):
    """A text is not a public key as notes write it."""

    code = "vkey-malformed"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a vkey, `<name>+<key id>+<base64>`: {what}")
        self.what = what


@dataclass(frozen=True, slots=True, kw_only=True)
class VKey:
    """A public key with its name.

    Attributes:
        name: Not empty, without spaces and `+`.
        algorithm: `ED25519` or `COSIGNATURE`.
        public_key: 32 bytes.

    """

    name: str
    algorithm: int = ED25519
    public_key: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the key of its text.

        Raises:
            VKeyMalformedError: The form, the algorithm, or the key id is another.

        """
        parts = text.split("+", _VKEY_PARTS - 1)
        if len(parts) != _VKEY_PARTS:
            raise VKeyMalformedError("it has not three parts")
        name, identity, encoded = parts
        if not is_key_name(name):
            raise VKeyMalformedError("its name is empty or holds what no key name may hold")
        key = from_base64(encoded)
        if key is None or len(key) != 1 + KEY_BYTES:
            raise VKeyMalformedError(f"the key is not {1 + KEY_BYTES} bytes in base64")
        if key[0] not in _ALGORITHMS:
            raise VKeyMalformedError(f"its algorithm is 0x{key[0]:02x}; expected 0x01 or 0x04")
        found = cls(name=name, algorithm=key[0], public_key=key[1:])
        if identity != found.id.hex():
            raise VKeyMalformedError("its key id is not that of name and key")
        return found

    @property
    def id(self) -> bytes:
        """The four bytes that stand for this key beside its name."""
        return key_id(self.name, self.algorithm, self.public_key)

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(bytes((self.algorithm,)) + self.public_key)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature line.

    Attributes:
        name: Name of the key.
        key_id: 4 bytes.
        blob: What the key made of the text; for a cosignature the time comes first.

    """

    name: str
    key_id: bytes
    blob: bytes

    @property
    def line(self) -> str:
        """The line, with the newline at its end."""
        return f"{_DASH}{self.name} {_base64(self.key_id + self.blob)}\n"

    def is_of(self, vkey: VKey) -> bool:
        """Tell whether the line says that it is of a key."""
        return (self.name, self.key_id) == (vkey.name, vkey.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Which known keys have signed a note.

    Attributes:
        good: Keys with a signature that fits, in the order asked.
        bad: Keys with a line of theirs that does not fit.

    """

    good: tuple[VKey, ...]
    bad: tuple[VKey, ...]

    @property
    def sound(self) -> bool:
        """Whether at least one known key signed, and no line of a known key is wrong."""
        return bool(self.good) and not self.bad


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text and who put a signature to it; nothing is verified by reading.

    Attributes:
        text: Ends with a newline; the bytes of it are what is signed.
        signatures: At least one, in the order of the lines.

    """

    text: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, written: str | bytes) -> Self:
        """Return the note of its text or bytes.

        Raises:
            NoteMalformedError: It is too large, not UTF-8, or not of the form.

        """
        whole = _plain(written)
        text, gap, lines = whole.rpartition("\n\n")
        if not gap or not text:
            raise NoteMalformedError("no empty line stands between text and signatures")
        return cls(text=f"{text}\n", signatures=read_signatures(lines))

    @property
    def written(self) -> str:
        """The whole note."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}"

    def checked(self, vkeys: Sequence[VKey], verify: Verify) -> Checked:
        """Return which of some Ed25519 keys have signed the text.

        Lines of other keys, among them cosignatures, are passed over.
        """
        good: list[VKey] = []
        bad: list[VKey] = []
        message = self.text.encode()
        for vkey in dict.fromkeys(vkeys):
            lines = [one for one in self.signatures if one.is_of(vkey)]
            fits = [verify(vkey.public_key, one.blob, message) for one in lines]
            if vkey.algorithm != ED25519 or not fits:
                continue
            (good if all(fits) else bad).append(vkey)
        return Checked(good=tuple(good), bad=tuple(bad))

    def of_name(self, name: str) -> "Note":
        """Return the note with the lines of one name only."""
        own = tuple(one for one in self.signatures if one.name == name)
        return Note(text=self.text, signatures=own)


def key_id(name: str, algorithm: int, public_key: bytes) -> bytes:
    """Return the four bytes that stand for a key of a name."""
    named = name.encode() + b"\n" + bytes((algorithm,)) + public_key
    return sha256(named).digest()[:KEY_ID_BYTES]


def is_key_name(name: str) -> bool:
    """Tell whether a text can be the name of a key: printable, without spaces and `+`."""
    return bool(name) and not any(
        one == "+" or one.isspace() or one < " " or "\ud800" <= one <= "\udfff" for one in name
    )


def read_signatures(lines: str) -> tuple[Signature, ...]:
    """Return the signatures of their lines, each with its newline.

    Raises:
        NoteMalformedError: A line is not one, or there is none.

    """
    *each, rest = lines.split("\n")
    if rest or not each:
        raise NoteMalformedError("it does not end with a signature line and a newline")
    return tuple(_read_line(line) for line in each)


def _read_line(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    blob = from_base64(encoded)
    if not line.startswith(_DASH) or not is_key_name(name):
        raise NoteMalformedError("a line after the text is not a signature line")
    if blob is None or len(blob) <= KEY_ID_BYTES:
        raise NoteMalformedError("a signature is not a key id and a signature in base64")
    return Signature(name=name, key_id=blob[:KEY_ID_BYTES], blob=blob[KEY_ID_BYTES:])


def _plain(written: str | bytes) -> str:
    if len(written) > MOST_NOTE_BYTES:
        raise NoteMalformedError(f"it is over {MOST_NOTE_BYTES} bytes")
    try:
        text = written.decode() if isinstance(written, bytes) else written
        size = len(text.encode())
    except UnicodeError as error:
        raise NoteMalformedError("it is not UTF-8") from error
    if size > MOST_NOTE_BYTES:
        raise NoteMalformedError(f"it is over {MOST_NOTE_BYTES} bytes")
    if any(one < " " and one != "\n" for one in text):
        raise NoteMalformedError("it holds a control character")
    return text


def from_base64(text: str) -> bytes | None:
    """Return the bytes of canonical, padded base64 (RFC 4648 section 4), or None.

    >>> from_base64("QQ=="), from_base64("QR=="), from_base64("QQ")
    (b'A', None, None)

    """
    try:
        data = a2b_base64(text.encode("ascii"), strict_mode=True)
    except (UnicodeEncodeError, Base64Error):
        return None
    return data if _base64(data) == text else None


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
