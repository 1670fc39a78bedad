"""Work on a package in a process of its own, bounded in memory and time.

What parses hostile bytes may loop, eat memory or die in native code. In a child that ends the
child, and the parent gets an outcome to tell the person; it never gets a traceback. The child
writes nothing: its input and outputs lead nowhere, and what it found comes back through a pipe, as
MessagePack. It reads the package and the program alone, opens no socket and begins no process
(`adapters/sandbox`), as far as the kernel can keep it from that.

The bound on memory is that of the address space (`RLIMIT_AS`) over what the interpreter and the
mapped file take themselves.
"""

import gc
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

import msgspec

from chengnuo.adapters.packages.opened import opened
from chengnuo.adapters.sandbox.calls import refuse_other_bounds
from chengnuo.adapters.sandbox.confining import Reach, confine
from chengnuo.base.errors import ChengnuoError
from chengnuo.base.shapes import ready
from chengnuo.engines.archive.limits import DEFAULT_LIMITS, MEBI, Limits
from chengnuo.ports.packages import MEMORY_BYTES, WALL_S

R = TypeVar("R")
Tell: TypeAlias = Callable[[str], None]
Work: TypeAlias = Callable[[memoryview, Tell], R]
"""Takes the package, and what to call with a line on how far it is; must be of the top level."""

PROGRESS, RESULT, REFUSED, MEMORY, FAILED = b"p", b"r", b"x", b"m", b"f"
LONGEST_LINE = 500
LONGEST_RESULT = 512 * MEBI
STATM = Path("/proc/self/statm")
GRACE_S = 5.0
_HIGHEST = 1 << 16
_LONGEST_STATM = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What the child may take.

    Attributes:
        memory_bytes: Address space over what the interpreter takes itself.
        wall_s: Time until it is ended.
        limits: How large a package may be, and what is in it.
        reads: Files and folders that it may read, beside the package and the program.
        scratch: A folder in which it may make files; None for nowhere.

    """

    memory_bytes: int = MEMORY_BYTES
    wall_s: float = WALL_S
    limits: Limits = DEFAULT_LIMITS
    reads: tuple[Path, ...] = ()
    scratch: Path | None = None


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """It came to its end."""

    result: R


@dataclass(frozen=True, slots=True)
class Declined:
    """It refused the package: the code of an error of ours, its message and its facts by name."""

    code: str
    message: str
    facts: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class TimedOut:
    """It was ended after the time it may take."""

    wall_s: float


@dataclass(frozen=True, slots=True)
class OutOfMemory:
    """It asked for more memory than it may have."""

    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Crashed:
    """It died: by a signal, 0 for none, or at a place in our code (`module:line kind of error`)."""

    signal: int
    place: str = ""


Outcome: TypeAlias = Done[R] | Declined | TimedOut | OutOfMemory | Crashed


def in_child(
    work: Work[R], path: Path, result: type[R], *, bounds: Bounds, tell: Tell
) -> Outcome[R]:
    """Run work on a package in a child and wait for it.

    Args:
        work: What to do; importable by its name.
        path: The package.
        result: Type of what it returns; MessagePack must be able to carry it.
        bounds: What it may take.
        tell: Called in this process with each line that the work tells.

    """
    mapped = path.stat().st_size if path.is_file() else 0
    opening = _OnPackage(work, path, bounds.limits)
    reaching = replace(bounds, reads=(*bounds.reads, path))
    return alone(opening, result, bounds=reaching, tell=tell, mapped_bytes=mapped)


def alone(
    work: Callable[[Tell], R],
    result: type[R],
    *,
    bounds: Bounds,
    tell: Tell,
    mapped_bytes: int = 0,
) -> Outcome[R]:
    """Run any work in a child and wait for it.

    Args:
        work: What to do; takes what to call with a line on how far it is; importable by its name.
        result: Type of what it returns; MessagePack must be able to carry it.
        bounds: What it may take; of these, its limits are for packages.
        tell: Called in this process with each line that the work tells.
        mapped_bytes: Address space of files it maps, on top of its memory.

    """
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe(duplex=False)
    first = _ConfinedFirst(Reach(reads=bounds.reads, scratch=bounds.scratch))
    given = (first, work, bounds, mapped_bytes, theirs)
    process = spawn.Process(target=_child, args=given, daemon=True)
    process.start()
    theirs.close()
    try:
        return _awaited(process, ours, result, bounds, tell)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _awaited(
    process: SpawnProcess, pipe: Connection, result: type[R], bounds: Bounds, tell: Tell
) -> Outcome[R]:
    """Take what comes through the pipe up to the outcome."""
    until = time.monotonic() + bounds.wall_s
    while True:
        left = until - time.monotonic()
        # A child that tells without end must not win time by it.
        if left <= 0 or not pipe.poll(left):
            return TimedOut(bounds.wall_s)
        try:
            message = pipe.recv_bytes(LONGEST_RESULT)
        except (EOFError, OSError):
            process.join(GRACE_S)
            return Crashed(signal=max(0, -(process.exitcode or 0)))
        kind, contents = message[:1], message[1:]
        if kind == PROGRESS:
            tell(_line(contents))
        elif kind == RESULT:
            return Done(msgspec.msgpack.decode(contents, type=ready(result)))
        else:
            return _failure(kind, contents, bounds)


def _line(contents: bytes) -> str:
    """Return a line that a child tells, bounded and without signs that steer a terminal."""
    text = contents[: 4 * LONGEST_LINE].decode("utf-8", "replace")[:LONGEST_LINE]
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)


def _failure(kind: bytes, contents: bytes, bounds: Bounds) -> Declined | OutOfMemory | Crashed:
    if kind == MEMORY:
        return OutOfMemory(bounds.memory_bytes)
    if kind == REFUSED:
        return msgspec.msgpack.decode(contents, type=ready(Declined))
    return Crashed(signal=0, place=_line(contents))


@dataclass(frozen=True, slots=True)
class _OnPackage(Generic[R]):
    """Work on a package, which is opened in the child."""

    work: Work[R]
    path: Path
    limits: Limits

    def __call__(self, tell: Tell) -> R:
        with opened(self.path, self.limits) as buffer:
            return self.work(buffer, tell)


@dataclass(frozen=True, slots=True)
class _ConfinedFirst:
    """An argument for a child, which confines it at the moment it is unpacked there.

    As the first argument it is unpacked before the others, so before the libraries that they need
    are loaded; some of these begin threads, and the rules on files hold for one. What arrives in
    its place is where the child can read how much memory it takes.
    """

    reach: Reach

    def __reduce__(self) -> tuple[Callable[[Reach], int | None], tuple[Reach]]:
        """Be unpacked as what `_confined` returns."""
        return _confined, (self.reach,)


def _confined(reach: Reach) -> int | None:
    """Confine this process; return its open `STATM`, which it could not open later."""
    taken = os.open(STATM, os.O_RDONLY) if STATM.exists() else None
    confine(reach)
    return taken


def _child(
    taken: int | None,
    work: Callable[[Tell], object],
    bounds: Bounds,
    mapped_bytes: int,
    pipe: Connection,
) -> None:
    """Do the work in the child, which is confined by now, and send what came of it."""
    _quiet()
    if bounds.scratch is not None:
        tempfile.tempdir = str(bounds.scratch)
    gc.disable()  # a tenth to a quarter of the time, and all memory goes with the process
    _bound(taken, bounds.memory_bytes + mapped_bytes)
    _close_but(pipe.fileno())
    _bound_alone(bounds.wall_s)
    refuse_other_bounds()
    try:
        found = work(lambda line: _send(pipe, PROGRESS, line[:LONGEST_LINE].encode()))
        _send(pipe, RESULT, msgspec.msgpack.encode(found))
    except MemoryError:
        _send(pipe, MEMORY, b"")
    except ChengnuoError as error:
        facts = tuple(
            (name, value) for name, value in vars(error).items() if isinstance(value, str | int)
        )
        _send(pipe, REFUSED, msgspec.msgpack.encode(Declined(error.code, str(error), facts)))
    except Exception as error:  # noqa: BLE001  whatever it is, the parent must hear of it
        _send(pipe, FAILED, _place(error).encode())


def _send(pipe: Connection, kind: bytes, contents: bytes) -> None:
    pipe.send_bytes(kind + contents)


def _place(error: Exception) -> str:
    """Return where an error arose: module and line, no value that it was about."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = (
        "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno} "
    )
    return where + type(error).__name__


def _quiet() -> None:
    """Lead both outputs nowhere, for dying libraries print, and the input: it may be a terminal."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _close_but(kept: int) -> None:
    """Close what the child was given beside its pipe, as the way to what cleans up for others."""
    os.closerange(3, kept)
    os.closerange(kept + 1, _HIGHEST)


def _bound_alone(wall_s: float) -> None:
    """Bound the time of the processor, should the parent be gone and nobody end this process."""
    most = int((wall_s + GRACE_S) * (os.cpu_count() or 1)) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _bound(taken: int | None, more_bytes: int) -> None:
    """Bound the address space to what is taken now and some more; keep no core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if taken is not None:
        now = int(os.read(taken, _LONGEST_STATM).split()[0]) * resource.getpagesize()
        bound = now + more_bytes
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
