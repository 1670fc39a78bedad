"""A shop on the loopback that quotes prices and lists, honest or not, and counts what it is asked.

Prices scatter by a seeded jitter and a surge that moves in steps; how a shop cheats is one word.
Every request is noted with its time, so that tests hold a probe to its bounds by the shop's own
account.
"""

import json
import math
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = "probe-token"  # noqa: S105  of this shop only
CATALOGUE = [f"sku-{n}" for n in range(30)]
PRICES = {"tea-250": 68.0, "kettle-1": 299.0, "lamp-7": 129.0}


@dataclass
class Shop:
    """How the shop answers, and what it was asked.

    Attributes:
        way: How it behaves: `honest`, `mark-up`, `rare`, `again`, `wild`, `failing`,
            `fails-loyal`, `currency`, `other-item`, `moved`, `slow`; lists: `honest`, `pretends`,
            `returns`, `shuffles`.
        jitter: Standard deviation of one price.
        elsewhere: Where a shop that moved sends to.
        asked: When each request came, seconds.
        accounts: Who asked, in the order of coming.
        tokens: What stood in `Authorization`.

    """

    way: str = "honest"
    jitter: float = 0.008
    elsewhere: str = ""
    asked: list[float] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    cookies: int = 0
    url: str = ""
    personalised: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _chance: random.Random = field(default_factory=lambda: random.Random(7))

    def note(self, account: str, token: str, cookie: str) -> int:
        """Note a request and return how many came."""
        with self._lock:
            self.asked.append(time.monotonic())
            self.accounts.append(account)
            self.tokens.add(token)
            self.cookies += bool(cookie)
            return len(self.asked)

    def price(self, sku: str, account: str, count: int) -> float:
        """Return a price: base, surge in steps, jitter, and what the shop does to the person."""
        with self._lock:
            jitter, luck = self._chance.gauss(0, self.jitter), self._chance.random()
            is_same = self.accounts[count - 2 : count - 1] == [account]
        surge = 1.0 + 0.02 * (count // 40 % 3)  # now and then between the requests of a pair
        extra = 0.0
        if self.way == "mark-up" and account == "probe-loyal":
            extra = 0.02
        if self.way == "rare" and account == "probe-loyal" and luck < 0.12:
            extra = 0.2
        if self.way == "again":
            extra = 0.045 * is_same
        if self.way == "wild":
            jitter = 0.1 if luck < 0.5 else -0.1
        return round(PRICES[sku] * surge * math.exp(jitter + extra), 2)

    def entries(self, account: str, *, on: bool, count: int) -> list[str]:
        """Return a list: by popularity, some neighbours changing place, or by the person."""
        with self._lock:
            order = list(CATALOGUE)
            place = self._chance.randrange(5, len(order) - 1)
            order[place], order[place + 1] = order[place + 1], order[place]
            if self.way == "shuffles":
                self._chance.shuffle(order)
            self.personalised += on
            undone = self.way == "returns" and self.personalised > 0 and count > 150
        if on or self.way == "pretends" or undone:
            liked = 10 if account == "probe-gamer" else 20
            order = order[liked : liked + 5] + order[:liked] + order[liked + 5 :]
        return order[:20]


class _Answers(BaseHTTPRequestHandler):
    server: "_Server"

    def do_GET(self) -> None:
        shop, asked = self.server.shop, parse_qs(urlsplit(self.path).query)
        account, sku = asked["account"][0], asked["sku"][0]
        count = self._note(account)
        if shop.way == "moved":
            self._send(302, b"", {"Location": f"{shop.elsewhere}{self.path}"})
        elif shop.way == "slow":
            time.sleep(0.6)
            self._send(200, b"{}")
        elif (shop.way == "failing" and count % 4 == 0) or (
            shop.way == "fails-loyal" and account == "probe-loyal" and count % 3 == 0
        ):
            self._send(503, b"busy")
        else:
            answer = {
                "sku": "other" if shop.way == "other-item" else sku,
                "price": f"{shop.price(sku, account, count):.2f}",
                "currency": "USD" if shop.way == "currency" else "CNY",
            }
            self._send(200, json.dumps(answer).encode(), {"Set-Cookie": f"who={account}"})

    def do_POST(self) -> None:
        shop = self.server.shop
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        count = self._note(body["account"])
        on = body["personalised"] == "on"
        entries = shop.entries(body["account"], on=on, count=count)
        self._send(200, json.dumps({"entries": [{"id": one} for one in entries]}).encode())

    def _note(self, account: str) -> int:
        headers = self.headers
        return self.server.shop.note(
            account, headers.get("Authorization", ""), headers.get("Cookie", "")
        )

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, shop: Shop) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.shop = shop


@contextmanager
def serving(shop: Shop) -> Iterator[Shop]:
    """Serve a shop until the end of the block."""
    with _Server(shop) as server:
        shop.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield shop
        finally:
            server.shutdown()
            thread.join()
