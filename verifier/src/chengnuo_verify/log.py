"""A whole log, recomputed from nothing: entries, tiles, root, chains, map, kept checkpoints."""

import re
from typing import Any

from chengnuo_verify.notes import Note, Trust
from chengnuo_verify.reading import FORMS, PATTERNS, Answer, Place, RefusedError, ensure, fit, load
from chengnuo_verify.trees import HASH, LEAF, digest, digests, fold, map_root, root_of

WIDTH = 256
_KINDS, _LEAF, _hex = frozenset(FORMS["kinds"]), PATTERNS["leaf"], bytes.fromhex
_STAMP = re.compile(r"(stamps/(0|[1-9][0-9]*)\.)(note|tsr)")
_PART = re.compile(r"(.+)\.p/([1-9][0-9]{0,2})")
# How an RFC 3161 response names what it stamps: SHA-256, perhaps its NULL, 32 bytes.
_SHA256 = rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20"


def read_leaf(data: bytes, where: str) -> dict[str, Any]:
    """Return the members of a leaf as written, and as `links` its (tag, seq, prev) in chains."""
    found = _LEAF.fullmatch(text := data.decode("utf-8", "replace"))
    leaf: dict[str, Any] = found.groupdict() if found and text.encode() == data else {}
    ensure(leaf, "leaf-form", where)
    ensure(leaf["v"] == "1", "version", where, found=leaf["v"])
    also = [(leaf["tag2"], leaf["seq2"], leaf["prev2"])] if leaf["tag2"] else []
    links = [(leaf["tag"], leaf["seq"], leaf["prev"]), *also]
    firsts = [link for link in links if (link[1] == "1") is bool(link[2])]
    wrong = firsts or leaf["kind"] not in _KINDS or leaf["tag"] == leaf["tag2"]
    ensure(not wrong, "leaf-form", where)
    leaf["links"] = [(_hex(tag), int(seq), _hex(prev or "")) for tag, seq, prev in links]
    leaf["at"] = int(leaf["at"])
    return leaf


class Walk:
    """Goes through a log once, level by level; `wrong` lists what is wrong with its files."""

    # What grows: the chain heads (some 250 bytes a chain), and the names and the hash of each tile.

    def __init__(self, place: Place, size: int, *, quick: bool) -> None:
        self.place, self.size, self.quick, self.at = place, size, quick, 0
        self.wrong, self.findings = list[RefusedError](), list[RefusedError]()
        self.heads, self.rows, self.levels = dict[bytes, bytes](), dict[int, bytes](), list[bytes]()
        self.extra, self.parts = {*place.names()}, dict[str, list[int]]()
        for part in filter(None, map(_PART.fullmatch, self.extra)):
            self.parts.setdefault(part[1], []).append(int(part[2]))

    def run(self, sizes: set[int]) -> None:
        """Check every file and entry; the root of these sizes can be told afterwards."""
        self.rows, nodes, below = {size // WIDTH: b"" for size in sizes}, self.size, b""
        while nodes:
            widths = [min(WIDTH, nodes - start) for start in range(0, nodes, WIDTH)]
            below = b"".join([self._tile(*one, below) for one in enumerate(widths)])
            self.levels.append(below)
            nodes //= WIDTH

    def root(self, size: int) -> bytes:
        """Return the root at a size that the log has reached."""
        edges, nodes = [self.rows[size // WIDTH][: size % WIDTH * HASH]], size
        for level in self.levels:
            nodes //= WIDTH
            edges.append(level[nodes // WIDTH * WIDTH * HASH : nodes * HASH])
        return root_of(edges)

    def _tile(self, index: int, width: int, below: bytes) -> bytes:
        """Hold a tile to the hashes below it or of its entries; return its root if it is full."""
        files, start = self._files(f"{len(self.levels)}", index, width), index * WIDTH
        row = below[start * HASH : (start + width) * HASH]
        row = row or self._entries(index, width, files[0][2])
        for part, name, found in files:
            self._compare(name, row[: part * HASH], found)
        if not below and index in self.rows:
            self.rows[index] = row
        return fold(row) if width == WIDTH else b""

    def _files(self, level: str, index: int, width: int) -> list[tuple[int, str, bytes]]:
        """Return a tile or bundle, then what smaller logs left of it: width, name and content."""
        *above, last = (group.zfill(3) for group in f"{index:,}".split(","))
        base = "/".join(["tile", level, *(f"x{group}" for group in above), last])
        widths = [width, *(part for part in self.parts.get(base, ()) if part < width)]
        names = [base + (f".p/{part}" if part < WIDTH else "") for part in widths]
        self.extra.difference_update(names)
        read = [self.place.read(name) or b"" for name in names]
        return [*zip(widths, names, read, strict=True)]

    def _entries(self, index: int, width: int, tile: bytes) -> bytes:
        """Return the hashes of a bundle's entries, or those of its tile: it is as good a word."""
        (_, name, bundle), *left_over = self._files("entries", index, width)
        entries, at, end = list[bytes](), 0, len(bundle)
        while at + 1 < end and (stop := at + 2 + (bundle[at] << 8 | bundle[at + 1])) <= end:
            entries.append(bundle[at + 2 : stop])
            at = stop
        row = b"".join(hashes := digests(LEAF, entries))
        right = tile if len(tile) == width * HASH else row
        ensure(len(right) == width * HASH, "truncated", name, size=self.size)
        if not self.place.entries_refused:
            self._compare(name, right, row + (b"?" if at < end and len(entries) >= width else b""))
        for part, name, found in left_over:
            packed = b"".join(len(one).to_bytes(2) + one for one in entries[:part])
            self._compare(name, packed, found)
        try:
            for at, pair in enumerate(() if self.quick else zip(entries, hashes, strict=True)):
                self._link(index * WIDTH + at, *pair)
        except RefusedError as finding:  # told last: a damaged file is told first
            self.findings, self.quick = [finding], True
        return right

    def _link(self, index: int, entry: bytes, hashed: bytes) -> None:
        leaf = read_leaf(entry, where := f"#{index}")
        ensure(leaf["at"] >= self.at, "time", where)
        self.at = leaf["at"]
        for tag, seq, prev in leaf["links"]:
            head = self.heads.get(tag, bytes(16))
            ensure(prev == head[16:] and seq == int.from_bytes(head[:8]) + 1, "chain", where)
            self.heads[tag] = seq.to_bytes(8) + index.to_bytes(8) + hashed

    def _compare(self, name: str, right: bytes, found: bytes) -> None:
        if found != right:
            rows = [{row[n : n + HASH] for n in range(0, len(row), HASH)} for row in (found, right)]
            code = "reordered" if rows[0] == rows[1] else "damaged"
            code = "truncated" if right.startswith(found) else code
            self.wrong.append(RefusedError(code, {"where": name, "size": self.size}))


def verify_log(place: Place, trust: Trust, answer: Answer, *, quick: bool) -> None:
    """Verify a log from nothing, and say what was found; refuse one that is not whole."""
    note = Note(place.read("checkpoint"), "checkpoint")
    log = fit(load(place.read("log.json"), "log.json"), "log", "log.json")
    trust.learn(log["keys"], log["origin"], "log.json")
    walk = Walk(place, note.size, quick=quick)
    _hold_stamps(walk, trust, answer)
    trust.check(note, "checkpoint")
    for name, kept in trust.kept:
        ensure(kept.size <= note.size, "truncated", f"checkpoint < {name}", size=kept.size)
    walk.run({kept.size for _, kept in trust.kept})
    if walk.root(note.size) != note.root:  # then it may be the tile that is wrong, not the bundle
        names = [str(wrong.args[1]["where"]) for wrong in walk.wrong]
        names = [name.replace("entries", "0") for name in names if "entries" in name] + names
        ensure(names, "root", "checkpoint")
        raise RefusedError("damaged", {"where": ", ".join(names[:20])})
    for wrong in walk.wrong + walk.findings:
        raise wrong
    for name, kept in trust.kept:
        notes = f"{kept.whole}\n{note.whole}"
        ensure(walk.root(kept.size) == kept.root, "forked", name, size=kept.size, notes=notes)
    code = "entries-refused" if place.entries_refused else "log-quick" if quick else "log-whole"
    ensure(code != "log-whole" or map_root(walk.heads) == note.map, "map", "checkpoint")
    answer.checked = {"entries": 0 if place.entries_refused else note.size, "files": place.files}
    answer.checked |= {"chains": len(walk.heads), "kept": len(trust.kept) - 1}
    answer.say(code, first=True, origin=note.origin, size=note.size)
    for name in sorted(walk.extra):
        answer.say("extra-file", where=name)


def _hold_stamps(walk: Walk, trust: Trust, answer: Answer) -> None:
    told = dict[int, str]()
    for stamp in filter(None, [_STAMP.fullmatch(name) for name in sorted(walk.extra)]):
        name, note = stamp[0], Note(walk.place.read(f"{stamp[1]}note"), f"{stamp[1]}note")
        own = [line for line in note.whole.split("\n") if line.startswith(f"— {note.origin} ")]
        imprint = digest(note.message, "\n".join(["", *own, ""]).encode())
        stamped = re.search(_SHA256 + re.escape(imprint), walk.place.read(name) or b"")
        ensure(note.size == int(stamp[2]) and (stamped or stamp[3] == "note"), "stamp", name)
        trust.kept += [(name, note)] if stamp[3] == "note" else []
        told |= {note.size: imprint.hex()} if stamp[3] == "tsr" else {}
        walk.extra.remove(name)
    for size in sorted(told)[-1:]:
        answer.say("stamped", where=f"stamps/{size}.tsr", imprint=told[size])
