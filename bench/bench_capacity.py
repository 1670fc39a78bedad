"""What a machine must have for so many: disk of records, keys, backups, and the time they take.

A million of each is the unit; the short form measures a part of that and says what it comes to. The
base is the plainest thing that must be there: the payload, the wrapped keys, a copy of the files.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.evidence_kit import check_whole, consents, fill, folder, opened
from bench.figure import Figure

from chengnuo.adapters.backup.data_backups import DataBackups
from chengnuo.adapters.backup.locks import new_pair
from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.key_wrapping import WRAPPED_BYTES
from chengnuo.adapters.evidence.place import Place
from chengnuo.ports.backups import Lock, Moment
from chengnuo.ports.evidence_log import Draft

MILLION = 1_000_000
_ONE_AT_A_TIME = 200
_PLAIN_KEYS = 2 * WRAPPED_BYTES + 64 + 16  # two keys, whose they are, number and epoch


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield what a million records, a million individuals and their backup take."""
    records, individuals = (40_000, 10_000) if short else (MILLION, MILLION)
    with folder() as place:
        data = place / "data"
        began = time.perf_counter()
        fill(data, consents(records, individuals))
        filled = time.perf_counter() - began
        drafts = list(islice(consents(records, individuals), records))
        plain = sum(len(draft.payload) for draft in drafts)
        yield _time(
            "acts, queued together: one", filled / records, _hashed(drafts), "SHA-256 of it"
        )
        yield from _alone(data)
        yield _disk(
            "disk of a million records: segments", data / "evidence" / "wal", plain, records
        )
        yield _disk("disk of a million records: public", data / "evidence" / "log", plain, records)
        yield _disk(
            "disk of a million records: map", data / "evidence" / "index.db", plain, records
        )
        yield _disk(
            "disk of a million individuals: keys",
            data / "evidence" / "keys.db",
            _PLAIN_KEYS * individuals,
            individuals,
        )
        check_whole(data, records + _ONE_AT_A_TIME)
        yield from _backup(place, data, records)


def _alone(data: Path) -> Iterator[Figure]:
    """One act after the other, each durable before the next: what one caller waits for."""
    log = opened(data)
    try:
        drafts = list(islice(consents(_ONE_AT_A_TIME, _ONE_AT_A_TIME), _ONE_AT_A_TIME))
        began = time.perf_counter()
        for draft in drafts:
            log.log.append([draft])
        each = (time.perf_counter() - began) / _ONE_AT_A_TIME
    finally:
        log.close()
    yield _time(
        "acts, one after the other: one", each, _synced(data), "write and fdatasync of 4 KiB"
    )


def _backup(place: Path, data: Path, records: int) -> Iterator[Figure]:
    private, public = new_pair()
    restore_key, backup_key = place / "restore.key", place / "backup.pub"
    restore_key.write_bytes(private)
    backup_key.write_bytes(public)
    backups = DataBackups(
        place_of=lambda: Place(data=data),
        elsewhere=False,
        suppressed=tuple,
        clock=SystemClock(),
        program="0",
    )
    out, lock = place / "one.backup", Lock(key=restore_key)
    began = time.perf_counter()
    made = backups.make(out, lock=Lock(key=backup_key), since=None, exports=False)
    making = time.perf_counter() - began
    copying = _copied(out, place / "copy")
    began = time.perf_counter()
    assert backups.check([out], lock=lock, vkey="").wrong == ()
    checking = time.perf_counter() - began
    began = time.perf_counter()
    restored = backups.restore([out], lock=lock, to=place / "to", moment=Moment(), vkey="")
    restoring = time.perf_counter() - began
    assert restored.position == records + _ONE_AT_A_TIME
    share = MILLION / restored.position
    for name, seconds in (("make", making), ("check", checking), ("restore", restoring)):
        yield Figure(
            aim="-",
            name=f"backup {name}: a million records",
            ours=seconds * share,
            base=copying * share,
            base_name="copy, SHA-256 and fsync of the file",
            unit="s",
            limit=300,
            checked="every record read, root held to its signature",
        )
    yield Figure(
        aim="-",
        name="backup: a million records",
        ours=made.bytes * share / 1e6,
        base=_bytes(data / "evidence") * share / 1e6,
        base_name="files of the log",
        unit="MB",
        limit=2000,
        checked="restored as it was",
    )


def _time(name: str, ours: float, base: float, base_name: str) -> Figure:
    return Figure(
        aim="-",
        name=name,
        ours=ours * 1e6,
        base=base * 1e6,
        base_name=base_name,
        unit="us",
        limit=10_000,
        checked="chengnuo-verify reads all of them",
    )


def _disk(name: str, path: Path, plain: int, count: int) -> Figure:
    return Figure(
        aim="-",
        name=name,
        ours=_bytes(path) / count * MILLION / 1e6,
        base=plain / count * MILLION / 1e6,
        base_name="the plain content",
        unit="MB",
        limit=2000,
        checked="chengnuo-verify reads all of them",
    )


def _bytes(path: Path) -> int:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return sum(one.stat().st_blocks * 512 for one in files)


def _hashed(drafts: list[Draft]) -> float:
    payloads = [draft.payload for draft in drafts]
    began = time.perf_counter()
    for payload in payloads:
        hashlib.sha256(payload).digest()
    return (time.perf_counter() - began) / len(payloads)


def _synced(folder_of: Path) -> float:
    path = folder_of / "synced"
    path.write_bytes(bytes(4096 * _ONE_AT_A_TIME))
    descriptor = os.open(path, os.O_RDWR)
    began = time.perf_counter()
    for number in range(_ONE_AT_A_TIME):
        os.pwrite(descriptor, b"x" * 4096, 4096 * number)
        os.fdatasync(descriptor)
    each = (time.perf_counter() - began) / _ONE_AT_A_TIME
    os.close(descriptor)
    path.unlink()
    return each


def _copied(source: Path, target: Path) -> float:
    began = time.perf_counter()
    with source.open("rb") as read, target.open("wb") as write:
        digest = hashlib.sha256()
        while part := read.read(1 << 20):
            digest.update(part)
            write.write(part)
        write.flush()
        os.fsync(write.fileno())
    target.unlink()
    return time.perf_counter() - began
