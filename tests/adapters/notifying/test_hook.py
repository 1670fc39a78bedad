"""The operator's own system is told by a signed webhook, and tells the individual."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.adapters.connectors.public_key import public_key_of

from chengnuo.adapters.connectors.webhook import Target, WebhookSender
from chengnuo.adapters.keys import Ed25519Signer
from chengnuo.adapters.notifying.hook import OPERATOR, HookToIndividual
from chengnuo.base.text import Lang
from chengnuo.client.notices import check_signature
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.accounts import Role
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.notifying import Notable, Notification, NotNotifiedError
from chengnuo.usecases.rights.notice_words import message_of

pytestmark = pytest.mark.real
NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SIGNER = Ed25519Signer(KEY)
NOTE = Notification(
    to=None,
    event=Notable.READY,
    request=RequestId("rq-abcdefghijklmnopqrst"),
    due=date(2026, 12, 18),
    days_left=14,
    person=PersonKey("5e" * 32),
)
SAID = message_of(NOTE, public_url="https://privacy.shop.example", lang=Lang.ZH)


class Clock:
    def now(self) -> datetime:
        return NOW


@dataclass
class System:
    """The operator's system: what it got, and what it answers."""

    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    status: int = 204


@contextmanager
def system() -> Iterator[tuple[System, HookToIndividual]]:
    kept = System()

    class View(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            kept.got.append(({name.lower(): one for name, one in self.headers.items()}, body))
            self.send_response(kept.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), View) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_address[1]}/told"
        target = Target(address=address, allowed=(ip_network("127.0.0.0/8"),))
        yield (
            kept,
            HookToIndividual(WebhookSender({OPERATOR: target}, signer=SIGNER, clock=Clock())),
        )
        server.shutdown()
        thread.join()


def test_the_system_learns_what_came_about_with_whose_request_signed_and_no_more() -> None:
    with system() as (kept, hook):
        hook.deliver(NOTE, SAID)
        hook.deliver(NOTE, SAID)
    (headers, body), (again, _) = kept.got
    assert json.loads(body) == {
        "form": "chengnuo-notification/1",
        "id": "rq-abcdefghijklmnopqrst.ready-to-download.individual",
        "event": "ready-to-download",
        "request": "rq-abcdefghijklmnopqrst",
        "personKey": "5e" * 32,
        "due": "2026-12-18",
        "daysLeft": 14,
        "subject": SAID.subject,
        "text": SAID.text,
    }
    check_signature(headers, body, public_key=public_key_of(KEY), at=NOW)
    assert headers["webhook-id"] == again["webhook-id"]  # so that it tells the individual once


def test_what_it_does_not_take_is_said_so_that_it_is_tried_again() -> None:
    with system() as (kept, hook):
        kept.status = 503
        with pytest.raises(NotNotifiedError, match="503"):
            hook.deliver(NOTE, SAID)
    with pytest.raises(NotNotifiedError):
        hook.deliver(NOTE, SAID)


def test_what_is_for_staff_is_not_sent_to_it() -> None:
    with system() as (kept, hook):
        hook.deliver(Notification(to=Role.STAFF, event=NOTE.event, request=NOTE.request), SAID)
    assert kept.got == []
