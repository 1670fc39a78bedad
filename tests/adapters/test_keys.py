"""The keys of an installation, and what they do."""

from pathlib import Path

import pytest
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from chengnuo.adapters.keys import KeyFileError, open_keys
from chengnuo.adapters.passwords import Argon2Passwords
from chengnuo.ports.secrets import SealBrokenError

SECRET = bytes(range(32))


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


def test_a_new_sealing_key_seals_and_the_older_one_still_opens_what_it_sealed(
    tmp_path: Path,
) -> None:
    file = tmp_path / "seal.key"
    before = open_keys(tmp_path, signing_key_file=None).sealer.seal(b"seed", context="totp:1")
    older = file.read_text(encoding="ascii")
    file.write_text(f"{'ab' * 32}\n{older}\n", encoding="ascii")
    both = open_keys(tmp_path, signing_key_file=None).sealer
    assert both.unseal(before, context="totp:1") == b"seed"
    after = both.seal(b"seed", context="totp:1")
    assert both.is_old(before, context="totp:1")
    assert not both.is_old(after, context="totp:1")
    file.write_text("ab" * 32, encoding="ascii")
    newer = open_keys(tmp_path, signing_key_file=None).sealer
    assert newer.unseal(after, context="totp:1") == b"seed"
    with pytest.raises(SealBrokenError):
        newer.unseal(before, context="totp:1")
    with pytest.raises(SealBrokenError):
        both.unseal(before, context="totp:2")


def test_what_the_former_signing_key_signed_holds_after_it_was_replaced(tmp_path: Path) -> None:
    former = open_keys(tmp_path, signing_key_file=None).signer
    signature = former.sign(b"a version")
    (tmp_path / "signing.pem").unlink()
    present = open_keys(tmp_path, signing_key_file=None).signer
    assert present.public_key != former.public_key
    assert present.is_signature(signature, b"a version", public_key=former.public_key)
    assert not present.is_signature(signature, b"a version", public_key=present.public_key)


def test_there_is_one_tenant_key(tmp_path: Path) -> None:
    open_keys(tmp_path, signing_key_file=None)
    file = tmp_path / "tenant.key"
    file.write_text(f"{'ab' * 32}\n{file.read_text(encoding='ascii')}", encoding="ascii")
    with pytest.raises(KeyFileError, match="64 hex digits"):
        open_keys(tmp_path, signing_key_file=None)


def test_passwords_are_argon2id_salted_and_checked() -> None:
    hasher = Argon2Passwords(SECRET)
    hashed = hasher.hash("four quiet lanterns")
    assert hashed.startswith("secret$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashed != hasher.hash("four quiet lanterns")
    assert hasher.verify("four quiet lanterns", hashed)
    assert not hasher.verify("four quiet lantern", hashed)
    assert not hasher.verify("four quiet lanterns", None)


def test_a_copy_of_the_hashes_lets_nobody_try_passwords_without_the_secret() -> None:
    hashed = Argon2Passwords(SECRET).hash("four quiet lanterns")
    other = Argon2Passwords(bytes(32))
    assert not other.verify("four quiet lanterns", hashed)
    with pytest.raises(InvalidKey):
        Argon2id.verify_phc_encoded(b"four quiet lanterns", hashed.removeprefix("secret"))


def test_a_hash_from_before_the_secret_is_read_and_told_to_be_old() -> None:
    hasher = Argon2Passwords(SECRET)
    before = Argon2id(
        salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=64
    ).derive_phc_encoded(b"four quiet lanterns")
    assert hasher.verify("four quiet lanterns", before)
    assert not hasher.verify("four quiet lantern", before)
    assert hasher.is_old(before)
    assert not hasher.is_old(hasher.hash("four quiet lanterns"))


def test_a_password_may_be_any_text() -> None:
    hasher = Argon2Passwords(SECRET)
    for password in ("江上数峰青，曲终人不见", "\ud800", "\0", ""):
        assert hasher.verify(password, hasher.hash(password))
