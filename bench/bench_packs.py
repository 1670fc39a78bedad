"""Audit packs: how long one of many records takes, how fast it is written, how much it holds.

Beside it, in the same run, the plain way to hand the same rows over: read from sqlite3, hashed,
written into a ZIP, without proof, parts, sheets or report.
"""

import json
import re
import resource
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bench.evidence_kit import batches_of_decisions, consents, fill, folder, public
from bench.figure import Figure
from bench.started import environment

from chengnuo.engines.merkle.tiles import unpack_bundle

SHORT, LONG, FEW = 20_000, 100_000, 1_000
INDIVIDUALS = 2_000
LIMIT_S_PER_RECORD, LIMIT_FLOOR_S = 10.0 / LONG, 10.0
"""Sheets and two reports take their time however few records there are."""
LIMIT_MB = 200.0
_PEAK = re.compile(rb"VmHWM:\s+([0-9]+) kB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What making a pack took, as a process of its own; seconds of it and of its children."""

    cpu: float
    bytes: int
    peak_mb: float


def packed(place: Path, out: Path, count: int) -> Packed:
    """Make a pack of everything, and hold it to the verifier and to the count."""
    words = [sys.executable, "-m", "chengnuo", "audit", "pack", "--period", "2026"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = subprocess.Popen(  # noqa: S603 - our own command
        [*words, "--data", str(place), "-o", str(out), "--json"],
        stdout=subprocess.PIPE,
        env=environment(),
    )
    status, peak = Path(f"/proc/{child.pid}/status"), 0.0
    while child.poll() is None:
        found = _PEAK.search(status.read_bytes())
        peak = max(peak, int(found[1]) / 1e3 if found else 0.0)
        time.sleep(0.05)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert child.stdout is not None
    said = json.load(child.stdout)
    child.stdout.close()
    assert (child.returncode, said["records"]) == (0, count), said
    verified = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "chengnuo_verify", str(out), "--json"],
        stdout=subprocess.PIPE,
        check=True,
        env=environment(),
    )
    first = json.loads(verified.stdout)["messages"][0]
    assert (first["code"], first["records"]) == ("audit-whole", count), first
    return Packed(cpu=cpu, bytes=out.stat().st_size, peak_mb=peak)


def rows_of(place: Path, database: Path) -> None:
    """Lay the leaves of a log into a table, as a system without a log has its records."""
    bundles = sorted(one for one in (public(place) / "tile/entries").rglob("*") if one.is_file())
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("CREATE TABLE records (entry BLOB NOT NULL)")
        for bundle in bundles:
            entries = unpack_bundle(bundle.read_bytes())
            opened.executemany("INSERT INTO records VALUES (?)", ((one,) for one in entries))


def plainly(database: Path, out: Path) -> float:
    """Return the CPU seconds to read the same rows, hash them and write them into a ZIP."""
    since, digest = time.process_time(), sha256()
    with closing(sqlite3.connect(database)) as opened, zipfile.ZipFile(out, "w") as archive:
        with archive.open("leaves.jsonl", "w", force_zip64=True) as file:
            for (entry,) in opened.execute("SELECT entry FROM records"):
                digest.update(entry)
                file.write(entry + b"\n")
        archive.writestr("sha256", digest.hexdigest())
    return time.process_time() - since


def filled(place: Path, count: int) -> Path:
    """Return a data folder with a log of so many records."""
    fill(place, batches_of_decisions(count // 2))
    fill(place, consents(count - count // 2, INDIVIDUALS))
    return place


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield time, speed and memory of a pack."""
    count = SHORT if short else LONG
    with folder() as place:
        few = packed(filled(place / "few", FEW), place / "few.zip", FEW)
        data = filled(place / "data", count)
        rows_of(data, place / "rows.db")
        base = min(plainly(place / "rows.db", place / "plain.zip") for _ in range(3))
        made = packed(data, place / "pack.zip", count)
    checked = f"`audit-whole` by `chengnuo-verify`, {count:,} records"
    megabytes = made.bytes / 1e6
    speed = f"{megabytes:.0f} MB, {megabytes / made.cpu:.1f} MB/s"
    yield Figure(
        aim="none",
        name=f"audit pack of {count:,} records, CPU: {speed}",
        ours=made.cpu,
        base=base,
        base_name="the same rows by sqlite3, SHA-256 and zipfile",
        unit="s",
        limit=LIMIT_FLOOR_S + LIMIT_S_PER_RECORD * count,
        checked=checked,
    )
    yield Figure(
        aim="none",
        name=f"audit pack of {count:,} records: highest memory of the process",
        ours=made.peak_mb,
        base=few.peak_mb,
        base_name=f"a pack of {FEW:,} records",
        unit="MB",
        limit=LIMIT_MB,
        checked=checked,
    )
