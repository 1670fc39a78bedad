"""R2: a thousand deletions queued at once, and one to thirty-two copies at once."""

import gc
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from os import environ, urandom
from pathlib import Path
from sqlite3 import connect
from typing import TYPE_CHECKING

import psutil
from bench.figure import Figure
from bench.rights_shop import ROOT, make

from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.data_folder import open_data_folder
from chengnuo.adapters.evidence.opening import open_log
from chengnuo.adapters.sqlite.rights_scratch import SqliteScratches
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import (
    AskedBy,
    DeletionAsked,
    Ground,
    ReadAsked,
    RequestId,
    RightsRequest,
)
from chengnuo.doors.settings import parse_settings
from chengnuo.law.rights import Right
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.evidence.recording import InForce, Recorder
from chengnuo.usecases.individual_entry import person_key
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.desk import RightsDesk
from chengnuo.usecases.rights.planner import Planner
from chengnuo.usecases.rights.planner_values import Surroundings
from chengnuo.usecases.rights.seen import Asker
from chengnuo.usecases.versions import Versions
from chengnuo.wiring.connectors import FACTORIES
from chengnuo.wiring.evidence import place_of
from chengnuo.wiring.program import Program
from chengnuo.wiring.rights import rights_room

if TYPE_CHECKING:
    from chengnuo.ports.individuals import PersonKey

REGISTER = ROOT / "examples" / "shop" / "register"
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
FULL, SHORT = 1_000, 100
FIRST = 50
"""After so many the process is warm; from then on its memory should stay."""
ALLOWED_MIB = 32
HOLDS = ("orders", "order_items", "payments")
BY_HAND = (
    "login_methods",
    "customer_addresses",
    "push_tokens",
    "ad_settings",
    "carts",
    "favourites",
    "browse_history",
    "search_history",
    "location_log",
    "video_views",
    "feed_labels",
)


class Moving:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = AT

    def now(self) -> datetime:
        """Return where it stands."""
        return self.at


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures."""
    yield from queued(SHORT if short else FULL)
    for at_once in (1, 8, 32):
        yield together(at_once)


def queued(count: int) -> Iterator[Figure]:
    """Queue deletions, carry all of them out, and look at time and memory."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shop = folder / "shop.db"
        make(shop, customers=count)
        by_hand_s = deleted_by_hand(shop, folder, count)
        clock = Moving()
        with desk_of(folder, shop, clock) as (desk, person):
            begun = time.process_time()
            for account in range(1, count + 1):
                desk.open(asker(str(account), person, clock), Right.DELETE, EVERYTHING_GOES)
            while desk.work(limit=20):
                pass
            clock.at += timedelta(minutes=11)
            used, done = [], 0
            while moved := desk.work(limit=20):
                done += moved
                if done >= FIRST:
                    gc.collect()
                    used.append(psutil.Process().memory_info().rss / 2**20)
            took = time.process_time() - begun
            lines = desk.queue(limit=count + 1)
            left = [one for one in lines if one.stage not in {Stage.OUTSIDE, Stage.PARTLY}]
            assert left == [], "every request is carried out, or waits for who was told"
        with closing(connect(shop)) as database:
            for table in BY_HAND:
                assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table  # noqa: S608
            assert database.execute("SELECT count(*) FROM orders").fetchone() != (0,)
    yield Figure(
        aim="R2",
        name=f"{count:,} deletions queued at once, processor time each, evidence and all",
        ours=took / count * 1e3,
        base=by_hand_s / count * 1e3,
        base_name="eleven hand-written DELETE in one transaction, nothing looked at",
        unit="ms",
        limit=float("inf"),
        checked="no request lost; residue 0 in eleven tables; orders stay",
    )
    yield Figure(
        aim="R2",
        name=f"memory that grows from the {FIRST}th of them to the last",
        ours=max(used) - used[0],
        base=used[0],
        base_name="resident memory then",
        unit="MiB",
        limit=ALLOWED_MIB,
        checked="as above",
    )


EVERYTHING_GOES = DeletionAsked(ground=Ground.PURPOSE)


def deleted_by_hand(shop: Path, folder: Path, count: int) -> float:
    """Return the processor time of plain deletions on a copy."""
    copy = folder / "copy.db"
    copy.write_bytes(shop.read_bytes())
    with closing(connect(copy)) as database:
        begun = time.process_time()
        for account in range(1, count + 1):
            with database:
                for table in BY_HAND:
                    database.execute(f"DELETE FROM {table} WHERE customer_id = ?", (account,))  # noqa: S608
        return time.process_time() - begun


def asker(account: str, person: "PersonKey", clock: Moving) -> Asker:
    """Return the individual of an account, just signed in."""
    return Asker(
        person=person(account),
        account=account,
        by=AskedBy.INDIVIDUAL,
        app="jishi-app",
        surface="centre",
        authenticated_at=clock.now(),
    )


@contextmanager
def desk_of(folder: Path, shop: Path, clock: Moving) -> Iterator[tuple[RightsDesk, "PersonKey"]]:
    """Open a desk on a data folder, as the service does."""
    environ["SHOP_DB"] = f"sqlite:///{shop}"
    (folder / "uploads").mkdir()
    environ["SHOP_UPLOADS"] = f"file://{folder / 'uploads'}"
    settings = parse_settings({"data": str(folder / "data"), "register": str(REGISTER)}, {})
    data = open_data_folder(folder / "data", signing_key_file=None, clock=clock)
    opened = open_log(place_of(settings), clock=clock, origin="bench")
    program = Program()

    def in_force() -> InForce:
        return InForce(register=desk.served.version, law=program.catalogue().version.digest)

    recorder = Recorder(log=opened.log, payloads=opened.payloads, in_force=in_force)
    desk = Desk(
        registers=replace(program.registers(), clock=clock),
        versions=Versions(archive=data.versions, signer=data.keys.signer, clock=clock),
        folder=REGISTER,
        noted=recorder.register_in_force,
    )
    desk.open()
    consents = ConsentDesk(recorder=recorder, store=data.consents, desk=desk, clock=clock)
    consents.open()
    room = rights_room(
        settings,
        data=data,
        recorder=recorder,
        vault=opened.vault,
        consents=consents,
        desk=desk,
        clock=clock,
    )
    try:
        yield RightsDesk(room).start(), partial(person_key, data.keys.tokens)
    finally:
        opened.close()
        data.close()


class Counted:
    """Takes rows and counts them."""

    def __init__(self) -> None:
        self.rows = 0

    def take(self, page: object) -> None:
        """See `RowTaker.take`."""
        self.rows += len(page.rows)


def together(at_once: int) -> Figure:
    """Return how long a copy takes while as many are made at once, beside one alone."""
    program = Program()
    register = program.registers().load(REGISTER).register
    main = replace(register, stores=tuple(one for one in register.stores if one.store == "main"))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        make(folder / "shop.db", customers=200)
        stores = ConnectedStores(
            main.stores, {"SHOP_DB": f"sqlite:///{folder / 'shop.db'}"}, FACTORIES
        )
        planner = Planner(
            sources=stores, scratches=SqliteScratches(folder / "scratch"), random=urandom
        )
        around = Surroundings(register=main, version="0" * 64, law=program.catalogue())

        def copied(account: int) -> int:
            taken = Counted()
            planner.plan(asked(account), str(account), AT, around, taker=taken)
            return taken.rows

        accounts = range(1, 33)
        begun = time.process_time()
        alone = [copied(account) for account in accounts]
        base = time.process_time() - begun
        begun = time.process_time()
        with ThreadPoolExecutor(at_once) as pool:
            both = list(pool.map(copied, accounts))
        ours = time.process_time() - begun
        assert both == alone
    return Figure(
        aim="R2",
        name=f"32 copies, {at_once} at once, processor time each",
        ours=ours / len(accounts) * 1e3,
        base=base / len(accounts) * 1e3,
        base_name="one after the other",
        unit="ms",
        limit=1.5 * base / len(accounts) * 1e3,
        checked="as many rows for each",
    )


def asked(account: int) -> RightsRequest:
    """Return a request for all that is kept of an account."""
    return RightsRequest(
        id=RequestId(f"rq-bench-{account}"),
        right=Right.ACCESS,
        person="0" * 64,
        by=AskedBy.INDIVIDUAL,
        app="",
        surface="api",
        received=AT,
        asked=ReadAsked(),
    )
