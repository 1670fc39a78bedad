"""Twice what a host can take: memory stays bounded, refusals are clear, nothing recorded is lost.

    python -m tests.hosts.load --seconds 30

First as many decisions are asked as are answered, half of them with a record that is waited for,
over some connections that stay open: that is the capacity. Then twice as many are asked for a
while, whatever becomes of them, and after that one at a time until answers are quick again. Exit
status 1 if a record was lost, an answer was neither a decision nor a 503, more than one question in
a hundred got none, memory went on growing in the second half or was more than half a gigabyte, or
it took too long until answers were quick again.
"""

import argparse
import asyncio
import os
import platform
import signal
import sys
import tempfile
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep

import msgspec
from tests.hosts.clients import ACTIVITY
from tests.hosts.labs import Lab, alone, read_log
from tests.hosts.nodes import PORT, Node

CONNECTIONS, MOST_AT_ONCE = 64, 1_500
ANSWER_S, QUICK_S, QUICK_IN_A_ROW = 10.0, 0.1, 5
MOST_BACK_S = 5.0
MOST_GROWTH = 1.1
"""How much more memory may be held at most than when the load had been on for half its time."""
MOST_BYTES = 512 << 20
"""How much memory may be held at most."""
MOST_BROKEN = 0.01
"""What part of the questions may end without an answer: late, or with a connection that broke."""
_CAPACITY_S, _TICK_S, _KEPT_S = 5.0, 0.01, 2.0
_MB = 1 << 20


@dataclass(slots=True)
class Told:
    """What was answered.

    Attributes:
        statuses: How often which status, or which way a connection broke.
        recorded: Positions of records that were acknowledged.
        took: How long each good answer took, seconds.

    """

    statuses: Counter[str] = field(default_factory=Counter)
    recorded: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Asker:
    """Asks one host from within its event loop; connections are kept and used again."""

    address: str
    key: str
    told: Told = field(default_factory=Told)
    _free: deque[tuple[float, asyncio.StreamReader, asyncio.StreamWriter]] = field(
        default_factory=deque
    )

    async def ask(self, number: int) -> None:
        """Ask one question, and note what became of it."""
        began = perf_counter()
        try:
            async with asyncio.timeout(ANSWER_S):
                status, body = await self._exchange(number)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            self.told.statuses[type(error).__name__] += 1
            return
        self.told.statuses[status] += 1
        if status == "200":
            self.told.took.append(perf_counter() - began)
            position = msgspec.json.decode(body)["recorded"]
            if position is not None:
                self.told.recorded.append(position)

    async def _exchange(self, number: int) -> tuple[str, bytes]:
        while self._free and self._free[0][0] < perf_counter() - _KEPT_S:
            self._free.popleft()[2].close()  # before the host does, with a request on its way
        if self._free:
            _, reader, writer = self._free.pop()
        else:
            reader, writer = await asyncio.open_connection(self.address, PORT)
        try:
            writer.write(self._request(number))
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            body = await reader.readexactly(length)
        except BaseException:
            writer.close()
            raise
        if b"connection: close" in head.lower():
            writer.close()
        else:
            self._free.append((perf_counter(), reader, writer))
        return head.split(b" ", 2)[1].decode(), body

    def _request(self, number: int) -> bytes:
        question = {
            "person": f"account-{number % 1000}",
            "activity": ACTIVITY,
            "recent": 0,
            "evidence": "strict" if number % 2 else "none",
        }
        body = msgspec.json.encode(question)
        return (
            f"POST /v1/decisions HTTP/1.1\r\nhost: {self.address}:{PORT}\r\n"
            f"authorization: Bearer {self.key}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        ).encode() + body

    def close(self) -> None:
        """Close what is open."""
        for _, _, writer in self._free:
            writer.close()


async def capacity(asker: Asker, seconds: float) -> float:
    """Return how many questions a second are answered where each connection waits for its own."""
    until = perf_counter() + seconds
    asked = 0

    async def along() -> None:
        nonlocal asked
        while perf_counter() < until:
            asked += 1
            await asker.ask(asked)

    began = perf_counter()
    await asyncio.gather(*(along() for _ in range(CONNECTIONS)))
    return asker.told.statuses["200"] / (perf_counter() - began)


async def press(asker: Asker, rate: float, seconds: float) -> int:
    """Ask so many questions a second, whether or not the ones before are answered.

    Returns:
        How many could not even be asked, because too many waited.

    """
    running: set[asyncio.Task[None]] = set()
    began, asked, left_out = perf_counter(), 0, 0
    while (passed := perf_counter() - began) < seconds:
        while asked < passed * rate:
            asked += 1
            if len(running) >= MOST_AT_ONCE:
                left_out += 1
                continue
            task = asyncio.create_task(asker.ask(asked))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.sleep(_TICK_S)
    await asyncio.gather(*running)
    return left_out


async def back(asker: Asker) -> float:
    """Return how long it takes until answers are quick again, seconds."""
    began, quick = perf_counter(), 0
    first = 0.0
    while quick < QUICK_IN_A_ROW and perf_counter() - began < 12 * MOST_BACK_S:
        asked, good = perf_counter(), asker.told.statuses["200"]
        await asker.ask(1)
        is_quick = asker.told.statuses["200"] > good and perf_counter() - asked < QUICK_S
        first = (first or asked - began) if is_quick else 0.0
        quick = quick + 1 if is_quick else 0
    return first if quick == QUICK_IN_A_ROW else perf_counter() - began


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """What a host did under twice what it can take.

    Attributes:
        capacity: Questions a second that it answers.
        rate: Questions a second that were asked.
        statuses: What became of them.
        left_out: How many could not be asked.
        middle_s: Median of good answers; longest_s: the longest.
        memory: Resident memory in bytes: before, when the load had been on for half its time, the
            most, and after.
        back_s: Until answers were quick again.
        recorded: Records acknowledged.
        lost: Of those, which the log does not have.

    """

    capacity: float
    rate: float
    statuses: dict[str, int]
    left_out: int
    middle_s: float
    longest_s: float
    memory: tuple[int, int, int, int]
    back_s: float
    recorded: int
    lost: tuple[int, ...]

    @property
    def held(self) -> bool:
        """Whether it kept to what it promises."""
        _, half, most, _ = self.memory
        answered, asked = sum(self.statuses.get(one, 0) for one in ("200", "503")), self.asked
        others = {one for one in self.statuses if one.isdigit()} - {"200", "503"}
        return (
            not self.lost
            and not others
            and self.back_s <= MOST_BACK_S
            and asked - answered <= MOST_BROKEN * asked
            and most <= min(half * MOST_GROWTH, MOST_BYTES)
        )

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return sum(self.statuses.values())

    def rows(self) -> str:
        """Return it as lines."""
        before, half, most, after = (f"{one / _MB:.0f}" for one in self.memory)
        return (
            f"capacity {self.capacity:.0f}/s, asked {self.rate:.0f}/s\n"
            f"answers {self.statuses}, not asked {self.left_out}\n"
            f"good answers: median {self.middle_s * 1e3:.0f} ms, longest {self.longest_s:.2f} s\n"
            f"memory {before} MB before, {half} half way, {most} at most, {after} after\n"
            f"quick again after {self.back_s:.2f} s\n"
            f"records acknowledged {self.recorded}, lost {len(self.lost)}\n"
        )


def pressed(lab: Lab, *, seconds: float) -> Pressed:
    """Press a host and return what it did."""
    node = lab.leader()
    home = lab.net.hosts["clients"]
    told: list[Told] = []

    def asked(what: str, rate: float) -> tuple[float, Told]:
        async def along() -> float:
            asker = Asker(node.host.address, lab.key)
            told.append(asker.told)
            try:
                if what == "capacity":
                    return await capacity(asker, _CAPACITY_S)
                if what == "press":
                    return await press(asker, rate, seconds)
                return await back(asker)
            finally:
                asker.close()

        return home.do(lambda: asyncio.Runner().run(along())), told[-1]

    can, _ = asked("capacity", 0)
    before = node.resident_bytes()
    samples, ended = [before], Event()
    watch = Thread(target=_watch, args=(node, samples, ended))
    watch.start()
    left_out, under = asked("press", 2 * can)
    back_s, _ = asked("back", 0)
    ended.set()
    watch.join()
    sleep(2)
    recorded = [position for one in told for position in one.recorded]
    found = read_log(lab.kept_log(max(recorded)), {}, {})
    lost = [at for at in recorded if at >= len(found.kinds) or found.kinds[at] != "decision"]
    lost += [at for at, count in Counter(recorded).items() if count > 1]
    return Pressed(
        capacity=can,
        rate=2 * can,
        statuses=dict(under.statuses),
        left_out=int(left_out),
        middle_s=median(under.took),
        longest_s=max(under.took),
        memory=(before, samples[len(samples) // 2], max(samples), node.resident_bytes()),
        back_s=back_s,
        recorded=len(recorded),
        lost=tuple(lost),
    )


def _watch(node: Node, samples: list[int], ended: Event) -> None:
    while not ended.wait(0.25):
        samples.append(node.resident_bytes())


def main() -> int:
    """Press a host and print what it did."""
    parser = argparse.ArgumentParser(prog="python -m tests.hosts.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30, help="how long twice as much is asked")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda _, __: sys.exit(3))  # what stands there is taken away
    with (
        tempfile.TemporaryDirectory(prefix="chengnuo-hosts-") as place,
        alone(Path(place), seed=7) as lab,
    ):
        load = " ".join(f"{value:.2f}" for value in os.getloadavg())
        found = pressed(lab, seconds=given.seconds)
    where = f"{os.cpu_count()} cores, load {load} at the start, Python {platform.python_version()}"
    sys.stdout.write(f"{where}\n{found.rows()}")
    return 0 if found.held else 1


if __name__ == "__main__":
    sys.exit(main())
