"""Runs parsers on changed inputs in a child process: bounded in time and memory, its end noticed.

What a fault is: any exception that is not the parser's own, an input that takes over two seconds
of the processor, memory over the bound, and the death of the process.
"""

import faulthandler
import multiprocessing
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.observed import PARSERS as OBSERVED
from tests.fuzz.packages import PARSERS as OF_PACKAGES
from tests.fuzz.parser import Parser
from tests.fuzz.policies import PARSERS as OF_POLICIES
from tests.fuzz.texts import PARSERS as OF_TEXTS

PARSERS = {**OF_PACKAGES, **OF_POLICIES, **OF_TEXTS, **OBSERVED}
CORPUS = Path(__file__).parents[1] / "corpus"
SLOWEST_S = 2.0
HANGS_S = 60.0
MORE_BYTES = 512 << 20
MOST_FAULTS = 40
_STATM = Path("/proc/self/statm")


class OverTimeError(BaseException):
    """An input takes too long; no reader may swallow it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An input that a parser does not survive, and what comes of it."""

    parser: str
    what: str
    content: bytes


@dataclass(slots=True)
class Outcome:
    """What came of a run: inputs, those taken and not refused, seconds, and the faults."""

    inputs: int = 0
    taken: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)


def input_of(name: str, seeds: list[bytes], seed: int, number: int) -> bytes:
    """Return an input; the same numbers give the same one."""
    chance = Random(seed << 40 | number)
    return PARSERS[name].change(chance.choice(seeds), seeds, chance)


def fault_of(parser: Parser, content: bytes) -> tuple[str, bool]:
    """Return what goes wrong with an input, or nothing; and whether it was taken."""
    signal.setitimer(signal.ITIMER_PROF, SLOWEST_S)
    try:
        return "", parser.read(content)
    except OverTimeError:
        return "over-time", False
    except Exception as error:  # noqa: BLE001  every one is a fault
        return _named(error), False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _named(error: Exception) -> str:
    """Return the kind of an error and the function of ours in which it arose."""
    place, trace = "", error.__traceback__
    while trace is not None:
        if "chengnuo" in str(trace.tb_frame.f_globals.get("__name__")):
            place = trace.tb_frame.f_code.co_name.strip("_<>")
        trace = trace.tb_next
    return f"{type(error).__name__}-{place or 'checked'}"


@contextmanager
def bounded() -> Iterator[None]:
    """Bound time and memory of what is read inside."""

    def over(*_: object) -> None:
        raise OverTimeError

    before, limits = signal.signal(signal.SIGPROF, over), resource.getrlimit(resource.RLIMIT_AS)
    if _STATM.exists():
        now = int(_STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MORE_BYTES, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)
        signal.signal(signal.SIGPROF, before)


@dataclass(frozen=True, slots=True)
class _Work:
    """Inputs of one child, and the memory in which it says how far it is."""

    name: str
    seeds: list[bytes]
    seed: int
    numbers: range
    at: Any
    """The number of the input that is read, and how many were taken so far."""


def _child(pipe: Connection, work: _Work) -> None:
    faulthandler.disable()
    parser, at = PARSERS[work.name], work.at
    with bounded():
        for number in work.numbers:
            at[0] = number
            what, taken = fault_of(parser, input_of(work.name, work.seeds, work.seed, number))
            at[1] += taken
            if what:
                pipe.send((number, what))
    at[0] = work.numbers.stop
    pipe.close()


def run(
    name: str, numbers: range, seed: int, tell: Callable[[int], None] = lambda _: None
) -> Outcome:
    """Run a parser over inputs.

    Args:
        name: Which.
        numbers: Of the inputs.
        seed: Of the run.
        tell: Called about once a second with how many are done.

    """
    outcome, first, since = Outcome(inputs=len(numbers)), numbers.start, time.monotonic()
    seeds = list(PARSERS[name].seeds())
    for content in seeds:  # whatever is loaded once is loaded before the children are made
        PARSERS[name].read(content)
    known: set[str] = set()
    fork = multiprocessing.get_context("fork")
    while first < numbers.stop and len(outcome.faults) < MOST_FAULTS:
        at = RawArray("q", 2)
        at[0] = first
        ours, theirs = fork.Pipe(duplex=False)
        work = _Work(name, seeds, seed, range(first, numbers.stop), at)
        child = fork.Process(target=_child, args=(theirs, work))
        child.start()
        theirs.close()
        found = _followed(child, ours, at, tell)
        outcome.taken += at[1]
        if at[0] < numbers.stop:
            found.append((at[0], f"death-{child.exitcode}"))
        for number, what in found:
            if what not in known:
                known.add(what)
                outcome.faults.append(Fault(name, what, input_of(name, seeds, seed, number)))
        first = at[0] + 1
    outcome.seconds = time.monotonic() - since
    return outcome


def _followed(
    child: Any,  # noqa: ANN401 (a process of some way of starting)
    pipe: Connection,
    at: Any,  # noqa: ANN401 (shared memory)
    tell: Callable[[int], None],
) -> list[tuple[int, str]]:
    """Wait for a child; end it where it stands still; return the faults it told of."""
    found: list[tuple[int, str]] = []
    last, moved = at[0], time.monotonic()
    open_still = True
    while open_still:
        try:
            if pipe.poll(1):
                found.append(pipe.recv())
        except EOFError:
            open_still = False
        if at[0] != last:
            last, moved = at[0], time.monotonic()
            tell(last)
        elif time.monotonic() - moved > HANGS_S:
            child.kill()
    child.join()
    return found


def minimised(fault: Fault, *, tries: int = 600) -> Fault:
    """Return a shorter input with the same fault; one that kills is kept as it is."""
    if fault.what.startswith(("death", "over-time")):
        return fault
    parser, content = PARSERS[fault.parser], fault.content
    step = max(1, len(content) // 2)
    with bounded():
        while step and tries > 0:
            at = 0
            while at < len(content) and tries > 0:
                shorter = content[:at] + content[at + step :]
                tries -= 1
                if fault_of(parser, shorter)[0] == fault.what:
                    content = shorter
                else:
                    at += step
            step //= 2
    return Fault(fault.parser, fault.what, content)


def keep(fault: Fault) -> Path:
    """Write an input to the corpus, under a name that says its fault."""
    folder = CORPUS / fault.parser
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{fault.what}.bin"
    with suppress(FileExistsError), path.open("xb") as file:
        file.write(fault.content)
    return path
