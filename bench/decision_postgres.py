"""D2's other base: one prepared SELECT of somebody's row in PostgreSQL, over a unix socket.

The cluster is made for the bench in a folder of its own, listens on no address, and is run as
`nobody` where the bench is run as root, whom PostgreSQL refuses.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.decision_kit import asked_of, peers

from chengnuo.engines.planes.planes import Whole

PORT = 54_329


def select_us(wholes: list[Whole], count: int, ordinals: list[int]) -> tuple[float, str] | None:
    """Return processor microseconds of a SELECT, both sides, and the version; None without one."""
    given = {
        "flags": [one.flags for one in wholes],
        "bits": [bytes(value.value for value in one.values.values()).hex() for one in wholes],
        "count": count,
        "ordinals": ordinals,
        "port": PORT,
    }
    with _cluster() as folder, peers("asyncpg") as python:
        if folder is None or python is None:
            return None
        found = asked_of(python, "postgres", given | {"folder": str(folder)})
    assert found["flags"] == sum(wholes[one % len(wholes)].flags for one in ordinals)
    return float(str(found["us"])), f"PostgreSQL {found['server']} by asyncpg {found['version']}"


@contextmanager
def _cluster() -> Iterator[Path | None]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not programs and (found := shutil.which("initdb")):
        programs = [Path(found).parent]
    if not programs:
        sys.stderr.write("bench: PostgreSQL is left out: it is not installed\n")
        yield None
        return
    user = "nobody" if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if user is not None:
            shutil.chown(folder, user)
        data = folder / "data"

        def run(program: str, *arguments: str | Path) -> None:
            subprocess.run(  # noqa: S603 - found where Debian puts it
                [programs[-1] / program, "-D", data, *arguments],
                check=True,
                user=user,
                cwd=folder,
                stdout=subprocess.DEVNULL,
            )

        run("initdb", "-A", "trust", "-U", "bench", "--no-sync")
        options = f"-p {PORT} -k {folder} -c listen_addresses='' -c jit=off"
        run("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield folder
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
