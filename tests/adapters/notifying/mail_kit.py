"""A mail server of our own (aiosmtpd) with a certificate made for it."""

import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NAME, PASSWORD = "chengnuo", "four quiet lanterns"


@dataclass
class Taken:
    """What the server took, and how it goes wrong.

    Attributes:
        mails: What it took, oldest first.
        refuses: Refuse every mail.

    """

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        if self.refuses:
            return "451 try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        parsed = message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
        return "250 OK"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine; returns it and its key."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)  # noqa: TID251  a certificate is for today
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "mail.pem", folder / "mail.key"
    cert.write_bytes(made.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return cert, private


def _signs_in(
    _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    good = isinstance(data, LoginPassword) and data == LoginPassword(
        NAME.encode(), PASSWORD.encode()
    )
    return AuthResult(success=good, handled=mechanism in {"LOGIN", "PLAIN"} and good)


@contextmanager
def mail_server(
    files: tuple[Path, Path] | None,
    *,
    starttls: bool = True,
    sign_in: bool = False,
    taken: Taken | None = None,
) -> Iterator[tuple[Taken, int]]:
    """Run a mail server; yields what it takes and its port."""
    taken = taken or Taken()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    context = None
    if files is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
    controller = Controller(
        taken,
        hostname="127.0.0.1",
        port=port,
        tls_context=context if starttls else None,
        ssl_context=None if starttls else context,
        require_starttls=context is not None and starttls,
        authenticator=_signs_in if sign_in else None,
        auth_required=sign_in,
        auth_require_tls=context is not None,
    )
    controller.start()
    try:
        yield taken, port
    finally:
        controller.stop()
