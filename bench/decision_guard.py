"""D2 through the guard of a program beside a running service: an account id in, an answer out.

The service and the guard are the real ones, over a data folder with real consents; beside it one
SELECT of somebody's row by its key, with no decision, on a database of as many rows.
"""

import sqlite3
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from random import Random
from secrets import token_hex

from bench.decision_kit import ROOT
from bench.figure import Figure
from litestar.exceptions.base_exceptions import LitestarDeprecationWarning

from chengnuo.base.text import Lang
from chengnuo.domain.consent.event import Act
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.doors.guard.guard import Guard, Use
from chengnuo.doors.guard.opening import guard_of
from chengnuo.doors.settings import ServeSettings, web_settings
from chengnuo.doors.web.building import Service
from chengnuo.law.civil import civil_date
from chengnuo.usecases.consent.acts import Shown
from chengnuo.usecases.individual_entry import person_key
from chengnuo.wiring.program import Program

USE = Use(activity="nearby-stores", recent=0)
ITEM = ConsentItemId("nearby-stores/general")
ASKED = 100_000


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield D2 as a program meets it."""
    people = [f"account-{number}" for number in range(300 if short else 3000)]
    with tempfile.TemporaryDirectory() as place:
        service = _service(Path(place))
        for number, account in enumerate(people):
            _act(service, account, withdraws=number % 3 == 0)
        with guard_of(Program(), Path(place) / "data") as guard:
            _wait(guard, people)
            for account in people[:100]:
                long = guard.desk.answer(guard.person(account), USE.request())
                assert guard.ask(account, USE).decision == long.decision
            service.close()  # its threads are no part of what a worker spends
            ours = _asked_us(guard, people)
        selected = _select_us(Path(place), len(people))
    yield Figure(
        aim="D2",
        name="a guard's answer for an account, beside a running service",
        ours=ours,
        base=selected,
        base_name="one SQLite SELECT by key, no decision",
        unit="µs",
        limit=selected / 10,
        checked="equal to the answer from the log, reasons included",
    )


def _service(place: Path) -> Service:
    settings = ServeSettings(
        register=str(ROOT / "examples" / "shop" / "register"), data=str(place / "data")
    )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=LitestarDeprecationWarning)
        return Program().service(settings, web_settings(settings, port=8700))


def _act(service: Service, account: str, *, withdraws: bool) -> None:
    consents = service.services.consents
    person, book = person_key(service.services.tokens, account), consents.book()
    now = consents.keeper.clock.now()
    born = civil_date(now).replace(year=now.year - 30, day=1)
    consents.know(person, birth_date=born, account=AccountState.ACTIVE)
    shown = Shown(
        app=book.register.apps[0].app,
        notice=notice_of(book.register, book.catalogue, ITEM, Lang.ZH).digest,
        fingerprint=matter_of(book.register, book.catalogue, ITEM).item.fingerprint,
        lang=Lang.ZH,
        surface="bench",
        steps=1,
        prompt=token_hex(8),
        asked_at=now,
    )
    consents.answer(person, ITEM, Act.GIVE, shown)
    if withdraws:
        consents.withdraw(person, ITEM, surface="bench", steps=1)


def _wait(guard: Guard, people: list[str]) -> None:
    until = time.monotonic() + 60
    while isinstance(guard.ask(people[0], USE).rests, tuple):
        assert time.monotonic() < until, "the planes did not become current"
        time.sleep(0.1)
    assert not any(isinstance(guard.ask(one, USE).rests, tuple) for one in people)


def _asked_us(guard: Guard, people: list[str]) -> float:
    random, best = Random(3), 1e9
    accounts = [random.choice(people) for _ in range(ASKED)]
    for _ in range(5):
        since = time.process_time()
        for account in accounts:
            guard.ask(account, USE)
        best = min(best, time.process_time() - since)
    return best / ASKED * 1e6


def _select_us(place: Path, rows: int) -> float:
    base = sqlite3.connect(place / "plain.db")
    base.execute("create table state (account text primary key, flags int, bits blob)")
    base.executemany(
        "insert into state values (?, 5, ?)", ((f"account-{n}", b"12") for n in range(rows))
    )
    base.commit()
    random, best = Random(3), 1e9
    accounts = [f"account-{random.randrange(rows)}" for _ in range(ASKED // 5)]
    query = "select flags, bits from state where account = ?"
    for _ in range(5):
        since = time.process_time()
        for account in accounts:
            base.execute(query, (account,)).fetchone()
        best = min(best, time.process_time() - since)
    base.close()
    return best / len(accounts) * 1e6
