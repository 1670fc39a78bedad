"""Many processes ask while a service goes on, is killed and comes again: no wrong yes in any."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

import pytest
from tests.doors.guard import beside
from tests.doors.guard.beside import (
    ITEM,
    PEOPLE,
    TURNS_BYTES,
    USE,
    give,
    meet,
    service_of,
    turns,
    withdraw,
    write_register,
)

from chengnuo.adapters.planes.place import named_by
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.dossier.party import Party
from chengnuo.doors.guard.guard import Guard, Use
from chengnuo.doors.guard.opening import guard_of
from chengnuo.usecases.decision.answering import Answer
from chengnuo.usecases.dossier.seen import Actor
from chengnuo.wiring.program import Program

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[3]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    write_register(tmp_path)
    (tmp_path / "turns").write_bytes(bytes(TURNS_BYTES))
    return tmp_path


@contextmanager
def process(what: str, house: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", beside.__name__, what, str(house)]
    errors = house / f"{what}.stderr"
    with errors.open("w") as file:
        started = subprocess.Popen(  # noqa: S603  our own module
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=file, text=True
        )
    assert started.stdout is not None
    try:
        assert started.stdout.readline() == "ready\n", errors.read_text()[-2_000:]
        yield started
    finally:
        started.kill()
        started.wait()
        started.stdout.close()


def quickly(answer: Answer) -> bool:
    """Tell whether an answer is from the planes."""
    return not isinstance(answer.rests, tuple)


def wait_for_planes(guard: Guard, account: str = PEOPLE[0], use: Use = USE) -> None:
    until = time.monotonic() + 30
    while not quickly(guard.ask(account, use)):
        assert time.monotonic() < until, "the planes did not become current"
        time.sleep(0.05)


def wait_for_withdrawals(house: Path, more: int) -> None:
    """Wait until so many were acknowledged from now on: a busy machine takes its time for them."""
    numbers = turns(house)[: len(PEOPLE)]
    until, enough = time.monotonic() + 120, sum(numbers) // 2 + more
    while sum(numbers) // 2 < enough:
        assert time.monotonic() < until, "people do not get on with giving and withdrawing"
        time.sleep(0.02)


def test_no_worker_permits_after_an_acknowledged_withdrawal(house: Path) -> None:
    random, kills = Random(20261128), 3
    with ExitStack() as workers:
        asking: list[subprocess.Popen[str]] = []
        for number in range(kills):
            with process("act", house) as acting:
                if not asking:
                    asking = [workers.enter_context(process("ask", house)) for _ in range(2)]
                wait_for_withdrawals(house, 30 if not number else 4)
                time.sleep(3 if not number else random.uniform(0, 2))
                acting.send_signal(signal.SIGKILL)
                acting.wait()
            time.sleep(random.uniform(0, 0.3))
        turns(house)[len(PEOPLE)] = 1
        for worker in asking:
            said = worker.communicate(timeout=120)[0]
            asked, quick, permitted, held, wrong = map(int, said.split())
            assert wrong == 0
            assert min(quick, permitted, held) > 100, (asked, quick, permitted, held)


def test_an_answer_from_planes_is_the_long_way_s(house: Path) -> None:
    service = service_of(house)
    for account in PEOPLE[:2]:
        meet(service, account)
        give(service, account)
    withdraw(service, PEOPLE[1])
    with guard_of(Program(), house / "data") as guard:
        wait_for_planes(guard)
        for account in PEOPLE:
            for use in (
                USE,
                Use(activity="order"),
                Use(activity="nobody-registered"),
                *recipients(),
            ):
                quick = guard.ask(account, use)
                slow = guard.desk.answer(guard.person(account), use.request())
                assert quick.decision == slow.decision
                assert quick.consents == slow.consents
                assert (quick.register, quick.law) == (slow.register, slow.law)
                assert quick.position <= slow.position
                known = account in PEOPLE[:2]
                assert quickly(quick) is known
        assert guard.ask(PEOPLE[0], USE).permits
        assert guard.ask(PEOPLE[1], USE).decision.outcome is Outcome.REFUSE
        assert [one.permits for one in guard.ask_all(PEOPLE, USE)] == [True, False, False, False]
    service.close()


def test_a_worker_gives_nothing_to_a_recipient_that_was_given_up(house: Path) -> None:
    service = service_of(house)
    meet(service, PEOPLE[0])
    give(service, PEOPLE[0])
    desk = service.services.dossiers
    assert desk is not None
    staff = Actor(id="acc-staff", party=Party.STAFF)
    said = {"recipient": "courier", "next-check": "2099-12-31"}
    wanted = desk.open("supervision", "begin", staff, said).dossier.id
    use = Use(activity="order", recipient="courier")
    with guard_of(Program(), house / "data") as guard:
        wait_for_planes(guard, use=use)

        def found() -> set[str]:
            return {one.why for one in guard.ask(PEOPLE[0], use).decision.by}

        assert "given-up" not in found()
        desk.act(wanted, "end", staff, {"reason": "不再合作", "return-by": "2099-12-31"})
        until = time.monotonic() + 10
        while "given-up" not in found():
            assert time.monotonic() < until, "the worker did not hear of it"
            time.sleep(0.05)
        assert guard.ask(PEOPLE[0], use).decision.outcome is Outcome.REFUSE
        assert quickly(guard.ask(PEOPLE[0], Use(activity="order")))
    service.close()


def recipients() -> list[Use]:
    return [Use(activity="wall", recipient=name) for name in ("festival", "courier")]


def test_planes_stay_current_after_a_stop_and_not_beside_another_writer(house: Path) -> None:
    service = service_of(house)
    meet(service, PEOPLE[0])
    give(service, PEOPLE[0])
    with guard_of(Program(), house / "data") as guard:
        wait_for_planes(guard)
        service.close()
        assert quickly(guard.ask(PEOPLE[0], USE))
        with Program().evidence_writing(house / "data", None):
            assert not quickly(guard.ask(PEOPLE[0], USE))
        assert not quickly(guard.ask(PEOPLE[0], USE)), "until a service has looked at the log"
        service = service_of(house)
        wait_for_planes(guard)
        assert guard.ask(PEOPLE[0], USE).permits
        service.close()


def test_a_worker_notices_planes_that_were_taken_away_and_made_again(house: Path) -> None:
    service = service_of(house)
    meet(service, PEOPLE[0])
    give(service, PEOPLE[0])
    with guard_of(Program(), house / "data") as guard:
        wait_for_planes(guard)
        service.close()
        folder = named_by(house / "data")
        assert folder == house / "planes"
        for path in folder.iterdir():
            path.unlink()
        service = service_of(house)
        withdraw(service, PEOPLE[0])
        assert guard.ask(PEOPLE[0], USE).decision.outcome is Outcome.REFUSE
        wait_for_planes(guard)
        assert guard.ask(PEOPLE[0], USE).decision.outcome is Outcome.REFUSE
        service.close()


def test_consents_are_named_though_they_are_looked_up_late(house: Path) -> None:
    service = service_of(house)
    meet(service, PEOPLE[0])
    give(service, PEOPLE[0])
    with guard_of(Program(), house / "data") as guard:
        wait_for_planes(guard)
        answer = guard.ask(PEOPLE[0], USE)
        withdraw(service, PEOPLE[0])
        (position,) = answer.consents
        history = service.services.consents.history(guard.person(PEOPLE[0]))
        assert [one.event.position for one in history if one.event.item == ITEM][-1] == position
    service.close()
