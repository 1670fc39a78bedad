"""Notices go signed, to the address that was set and no other, and only a 2xx means taken."""

import json
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import (
    BasicConstraints,
    CertificateBuilder,
    DNSName,
    Name,
    NameAttribute,
    SubjectAlternativeName,
)
from cryptography.x509.oid import NameOID
from tests.adapters.connectors.public_key import public_key_of

from chengnuo.adapters.connectors import webhook
from chengnuo.adapters.connectors.webhook import Target, WebhookSender
from chengnuo.adapters.connectors.webhook_bodies import BodyForm, OutsideSender
from chengnuo.adapters.keys import Ed25519Signer
from chengnuo.adapters.outward import Network
from chengnuo.base.text import Text
from chengnuo.client.notices import ReceivedNotice, check_signature, read_notice
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.rights.plan import Outside
from chengnuo.domain.rights.request import RequestId
from chengnuo.law.ids import CategoryId
from chengnuo.ports.notices import Acknowledged, Notice, NoticeNotSentError, Sent
from chengnuo.ports.rights_outside import NoticeKept

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = Ed25519Signer(KEY)
LOOPBACK = (ip_network("127.0.0.0/8"),)
NOTICE = Notice(
    id="n-1",
    kind="delete",
    request="rq-1",
    recipient="pay",
    body=b'{"a": "\xe7\x94\xb2"}',
    attempt=1,
)


class FixedClock:
    def now(self) -> datetime:
        return NOW


@dataclass
class Receiver:
    """What the other side answers, and what it got."""

    status: int = 200
    answer: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0
    server: ThreadingHTTPServer = field(init=False)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    about = Receiver()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            about.got.append((self.path, dict(self.headers.items()), body))
            self.send_response(about.status)
            for name, value in about.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(about.answer)))
            self.end_headers()
            self.wfile.write(about.answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a broken handshake is no news
    about.port, about.server = server.server_address[1], server
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield about
    server.shutdown()
    server.server_close()
    thread.join()


def sender(address: str, *, allowed: tuple[Network, ...] = LOOPBACK) -> WebhookSender:
    target = Target(address=address, allowed=allowed)
    return WebhookSender({"pay": target}, signer=SIGNER, clock=FixedClock())


def test_a_notice_arrives_to_the_byte_and_its_signature_holds(receiver: Receiver) -> None:
    sending = sender(f"http://127.0.0.1:{receiver.port}/in?from=us")
    assert sending.send(NOTICE) == Sent()
    ((path, headers, body),) = receiver.got
    assert (path, body) == ("/in?from=us", NOTICE.body)
    assert headers["Host"] == f"127.0.0.1:{receiver.port}"
    check_signature(headers, body, public_key=public_key_of(KEY), at=NOW + timedelta(minutes=4))


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (b'{"state": "completed"}', Acknowledged()),
        (b'{"request_status": "completed", "x": 1}', Acknowledged()),
        (b'{"state": "pending"}', Sent()),
        (b'["completed"]', Sent()),
        (b"[" * 20_000, Sent()),
        (b"\xff", Sent()),
        (b"", Sent()),
    ],
)
def test_an_answer_may_say_that_it_is_done(
    receiver: Receiver, answer: bytes, found: Sent | Acknowledged
) -> None:
    receiver.status, receiver.answer = 202, answer
    assert sender(f"http://localhost:{receiver.port}/").send(NOTICE) == found


@pytest.mark.parametrize("status", [301, 307, 400, 404, 409, 429, 500, 503])
def test_anything_else_than_2xx_is_not_taken_and_no_redirect_is_followed(
    receiver: Receiver, status: int
) -> None:
    receiver.status, receiver.answer = status, b'{"state": "completed"}'
    receiver.headers = {"location": "/elsewhere"}
    with pytest.raises(NoticeNotSentError) as refused:
        sender(f"http://127.0.0.1:{receiver.port}/").send(NOTICE)
    assert refused.value.what == f"status {status}"
    assert len(receiver.got) == 1


def test_an_answer_that_is_too_long_or_never_ends_is_not_taken(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver.answer = b"x" * (64 * 1024 + 1)
    with pytest.raises(NoticeNotSentError):
        sender(f"http://127.0.0.1:{receiver.port}/").send(NOTICE)
    monkeypatch.setattr(webhook, "_TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NoticeNotSentError):
        sender(f"http://127.0.0.1:{silent.getsockname()[1]}/").send(NOTICE)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/",
        "https://127.0.0.1:9/",
        "https://localhost:9/",
        "https://[::1]:9/",
        "https://[::ffff:127.0.0.1]:9/",
        "https://10.0.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://[fd00::1]/",
        "https://2130706433:9/",
    ],
)
def test_what_is_not_public_is_not_spoken_to_unless_it_is_allowed(address: str) -> None:
    with pytest.raises(NoticeNotSentError) as refused:
        sender(address, allowed=()).send(NOTICE)
    assert refused.value.what == "its address is not public and not allowed"


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("http://10.0.0.1/", "its address is not `https://`"),
        ("https://name:word@example.com/", "its address is no `https://` address"),
        ("ftp://127.0.0.1/", "its address is no `https://` address"),
        ("https://", "its address is no `https://` address"),
        ("https://a:b/", "its address is none"),
        ("https://224.0.0.1/", "its address is not one of a single machine"),
    ],
)
def test_an_address_of_another_kind_is_refused(address: str, what: str) -> None:
    with pytest.raises(NoticeNotSentError) as refused:
        sender(address, allowed=(ip_network("0.0.0.0/0"),)).send(NOTICE)
    assert refused.value.what == what


def test_a_name_that_means_two_machines_is_refused_if_one_is_not_allowed(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", receiver.port))
    outside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", receiver.port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [outside, inside])
    with pytest.raises(NoticeNotSentError):
        sender(f"https://example.com:{receiver.port}/", allowed=()).send(NOTICE)
    assert not receiver.got


def certificate(name: str, folder: Path) -> Path:
    """Write a certificate for a name, signed by itself, with its key; return the file."""
    key = Ed25519PrivateKey.generate()
    called = Name([NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(SubjectAlternativeName([DNSName(name)]), critical=False)
        .add_extension(BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, None)
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / f"{name}.pem"
    file.write_bytes(private + made.public_bytes(Encoding.PEM))
    return file


@pytest.mark.parametrize("name", ["hooks.example.com", "other.example.com"])
def test_the_certificate_has_to_be_that_of_the_name(
    receiver: Receiver, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = certificate(name, tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", receiver.port))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [here])
    sending = sender(f"https://hooks.example.com:{receiver.port}/in")
    if name != "hooks.example.com":
        with pytest.raises(NoticeNotSentError):
            sending.send(NOTICE)
        assert not receiver.got
        return
    assert sending.send(NOTICE) == Sent()
    ((_, headers, _),) = receiver.got
    assert headers["Host"] == f"hooks.example.com:{receiver.port}"


def test_a_proxy_of_the_environment_is_passed_by(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert sender(f"http://127.0.0.1:{receiver.port}/").send(NOTICE) == Sent()


def test_what_cannot_be_sent_says_why_and_nothing_of_anybody(receiver: Receiver) -> None:
    sending = sender(f"http://127.0.0.1:{receiver.port}/")
    elsewhere = Notice(
        id="n", kind="delete", request="rq-1", recipient="other", body=b"secret", attempt=1
    )
    big = Notice(
        id="n", kind="delete", request="rq-1", recipient="pay", body=b"s" * 300_000, attempt=1
    )
    for one in (elsewhere, big):
        with pytest.raises(NoticeNotSentError) as refused:
            sending.send(one)
        assert "secret" not in str(refused.value) + repr(one)
    assert not receiver.got


def kept(kind: str, recipient: str = "pay") -> NoticeKept:
    outside = Outside(
        recipient=recipient,
        name=Text("支付", "Payments"),
        kind=kind,
        categories=(CategoryId("PI-PROP-TRADE"),),
    )
    return NoticeKept(
        id=f"n-{kind}", request=RequestId("rq-1"), outside=outside, attempts=2, next_at=NOW
    )


def outbox(receiver: Receiver, form: BodyForm) -> OutsideSender:
    sending = sender(f"http://127.0.0.1:{receiver.port}/")
    return OutsideSender(forms={"pay": form}, sender=sending, clock=FixedClock())


def test_our_own_form_is_read_by_the_client(receiver: Receiver) -> None:
    way = outbox(receiver, BodyForm.CHENGNUO)
    assert way.has_channel(RecipientId("pay"))
    assert not way.has_channel(RecipientId("other"))
    assert not way.send(kept("correct"), "c-1")
    receiver.answer = b'{"state": "completed"}'
    assert way.send(kept("correct"), "c-1")
    (_, _, once), (_, headers, again) = receiver.got
    assert once == again
    found = read_notice(headers, again, public_key=public_key_of(KEY), at=NOW)
    assert found == ReceivedNotice(
        id="n-correct",
        request="rq-1",
        recipient="pay",
        kind="correct",
        categories=("PI-PROP-TRADE",),
        account="c-1",
    )
    with pytest.raises(NoticeNotSentError):
        way.send(kept("delete", "other"), "c-1")


def test_opendsr_asks_for_an_erasure_and_for_nothing_else(receiver: Receiver) -> None:
    way = outbox(receiver, BodyForm.OPENDSR)
    assert not way.send(kept("delete"), "c-1")
    assert not way.send(kept("delete"), "c-1")
    first, second = (json.loads(body) for _, _, body in receiver.got)
    assert first == second
    assert UUID(first.pop("subject_request_id")).version == 4
    assert first == {
        "api_version": "2.0",
        "extensions": {"chengnuo": {"categories": ["PI-PROP-TRADE"], "id": "n-delete"}},
        "regulation": "pipl",
        "subject_identities": [
            {
                "identity_format": "raw",
                "identity_type": "controller_customer_id",
                "identity_value": "c-1",
            }
        ],
        "subject_request_type": "erasure",
        "submitted_time": "2026-03-02T08:00:00Z",
    }
    with pytest.raises(NoticeNotSentError):
        way.send(kept("correct"), "c-1")
