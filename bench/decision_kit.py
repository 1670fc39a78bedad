"""What the decision benches share: the shop's register, people, a peer in its own environment."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.bench_install import environment, install

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.instant import to_us
from chengnuo.domain.consent.event import Act, ConsentEvent
from chengnuo.domain.decision.book import Book
from chengnuo.domain.decision.request import Request, State
from chengnuo.domain.individual.standing import AccountState, Individual
from chengnuo.domain.register.ids import ActivityId
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.usecases.registers import Registers

ROOT = Path(__file__).parents[1]
PEER = Path(__file__).with_name("decision_peer.py")
ACTIVITIES = ("nearby-stores", "browsing", "search", "account-recovery", "ordering", "reviews")


@dataclass(frozen=True, slots=True)
class Shop:
    """The sample shop's book, and the instant that the benches ask about."""

    book: Book
    at: int


def shop() -> Shop:
    """Return the sample shop as it is today."""
    clock = SystemClock()
    catalogue = load_catalogue(read_catalogue, cache_folder=None)
    registers = Registers(source=RegisterFolder(), catalogue=catalogue, clock=clock)
    register = registers.load(ROOT / "examples" / "shop" / "register").register
    now = clock.now()
    return Shop(Book(register=register, catalogue=catalogue, day=civil_date(now)), to_us(now))


def requests() -> tuple[Request, ...]:
    """Return the requests that are asked over and over."""
    return tuple(Request(activity=ActivityId(one), recent=0) for one in ACTIVITIES)


def states(book: Book, count: int) -> list[State]:
    """Return people of all kinds: most agreed to most."""
    random = Random(7)
    return [_state(random, book) for _ in range(count)]


def _state(random: Random, book: Book) -> State:
    age = random.choice((*(AgeBand.ADULT,) * 6, AgeBand.UNDER_14, AgeBand.UNKNOWN))
    consents = {
        id_: ConsentEvent(
            position=1,
            at=1,
            alias="account",
            item=id_,
            act=random.choice((*(Act.GIVE,) * 8, Act.REFUSE, Act.WITHDRAW)),
            fingerprint=item.fingerprint,
            form=item.form,
            by_guardian=age is AgeBand.UNDER_14,
        )
        for id_, item in book.item_by_id.items()
        if random.random() < 0.9
    }
    account = random.choice((*(AccountState.ACTIVE,) * 8, *AccountState))
    person = Individual(age=age, account=account, restricted=random.random() < 0.03)
    switches = {one.switch: random.random() < 0.8 for one in book.register.switches}
    return State(individual=person, consents=consents, switches=switches)


@contextmanager
def peers(*packages: str) -> Iterator[Path | None]:
    """Yield the Python of an environment with packages; None, with why said, where it cannot be."""
    with tempfile.TemporaryDirectory() as place:
        try:
            folder = environment(Path(place) / "peer")
            install(folder, *packages)
        except (OSError, subprocess.CalledProcessError) as error:
            sys.stderr.write(
                f"bench: {packages} are left out: they cannot be installed ({error})\n"
            )
            yield None
            return
        yield folder / "bin" / "python"


def asked_of(python: Path, what: str, given: object) -> dict[str, object]:
    """Run the peer and return what it measured."""
    done = subprocess.run(  # noqa: S603 - our own command
        [python, PEER, what],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found
