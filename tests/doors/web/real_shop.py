"""The whole service, as wiring makes it, over a small database of the sample shop."""

import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from litestar.exceptions.base_exceptions import LitestarDeprecationWarning
from tests.doors.browser_kit import Browser
from tests.doors.prompt_kit import ADULT_BORN

from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import RequestId
from chengnuo.doors.settings import parse_settings, web_settings
from chengnuo.doors.web.building import Service
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.individual_entry import person_key
from chengnuo.wiring.program import Program

SHOP = Path(__file__).parents[3] / "examples" / "shop"
PAGE = "/centre/rights"
PORT = 8700


@dataclass(frozen=True, slots=True, kw_only=True)
class RealShop:
    """A service over the sample shop's stores, and one account that was located often."""

    service: Service
    database: Path
    account: str

    def come_in(self, *, minutes_ago: int, account: str = "", born: date = ADULT_BORN) -> Browser:
        """Return the browser of whoever has the account and signed in so many minutes ago."""
        services, now = self.service.services, SystemClock().now()
        assert services.entry is not None
        visitor = Visitor(
            person=person_key(services.tokens, account or self.account),
            app="jishi-app",
            guardian=None,
            birth_date=born,
            authenticated_at=now - timedelta(minutes=minutes_ago),
            since=now,
            expires_at=now + timedelta(minutes=30),
            account=account or self.account,
        )
        code = services.tokens.fresh()
        services.entry.store.admit(
            token_id=services.tokens.fresh().hashed,
            token_expires_at=now + timedelta(minutes=10),
            code=code.hashed,
            code_expires_at=now + timedelta(minutes=1),
            visitor=visitor,
        )
        browser = Browser(self.service.app, origin=f"http://127.0.0.1:{PORT}")
        browser.client.cookies.set("chengnuo-individual", services.entry.enter(code.plain).token)
        return browser

    def work(self) -> None:
        """Let the worker go on until nothing moves."""
        assert self.service.services.rights is not None
        while self.service.services.rights.work():
            pass

    def stage(self, where: str) -> Stage:
        """Return where the request of a page stands."""
        assert self.service.services.rights is not None
        return self.service.services.rights.seen(RequestId(where.rpartition("/")[2])).stage


@contextmanager
def real_shop(folder: Path) -> Iterator[RealShop]:
    """Make a small database and serve the sample shop over it, without a worker of its own."""
    database, uploads = folder / "shop.db", folder / "uploads"
    made = [sys.executable, str(SHOP / "make_database.py"), str(database), "--customers", "60"]
    subprocess.run(made, check=True, capture_output=True)  # noqa: S603  our own script
    uploads.mkdir()
    (folder / "shop-url").write_text(f"sqlite:///{database}", "utf-8")
    (folder / "uploads-url").write_text(f"file://{uploads}", "utf-8")
    with closing(sqlite3.connect(database)) as opened:
        ((account,),) = opened.execute(
            "SELECT customer_id FROM location_log GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"
        )
    settings = parse_settings(
        {
            "data": str(folder / "data"),
            "register": str(SHOP / "register"),
            "demo": True,
            "requests_per_minute": 1_000_000,
            "rights_every_s": 3_600,
            "connections": {
                "SHOP_DB": str(folder / "shop-url"),
                "SHOP_UPLOADS": str(folder / "uploads-url"),
            },
        },
        {},
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=LitestarDeprecationWarning)
        service = Program().service(settings, web_settings(settings, port=PORT))
    yield RealShop(service=service, database=database, account=str(account))
    service.close()


def asked_for(browser: Browser, sheet: str, given: dict[str, str]) -> str:
    """Send a sheet and return the page of its request."""
    sent = browser.submit(f"{PAGE}/{sheet}", f"{PAGE}/{sheet}/send", given)
    assert sent.status_code == 303
    return sent.headers["location"].partition("?")[0]
