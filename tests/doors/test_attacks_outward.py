"""What others could make the service speak to: by a redirect, by a name, by plain http."""

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest
from tests.house.sources import modules, name_of

from chengnuo.adapters import oidc
from chengnuo.adapters.exports.transfer_peer import HttpPeer
from chengnuo.adapters.key_set import KeySetError, fetch
from chengnuo.adapters.oidc import OidcClient, OidcProvider
from chengnuo.adapters.outward import NameNotKnownError, OutwardAddressError, machine_of
from chengnuo.ports.identity_provider import ProviderUnavailableError, SignInRefusedByProviderError
from chengnuo.ports.transfers import TransferAddressError, TransferPeerUnavailableError

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SPEAKING = re.compile(
    r"^\s*(?:import|from) (?:httpx|urllib\.request|http\.client|smtplib|ftplib|telnetlib)\b",
    re.MULTILINE,
)


@dataclass
class Elsewhere:
    """A machine that answers as it is told to, and keeps what it was asked."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    about = Elsewhere()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", "0")))
            about.asked.append(self.path)
            status, headers, body = about.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # who breaks off is no news
    about.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield about
    server.shutdown()
    server.server_close()
    thread.join()


def names_mean(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> list[str]:
    """Let names mean these numbers, each asking the next; return what is asked for."""
    asked: list[str] = []
    left = list(numbers)

    def resolved(host: str, port: int, *_: object, **__: object) -> list[object]:
        asked.append(host)
        if host.replace(".", "").isdecimal():
            raise OSError("no machine is really spoken to")
        number = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in number else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (number, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    return asked


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.9",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104  spoken to, not bound
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fd00::1",
        "224.0.0.1",
    ],
)
def test_a_public_name_for_a_machine_of_ours_is_refused(
    number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names_mean(monkeypatch, number)
    with pytest.raises(OutwardAddressError):
        machine_of("https://peer.example.com/")
    offer = SimpleNamespace(address="https://peer.example.com", id="to-a", code="b")
    with pytest.raises(TransferAddressError):
        HttpPeer().receipt(offer)  # type: ignore[arg-type]  # an offer with another address


def test_the_number_that_was_looked_at_is_the_one_that_is_spoken_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names_mean(monkeypatch, "8.8.8.8", "127.0.0.1")
    machine = machine_of("https://peer.example.com:8443/a?b=c")
    assert machine.address == "https://8.8.8.8:8443/a?b=c"
    assert (machine.netloc, machine.name) == ("peer.example.com:8443", "peer.example.com")


def test_a_name_that_means_another_machine_a_moment_later_leads_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = names_mean(monkeypatch, "8.8.8.8", "127.0.0.1")
    offer = SimpleNamespace(address="https://peer.example.com", id="to-a", code="b")
    with pytest.raises(TransferPeerUnavailableError):
        HttpPeer().receipt(offer)  # type: ignore[arg-type]  # as above
    assert asked == ["peer.example.com", "8.8.8.8"]


def test_a_name_that_nobody_knows_may_be_known_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(NameNotKnownError):
        machine_of("https://peer.example.com/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_key_set_is_fetched_from_where_a_redirect_leads(
    elsewhere: Elsewhere, status: int
) -> None:
    to = {"location": f"{elsewhere.address}/inside"}
    elsewhere.answers["/keys"] = (status, to, b"")
    elsewhere.answers["/inside"] = (200, {}, b'{"keys": []}')
    with pytest.raises(KeySetError):
        fetch(f"{elsewhere.address}/keys")
    assert elsewhere.asked == ["/keys"]


@pytest.mark.parametrize(
    "address",
    ["http://id.example.com/keys", "file:///etc/passwd", "ftp://id.example.com/", "gopher://x/"],
)
def test_keys_are_fetched_over_https_alone(address: str) -> None:
    with pytest.raises(KeySetError) as refused:
        fetch(address)
    assert refused.value.what == "not-https"


def test_a_key_set_without_end_is_not_read_to_it(elsewhere: Elsewhere) -> None:
    elsewhere.answers["/keys"] = (200, {}, b" " * 1_000_000)
    with pytest.raises(KeySetError) as refused:
        fetch(f"{elsewhere.address}/keys")
    assert refused.value.what == "too-large"


def provider(elsewhere: Elsewhere, **said: str) -> OidcProvider:
    document = {
        "issuer": elsewhere.address,
        "authorization_endpoint": f"{elsewhere.address}/authorize",
        "token_endpoint": f"{elsewhere.address}/token",
        "jwks_uri": f"{elsewhere.address}/keys",
        **said,
    }
    body = json.dumps(document).encode()
    elsewhere.answers["/.well-known/openid-configuration"] = (200, {}, body)
    return OidcProvider(
        OidcClient(
            issuer=elsewhere.address,
            client_id="chengnuo",
            client_secret="a-client-secret",  # noqa: S106  a test's own
            redirect_uri="http://127.0.0.1:8700/console/sign-in/provider/back",
            role_claim="groups",
        )
    )


@pytest.mark.parametrize("key", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("address", ["http://id.example.com/x", "file:///etc/passwd", "x", "//x"])
def test_a_provider_cannot_lead_us_off_https(elsewhere: Elsewhere, key: str, address: str) -> None:
    made = provider(elsewhere, **{key: address})
    with pytest.raises(ProviderUnavailableError):
        made.authorization_url(state="s", nonce="n", verifier="v")


def test_a_provider_that_says_it_is_another_is_not_used(elsewhere: Elsewhere) -> None:
    made = provider(elsewhere, issuer="https://id.example.com")
    with pytest.raises(ProviderUnavailableError):
        made.authorization_url(state="s", nonce="n", verifier="v")


def test_no_redirect_carries_code_and_secret_to_another_machine(elsewhere: Elsewhere) -> None:
    made = provider(elsewhere)
    elsewhere.answers["/token"] = (307, {"location": f"{elsewhere.address}/inside"}, b"")
    elsewhere.answers["/inside"] = (200, {}, b'{"id_token": "x"}')
    with pytest.raises(SignInRefusedByProviderError):
        made.identity("a-code", nonce="n", verifier="v", at=NOW)
    assert elsewhere.asked == ["/.well-known/openid-configuration", "/token"]


def test_an_answer_of_a_provider_without_end_is_not_read_to_it(elsewhere: Elsewhere) -> None:
    made = provider(elsewhere)
    for body in (b" " * 1_000_000, b"[" * 60_000, b"\xff", b"[]"):
        elsewhere.answers["/token"] = (200, {}, body)
        with pytest.raises(ProviderUnavailableError):
            made.identity("a-code", nonce="n", verifier="v", at=NOW)


def test_a_provider_that_drips_is_let_go_of(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc, "_TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        made = provider(
            elsewhere, token_endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}/token"
        )
        with pytest.raises(ProviderUnavailableError):
            made.identity("a-code", nonce="n", verifier="v", at=NOW)


def test_only_these_modules_speak_to_others() -> None:
    speaking = {
        name_of(path) for path in modules() if SPEAKING.search(path.read_text(encoding="utf-8"))
    }
    assert speaking == {
        "src/chengnuo/adapters/evidence/posting.py",
        "src/chengnuo/adapters/exports/transfer_peer.py",
        "src/chengnuo/adapters/installation/door.py",
        "src/chengnuo/adapters/key_set.py",
        "src/chengnuo/adapters/notifying/smtp.py",
        "src/chengnuo/adapters/probing/endpoint.py",
        "src/chengnuo/client/client.py",
        "src/chengnuo/doors/http/forwarding.py",
        "src/chengnuo/doors/http/records_to_leader.py",
    }


def test_nothing_of_ours_follows_a_redirect() -> None:
    assert [
        name_of(path)
        for path in modules()
        if "follow_redirects=True" in path.read_text(encoding="utf-8")
    ] == []
