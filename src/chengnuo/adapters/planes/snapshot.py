"""Snapshots: all planes in one file, to start from, or to decide by where no log is at hand.

A snapshot says how far the log was in it before the first byte was copied, so that applying the
log from there makes it whole. It says until when it may be relied on; afterwards it answers no.
Runs of zeros take no room on the disk.
"""

import errno
import mmap
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from chengnuo.adapters.planes.digests import GrowingDigest, hexdigests
from chengnuo.adapters.planes.files import (
    PAGE,
    PlanesDamagedError,
    PlanesUnavailableError,
)
from chengnuo.adapters.planes.writing import PlaneWriter
from chengnuo.base.shapes import ready
from chengnuo.engines.planes.lane import Lane
from chengnuo.engines.planes.planes import Planes
from chengnuo.engines.planes.untils import NEVER, Untils
from chengnuo.ports.planes import Good, Meant, Reached

_MAGIC: Final = b"CNSNAPSH"
_START = struct.Struct("<8sII")
_VERSION: Final = 3
_CHUNK: Final = 1 << 14
_HEAD_AT_MOST: Final = 1 << 22
_FAR: Final = 1 << 62
_FLAGS, _ENDS = "flags", "ends"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    offset: int
    length: int
    digest: str


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    register: str
    law: str
    identity: str
    position: int
    last: int
    anchor: str
    day_since: int
    day_until: int
    capacity: int
    made: int
    good_until: int
    lanes: list[str]
    parts: list[_Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a snapshot says of itself.

    Attributes:
        meant: For which register and law it is.
        reached: How far the log is in it, at least.
        day: The day that ages in it are right for.
        made: When it was made, microseconds since 1970.
        identity: Of which installation it is.
        good_until: Until when it may be relied on.

    """

    meant: Meant
    reached: Reached
    day: Good
    made: int
    identity: str = ""
    good_until: int = NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot that was opened.

    Attributes:
        planes: The planes, mapped read-only; they know until when they are good.
        label: What it says of itself.

    """

    planes: Planes
    label: Label


def write_snapshot(path: Path, planes: Planes, label: Label) -> None:
    """Write a snapshot, durably and in one step.

    Args:
        path: Where; a file that is there is replaced.
        planes: The planes; they may be written meanwhile.
        label: What to say of it; how far the log is in it was read before this was called.

    Raises:
        PlanesUnavailableError: It cannot be written; what was there stays.

    """
    aside = path.with_name(f"{path.name}.new")
    memories = list(_memories(planes))
    longest = [_Part(name, _FAR, len(memory), "0" * 64) for name, memory in memories]
    head_size = _START.size + len(_encoded(planes, label, longest))
    try:
        with aside.open("wb") as file:
            parts: list[_Part] = []
            offset = -(-head_size // PAGE) * PAGE
            for name, memory in memories:
                digest = GrowingDigest()
                for at in range(0, len(memory), _CHUNK):
                    chunk = bytes(memory[at : at + _CHUNK])
                    digest.update(chunk)
                    if chunk.count(0) < len(chunk):
                        file.seek(offset + at)
                        file.write(chunk)
                parts.append(_Part(name, offset, len(memory), digest.hexdigest()))
                offset += -(-len(memory) // PAGE) * PAGE
            encoded = _encoded(planes, label, parts)
            file.truncate(offset)
            file.seek(0)
            file.write(_START.pack(_MAGIC, _VERSION, len(encoded)) + encoded)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be written") from error


def open_snapshot(path: Path, *, verify: bool = True) -> Snapshot:
    """Open a snapshot; it is mapped, so that only what is asked for is read.

    Args:
        path: The file.
        verify: Whether every byte is held to its digest first, at the speed of SHA-256 on all
            processors.

    Raises:
        PlanesUnavailableError: It cannot be read.
        PlanesDamagedError: It is something else, too short, or not what was written.

    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < PAGE:
                raise PlanesDamagedError(path.name, "is too short for a snapshot")
            memory = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except OSError as error:
        raise PlanesUnavailableError(error.strerror or "it cannot be read") from error
    head = _head(path.name, memory)
    bodies: dict[str, memoryview] = {}
    for part in head.parts:
        if not 0 <= part.offset <= part.offset + part.length <= size:
            raise PlanesDamagedError(path.name, f"has {size} bytes and lacks part `{part.name}`")
        body = memory[part.offset : part.offset + part.length]
        bodies[part.name] = body
    if verify:
        _verify(path, head, bodies)
    try:
        planes = Planes(
            capacity=head.capacity,
            flags=bodies[_FLAGS],
            lanes={name: Lane(bodies[f"lane:{name}"]) for name in head.lanes},
            numbers={name: number for number, name in enumerate(head.lanes, 1)},
            untils=Untils.over(bodies[_ENDS]),
            good_until=head.good_until,
        )
        _check_lengths(planes)
    except (KeyError, TypeError, ValueError) as error:
        raise PlanesDamagedError(path.name, "lacks a part that it speaks of") from error
    return Snapshot(
        planes=planes,
        label=Label(
            meant=Meant(register=head.register, law=head.law),
            reached=Reached(
                position=head.position, at=head.last, anchor=bytes.fromhex(head.anchor)
            ),
            day=Good(since=head.day_since, until=head.day_until),
            made=head.made,
            identity=head.identity,
            good_until=head.good_until,
        ),
    )


def _verify(path: Path, head: _Head, bodies: Mapping[str, memoryview]) -> None:
    """Hold every part to its digest; what the file system keeps no room for is not read."""
    with path.open("rb") as file:

        def nothing_in(number: int, start: int, length: int) -> bool:
            at = head.parts[number].offset + start
            try:
                return os.lseek(file.fileno(), at, os.SEEK_DATA) >= at + length
            except OSError as error:  # this number says: nothing from there to the end
                return error.errno == errno.ENXIO

        found = hexdigests([bodies[part.name] for part in head.parts], nothing_in)
        for part, digest in zip(head.parts, found, strict=True):
            if part.digest != digest:
                raise PlanesDamagedError(
                    path.name, f"has another part `{part.name}` than was written"
                )


def restore(writer: PlaneWriter, snapshot: Snapshot) -> None:
    """Write what a snapshot holds into planes that hold nothing yet; the log goes on from there.

    Lanes that the writer does not have, because the register has changed, are left out.
    """
    given = snapshot.planes
    writer.grow(given.capacity)
    writer.have_all_room()
    planes = writer.planes
    names = {number: name for name, number in given.numbers.items()}
    for ordinal, number, end in given.untils.entries():
        if names[number] in planes.lanes:
            writer.end(ordinal, names[number], end)
    planes = writer.planes
    for start in range(0, given.capacity, _CHUNK):
        chunk = given.flags[start : start + _CHUNK]
        if bytes(chunk).strip(b"\0"):
            planes.flags[start : start + len(chunk)] = chunk
    for name, lane in given.lanes.items():
        if name in planes.lanes:
            planes.lanes[name].take_over(lane, (0, 1, 2, 3))
    writer.good_for(snapshot.label.day)
    writer.reached(snapshot.label.reached)


def _memories(planes: Planes) -> Iterator[tuple[str, memoryview]]:
    """Yield what is written: values before flags and ends, which say less than there is."""
    for name, lane in planes.lanes.items():
        yield f"lane:{name}", lane.view
    yield _FLAGS, planes.flags
    yield _ENDS, _ends_of(planes)


def _ends_of(planes: Planes) -> memoryview:
    """Return the ends as they would be with the lanes numbered in their order."""
    untils = planes.untils
    fresh = Untils.over(memoryview(bytearray(len(untils.keys) * 16)))
    names = {number: name for name, number in planes.numbers.items()}
    anew = {name: number for number, name in enumerate(planes.lanes, 1)}
    for ordinal, number, end in untils.entries():
        if number in names:
            fresh.put(ordinal, anew[names[number]], end)
    return memoryview(bytes(fresh.keys) + bytes(fresh.ends))


def _encoded(planes: Planes, label: Label, parts: list[_Part]) -> bytes:
    return msgspec.json.encode(
        _Head(
            register=label.meant.register,
            law=label.meant.law,
            identity=label.identity,
            position=label.reached.position,
            last=label.reached.at,
            anchor=label.reached.anchor.hex(),
            day_since=label.day.since,
            day_until=label.day.until,
            capacity=planes.capacity,
            made=label.made,
            good_until=label.good_until,
            lanes=list(planes.lanes),
            parts=parts,
        )
    )


def _head(name: str, memory: memoryview) -> _Head:
    magic, version, length = _START.unpack_from(memory)
    if magic != _MAGIC:
        raise PlanesDamagedError(name, "is no snapshot")
    if version != _VERSION:
        raise PlanesDamagedError(name, f"is a snapshot of version {version}, expected {_VERSION}")
    if length > min(_HEAD_AT_MOST, len(memory) - _START.size):
        raise PlanesDamagedError(name, "ends before its head does")
    try:
        return msgspec.json.decode(memory[_START.size : _START.size + length], type=ready(_Head))
    except msgspec.DecodeError as error:
        raise PlanesDamagedError(name, "has a head that cannot be read") from error


def _check_lengths(planes: Planes) -> None:
    lengths = {len(lane.view) * 4 for lane in planes.lanes.values()}
    if len(planes.flags) != planes.capacity or any(one < planes.capacity for one in lengths):
        raise ValueError
