"""A whole log, recomputed from nothing: entries, tiles, root, chains, map, kept checkpoints."""

import json
import re
from hashlib import sha256
from typing import Any

from chengnuo_verify.notes import Trust, read_note
from chengnuo_verify.reading import FORMS, PATTERNS, Answer, Place, RefusedError, ensure, fit, load
from chengnuo_verify.trees import HASH, fold, map_root, root_of

WIDTH = 256
_TILE = re.compile(r"tile/(entries|[0-9])/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")
# How an RFC 3161 response names what it stamps: SHA-256, perhaps its NULL, 32 bytes.
_SHA256 = rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20"


def read_leaf(data: bytes, where: str) -> dict[str, Any]:
    """Return what a verifier reads of a leaf, and as `links` its (tag, seq, prev) in chains."""
    found = PATTERNS["leaf"].fullmatch(data.decode("utf-8", "replace"))
    leaf: dict[str, Any] = found.groupdict() if found and found[0].encode() == data else {}
    ensure(leaf, "leaf-form", where)
    ensure(leaf["v"] == "1", "version", where, found=leaf["v"])
    links = [(leaf["tag"], leaf["seq"], leaf["prev"]), (leaf["tag2"], leaf["seq2"], leaf["prev2"])]
    firsts = all((seq == "1") is (prev is None) for tag, seq, prev in links if tag)
    ok = firsts and leaf["kind"] in FORMS["kinds"] and leaf["tag"] != leaf["tag2"]
    ensure(ok, "leaf-form", where)
    read = bytes.fromhex
    leaf["links"] = [(read(tag), int(seq), read(prev or "")) for tag, seq, prev in links if tag]
    texts = {n: json.loads(leaf[n]) for n in ("activity", "item", "recipient") if leaf[n]}
    return leaf | texts | {"at": int(leaf["at"])}


def path_of(level: int | str, index: int, width: int) -> str:
    """Return the name of a tile, or of a bundle (level `entries`)."""
    groups, above = f"{index % 1000:03d}", index // 1000
    while above:
        groups, above = f"x{above % 1000:03d}/{groups}", above // 1000
    return f"tile/{level}/{groups}" + (f".p/{width}" if width < WIDTH else "")


class Walk:
    """Goes through a log once, level by level; `wrong` lists what is wrong, files first."""

    # What grows: the chain heads (some 250 bytes a chain), and 32 bytes for each 256 entries.

    def __init__(self, place: Place, size: int, *, quick: bool) -> None:
        self.place, self.size, self.quick = place, size, quick
        self.left_over: dict[tuple[str, int], set[int]] = {}
        self.heads: dict[bytes, bytes] = {}
        self.wrong, self.findings = list[RefusedError](), list[RefusedError]()
        self.at, self.last = 0, b""
        self.levels: list[bytearray] = []

    def run(self) -> None:
        """Check every file and entry."""
        nodes, level = self.size, 0
        while nodes:
            above = bytearray()
            for start in range(0, nodes, WIDTH):
                index, width = start // WIDTH, min(WIDTH, nodes - start)
                below = self.levels[-1][start * HASH : (start + width) * HASH] if level else b""
                row = bytes(below) or self._row(index, width)
                for part in {width, *self.left_over.get((str(level), index), ())}:
                    self._compare(path_of(level, index, part), row[: part * HASH])
                above += fold(row) if width == WIDTH else b""
                self.last = self.last if level else row
            self.levels.append(above)
            nodes, level = nodes // WIDTH, level + 1
        self.wrong += self.findings

    def root(self, size: int) -> bytes:
        """Return the root at a size that the log has reached."""
        index = size // WIDTH
        row = self.last if index == self.size // WIDTH else None
        row = self.place.read(path_of(0, index, WIDTH)) or b"" if row is None else row
        edges, nodes = [row[: size % WIDTH * HASH]], size
        for level in self.levels:
            nodes //= WIDTH
            edges.append(bytes(level[nodes // WIDTH * WIDTH * HASH : nodes * HASH]))
        return root_of(edges)

    def _row(self, index: int, width: int) -> bytes:
        name, tile = (
            path_of("entries", index, width),
            self.place.read(path_of(0, index, width)) or b"",
        )
        entries, at = list[bytes](), 0
        bundle = b"" if self.place.entries_refused else self.place.read(name) or b""
        while (stop := at + 2 + int.from_bytes(bundle[at : at + 2])) <= len(bundle):
            entries.append(bundle[at + 2 : stop])
            at = stop
        row = [sha256(b"\x00" + entry).digest() for entry in entries]
        right = tile if len(tile) == width * HASH else b"".join(row)  # the tile is as good a word
        ensure(len(right) == width * HASH, "truncated", name, size=self.size)
        rest = b"?" if at < len(bundle) and len(entries) >= width else b""
        if not self.place.entries_refused:
            self._compare(name, right, b"".join(row) + rest)
        for less in self.left_over.get(("entries", index), ()):
            packed = b"".join(len(one).to_bytes(2) + one for one in entries[:less])
            self._compare(path_of("entries", index, less), packed)
        try:
            for at, entry in enumerate(() if self.quick or self.findings else entries):
                self._link(index * WIDTH + at, entry, row[at])
        except RefusedError as finding:  # told last: a damaged file is told first
            self.findings.append(finding)
        return right

    def _link(self, index: int, entry: bytes, hashed: bytes) -> None:
        leaf = read_leaf(entry, f"#{index}")
        ensure(leaf["at"] >= self.at, "time", f"#{index}")
        self.at = leaf["at"]
        for tag, seq, prev in leaf["links"]:
            head = self.heads.get(tag, bytes(16))
            follows = seq == int.from_bytes(head[:8]) + 1 and prev == head[16:]
            ensure(follows, "chain", f"#{index}")
            self.heads[tag] = b"".join((seq.to_bytes(8), index.to_bytes(8), hashed))

    def _compare(self, name: str, right: bytes, found: bytes | None = None) -> None:
        found = (self.place.read(name) or b"") if found is None else found
        if found != right:
            rows = [{row[n : n + HASH] for n in range(0, len(row), HASH)} for row in (found, right)]
            code = "reordered" if rows[0] == rows[1] else "damaged"
            code = "truncated" if right.startswith(found) else code
            self.wrong.append(RefusedError(code, name, size=self.size))


def verify_log(place: Place, trust: Trust, answer: Answer, *, quick: bool) -> None:
    """Verify a log from nothing, and say what was found; refuse one that is not whole."""
    note = read_note(place.read("checkpoint"), "checkpoint")
    log = fit(load(place.read("log.json"), "log.json"), "log", "log.json")
    ensure(log["v"] == 1, "version", "log.json", found=log["v"])
    trust.learn(log["keys"], log["origin"], "log.json")
    walk = Walk(place, note.size, quick=quick)
    for name in place.names():
        if not (_is_tile(name, walk) or _is_stamp(name, place, trust)):
            answer.say("extra-file", where=name)
    trust.check(note, "checkpoint")
    for name, kept in trust.kept:
        ensure(kept.size <= note.size, "truncated", f"checkpoint < {name}", size=kept.size)
    walk.run()
    if walk.root(note.size) != note.root:  # then it may be the tile that is wrong, not the bundle
        names = [str(wrong.facts["where"]) for wrong in walk.wrong]
        names = [name.replace("entries", "0") for name in names if "entries" in name] + names
        raise RefusedError("damaged" if names else "root", ", ".join(names[:20]) or "checkpoint")
    if walk.wrong:
        raise walk.wrong[0]
    for name, kept in trust.kept:
        ensure(walk.root(kept.size) == kept.root, "forked", name, **kept.against(note))
    code = "entries-refused" if place.entries_refused else "log-quick" if quick else "log-whole"
    ok = code != "log-whole" or map_root(walk.heads) == note.map
    ensure(ok, "map", "checkpoint")
    answer.checked = {"entries": 0 if place.entries_refused else note.size, "files": place.files}
    answer.checked |= {"chains": len(walk.heads), "kept": len(trust.kept) - 1}
    answer.say(code, first=True, origin=note.origin, size=note.size)


def _is_tile(name: str, walk: Walk) -> bool:
    if not (tile := _TILE.fullmatch(name)):
        return False
    level, index, width = tile[1], int(re.sub("[x/]", "", tile[2])), int(tile[3] or WIDTH)
    nodes = walk.size if level == "entries" else walk.size >> 8 * int(level)
    known = path_of(level, index, width) == name and index * WIDTH + width <= nodes
    if known and width < min(WIDTH, nodes - index * WIDTH):  # left over from a smaller log
        walk.left_over.setdefault((level, index), set()).add(width)
    return known


def _is_stamp(name: str, place: Place, trust: Trust) -> bool:
    if not (stamp := re.fullmatch(r"(stamps/(0|[1-9][0-9]*)\.)(note|tsr)", name)):
        return False
    note = read_note(place.read(f"{stamp[1]}note"), f"{stamp[1]}note")
    own = [line for line in note.whole.split("\n") if line.startswith(f"— {note.origin} ")]
    digest = sha256(note.message + "\n".join(["", *own, ""]).encode()).digest()
    stamped = re.search(_SHA256 + re.escape(digest), place.read(name) or b"")
    ensure(note.size == int(stamp[2]) and (stamp[3] == "note" or stamped), "stamp", name)
    trust.kept += [(name, note)] if stamp[3] == "note" else []
    return True
