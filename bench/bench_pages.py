"""What a page costs: every page of the sample, and the console over a million individuals.

Processor time of one answer within this process, without a socket, the best of some rounds after
one that warms up: the time that the page needs, not what else the machine does.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

from bench.figure import Figure
from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import individual_of, staff_of
from tests.doors.service_kit import Kit, start
from tests.doors.web.browser.shots_house import FOR_ADMIN, every_place
from tests.doors.web.open_requests import let_people_ask

from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.instant import to_us
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[1] / "examples" / "shop" / "register"
USUAL_MS: Final = 50.0
LARGE_MS: Final = 200.0
PEOPLE, SHORT_PEOPLE = 1_000_000, 50_000
REQUESTS, SHORT_REQUESTS = 10_000, 1_000
ROUNDS = 5
MOST_WAIT_S = 120.0
BEING_COUNTED = 503
PLAIN = {"accept-encoding": "identity"}
LARGE = (
    "/console",
    "/console/consents",
    "/console/consents?days=365",
    "/console/consents/acts",
    "/console/rights",
    "/console/rights?overdue=yes",
    "/console/borders",
    "/console/board",
    "/console/findings",
    "/console/evidence",
    "/console/evidence/records",
    "/console/minors",
    "/console/obligations",
)
_ACTS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {people})
INSERT INTO consent_act (position, person, at, item, act, fingerprint, form, by_guardian, until,
  notice, lang, surface, steps, reason, prompt, register, law)
SELECT 1000000000 + i, printf('%064x', i), {now} - (i * 7919 % 8640000) * 1000000,
  CASE i % 3 WHEN 0 THEN 'nearby-stores/general' ELSE 'nearby-stores/sensitive' END,
  CASE i % 10 WHEN 0 THEN 'refuse' ELSE 'give' END, printf('%064x', i % 2), 'separate', 0, NULL,
  '', 'zh', 'app', 1, '', '', '', '' FROM n
"""
_PERSONS = """
INSERT INTO consent_person (person, ordinal, deletion)
SELECT person, position, 0 FROM consent_act WHERE position > 1000000000
"""


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the slowest page of the sample and of a large house, beside the page in the middle."""
    with tempfile.TemporaryDirectory() as folder:
        kit = start(Path(folder) / "data", demo=True, register=str(SAMPLE))
        yield _figure(kit, every_place(), "a page of the sample", USUAL_MS)
        people = SHORT_PEOPLE if short else PEOPLE
        requests = SHORT_REQUESTS if short else REQUESTS
        _let_people_choose(kit, people)
        let_people_ask(kit, requests)
        name = f"a page of the console, {people:,} individuals, {requests:,} open requests"
        yield _figure(kit, LARGE, name, LARGE_MS)
        kit.service.close()


def _figure(kit: Kit, paths: tuple[str, ...], name: str, limit: float) -> Figure:
    who = {role: staff_of(kit, role) for role in (Role.REVIEWER, Role.ADMIN)}
    individual, _ = individual_of(kit)
    took: dict[str, float] = {}
    for path in paths:
        browser = individual
        if path.startswith("/console"):
            browser = who[Role.ADMIN if path in FOR_ADMIN else Role.REVIEWER]
        took[path] = _best_ms(browser, path)
    slowest = sorted(took, key=lambda path: -took[path])
    return Figure(
        aim="pages",
        name=f"{name}: the slowest of {len(took)}",
        ours=took[slowest[0]],
        base=statistics.median(took.values()),
        base_name="the page in the middle",
        unit="ms of CPU",
        limit=limit,
        checked=f"every page came: {', '.join(f'{one} {took[one]:.0f}' for one in slowest[:6])}",
    )


def _best_ms(browser: Browser, path: str) -> float:
    """Return the best of some rounds, once the page is there: a first count is made beside it."""
    until = time.monotonic() + MOST_WAIT_S
    while browser.get(path, headers=PLAIN).status_code == BEING_COUNTED:
        assert time.monotonic() < until, path
        time.sleep(1)
    best = float("inf")
    for _ in range(ROUNDS):
        since = time.process_time()
        answer = browser.get(path, headers=PLAIN)
        best = min(best, (time.process_time() - since) * 1e3)
        assert answer.status_code == 200, path
    return best


def _let_people_choose(kit: Kit, people: int) -> None:
    """Let each of many individuals have answered once in the last hundred days."""
    counting = import_module("chengnuo.adapters.sql.migrations.versions.0018_consent_days")
    database = SqliteDatabase(Path(kit.settings.data))
    now = to_us(kit.clock.now())
    with database.write() as connection:
        connection.exec_driver_sql("DELETE FROM consent_day")
        connection.exec_driver_sql(_ACTS.format(people=people, now=now))
        connection.exec_driver_sql(_PERSONS)
        for statement in counting.COUNTING:
            connection.exec_driver_sql(statement)
    database.close()
