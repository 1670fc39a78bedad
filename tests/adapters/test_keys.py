"""The keys of an installation, and what they do."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chengnuo.adapters.keys import KeyFileError, open_keys
from chengnuo.adapters.passwords import Argon2Passwords
from chengnuo.ports.secrets import SealBrokenError


def test_keys_are_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    first = open_keys(tmp_path / "keys", signing_key_file=None)
    again = open_keys(tmp_path / "keys", signing_key_file=None)
    assert first.made == ("signing.pem", "tenant.key", "seal.key")
    assert again.made == ()
    assert again.signer.public_key == first.signer.public_key
    assert again.tokens.keyed("person", "x") == first.tokens.keyed("person", "x")
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == {"signing.pem": 0o600, "tenant.key": 0o600, "seal.key": 0o600}


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    open_keys(tmp_path, signing_key_file=None)
    (tmp_path / "tenant.key").chmod(0o640)
    with pytest.raises(KeyFileError, match="0600"):
        open_keys(tmp_path, signing_key_file=None)


@pytest.mark.parametrize("content", [b"", b"zz", b"ab" * 31, b"\xff\xfe"])
def test_a_broken_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    open_keys(tmp_path, signing_key_file=None)
    (tmp_path / "seal.key").write_bytes(content)
    with pytest.raises(KeyFileError, match=r"seal\.key"):
        open_keys(tmp_path, signing_key_file=None)


def test_a_signing_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rsa.pem"
    pem = generate_private_key(65537, 2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    path.write_bytes(pem)
    path.chmod(0o600)
    with pytest.raises(KeyFileError, match="Ed25519"):
        open_keys(tmp_path / "keys", signing_key_file=path)


def test_a_signing_key_that_is_named_but_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError):
        open_keys(tmp_path / "keys", signing_key_file=tmp_path / "missing.pem")
    assert not (tmp_path / "missing.pem").exists()


def test_what_is_sealed_opens_only_in_its_context(tmp_path: Path) -> None:
    sealer = open_keys(tmp_path, signing_key_file=None).sealer
    sealed = sealer.seal(b"seed", context="totp:a")
    assert b"seed" not in sealed
    assert sealer.unseal(sealed, context="totp:a") == b"seed"
    for broken, context in (
        (sealed, "totp:b"),
        (sealed[:-1], "totp:a"),
        (b"", "totp:a"),
        (bytes([sealed[0] ^ 1]) + sealed[1:], "totp:a"),
    ):
        with pytest.raises(SealBrokenError):
            sealer.unseal(broken, context=context)


def test_two_installations_name_the_same_person_differently(tmp_path: Path) -> None:
    one = open_keys(tmp_path / "one", signing_key_file=None).tokens
    two = open_keys(tmp_path / "two", signing_key_file=None).tokens
    assert one.keyed("person", "u-1") != two.keyed("person", "u-1")
    assert one.keyed("person", "u-1") != one.keyed("form", "u-1")


def test_no_key_shows_when_it_is_printed(tmp_path: Path) -> None:
    keys = open_keys(tmp_path, signing_key_file=None)
    shown = repr(keys)
    assert (tmp_path / "tenant.key").read_text() not in shown
    assert keys.tokens.secret.hex() not in shown
    assert repr(keys.tokens.secret) not in shown


def test_passwords_are_argon2id_salted_and_checked() -> None:
    hasher = Argon2Passwords()
    hashed = hasher.hash("four quiet lanterns")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashed != hasher.hash("four quiet lanterns")
    assert hasher.verify("four quiet lanterns", hashed)
    assert not hasher.verify("four quiet lantern", hashed)
    assert not hasher.verify("four quiet lanterns", None)


def test_a_password_may_be_any_text() -> None:
    hasher = Argon2Passwords()
    for password in ("江上数峰青，曲终人不见", "\ud800", "\0", ""):
        assert hasher.verify(password, hasher.hash(password))
