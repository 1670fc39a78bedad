"""Time stamps of an authority over HTTP (RFC 3161), held to pinned root certificates.

Certificates must have been valid at the time that the stamp names, not today, so a stamp outlives
them. Whether one was revoked is not asked.
"""

from datetime import timedelta
from pathlib import Path
from secrets import randbits
from typing import NamedTuple

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509 import (
    Certificate,
    DuplicateExtension,
    InvalidVersion,
    ObjectIdentifier,
    UnsupportedGeneralNameType,
    load_pem_x509_certificates,
)
from rfc3161_client import (
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from chengnuo.adapters.evidence.certificate_order import with_ordered_certificates
from chengnuo.adapters.evidence.posting import NoAnswerError, post, require_https
from chengnuo.adapters.keys import KeyFileError
from chengnuo.ports.clock import Clock
from chengnuo.ports.witnessing import (
    Stamped,
    StampFault,
    TimeStampRejectedError,
    TimeStampUnavailableError,
    TimeStampWrongError,
)

_LIMIT_BYTES = 64 * 1024
_TIMEOUT_S = 15.0
_NEAR = timedelta(minutes=10)
_OK = 200
_GRANTED = 0
_SHA256 = ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_QUERY_TYPE = "application/timestamp-query"
_REPLY_TYPE = "application/timestamp-reply"
_NONCE_BITS = 63
_UNREADABLE = (
    ValueError,
    DuplicateExtension,
    InvalidVersion,
    UnsupportedAlgorithm,
    UnsupportedGeneralNameType,
)
"""What reading a broken certificate or token ends in."""
_VERSION_1 = b"\x02\x01\x01"
_IMPRINT_OF_SHA256 = bytes.fromhex("3031300d060960864801650304020105000420")
_WITH_CERTIFICATE = b"\x01\x01\xff"


class PinnedAuthority(NamedTuple):
    """Whom to ask for time stamps, and what its stamps are held to.

    Attributes:
        name: How it is called here.
        address: Where it answers.
        roots: At least one root certificate.
        policy: Object identifier of the policy asked of its stamps; empty for any.

    """

    name: str
    address: str
    roots: tuple[Certificate, ...]
    policy: str = ""


class HttpAuthority:
    """`TimeStampAuthority` at an address."""

    def __init__(
        self, pinned: PinnedAuthority, *, clock: Clock, timeout_s: float = _TIMEOUT_S
    ) -> None:
        """Speak to an authority.

        Args:
            pinned: Whom.
            clock: What the time of a new stamp is held to.
            timeout_s: For one exchange as a whole.

        Raises:
            PlainAddressError: The address is plain http to another machine.

        """
        require_https(pinned.name, pinned.address)
        self._pinned = pinned
        self._clock = clock
        self._timeout_s = timeout_s

    @property
    def name(self) -> str:
        """See `TimeStampAuthority.name`."""
        return self._pinned.name

    def stamp(self, digest: bytes) -> bytes:
        """See `TimeStampAuthority.stamp`."""
        nonce = randbits(_NONCE_BITS)
        try:
            answer = post(
                self._pinned.address,
                stamp_query(digest, nonce),
                content_type=_QUERY_TYPE,
                limit_bytes=_LIMIT_BYTES,
                timeout_s=self._timeout_s,
            )
        except NoAnswerError as error:
            raise TimeStampUnavailableError(self.name, str(error)) from error
        if answer.status != _OK:
            raise TimeStampUnavailableError(self.name, f"status {answer.status}")
        if answer.content_type != _REPLY_TYPE:
            raise TimeStampWrongError(self.name, StampFault.MALFORMED)
        found = self._check(answer.body, digest, nonce)
        if abs(found.at - self._clock.now()) > _NEAR:
            raise TimeStampWrongError(self.name, StampFault.TIME)
        return answer.body

    def check(self, response: bytes, digest: bytes) -> Stamped:
        """See `TimeStampAuthority.check`."""
        found = self._check(response, digest, None)
        if found.at > self._clock.now() + _NEAR:
            raise TimeStampWrongError(self.name, StampFault.TIME)
        return found

    def _check(self, written: bytes, digest: bytes, nonce: int | None) -> Stamped:
        if len(written) > _LIMIT_BYTES:
            raise TimeStampWrongError(self.name, StampFault.MALFORMED)
        try:
            response = decode_timestamp_response(with_ordered_certificates(written))
            status = response.status
        except _UNREADABLE as error:
            raise TimeStampWrongError(self.name, StampFault.MALFORMED) from error
        if status != _GRANTED:
            raise TimeStampRejectedError(self.name, status)
        try:
            return self._shown(response, digest, nonce)
        except _UNREADABLE as error:
            raise TimeStampWrongError(self.name, StampFault.MALFORMED) from error

    def _shown(self, response: TimeStampResponse, digest: bytes, nonce: int | None) -> Stamped:
        info = response.tst_info
        imprint = info.message_imprint
        if imprint.hash_algorithm != _SHA256 or imprint.message != digest:
            raise TimeStampWrongError(self.name, StampFault.IMPRINT)
        if nonce is not None and info.nonce != nonce:
            raise TimeStampWrongError(self.name, StampFault.NONCE)
        policy = info.policy.dotted_string
        if self._pinned.policy not in {"", policy}:
            raise TimeStampWrongError(self.name, StampFault.POLICY)
        try:
            VerifierBuilder(roots=list(self._pinned.roots)).build().verify(response, digest)
        except VerificationError as error:
            raise TimeStampWrongError(self.name, StampFault.SIGNATURE) from error
        return Stamped(at=info.gen_time, authority=self.name, policy=policy)


def read_roots(path: Path) -> tuple[Certificate, ...]:
    """Return the certificates of a PEM file.

    Raises:
        KeyFileError: It cannot be read, or holds none.

    """
    try:
        return tuple(load_pem_x509_certificates(path.read_bytes()))
    except OSError as error:
        raise KeyFileError(path, error.strerror or "cannot be read") from error
    except ValueError as error:
        raise KeyFileError(path, "expected one or more certificates in PEM") from error


def stamp_query(digest: bytes, nonce: int) -> bytes:
    """Return a TimeStampReq (RFC 3161 section 2.4.1) that asks for the certificate as well.

    Args:
        digest: A SHA-256.
        nonce: Of at most 63 bits.

    """
    number = nonce.to_bytes(nonce.bit_length() // 8 + 1, "big")
    members = (
        _VERSION_1
        + _IMPRINT_OF_SHA256
        + digest
        + bytes((2, len(number)))
        + number
        + _WITH_CERTIFICATE
    )
    return bytes((0x30, len(members))) + members
