"""D4: a decision over HTTP beside FastAPI and uvicorn, and strict evidence beside none.

Costs are processor time of the server for each request, so that what else runs here matters less;
what keeps a record waiting is the disk, so strict evidence is also measured by the clock.
"""

import asyncio
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from bench.bench_socket import serving
from bench.decision_kit import peers
from bench.figure import Figure

PEER = Path(__file__).with_name("decision_fastapi.py")
ACTIVITY, CONNECTIONS, FEW = "search", 256, 16
_CHANGING = {"at", "logPosition", "recorded", "evidence"}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a request costs: processor and clock, microseconds; and one of the answers."""

    cpu: float
    wall: float
    answer: dict[str, object]


def cost(address: str, key: str, evidence: str, *, count: int, at_once: int) -> Cost:
    """Ask over some connections that stay open, one question at a time on each."""
    body = json.dumps(
        {"person": "account-1", "activity": ACTIVITY, "recent": 0, "evidence": evidence}
    ).encode()
    where = urlsplit(address)
    head = (
        f"POST /v1/decisions HTTP/1.1\r\nhost: {where.netloc}\r\nauthorization: Bearer {key}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    ).encode()
    left, answers, best = [0], list[bytes](), Cost(1e18, 1e18, {})

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        while left[0] > 0:
            left[0] -= 1
            writer.write(head + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 20"), answer
            size = answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
            answers.append(await reader.readexactly(int(size)))
        writer.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(connection() for _ in range(at_once)))

    server = next(
        psutil.Process(one.pid)
        for one in psutil.net_connections("tcp")
        if one.status == "LISTEN" and one.laddr.port == where.port and one.pid
    )
    for _ in range(3):
        left[0] = count
        answers.clear()
        before, since = server.cpu_times(), time.perf_counter()
        asyncio.run(all_of_them())
        wall, after = time.perf_counter() - since, server.cpu_times()
        spent = after.user + after.system - before.user - before.system
        best = Cost(
            min(best.cpu, spent / len(answers) * 1e6),
            min(best.wall, wall / len(answers) * 1e6),
            json.loads(answers[-1]),
        )
    return best


@contextmanager
def _peer(python: Path, key: str, answer: dict[str, object]) -> Iterator[str]:
    process = subprocess.Popen(  # noqa: S603 - our own command
        [python, PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"key": key, "answer": answer, "activity": ACTIVITY}) + "\n")
        process.stdin.flush()
        address = process.stdout.readline().strip()
        time.sleep(2)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=30)


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figures of D4."""
    count = 400 if short else 20_000
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as (address, _, key):
        ours = cost(address, key, "none", count=count, at_once=FEW)
        none = cost(address, key, "none", count=count, at_once=CONNECTIONS)
        strict = cost(address, key, "strict", count=count, at_once=CONNECTIONS)
    same = {key: value for key, value in ours.answer.items() if key not in _CHANGING}
    assert same == {key: value for key, value in strict.answer.items() if key not in _CHANGING}
    yield Figure(
        aim="D4",
        name=f"strict evidence, {CONNECTIONS} connections, a decision by the clock",
        ours=strict.wall,
        base=none.wall,
        base_name="without evidence",
        unit="µs",
        limit=none.wall / 0.6,
        checked="outcome and reasons are the same",
    )
    for packages in (("fastapi", "uvicorn"), ("fastapi", "uvicorn[standard]")):
        with peers(*packages) as python:
            if python is None:
                return
            with _peer(python, key, ours.answer) as at:
                theirs = cost(at, key, "none", count=count, at_once=FEW)
        assert theirs.answer == ours.answer
        yield Figure(
            aim="D4",
            name=f"a decision over HTTP, {FEW} connections, processor time of the server",
            ours=ours.cpu,
            base=theirs.cpu,
            base_name=f"{' and '.join(packages)}, pydantic in and out",
            unit="µs",
            limit=theirs.cpu / 4,
            checked="the same body, the same answer",
        )
