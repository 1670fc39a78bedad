"""A PostgreSQL that syncs to the disk, and hosts over it: what is measured of following."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.doors.server_kit import stop_what_still_runs
from tests.following.hosts import Host, Shop, key_of, start

LOOKED_AT = 0.000_5


@contextmanager
def synced_database(place: Path) -> Iterator[str]:
    """Yield the address of an empty database whose commits are synced; run as nobody by root."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    user = "nobody" if os.geteuid() == 0 else None
    folder = place / "pg"
    folder.mkdir()
    if user is not None:
        place.chmod(0o755)
        shutil.chown(folder, user)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def run(program: str, *arguments: str | Path) -> None:
        subprocess.run(  # noqa: S603 - found where Debian puts it
            [programs / program, "-D", folder / "data", *arguments],
            check=True,
            user=user,
            cwd=folder,
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "-A", "trust", "-U", "bench", "--no-sync")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    run("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://bench:bench@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


@contextmanager
def three_hosts() -> Iterator[tuple[Path, Shop, Host, tuple[Host, Host]]]:
    """Yield a folder on the disk of the database, who asks, the leader and two that follow."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(synced_database(place))
        stack.callback(stop_what_still_runs)
        leader = start(place, "one", url)
        shop = Shop(key_of(leader))
        followers = (
            start(place, "two", url, like=leader),
            start(place, "three", url, like=leader),
        )
        yield place, shop, leader, followers


def synced_ms(place: Path, count: int) -> list[float]:
    """Return how long it takes to make a block durable in a file that is there already."""
    path, found = place / "synced", list[float]()
    path.write_bytes(bytes(8192 * count))
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
        for number in range(count):
            began = time.perf_counter()
            os.pwrite(descriptor, os.urandom(8192), 8192 * number)
            os.fdatasync(descriptor)
            found.append((time.perf_counter() - began) * 1000)
    finally:
        os.close(descriptor)
    return sorted(found)


def quantile(found: list[float], part: float) -> float:
    """Return a quantile of sorted figures, the one that is there."""
    return found[min(len(found) - 1, int(part * len(found)))]
