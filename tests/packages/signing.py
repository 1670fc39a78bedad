"""Signs a sample with a key that is the same every time, and a secret to nobody.

The primes come from a counter run through SHA-256, so that no key lies in the repository and the
signatures (RSA PKCS #1 v1.5, which has no chance in it) are the same bytes in every build.
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from math import gcd
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

_EXPONENT = 65537
_HALF_BITS = 1024
_WITNESSES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37)


def sign(package: Path, schemes: Sequence[str]) -> None:
    """Sign a package in place with the schemes named, `v1` and `v2`."""
    key = _key()
    with tempfile.TemporaryDirectory() as folder:
        secret, certificate = Path(folder) / "key.pk8", Path(folder) / "certificate.pem"
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        certificate.write_bytes(_certificate(key).public_bytes(serialization.Encoding.PEM))
        chosen = (
            text
            for scheme in ("v1", "v2", "v3")
            for text in (f"--{scheme}-signing-enabled", str(scheme in schemes).lower())
        )
        subprocess.run(  # noqa: S603 our own file
            (
                *(str(shutil.which("apksigner")), "sign", "--key", str(secret)),
                *("--cert", str(certificate), *chosen, "--min-sdk-version", "21", str(package)),
            ),
            check=True,
            capture_output=True,
        )
    package.with_name(f"{package.name}.idsig").unlink(missing_ok=True)


def _key() -> rsa.RSAPrivateKey:
    p, q = _prime("p"), _prime("q")
    d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(_EXPONENT, p * q)
    return rsa.RSAPrivateNumbers(
        p, q, d, rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q), public
    ).private_key()


def _prime(name: str) -> int:
    blocks = (hashlib.sha256(f"{name} {i}".encode()).digest() for i in range(_HALF_BITS // 256))
    value = int.from_bytes(b"".join(blocks), "big") | 3 << (_HALF_BITS - 2) | 1
    while not (_is_prime(value) and gcd(value - 1, _EXPONENT) == 1):
        value += 2
    return value


def _is_prime(value: int) -> bool:
    """Tell whether it is a prime, by Miller and Rabin; enough for a key that guards nothing."""
    odd, twos = value - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for witness in _WITNESSES:
        power = pow(witness, odd, value)
        if power in {1, value - 1}:
            continue
        if not any((power := power * power % value) == value - 1 for _ in range(twos - 1)):
            return False
    return True


def _certificate(key: rsa.RSAPrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Chengnuo sample packages")])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 12, 31, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
