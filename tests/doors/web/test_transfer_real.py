"""Two whole services hand a copy over: offer at one, request at the other, evidence at both."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from pathlib import Path

import httpx
import pytest
from tests.doors.prompt_kit import ADULT_BORN
from tests.doors.server_kit import FORM_TOKEN, STARTED, Server, stop_what_still_runs
from tests.doors.token_kit import ISSUER, Issuer

from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.rights.transfer_envelope import read_envelope
from chengnuo.domain.rights.transfer_messages import OFFER, Offer, offer_bytes, read_offer
from chengnuo.doors.http.transfers import MANIFEST
from chengnuo.doors.web.centre_rights_receive import RECEIVE

pytestmark = pytest.mark.real
ROOT = Path(__file__).parents[3]
SHOP = ROOT / "examples" / "shop"
TRANSFER = "/centre/rights/transfer"
DONE = "已办完"
ENDS = (DONE, "停下了", "只办了一部分", "未能办理", "等待复核", "等待确认身份")
TEXT = re.compile(r"cnoffer1\.[A-Za-z0-9_-]+")
DIGEST = re.compile(r"[0-9a-f]{64}")
SETTINGS = """
register = "{register}"
data = "{data}"
port = 0
require_totp = false
requests_per_minute = 100000
rights_every_s = 1

[individuals]
issuer = "{issuer}"
jwks = "{jwks}"
audiences = ["jishi-app"]

[connections]
SHOP_DB = "{database}"
SHOP_UPLOADS = "{uploads}"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A service, its data folder, who signs the tokens of its individuals, and their browsers."""

    server: Server
    data: Path
    issuer: Issuer
    browsers: list[httpx.Client] = field(default_factory=list)

    def close(self) -> None:
        for one in self.browsers:
            one.close()
        stop_what_still_runs()

    def come_in(self, account: str) -> httpx.Client:
        """Return the browser of whoever has an account and signed in just now."""
        client = httpx.Client(base_url=self.server.address(), follow_redirects=True, timeout=30)
        self.browsers.append(client)
        now = SystemClock().now()
        token = self.issuer.token(
            now,
            sub=account,
            aud="jishi-app",
            auth_time=int(now.timestamp()),
            birth_date=ADULT_BORN.isoformat(),
        )
        code = client.post("/v1/individuals/codes", json={"token": token})
        assert code.status_code == 201, code.text
        by_app = {"chengnuo-opened-by": "app"}
        assert client.get(code.json()["enterPath"], headers=by_app).status_code == 200
        return client

    def verified(self) -> str:
        """Hold the public files of the log to each other with the separate verifier."""
        self.server.stop()
        command = [
            str(Path(sys.executable).with_name("chengnuo-verify")),
            str(self.data / "evidence" / "log"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def sender(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, str]]:
    folder = tmp_path_factory.mktemp("sender")
    database = folder / "shop.db"
    made = [sys.executable, str(SHOP / "make_database.py"), str(database), "--customers", "60"]
    subprocess.run(made, check=True, capture_output=True)  # noqa: S603  our own script
    with closing(sqlite3.connect(database)) as opened:
        ((account,),) = opened.execute(
            "SELECT customer_id FROM location_log GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
    house = started(folder)
    yield house, str(account)
    house.close()


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = started(tmp_path_factory.mktemp("receiver"))
    yield house
    house.close()


def started(folder: Path) -> House:
    """Start a service of the sample shop on a folder, as an operator does."""
    (folder / "uploads").mkdir()
    (folder / "shop-url").write_text(f"sqlite:///{folder / 'shop.db'}", "utf-8")
    (folder / "uploads-url").write_text(f"file://{folder / 'uploads'}", "utf-8")
    issuer = Issuer()
    settings = folder / "chengnuo.toml"
    settings.write_text(
        SETTINGS.format(
            register=SHOP / "register",
            data=folder / "data",
            issuer=ISSUER,
            jwks=issuer.write(folder / "jwks.json"),
            database=folder / "shop-url",
            uploads=folder / "uploads-url",
        ),
        "utf-8",
    )
    said, errors = folder / "server.out", folder / "server.err"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("CHENGNUO_")}
    environ |= {"PYTHONPATH": str(ROOT), "CHENGNUO_PLANES": str(folder / "planes")}
    program = Path(__file__).with_name("hasty_process.py")
    with said.open("w") as out, errors.open("w") as err:
        process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, str(program), "serve", "--settings", str(settings)],
            stdout=out,
            stderr=err,
            text=True,
            cwd=folder,
            env=environ,
        )
    STARTED.append(process)
    server = Server(process=process, said=said, errors=errors)
    server.address()
    return House(server=server, data=folder / "data", issuer=issuer)


def submitted(client: httpx.Client, page: str, to: str, fields: dict[str, str]) -> httpx.Response:
    """Send a form of a page."""
    found = FORM_TOKEN.search(client.get(page).text)
    assert found is not None
    return client.post(to, data={"csrf_token": found[1], **fields})


def asked_to_move(client: httpx.Client, offer: str) -> str:
    """Send the sheet of a transfer; return the page of its request."""
    sheet = submitted(client, TRANSFER, f"{TRANSFER}/send", {"scope": "all", "offer": offer})
    assert sheet.status_code == 200, sheet.text
    assert "/requests/rq-" in sheet.url.path, sheet.text
    return sheet.url.path


def settled(client: httpx.Client, where: str) -> str:
    """Wait until the page of a request says that it does not go on by itself."""
    until = time.monotonic() + 90
    while True:
        page = client.get(where).text
        if any(one in page for one in ENDS):
            return page
        assert time.monotonic() < until, page
        time.sleep(0.3)


def test_a_copy_is_handed_over_and_both_sides_can_show_it(
    sender: tuple[House, str], receiver: House
) -> None:
    own, account = sender
    there = receiver.come_in("u-1029")
    offered = submitted(there, RECEIVE, RECEIVE, {})
    assert offered.status_code == 200, offered.text
    assert 'class="qr"' in offered.text
    text = TEXT.findall(unescape(offered.text))[0]
    assert text not in there.get(RECEIVE).text
    offer = read_offer(read_envelope(offer_bytes(text), OFFER))

    here = own.come_in(account)
    where = asked_to_move(here, text)
    assert DONE in settled(here, where)

    page = there.get(RECEIVE).text
    assert "已收齐，核对无误" in page
    links = re.findall(rf'href="({RECEIVE}/{offer.id}/files/[0-9]+)"', page)
    assert links
    for link in links:
        came = there.get(link)
        assert came.content[:2] == b"PK"
        assert sha256(came.content).hexdigest() in page.replace(" ", "")
    receipt = there.get(f"{RECEIVE}/{offer.id}/receipt")
    assert receipt.headers["content-disposition"].startswith("attachment")
    digest = sha256(receipt.content).hexdigest()
    assert digest in here.get("/centre/receipts/complete.json").text
    assert offer.id in there.get("/centre/receipts/complete.json").text
    assert list((own.data / "transfers").iterdir()) == []

    replayed(here, there, text, offer, receiver.server.address())
    other = receiver.come_in("u-4077")
    assert "还没有收到什么" in other.get(RECEIVE).text
    assert other.get(links[0]).status_code == 404
    assert other.get(f"{RECEIVE}/{offer.id}/receipt").status_code == 404

    submitted(there, RECEIVE, f"{RECEIVE}/{offer.id}/delete", {})
    assert "还没有收到什么" in there.get(RECEIVE).text
    assert list((receiver.data / "received").iterdir()) == []
    own.verified()
    receiver.verified()


def replayed(
    here: httpx.Client, there: httpx.Client, text: str, offer: Offer, address: str
) -> None:
    """Use an offer once more: by the sheet, and by whoever read it on the way."""
    again = asked_to_move(here, text)
    assert "停下了" in settled(here, again)
    assert there.get(RECEIVE).text.count("已收齐，核对无误") == 1
    authority = f"Transfer {offer.id}.{offer.code}"
    answer = httpx.post(
        address + MANIFEST, headers={"authorization": authority}, content=b"something else"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "transfer-used")
    without = httpx.post(address + MANIFEST, content=b"")
    assert (without.status_code, without.json()["code"]) == (404, "transfer-unknown")
