"""One host writes, another follows: equal answers, stated age, everything else sent on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import httpx
import pytest
from tests.doors.server_kit import FORM_TOKEN
from tests.following.hosts import ITEM, Host, Shop, key_of, start
from tests.servers.databases import Postgresql
from tests.servers.link import Link
from tests.waiting import until

from chengnuo.doors.cli.root import run
from chengnuo.doors.guard.guard import Guard, Use
from chengnuo.doors.guard.opening import guard_of
from chengnuo.usecases.decision.answering import Answer
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real
PEOPLE = tuple(f"guest-{number}" for number in range(5))
YOUNG = PEOPLE[-1]
BORN = ("1990-05-01", "2011-05-01", "2015-05-01")
NOW = datetime.now(UTC).isoformat()  # noqa: TID251  the servers' own clock


class Two:
    """A host that writes, one that follows over a link, and what the shop asks of them."""

    def __init__(self, server: Postgresql, name: str, base: Path) -> None:
        self.server, self.name = server, name
        self.url = server.url(name).render_as_string(hide_password=False)
        self.link = Link(server.port)
        behind = server.url(name).set(port=self.link.port).render_as_string(hide_password=False)
        self.leader = start(base, "one", self.url, "wrong_keys_per_minute = 3")
        self.shop = Shop(key_of(self.leader))
        trusted = ("trusted_proxies = ['127.0.0.1']", "replica_stale_s = 2")
        self.follower = start(base, "two", behind, *trusted, like=self.leader)

    def end_calls(self) -> None:
        """End every connection that waits to be woken."""
        self.server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')",
            database=self.name,
        )


@pytest.fixture(scope="module")
def two(postgresql_server: Postgresql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with postgresql_server.database() as name:
        made = Two(postgresql_server, name, tmp_path_factory.mktemp("hosts"))
        yield made
        made.follower.server.stop()
        made.leader.server.stop()
        made.link.close()


def same(answer: dict[str, object]) -> dict[str, object]:
    """Return what must be equal of an answer, wherever it was asked for."""
    return {name: value for name, value in answer.items() if name != "behindMs"}


def equal(two: Two, person: str, at: str) -> tuple[dict[str, object], dict[str, object]]:
    """Return the answers of both, once they are of one position; what differs then is a fault.

    What the operator says of somebody has no position, and comes within a moment.
    """
    found: list[dict[str, object]] = []

    def are_equal() -> bool:
        found[:] = [
            two.shop.asked(door, person, at=at).json() for door in (two.leader, two.follower)
        ]
        return same(found[0]) == same(found[1])

    until(are_equal, seconds=10)
    return found[0], found[1]


def test_generated_acts_and_questions_get_equal_answers_at_equal_positions(two: Two) -> None:
    random, shop, doors = Random(28), two.shop, (two.leader, two.follower)
    outcomes = set[object]()
    for _ in range(24):
        person, door = random.choice(PEOPLE), random.choice(doors)
        born = random.choice(BORN if person == YOUNG else BORN[:1])
        match random.randrange(5):
            case 0 | 1 if person != YOUNG:
                shop.give(door, person, NOW)
            case 2 if shop.outcome(two.leader, person) == "permit":
                shop.withdraw(door, person)
            case 3:
                shop.said(door, ":restrict", person=person, on=random.random() < 0.3)
            case _:
                shop.said(door, ":know", person=person, birthDate=born, account="active")
        at = datetime.now(UTC).isoformat()  # noqa: TID251  as above
        ours, theirs = equal(two, person, at)
        assert 0 < int(str(theirs["behindMs"])) <= 2000
        assert "behindMs" not in ours
        outcomes.add(ours["outcome"])
    assert len(outcomes) > 1


def test_records_of_both_stand_in_one_log(two: Two) -> None:
    asked = {"evidence": "strict"}
    stood = [
        int(two.shop.asked(door, PEOPLE[0], **asked).json()["recorded"])
        for door in (two.follower, two.leader, two.follower)
    ]
    assert stood == sorted(set(stood))
    queued = two.shop.asked(two.follower, PEOPLE[0], evidence="async").json()
    assert queued["recorded"] is None
    size = stood[-1] + 2
    until(lambda: two.shop.asked(two.follower, PEOPLE[0]).json().get("logPosition", 0) >= size)
    where = ["--data", str(two.leader.data), "--settings", str(two.leader.settings)]
    assert run(Program(), ["evidence", "check", *where]) == 0


def test_a_list_is_sifted_where_it_is_asked_for(two: Two) -> None:
    two.shop.give(two.leader, "listed", NOW)
    two.shop.said(two.leader, ":know", person="listed", birthDate="1990-05-01", account="active")

    def permitted(door: Host) -> tuple[str, str | None]:
        answer = httpx.post(
            f"{door.address}/v1/audience?item={ITEM}&evidence=none",
            content="listed\nstranger\n",
            headers={**two.shop.headers, "Content-Type": "text/plain"},
            timeout=30,
        )
        assert answer.status_code == 200, answer.text
        return ",".join(answer.json()["ids"]), answer.headers.get("chengnuo-behind-ms")

    ours = permitted(two.leader)
    assert ours == ("listed", None)
    until(lambda: permitted(two.follower)[0] == ours[0])
    assert int(permitted(two.follower)[1] or "0") > 0


def test_without_calls_the_clock_brings_it(two: Two) -> None:
    person = "uncalled"
    two.shop.give(two.leader, person, NOW)
    until(lambda: two.shop.outcome(two.follower, person) == "permit")
    two.end_calls()
    two.shop.withdraw(two.leader, person)

    def has_come() -> bool:
        two.end_calls()
        return two.shop.outcome(two.follower, person) in {"ask", "refuse"}

    until(has_come)


def test_pages_and_forms_go_through_a_follower(two: Two) -> None:
    address = two.follower.address
    with httpx.Client(base_url=address, timeout=30) as client:
        assert client.get("/tlog/checkpoint").content.startswith(b"chengnuo.local/")
        page = client.get("/console/sign-in")
        found = FORM_TOKEN.search(page.text)
        assert found is not None
        fields = {"csrf_token": found.group(1), "name": "nobody", "password": "wrong words here"}
        told = client.post("/console/sign-in", data=fields, headers={"Origin": address})
        assert told.status_code == 401, told.text
        elsewhere = client.post("/console/sign-in", data=fields, headers={"Origin": "http://x"})
        assert elsewhere.status_code == 403


def test_wrong_keys_count_against_the_callers_own_address(two: Two) -> None:
    def tries(address: str) -> int:
        headers = {"Authorization": "Bearer chengnuo_no", "X-Forwarded-For": address}
        url = f"{two.follower.address}/v1/consents:list"
        return httpx.post(url, json={"person": "x"}, headers=headers).status_code

    assert [tries("10.0.0.1") for _ in range(4)] == [401, 401, 401, 429]
    assert tries("10.0.0.2") == 401


def test_nobody_else_can_pass_for_a_follower(two: Two) -> None:
    forged = {"Chengnuo-Follower": "00" * 32, "Chengnuo-Client": "10.9.9.9"}
    at_leader = httpx.get(f"{two.leader.address}/centre", headers=forged)
    assert (at_leader.status_code, at_leader.json()["code"]) == (403, "no-leader")
    records = f"{two.leader.address}/followers/records"
    assert httpx.post(records, content=b"\x90", headers=forged).status_code == 403
    assert httpx.post(records, content=b"\x90").status_code == 403
    at_follower = httpx.get(f"{two.follower.address}/centre", headers=forged)
    assert at_follower.status_code == 503


def quickly(answer: Answer) -> bool:
    """Tell whether an answer is from the planes."""
    return not isinstance(answer.rests, tuple)


def test_a_guard_beside_a_follower_sees_what_the_leader_acknowledged(two: Two) -> None:
    use, person = Use(activity="browsing"), "guarded"
    two.shop.give(two.leader, person, NOW)
    two.shop.said(two.leader, ":know", person=person, birthDate="1990-05-01", account="active")

    def says(guard: Guard, permits: bool) -> bool:
        answer = guard.ask(person, use)
        return quickly(answer) and answer.permits is permits

    with guard_of(Program(), two.follower.data, settings_file=two.follower.settings) as guard:
        until(lambda: says(guard, permits=True), seconds=20)
        given = guard.ask(person, use)
        plain = guard.desk.answer(guard.person(person), use.request())
        assert (given.decision, given.consents) == (plain.decision, plain.consents)
        two.shop.withdraw(two.leader, person)
        assert not guard.desk.answer(guard.person(person), use.request()).permits
        until(lambda: says(guard, permits=False))


def test_cut_off_a_follower_answers_nothing_once_it_may_be_behind(two: Two) -> None:
    two.shop.give(two.leader, "cut", NOW)
    until(lambda: two.shop.outcome(two.follower, "cut") == "permit")
    use = Use(activity="browsing")
    with guard_of(Program(), two.follower.data, settings_file=two.leader.settings) as guard:
        until(lambda: quickly(guard.ask("cut", use)), seconds=20)
        two.link.down()
        try:
            two.shop.withdraw(two.leader, "cut")
            until(lambda: two.shop.asked(two.follower, "cut").status_code == 503)
            health = httpx.get(f"{two.follower.address}/healthz")
            until(lambda: httpx.get(f"{two.follower.address}/healthz").status_code == 503)
            assert two.shop.asked(two.follower, "cut").status_code == 503
            assert health.json()["role"] == "follower"
            # The planes count no more either: the guard reads the database, which it reaches.
            assert not quickly(guard.ask("cut", use))
            assert not guard.ask("cut", use).permits
        finally:
            two.link.up()
        until(lambda: two.shop.asked(two.follower, "cut").status_code == 200, seconds=20)
        assert two.shop.outcome(two.follower, "cut") != "permit"
