"""The test vectors of the page on the format, by a reader of its own and by the program's."""

import hashlib
import hmac
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.docs.markdown import ROOT

from chengnuo.adapters.backup.sealed_file import read, written
from chengnuo.ports.backup_errors import BackupDamagedError, BackupKeyError
from chengnuo.ports.backups import Lock

PAGE = (ROOT / "docs" / "formats" / "backup.md").read_text("utf-8")
KEYS = re.findall(r"key of the stream is `([0-9a-f]{64})`", PAGE)
HEAD, STREAM, CHUNK = 0, 1, 2
FILES = [
    [bytes.fromhex(line) for line in block.split()]
    for block in re.findall(r"```\n((?:[0-9a-f]+\n)+)```", PAGE)
]
PRIVATE = X25519PrivateKey.from_private_bytes(bytes(range(32)))
CONTENT = b"chengnuo\n"


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes of HKDF-SHA256 (RFC 5869), written out."""
    drawn = hmac.digest(salt, key, "sha256")
    return hmac.digest(drawn, info + b"\x01", "sha256")


def opened(parts: list[bytes], key: bytes) -> bytes:
    name = f"backup {hashlib.sha256(parts[HEAD]).hexdigest()}"
    info = b"chengnuo sealed stream v1\n" + name.encode()
    cipher = AESGCM(derived(key, parts[STREAM][-16:], info))
    return cipher.decrypt(bytes(11) + b"\x01", parts[CHUNK], parts[STREAM])


@pytest.fixture
def locks(tmp_path: Path) -> list[Lock]:
    key, words = tmp_path / "restore.key", tmp_path / "words"
    key.write_bytes(PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    words.write_text("four quiet lanterns\n")
    return [Lock(key=key), Lock(passphrase=words)]


def test_the_page_can_be_followed() -> None:
    own = PRIVATE.public_key().public_bytes_raw()
    public = FILES[0][HEAD][-32:]
    shared = PRIVATE.exchange(X25519PublicKey.from_public_bytes(public))
    agreed = derived(shared, public + own, b"chengnuo backup v1\n")
    salt = FILES[1][HEAD][-16:]
    stretched = hashlib.scrypt(b"four quiet lanterns", salt=salt, n=1 << 10, r=8, p=1, dklen=32)
    assert [agreed.hex(), stretched.hex()] == KEYS
    assert [opened(FILES[0], agreed), opened(FILES[1], stretched)] == [CONTENT, CONTENT]


@pytest.mark.parametrize("number", [0, 1], ids=["key", "passphrase"])
def test_the_program_reads_them(number: int, locks: list[Lock], tmp_path: Path) -> None:
    file = tmp_path / "vector"
    file.write_bytes(b"".join(FILES[number]))
    with read(file, locks[number]) as content:
        assert content.read() == CONTENT
    with pytest.raises(BackupKeyError), read(file, locks[1 - number]):
        pass
    for cut in range(len(b"".join(FILES[number]))):
        file.write_bytes(b"".join(FILES[number])[:cut])
        with pytest.raises((BackupDamagedError, BackupKeyError)), read(file, locks[number]) as part:
            part.read()


def test_a_cost_that_would_take_too_much_memory_is_refused(
    locks: list[Lock], tmp_path: Path
) -> None:
    file = tmp_path / "vector"
    head = bytearray(b"".join(FILES[1]))
    head[10] = 31
    file.write_bytes(head)
    with pytest.raises(BackupDamagedError), read(file, locks[1]):
        pass


def test_chunks_come_back_in_their_order_and_no_other(locks: list[Lock], tmp_path: Path) -> None:
    file, content = tmp_path / "long", bytes(range(256)) * 1024
    with written(file, locks[1]) as stream:
        for start in range(0, len(content), 70_000):
            stream.write(content[start : start + 70_000])
    with read(file, locks[1]) as found:
        assert b"".join(iter(lambda: found.read(9_999), b"")) == content
    sealed = file.read_bytes()
    begin, chunk = len(sealed) - 4 * (65_536 + 16), 65_536 + 16
    one, two = sealed[begin : begin + chunk], sealed[begin + chunk : begin + 2 * chunk]
    file.write_bytes(sealed[:begin] + two + one + sealed[begin + 2 * chunk :])
    with pytest.raises((BackupDamagedError, BackupKeyError)), read(file, locks[1]) as found:
        found.read()
    file.write_bytes(sealed[:-chunk])
    with pytest.raises(BackupDamagedError), read(file, locks[1]) as found:
        found.read()
