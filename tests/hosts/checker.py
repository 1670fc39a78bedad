"""Holds a recorded history against what is there afterwards, and names every promise it breaks.

1. Nothing acknowledged is lost: acts, requests, records.
2. No permit that began after a withdrawal was acknowledged, beyond the age that the answer states.
3. The log is linear: every checkpoint that anybody saw is one of a prefix of the last; of two
   acts of which one was acknowledged before the other began, the first stands first.
4. What is unknown happened once or not at all; nothing stands that nobody asked for.
5. Of every acknowledged record the log proves that the last checkpoint is signed over it.

Pure; of the product it uses the verifier's own Merkle tree alone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.hosts.history import Deed, Found, Operation

from chengnuo_verify.log import NODE, Note, digest, grow, path_root, root_of

_ACTS = frozenset({"give", "withdraw"})
_RECORDED = frozenset({*_ACTS, "record"})


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that was broken.

    Attributes:
        kind: Which.
        what: Where, for people.

    """

    kind: str
    what: str


def violations(operations: Sequence[Operation], found: Found) -> list[Violation]:
    """Return every broken promise."""
    return [
        *lost(operations, found),
        *stale_permits(operations, found),
        *forks(operations, found),
        *out_of_order(operations),
        *not_once(operations, found),
        *unproved(operations, found),
    ]


def lost(operations: Sequence[Operation], found: Found) -> Iterator[Violation]:
    """Yield what was acknowledged and is not there."""
    for one in _ok(operations):
        if one.kind in _ACTS and _deed_of(one, found) is None:
            yield Violation("lost", f"{one.kind} of {one.person} at {one.position}")
        if one.kind == "request" and one.answer not in found.requests.get(one.person, ()):
            yield Violation("lost", f"request {one.answer} of {one.person}")
        if one.kind == "record":
            kinds, at = found.kinds, one.position
            if at is None or at >= len(kinds) or kinds[at] != "decision":
                yield Violation("lost", f"record of a decision at {at}")


def stale_permits(operations: Sequence[Operation], found: Found) -> Iterator[Violation]:
    """Yield permits that rest on no state that may have been in force."""
    acknowledged: dict[str, list[tuple[int, int]]] = {}
    began: dict[tuple[str, str], int] = {}
    for one in operations:
        if one.kind in _ACTS:
            began[one.person, one.mark] = one.began
            if one.outcome == "ok" and one.position is not None:
                acknowledged.setdefault(one.person, []).append((one.ended, one.position))
    for one in _ok(operations):
        if one.answer == "permit" and not _may_permit(
            one,
            found.deeds.get(one.person, ()),
            acknowledged.get(one.person, []),
            began,
        ):
            yield Violation(
                "stale permit",
                f"{one.host} permitted for {one.person}, {one.stale_ns / 1e6:.1f} ms old at most",
            )


def _may_permit(
    decision: Operation,
    deeds: Sequence[Deed],
    acknowledged: Sequence[tuple[int, int]],
    began: dict[tuple[str, str], int],
) -> bool:
    """Tell whether a consent stood at some instant between the oldest state allowed and the end."""
    until = decision.began - decision.stale_ns
    known = max((position for ended, position in acknowledged if ended <= until), default=-1)
    return any(
        deed.act == "give"
        and (deed.position >= known or _follows_nothing(deeds, deed, known))
        and began.get((decision.person, deed.mark), 0) <= decision.ended
        for deed in deeds
    )


def _follows_nothing(deeds: Sequence[Deed], deed: Deed, known: int) -> bool:
    """Tell whether a deed still stands at a position: nothing follows it up to there."""
    return not any(deed.position < other.position <= known for other in deeds)


def forks(operations: Sequence[Operation], found: Found) -> Iterator[Violation]:
    """Yield checkpoints that are of no prefix of the log."""
    seen = {one.checkpoint: one.host for one in _ok(operations) if one.kind == "look"}
    seen = {found.checkpoint: "the end", **seen} if found.checkpoint else seen
    notes = {note: Note(note.encode(), host) for note, host in seen.items()}
    sizes = {note.size for note in notes.values()}
    roots, edge = {0: root_of([])}, list[bytes]()
    for size, leaf in enumerate(found.leaves, 1):
        grow(edge, size - 1, leaf)
        if size in sizes:
            roots[size] = _root(edge)
    for text, note in notes.items():
        if roots.get(note.size) != note.root:
            yield Violation("fork", f"checkpoint of {note.size} records, seen at {seen[text]}")


def _root(edge: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees, the largest first (RFC 9162 section 2.1.1)."""
    found = edge[-1]
    for left in edge[-2::-1]:
        found = digest(NODE, left, found)
    return found


def out_of_order(operations: Sequence[Operation]) -> Iterator[Violation]:
    """Yield acknowledged acts that stand before others that had ended when they began."""
    acts = [one for one in _ok(operations) if one.kind in _RECORDED and one.position is not None]
    by_end = sorted(acts, key=lambda one: one.ended)
    ends = iter([*by_end])
    ended, last = next(ends, None), -1
    for one in sorted(acts, key=lambda one: one.began):
        while ended is not None and ended.ended < one.began:
            last = max(last, _position(ended))
            ended = next(ends, None)
        if _position(one) <= last:
            yield Violation("out of order", f"{one.kind} at {one.position}, after one at {last}")


def not_once(operations: Sequence[Operation], found: Found) -> Iterator[Violation]:
    """Yield what happened twice, and what nobody asked for."""
    asked = frozenset((one.person, one.mark) for one in operations if one.kind in _ACTS)
    for person, deeds in found.deeds.items():
        yield from _not_once(person, deeds, asked)
    for account, requests in found.requests.items():
        if len(requests) > 1:
            yield Violation("twice", f"request of {account}, {len(requests)} times")
    positions = Counter(_position(one) for one in _ok(operations) if one.kind in _RECORDED)
    for position, count in positions.items():
        if count > 1:
            yield Violation("twice", f"position {position} was acknowledged {count} times")


def _not_once(
    person: str, deeds: Sequence[Deed], asked: frozenset[tuple[str, str]]
) -> Iterator[Violation]:
    for mark, count in Counter(deed.mark for deed in deeds if deed.act == "give").items():
        if count > 1:
            yield Violation("twice", f"{mark} of {person}, {count} times")
        if (person, mark) not in asked:
            yield Violation("from nowhere", f"{mark} of {person}")
    for one, other in pairwise(deeds):
        if one.act == other.act == "withdraw":
            yield Violation("twice", f"withdrawal of {person} at {other.position}")


def unproved(operations: Sequence[Operation], found: Found) -> Iterator[Violation]:
    """Yield acknowledged records that the log does not prove."""
    if not found.checkpoint:
        return
    last = Note(found.checkpoint.encode(), "the end")
    for one in _ok(operations):
        if one.kind not in _RECORDED:
            continue
        at = _position(one)
        path = found.proofs.get(at)
        known = path is not None and at < len(found.leaves)
        if not known or path_root(found.leaves[at], at, last.size, path or ()) != last.root:
            yield Violation("unproved", f"{one.kind} at {at}")


def _ok(operations: Sequence[Operation]) -> list[Operation]:
    return [one for one in operations if one.outcome == "ok"]


def _position(one: Operation) -> int:
    return -1 if one.position is None else one.position


def _deed_of(one: Operation, found: Found) -> Deed | None:
    """Return the deed that an acknowledged act became."""
    for deed in found.deeds.get(one.person, ()):
        if deed.position == one.position and deed.act == one.kind:
            return deed if one.kind == "withdraw" or deed.mark == one.mark else None
    return None
