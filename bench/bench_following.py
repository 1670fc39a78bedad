"""R-S5: how long after its acknowledgement a withdrawal is seen by processes that follow; R-H1.

A thread for each follower asks it over one connection without a pause, before the withdrawal is
handed in at the process that writes, until the answer is no permit any more. Beside it stands how
long the same disk takes to make 8 KiB durable, in the same run. Questions that need no record are
then asked in batches, of one follower and of two at once.
"""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bench.figure import Figure
from bench.following_kit import LOOKED_AT, quantile, synced_ms, three_hosts
from tests.following.hosts import ACTIVITY, Host, Shop
from tests.waiting import until

BATCH = 200


class Asking:
    """One connection to one host."""

    def __init__(self, shop: Shop, host: Host) -> None:
        where = urlsplit(host.address)
        self._connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=60)
        self._headers = {**shop.headers, "Content-Type": "application/json"}

    def asked(self, path: str, body: object) -> dict[str, object]:
        """Return the answer to a question."""
        self._connection.request("POST", path, json.dumps(body), self._headers)
        answer = self._connection.getresponse()
        found: dict[str, object] = json.loads(answer.read())
        assert answer.status == 200, found
        return found

    def permits(self, person: str) -> bool:
        """Tell whether somebody's information may be used."""
        body = {"person": person, "activity": ACTIVITY, "evidence": "none"}
        return self.asked("/v1/decisions", body)["outcome"] == "permit"


def reach_ms(shop: Shop, leader: Host, followers: tuple[Host, ...], number: int) -> list[float]:
    """Return for each follower after how many milliseconds a withdrawal reached it."""
    person = f"reached-{number}"
    shop.give(leader, person, datetime.now(UTC).isoformat())
    for follower in followers:
        until(lambda follower=follower: shop.outcome(follower, person) == "permit")  # type: ignore[misc]  bound at once
    refused: list[float] = []

    def watch(follower: Host) -> None:
        asking = Asking(shop, follower)
        while asking.permits(person):
            time.sleep(LOOKED_AT)
        refused.append(time.perf_counter())

    threads = [threading.Thread(target=watch, args=(one,)) for one in followers]
    for thread in threads:
        thread.start()
    time.sleep(0.02)
    shop.withdraw(leader, person)
    acknowledged = time.perf_counter()
    for thread in threads:
        thread.join(30)
    assert len(refused) == len(followers), "a follower went on permitting"
    return [max(0.0, (one - acknowledged) * 1000) for one in refused]


def decision_us(shop: Shop, hosts: tuple[Host, ...], *, seconds: float) -> float:
    """Return microseconds by the clock for each decision, asked of some hosts at once."""
    asked = [
        {"person": f"account-{number}", "activity": ACTIVITY, "recent": 0}
        for number in range(BATCH)
    ]
    body = {"questions": asked, "evidence": "none"}
    counts: list[int] = []

    def ask(host: Host) -> None:
        asking, count = Asking(shop, host), 0
        asking.asked("/v1/decisions:batch", body)
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            answers = asking.asked("/v1/decisions:batch", body)["answers"]
            assert isinstance(answers, list)
            count += len(answers)
        counts.append(count)

    threads = [threading.Thread(target=ask, args=(one,)) for one in hosts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds / sum(counts) * 1e6


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of R-S5, and what a second process brings."""
    count, seconds = (20, 2.0) if short else (200, 10.0)
    with three_hosts() as (place, shop, leader, followers):
        found = sorted(
            one for number in range(count) for one in reach_ms(shop, leader, followers, number)
        )
        synced = synced_ms(place, 5 * count)
        for part, name in ((0.5, "p50"), (0.99, "p99")):
            base = quantile(synced, part)
            yield Figure(
                aim="R-S5",
                name=f"withdrawal: acknowledged to refused by a follower, {name}",
                ours=quantile(found, part),
                base=base,
                base_name="fdatasync of 8 KiB",
                unit="ms",
                limit=round(2 * base + 5, 2),
                checked="every follower refused, and permitted before",
            )
        one = decision_us(shop, followers[:1], seconds=seconds)
        both = decision_us(shop, followers, seconds=seconds)
        yield Figure(
            aim="R-S5",
            name=f"decision in batches of {BATCH}: two processes at once",
            ours=both,
            base=one,
            base_name="one process",
            unit="us",
            limit=round(one / 1.5, 1),
            checked="every question was answered",
        )
