"""A log from nothing: two trees (RFC 6962), signed checkpoints (C2SP), files, entries, chains."""

import re
from argparse import Namespace
from binascii import hexlify, unhexlify
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from struct import Struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from chengnuo_verify import reading
from chengnuo_verify.reading import PATTERNS, Answer, Json, Place, RefusedError, ensure, fit, load

HASH, LEAF, NODE, WIDTH, MOST_KNOWN = 32, b"\x00", b"\x01", 256, 10_000
Files = list[tuple[int, str, bytes]]  # of each the width, the name and the content
_KINDS, _head, _unhex = frozenset(reading.FORMS["kinds"]), Struct(">QQ32s").pack, bytes.fromhex
_SHA256, _DIGITS, _PLACES = PATTERNS["sha256"].pattern.encode(), b"0123456789abcdef", 16


def digest(*parts: bytes) -> bytes:
    """Return the SHA-256 of parts one after the other; LEAF or NODE is first in either tree."""
    return sha256(b"".join(parts)).digest()


def digests(first: bytes, parts: Sequence[bytes]) -> list[bytes]:
    """Return `digest(first, part)` of each part, from copies of one begun hash: half the time."""
    begun = sha256(first).copy
    for one, part in zip(found := [begun() for _ in parts], parts, strict=True):
        one.update(part)
    return [one.digest() for one in found]


def root_of(edges: Iterable[bytes]) -> bytes:
    """Return the root from each level's last tile, lowest first; what is below comes last in it."""
    row = b""
    for edge in edges:
        row = edge + row
        while len(row) > HASH:  # an odd last hash is moved up
            pairs = range(0, (even := len(row) // 64 * 64), 64)
            row = b"".join(digests(NODE, [row[at : at + 64] for at in pairs])) + row[even:]
    return row or digest()


def path_root(found: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root a path leads to (RFC 9162 section 2.1.3.2), or b"" if of a wrong length."""
    # Up to the tree's right edge the index says where a sibling stands, from there on it is left.
    inner = (index ^ (size - 1)).bit_length()
    if index >= size or len(path) != inner + (index >> inner).bit_count():
        return b""
    for at, sibling in enumerate(path):
        pair = (sibling, found) if at >= inner or index >> at & 1 else (found, sibling)
        found = digest(NODE, *pair)
    return found


def edge_of(shown: Json, size: int) -> list[bytes]:
    """Return the complete subtrees before a record, the largest first: its left siblings."""
    inner, index = (shown["index"] ^ (size - 1)).bit_length(), shown["index"]
    return [one for at, one in enumerate(shown["path"]) if at >= inner or index >> at & 1][::-1]


def grow(edge: list[bytes], size: int, found: bytes) -> None:
    """Add a leaf to the complete subtrees of a tree of a size, in place."""
    while size & 1:
        found, size = digest(NODE, edge.pop(), found), size >> 1
    edge.append(found)


def map_root(heads: dict[bytes, bytes], tags: list[bytes] | None = None, bit: int = 255) -> bytes:
    """Return the root of the map; a head is `seq (8) || index (8) || leaf hash`."""
    tags = sorted(heads) if tags is None else tags  # of a subtree, they are a range of them all
    if len(tags) <= 1:
        return digest(LEAF, tags[0], heads[tags[0]]) if tags else bytes(HASH)
    right = (int.from_bytes(tags[0]) >> bit | 1) << bit  # the first tag that has this bit
    low, high = tags[: (split := bisect_left(tags, right.to_bytes(HASH)))], tags[split:]
    return digest(NODE, map_root(heads, low, bit - 1), map_root(heads, high, bit - 1))


@lru_cache(1 << 14)  # more than the files of a ZIP: what was verified is not verified again
def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether a signature over a message is of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


class Key:
    """A public key as a vkey writes it: of a log, or (kind 4) of a witness."""

    def __init__(self, vkey: str, kind: bytes = b"\x01") -> None:
        found = ensure(PATTERNS["vkey"].fullmatch(vkey), "key-form", vkey)
        self.vkey, self.name, data = vkey, found["name"], fit(found["key"], "base64", vkey)
        self.ident = digest(self.name.encode("utf-8", "replace"), b"\n", data)[:4]
        ensure(data[:1] == kind and self.ident.hex() == found["id"], "key-form", vkey)
        self.public = data[1:]


class Note:
    """A checkpoint as it says, nothing checked; `lines` are of name, key id and signature."""

    def __init__(self, data: bytes | None, where: str) -> None:
        self.whole = (data or b"")[: 1 << 16].decode("utf-8", "replace")
        ensure(self.whole.encode() == data, "checkpoint-form", where)
        found = ensure(PATTERNS["note"].fullmatch(self.whole), "checkpoint-form", where)
        self.message, self.origin, self.size = found[1].encode(), found[2], int(found[3])
        self.root, self.map = (fit(found[name], "hash", where) for name in ("root", "map"))
        lines = (line.split(" ") for line in found[6].splitlines())
        read = ((name, fit(one, "base64", where)) for _, name, one in lines)
        self.lines = [(name, one[:4], one[4:]) for name, one in read]


class Trust:
    """What the one who asks relies on: keys, an origin, witnesses, kept checkpoints."""

    def __init__(self, args: Namespace) -> None:
        self.pinned, self.trusted = [Key(key) for key in args.key], {*args.key}
        self.witnesses = [Key(key, b"\x04") for key in args.witness]
        ensure((args.quorum or "0").isdecimal(), "form", "--quorum")
        self.origin, self.quorum = args.origin, int(args.quorum or len(args.witness))
        self.kept = [(one.rpartition("/")[2], Note(Place(one).read(), one)) for one in args.since]
        self.held = dict[int, tuple[str, Note]]()  # of each size one that was found good
        self.listed = {key.ident: (key, 0, reading.MOST_INTEGER) for key in self.pinned}

    def learn(self, keys: list[Json], origin: str, where: str) -> None:
        """Take the keys a file lists, oldest first; trusted is what a trusted key endorsed."""
        last, start = None, 0
        for one in ensure(keys, "key-list", where):
            key, since, mark = Key(one["vkey"]), one["from"], one["endorsement"]
            end = reading.MOST_INTEGER if one["until"] is None else one["until"]
            ensure(key.name == origin and start <= since <= end, "key-list", where)
            text = f"chengnuo log key v1\n{origin}\n{key.vkey}\n".encode()
            good = signed(last.public, mark or b"", text) if last else (mark, since) == (None, 0)
            ensure(good, "endorsement", where)
            self.pinned = self.pinned or [key]
            if last.vkey in self.trusted if last else not self.trusted:
                self.trusted.add(key.vkey)
            self.listed[key.ident], last, start = (key, since, end), key, since

    def check(self, note: Note, where: str, edge: Sequence[bytes] = ()) -> None:
        """Refuse a checkpoint not signed or witnessed, or of another tree; `edge` is its own."""
        expected, seen = self.pinned[0].name if self.origin is None else self.origin, set[str]()
        for name, one in [(where, note), *self.kept, self.held.get(note.size, (where, note))]:
            ensure(one.origin == expected, "swapped", name, found=one.origin, expected=expected)
            in_force = False
            for _, ident, signature in (line for line in one.lines if line[0] == one.origin):
                key, since, end = ensure(self.listed.get(ident), "re-signed", name)
                ensure(signed(key.public, signature, one.message), "signature", name)
                in_force |= key.vkey in self.trusted and since <= one.size <= end
            ensure(in_force, "re-signed", name)
            agree = (one.root, one.map) == (note.root, note.map) or one.size != note.size
            ensure(agree, "forked", name, size=one.size, notes=f"{one.whole}\n{note.whole}")
        ensure(not edge or root_of(edge[::-1]) == note.root, "root", where)
        for key in self.witnesses:
            for signature in (line[2] for line in note.lines if line[:2] == (key.name, key.ident)):
                time = b"cosignature/v1\ntime %d\n" % int.from_bytes(signature[:8])
                if signed(key.public, signature[8:], time + note.message):
                    seen.add(key.vkey)
        ensure(len(seen) >= self.quorum, "quorum", where, found=len(seen), expected=self.quorum)
        self.held.setdefault(note.size, (where, note))


def read_leaf(data: bytes, where: str) -> dict[str, Json]:
    """Return the members of a leaf as written, and as `links` its (tag, seq, prev) in chains."""
    text = data.decode("utf-8", "replace")
    found = PATTERNS["leaf"].fullmatch(text) if text.encode() == data else None
    leaf: dict[str, Json] = ensure(found, "leaf-form", where).groupdict()
    ensure(leaf["v"] == "1", "version", where, found=leaf["v"])
    links = [[leaf[n + at] for n in ("tag", "seq", "prev")] for at in ("", "2") if leaf["tag" + at]]
    right = leaf["kind"] in _KINDS and leaf["tag"] != leaf["tag2"]
    ensure(right and all((seq == "1") != bool(prev) for _, seq, prev in links), "leaf-form", where)
    leaf["links"] = [(_unhex(tag), int(seq), _unhex(prev or "")) for tag, seq, prev in links]
    return leaf | {"at": int(leaf["at"])}


class Walk:
    """Goes through a log once; only `heads` and the names of files grow with it."""

    def __init__(self, place: Place, size: int, *, quick: bool) -> None:
        self.place, self.size, self.quick, self.at = place, size, quick, 0
        self.wrong, self.findings = list[RefusedError](), list[RefusedError]()
        self.heads, self.known = dict[bytes, bytes](), set[tuple[bytes, ...]]()
        self.extra, self.parts = place.names("stamps", "tile"), dict[str, list[int]]()
        for part in filter(None, map(PATTERNS["part"].fullmatch, self.extra)):
            self.parts.setdefault(part[1], []).append(int(part[2]))

    def roots(self, sizes: set[int]) -> dict[int, bytes]:
        """Check every file and entry, and return the roots at some sizes."""
        rows, roots = [b""] * 8, dict[int, bytes]()  # rows: each level's tile that is not full
        for index in range(self.size // WIDTH + 1):
            width = min(WIDTH, self.size - index * WIDTH)
            rows[0] = self._entries(index, width) if width else b""
            for size in (size for size in sizes if size // WIDTH == index):
                roots[size] = root_of([rows[0][: size % WIDTH * HASH], *rows[1:]])
            for level, row in enumerate(rows):
                full = len(row) == WIDTH * HASH
                if level and row and (full or width < WIDTH):  # what is not full is told at the end
                    files = self._files(f"{level}", index >> 8 * level, len(row) // HASH)
                    self._compare(files, row)
                if full:
                    rows[level], rows[level + 1] = b"", rows[level + 1] + root_of([row])
        return roots

    def _files(self, level: str, index: int, width: int) -> Files:
        """Return a tile or bundle, then what smaller logs left of it."""
        *above, last = (group.zfill(3) for group in f"{index:,}".split(","))
        base = "/".join(["tile", level, *(f"x{group}" for group in above), last])
        widths = [width, *(part for part in self.parts.get(base, ()) if part < width)]
        names = [base + (f".p/{part}" if part < WIDTH else "") for part in widths]
        self.extra.difference_update(names)
        return [(part, n, self.place.read(n) or b"") for part, n in zip(widths, names, strict=True)]

    def _entries(self, index: int, width: int) -> bytes:
        """Return the hashes of a bundle's entries, or those of its tile: it is as good a word."""
        (_, name, bundle), *left_over = self._files("entries", index, width)
        tiles = self._files("0", index, width)
        entries, ends, at, end = list[bytes](), [0], 0, len(bundle)
        while at + 1 < end and (stop := at + 2 + (bundle[at] << 8 | bundle[at + 1])) <= end:
            entries.append(bundle[at + 2 : stop])
            ends.append(at := stop)
        row = b"".join(hashes := digests(LEAF, entries))
        right = tiles[0][2] if len(tiles[0][2]) == width * HASH else row
        ensure(len(right) == width * HASH, "truncated", name, size=self.size)
        if not self.place.refused:
            row += b"?" if at < end and len(entries) >= width else b""
            self._compare([(width, name, row)], right)
        self._compare(left_over, bundle, ends)
        self._compare(tiles, right)
        try:
            pairs = () if self.quick else zip(entries, hashes, strict=True)
            for at, pair in enumerate(pairs, index * WIDTH):
                self._link(at, *pair)
        except RefusedError as finding:  # told last: a damaged file is told first
            self.findings, self.quick = [finding], True
        return right

    def _link(self, index: int, entry: bytes, hashed: bytes) -> None:
        """Hold an entry to its form, its time and its chain."""
        # What is around numbers and hashes (`ids`) is read in full once; then the entry need but be
        # as the head of its chain has it. Where an entry is of two chains, a hash is in the ids.
        front, _, rest = entry.partition(b'"at":')
        at, _, rest = rest.partition(b",")
        middle, _, rest = rest.partition(b'"payload":"')
        hexes = rest[:64] + rest[-72:-8]
        is_hex = not hexes.strip(_DIGITS) and len(hexes) == 4 * HASH
        head = self.heads.get(key := unhexlify(hexes[64:]) if is_hex else b"", b"")
        seq, prev = int.from_bytes(head[:8]) + 1, b'","prev":"%b' % hexlify(head[16:])
        ids = front, middle, rest[64 + (len(prev) if head else 0) : -80].rpartition(b'"seq":')[0]
        right = hexes[:64], prev if head else b"", ids[2], seq, hexes[64:]
        timely = len(at) == _PLACES and at.isdigit() and b"1" <= at < b"9" and int(at) >= self.at
        is_plain = timely and is_hex and ids in self.known
        if is_plain and rest == b'%b%b%b"seq":%d,"tag":"%b","v":1}' % right:
            self.at, self.heads[key] = int(at), _head(seq, index, hashed)
            return
        leaf = read_leaf(entry, where := f"#{index}")
        ensure(leaf["at"] >= self.at, "time", where)
        for key, seq, before in leaf["links"]:
            head = self.heads.get(key, bytes(16))
            ensure((int.from_bytes(head[:8]) + 1, head[16:]) == (seq, before), "chain", where)
            self.heads[key] = _head(seq, index, hashed)
        if len(leaf["links"]) == 1 and len(self.known) < MOST_KNOWN:
            self.known.add(ids)
        self.at = leaf["at"]

    def _compare(self, files: Files, whole: bytes, ends: Sequence[int] = ()) -> None:
        """Note which files are not the beginning of what is whole; `ends` is where parts end."""
        for part, name, found in files:
            right = whole[: ends[: part + 1][-1] if ends else part * HASH]
            if found != right:
                rows = [{one[n : n + 32] for n in range(0, len(one), 32)} for one in (found, right)]
                code = "reordered" if rows[0] == rows[1] else "damaged"
                code = "truncated" if right.startswith(found) else code
                self.wrong.append(RefusedError(code, {"where": name, "size": self.size}))

    def stamps(self, trust: Trust, answer: Answer) -> None:
        """Hold stamps to their checkpoints, and take the checkpoints for kept ones."""
        told = dict[int, str]()
        for stamp in filter(None, map(PATTERNS["stamp"].fullmatch, sorted(self.extra))):
            name, note = stamp[0], Note(self.place.read(f"{stamp[1]}note"), f"{stamp[1]}note")
            own = [line for line in note.whole.split("\n") if line.startswith(f"— {note.origin} ")]
            imprint = digest(note.message, "\n".join(["", *own, ""]).encode())
            stamped = re.search(_SHA256 + re.escape(imprint), self.place.read(name) or b"")
            ensure(note.size == int(stamp[2]) and (stamped or stamp[3] == "note"), "stamp", name)
            trust.kept += [(name, note)] if stamp[3] == "note" else []
            told |= {note.size: imprint.hex()} if stamp[3] == "tsr" else {}
            self.extra.remove(name)
        for size in sorted(told)[-1:]:
            answer.say("stamped", where=f"stamps/{size}.tsr", imprint=told[size])


def verify_log(place: Place, trust: Trust, answer: Answer, *, quick: bool) -> None:
    """Verify a log from nothing, and say what was found; refuse one that is not whole."""
    note = Note(place.read("checkpoint"), "checkpoint")
    log = fit(load(place.read("log.json"), "log.json"), "log", "log.json")
    trust.learn(log["keys"], log["origin"], "log.json")
    walk = Walk(place, note.size, quick=quick)
    walk.stamps(trust, answer)
    trust.check(note, "checkpoint")
    for name, kept in trust.kept:
        ensure(kept.size <= note.size, "truncated", f"checkpoint < {name}", size=kept.size)
    roots = walk.roots({note.size, *(kept.size for _, kept in trust.kept)})
    names = [str(wrong.args[1]["where"]) for wrong in walk.wrong]
    ensure(names or roots[note.size] == note.root, "root", "checkpoint")
    # If the root is wrong, it may be the tile that is, not the bundle.
    names = [name.replace("entries", "0") for name in names if "entries" in name] + names
    ensure(roots[note.size] == note.root, "damaged", ", ".join(names[:20]))
    for wrong in walk.wrong + walk.findings:
        raise wrong
    for name, kept in trust.kept:
        notes = f"{kept.whole}\n{note.whole}"
        ensure(roots[kept.size] == kept.root, "forked", name, size=kept.size, notes=notes)
    code = "entries-refused" if place.refused else "log-quick" if quick else "log-whole"
    ensure(code != "log-whole" or map_root(walk.heads) == note.map, "map", "checkpoint")
    answer.checked.update(entries=0 if place.refused else note.size, files=place.files)
    answer.checked.update(chains=len(walk.heads), kept=len(trust.kept))
    answer.say(code, first=True, origin=note.origin, size=note.size)
    for name in sorted(walk.extra):
        answer.say("extra-file", where=name)
