"""A time-stamping authority of our own: a real HTTP server that has OpenSSL sign (RFC 3161)."""

import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

POLICY = "1.2.3.4.1"
OPENSSL = "/usr/bin/openssl"
CONFIG = """
[ tsa ]
default_tsa = ours
[ ours ]
serial = {folder}/serial
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
certs = {folder}/root.pem
signer_digest = sha256
default_policy = {policy}
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""
_OCTETS = b"\x04\x20"
"""What stands before the 32 bytes of the hash in a request."""


@dataclass
class Knobs:
    """How this authority goes wrong; as made, it does not.

    Attributes:
        status: Answer with this status.
        content_type: Answer with this type.
        body: Answer with these bytes.
        wrong_imprint: Stamp another hash.
        wrong_nonce: Answer another request about the same hash.
        breaks_signature: Change the last byte of the answer.
        rejects: Answer that SHA-256 is not taken.
        silent_s: Wait so long before answering.

    """

    status: int = 200
    content_type: str = "application/timestamp-reply"
    body: bytes | None = None
    wrong_imprint: bool = False
    wrong_nonce: bool = False
    breaks_signature: bool = False
    rejects: bool = False
    silent_s: float = 0


@dataclass
class AuthorityServer:
    """What a test sees of the authority."""

    folder: Path
    root: x509.Certificate
    knobs: Knobs = field(default_factory=Knobs)
    address: str = ""

    def reply(self, query: bytes) -> bytes:
        """Return what OpenSSL answers to a request."""
        if self.knobs.body is not None:
            return self.knobs.body
        at = query.index(_OCTETS) + len(_OCTETS)
        if self.knobs.wrong_imprint:
            query = query[:at] + bytes((query[at] ^ 1,)) + query[at + 1 :]
        if self.knobs.wrong_nonce:
            query = _openssl("-query", "-sha256", "-cert", "-digest", query[at : at + 32].hex())
        (self.folder / "query.tsq").write_bytes(query)
        config = CONFIG.format(
            folder=self.folder,
            policy=POLICY,
            digests="sha512" if self.knobs.rejects else "sha256",
        )
        (self.folder / "tsa.cnf").write_text(config)
        reply = _openssl(
            "-reply",
            "-config",
            str(self.folder / "tsa.cnf"),
            "-queryfile",
            str(self.folder / "query.tsq"),
        )
        if self.knobs.breaks_signature:
            reply = reply[:-1] + bytes((reply[-1] ^ 1,))
        return reply


def new_authority(folder: Path, start: datetime, end: datetime) -> AuthorityServer:
    """Make an authority whose signing certificate is valid from `start` to `end`."""
    folder.mkdir()
    root_key, signer_key = (generate_private_key(SECP256R1()) for _ in range(2))
    wide = (start - timedelta(days=3650), end + timedelta(days=3650))
    root = _certificate("root", root_key, "root", root_key, wide)
    signer = _certificate("signer", signer_key, "root", root_key, (start, end))
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "signer.pem").write_bytes(signer.public_bytes(Encoding.PEM))
    (folder / "signer.key").write_bytes(
        signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    (folder / "serial").write_text("01\n")
    return AuthorityServer(folder=folder, root=root)


@contextmanager
def running(authority: AuthorityServer) -> Iterator[AuthorityServer]:
    """Let an authority answer on a free port of this machine."""

    class Requests(BaseHTTPRequestHandler):
        ours: ClassVar[AuthorityServer] = authority

        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            answer = self.ours.reply(query)
            time.sleep(self.ours.knobs.silent_s)
            self.send_response(self.ours.knobs.status)
            self.send_header("Content-Type", self.ours.knobs.content_type)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            try:
                self.wfile.write(answer)
            except OSError:  # whoever asked has gone away, as it should
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    server.daemon_threads = True
    authority.address = f"http://127.0.0.1:{server.server_port}/tsa"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(
    name: str,
    key: EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: EllipticCurvePrivateKey,
    valid: tuple[datetime, datetime],
) -> x509.Certificate:
    is_root = key is issuer_key
    made = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
    )
    if not is_root:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(purpose, critical=True)
    return made.sign(issuer_key, hashes.SHA256())


def _name(word: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"test authority, {word}")])


def _openssl(*arguments: str) -> bytes:
    done = subprocess.run(  # noqa: S603  a fixed program with arguments of our own
        [OPENSSL, "ts", *arguments], check=True, capture_output=True, timeout=30
    )
    return done.stdout
