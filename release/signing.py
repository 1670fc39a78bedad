r"""The signature of a release: Ed25519 over the list of its sums, checked with openssl alone.

    openssl pkeyutl -verify -pubin -inkey release.pub.pem -rawin \
      -in SHA256SUMS -sigfile SHA256SUMS.sig
    sha256sum --check SHA256SUMS

The private key lies outside of the project, where `CHENGNUO_RELEASE_KEY` says, in a file that its
owner alone can read. `python -m release.signing KEY` makes one and prints the public key, which
people need from another place than the release.
"""

import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from release.locked import ROOT


class KeyRefusedError(Exception):
    """A key cannot be used; the text says why."""


def make_key(path: Path) -> bytes:
    """Make a key for releases and return its public key in PEM.

    Raises:
        KeyRefusedError: The file would lie in the project.
        FileExistsError: There is one.

    """
    _outside(path)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    return _public(key)


def signed(content: bytes, path: Path) -> tuple[bytes, bytes]:
    """Return the signature over some bytes, and the public key that checks it, in PEM.

    Raises:
        KeyRefusedError: The key lies in the project, is open to others, or is none.

    """
    _outside(path)
    if not path.is_file() or path.stat().st_mode & 0o077:
        raise KeyRefusedError("the key must be a file that its owner alone can read")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise KeyRefusedError("the key must be PEM, unencrypted") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefusedError("the key must be of Ed25519")
    return key.sign(content), _public(key)


def _public(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _outside(path: Path) -> None:
    if path.resolve().is_relative_to(ROOT):
        raise KeyRefusedError("the key must lie outside of the project")


if __name__ == "__main__":
    sys.stdout.buffer.write(make_key(Path(sys.argv[1])))
