"""Makes logs, proofs, receipts, evidence files and attestations from the format page alone.

It shares nothing with the writer but the reference tree, so that what the verifier says of its
files says something of the format. Everything is derived from a seed; a test changes one thing.
"""

import io
import json
import zipfile
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chengnuo.engines.merkle import reference

ORIGIN = "log.example/shop"
START = 1_764_313_000_000_000
Json = dict[str, Any]


def b64(data: bytes) -> str:
    return b64encode(data).decode()


def canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(b"\x00" + leaf).digest()


def open_tag(kind: str) -> str:
    return sha256(f"chengnuo open chain v1\n{kind}".encode()).hexdigest()


def tag_of(person: str) -> str:
    return sha256(b"chengnuo leaf tag v1\n" + sha256(person.encode()).digest()).hexdigest()


@dataclass(frozen=True)
class Signer:
    """A key of a log (kind 1) or of a witness (kind 4)."""

    seed: str
    name: str = ORIGIN
    kind: int = 1

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(sha256(self.seed.encode()).digest())

    @property
    def data(self) -> bytes:
        public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return bytes((self.kind,)) + public

    @property
    def ident(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + self.data).digest()[:4]

    @property
    def vkey(self) -> str:
        return f"{self.name}+{self.ident.hex()}+{b64(self.data)}"

    def line(self, text: str, time: int = 1_764_400_000) -> str:
        if self.kind == 4:
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
            signature = time.to_bytes(8, "big") + self.private.sign(message)
        else:
            signature = self.private.sign(text.encode())
        return f"— {self.name} {b64(self.ident + signature)}\n"


def listed(signers: Sequence[Signer], starts: Sequence[int] = (0,)) -> list[Json]:
    """The keys of `log.json`; each is in force from its start to the one after the next's."""
    keys: list[Json] = []
    for at, signer in enumerate(signers):
        mark = None
        if at:
            text = f"chengnuo log key v1\n{signer.name}\n{signer.vkey}\n"
            mark = b64(signers[at - 1].private.sign(text.encode()))
        start = starts[at] if at < len(starts) else 0
        until = starts[at + 1] + 5 if at + 1 < len(starts) else None
        keys.append({"endorsement": mark, "from": start, "until": until, "vkey": signer.vkey})
    return keys


@dataclass(frozen=True)
class Record:
    """One record to be written."""

    kind: str = "decision"
    person: str | None = "甲"
    recipient: str | None = None
    activity: str | None = "act-login"
    item: str | None = None
    also: str | None = None
    step: int = 1_000_000
    payload: Json = field(default_factory=lambda: {"said": "样例"})

    @property
    def tag(self) -> str:
        return open_tag(self.kind) if self.person is None else tag_of(self.person)


def sealed(record: Record, index: int) -> tuple[bytes, bytes, bytes]:
    """Payload, salt and sealed bytes."""
    payload = canonical({**record.payload, "number": index})
    salt = sha256(b"salt" + index.to_bytes(8, "big")).digest()
    commitment = sha256(salt + payload).digest()
    if record.person is None:
        return payload, salt, commitment + salt + payload
    return payload, salt, commitment + sha256(b"nonce").digest()[:12] + bytes(len(payload) + 48)


@dataclass
class Made:
    """A log as it should be; a test changes its parts before they are written."""

    signers: list[Signer]
    leaves: list[bytes]
    payloads: list[tuple[bytes, bytes, bytes]]
    origin: str = ORIGIN
    starts: Sequence[int] = (0,)
    witnesses: list[Signer] = field(default_factory=list)

    @property
    def hashes(self) -> list[bytes]:
        return [leaf_hash(leaf) for leaf in self.leaves]

    def leaf(self, index: int) -> Json:
        found: Json = json.loads(self.leaves[index])
        return found

    def heads(self, size: int) -> dict[str, tuple[int, int, bytes]]:
        heads: dict[str, tuple[int, int, bytes]] = {}
        for index, leaf in enumerate(self.leaves[:size]):
            value = json.loads(leaf)
            for link in (value, value.get("also")):
                if link:
                    heads[link["tag"]] = (link["seq"], index, leaf_hash(leaf))
        return heads

    def map_root(self, size: int) -> bytes:
        return map_node(self.heads(size), "")

    def note(
        self,
        size: int | None = None,
        *,
        root: bytes | None = None,
        by: Sequence[Signer] | None = None,
        heads: bytes | None = None,
    ) -> str:
        size = len(self.leaves) if size is None else size
        root = reference.root(self.hashes[:size]) if root is None else root
        heads = self.map_root(size) if heads is None else heads
        text = f"{self.origin}\n{size}\n{b64(root)}\nchengnuo-map {b64(heads)}\n"
        by = self.signers[-1:] if by is None else by
        return text + "\n" + "".join(one.line(text) for one in [*by, *self.witnesses])

    def keys(self) -> list[Json]:
        return listed(self.signers, self.starts)

    def files(self, note: str | None = None) -> dict[str, bytes]:
        """Every file of the log's folder."""
        size = len(self.leaves)
        log = {"keys": self.keys(), "origin": self.origin, "v": 1}
        files = {
            "checkpoint": (self.note() if note is None else note).encode(),
            "log.json": canonical(log),
        }
        for start in range(0, size, 256):
            part = self.leaves[start : start + 256]
            name = tile_name("entries", start // 256, len(part))
            files[name] = b"".join(len(one).to_bytes(2, "big") + one for one in part)
        level, row = 0, self.hashes
        while row:
            for start in range(0, len(row), 256):
                part = row[start : start + 256]
                files[tile_name(level, start // 256, len(part))] = b"".join(part)
            full = [row[at : at + 256] for at in range(0, len(row) - 255, 256)]
            level, row = level + 1, [reference.root(part) for part in full]
        return files

    def record(self, index: int) -> Json:
        path = reference.inclusion(index, self.hashes)
        text = self.leaves[index].decode()
        return {"index": index, "leaf": text, "path": [b64(node) for node in path]}

    def disclosed(self, index: int) -> Json:
        payload, salt, seal = self.payloads[index]
        leaf = self.hashes[index].hex()
        return {"leaf": leaf, "payload": payload.decode(), "salt": b64(salt), "sealed": b64(seal)}

    def chain(self, tag: str, start: int = 0) -> Json:
        path, end = map_path(self.heads(len(self.leaves)), tag)
        shown = {"path": [b64(node) for node in path], "end": end}
        if end is None or end["tag"] != tag:
            return {"tag": tag, "map": shown, "index": None, "path": [], "leaves": []}
        leaves = []
        for leaf in reversed(self.leaves):
            value = json.loads(leaf)
            if tag in {value["tag"], value.get("also", {}).get("tag")}:
                leaves.append(leaf.decode())
                if value["at"] < start:
                    break
        path = reference.inclusion(end["index"], self.hashes)
        return {
            "tag": tag,
            "map": shown,
            "index": end["index"],
            "path": [b64(node) for node in path],
            "leaves": leaves,
        }

    def proof(self, claim: str, **parts: object) -> Json:
        return {
            "type": "chengnuo-proof/1",
            "claim": claim,
            "checkpoint": self.note(),
            "keys": self.keys(),
            "origin": self.origin,
            "records": [],
            "chains": [],
            "disclosed": [],
            "erased": [],
            **parts,
        }

    def inclusion(self, *indexes: int) -> Json:
        records = [self.record(index) for index in indexes]
        return self.proof(
            "inclusion", records=records, disclosed=[self.disclosed(i) for i in indexes]
        )

    def joined(self, tag: str) -> list[str]:
        """The tag, and those that merges join to it: each where it is first met."""
        tags = [tag]
        for one in tags:
            for text in self.chain(one)["leaves"]:
                leaf = json.loads(text)
                met = (leaf["tag"], leaf.get("also", leaf)["tag"])
                tags += [other for other in dict.fromkeys(met) if other not in tags]
        return tags

    def complete(self, tag: str) -> Json:
        return self.proof("complete", chains=[self.chain(one) for one in self.joined(tag)])

    def absent(self, tag: str, start: int, end: int, **asked: str | None) -> Json:
        question = {
            "kind": "provision",
            "recipient": None,
            "activity": None,
            "item": None,
            "from": start,
            "to": end,
            **asked,
        }
        chains = [self.chain(one) for one in self.joined(tag)]
        chains.insert(1, self.chain(open_tag(str(question["kind"])), start))
        last = self.record(len(self.leaves) - 1)
        return self.proof("absent", records=[last], chains=chains, question=question)

    def receipt(self, index: int) -> Json:
        at = self.leaf(index)["at"]
        seconds, micros = divmod(at, 1_000_000)
        return {
            "@context": {"dpv": "https://w3id.org/dpv#"},
            "@type": "dpv:ConsentReceipt",
            "dct:identifier": f"urn:chengnuo:{self.origin}:{index}",
            "chengnuo:at": f"{rfc3339(seconds)}.{micros:06d}Z",
            "chengnuo:record": json.loads(self.payloads[index][0]),
            "chengnuo:evidence": self.inclusion(index),
        }


def rfc3339(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def bits(tag: str) -> str:
    return f"{int(tag, 16):0256b}"


def map_entry(tag: str, head: tuple[int, int, bytes]) -> bytes:
    seq, index, leaf = head
    return sha256(
        b"\x00" + bytes.fromhex(tag) + seq.to_bytes(8, "big") + index.to_bytes(8, "big") + leaf
    ).digest()


def map_node(heads: dict[str, tuple[int, int, bytes]], prefix: str) -> bytes:
    """The definition of the map, word for word."""
    inside = {tag: head for tag, head in heads.items() if bits(tag).startswith(prefix)}
    if not inside:
        return bytes(32)
    if len(inside) == 1:
        return map_entry(*next(iter(inside.items())))
    return sha256(
        b"\x01" + map_node(inside, prefix + "0") + map_node(inside, prefix + "1")
    ).digest()


def map_path(heads: dict[str, tuple[int, int, bytes]], tag: str) -> tuple[list[bytes], Json | None]:
    path: list[bytes] = []
    while True:
        prefix = bits(tag)[: len(path)]
        inside = [one for one in heads if bits(one).startswith(prefix)]
        if len(inside) <= 1:
            break
        path.append(map_node(heads, prefix + "10"[int(bits(tag)[len(path)])]))
    if not inside:
        return path, None
    seq, index, leaf = heads[inside[0]]
    return path, {"tag": inside[0], "seq": seq, "index": index, "head": leaf.hex()}


def tile_name(level: int | str, index: int, width: int) -> str:
    text = f"{index:03d}"
    text = text.rjust(-(-len(text) // 3) * 3, "0")
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"tile/{level}/{path}" + ("" if width == 256 else f".p/{width}")


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def make(
    records: Sequence[Record],
    *,
    signers: Sequence[Signer] = (),
    change: Callable[[int, Json], Json] = lambda _, leaf: leaf,
) -> Made:
    """Make a log of some records; `change` forges a leaf before it is hashed and linked to."""
    leaves: list[bytes] = []
    payloads = []
    chains: dict[str, tuple[int, str]] = {}
    at = START
    for index, record in enumerate(records):
        at += record.step
        payload = sealed(record, index)
        leaf: Json = {
            "v": 1,
            "kind": record.kind,
            "at": at,
            "payload": sha256(payload[2]).hexdigest(),
            "law": "2026-01",
            "register": "7c1f90ab22e4",
        }
        leaf |= link(chains, record.tag)
        if record.also:
            leaf["also"] = link(chains, tag_of(record.also))
        named = {"activity": record.activity, "recipient": record.recipient, "item": record.item}
        leaf |= {name: text for name, text in named.items() if text is not None}
        leaf = change(index, leaf)
        leaves.append(canonical(leaf))
        payloads.append(payload)
        for one in (leaf, leaf.get("also")):
            if one:
                chains[one["tag"]] = (one["seq"], leaf_hash(leaves[-1]).hex())
    return Made(signers=list(signers) or [Signer("first")], leaves=leaves, payloads=payloads)


def link(chains: dict[str, tuple[int, str]], tag: str) -> Json:
    if tag not in chains:
        return {"tag": tag, "seq": 1}
    seq, prev = chains[tag]
    return {"tag": tag, "seq": seq + 1, "prev": prev}


def records(count: int) -> list[Record]:
    """A plain mix: three people, one batch in ten, a merger of two aliases."""
    made = []
    for number in range(count):
        if number % 10 == 9:
            made.append(Record(kind="provision", person=None, recipient=f"r-{number % 3}"))
        elif number % 10 == 5:
            made.append(Record(kind="provision", person="乙", recipient="r-7", item="phone"))
        elif number == 3:
            made.append(Record(kind="aliases-merged", person="甲", also="丙"))
        else:
            made.append(
                Record(
                    kind="notice-shown" if number % 2 else "decision", person="甲乙丙"[number % 3]
                )
            )
    return made


def evidence_file(
    proof: Json,
    receipts: Sequence[Json] = (),
    *,
    changed: dict[str, bytes] | None = None,
    late: dict[str, bytes] | None = None,
) -> bytes:
    """A ZIP; `changed` replaces files before the manifest is made, `late` after."""
    files = {
        "proof.json": canonical(proof),
        "notices/n-1.html": "<p>告知</p>".encode(),
        "README.txt": b"read me",
    }
    files |= {f"receipts/{at}.json": canonical(one) for at, one in enumerate(receipts)}
    files |= changed or {}
    listing = {name: sha256(data).hexdigest() for name, data in files.items()}
    files["manifest.json"] = canonical({"type": "chengnuo-evidence/1", "files": listing})
    files |= late or {}
    return pack(files)


def pack(
    files: dict[str, bytes], date: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, date), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def statement(**predicate: object) -> Json:
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "rules.html", "digest": {"sha256": "0" * 64}}],
        "predicateType": "https://chengnuo.example/inspection/v1",
        "predicate": {"result": "pass", **predicate},
    }


def envelope(said: Json, signer: Signer) -> Json:
    body = canonical(said)
    kind = "application/vnd.in-toto+json"
    message = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(body), body)
    signature = {"keyid": signer.vkey, "sig": b64(signer.private.sign(message))}
    return {"payloadType": kind, "payload": b64(body), "signatures": [signature]}


def attestation(count: int = 7, signer: Signer | None = None) -> tuple[Made, Json]:
    """An attestation whose statement the log recorded before it was given out with its proof."""
    said = statement()
    record = Record(
        kind="attestation", person=None, payload={"statement": sha256(canonical(said)).hexdigest()}
    )
    made = make([*records(count), record])
    whole = statement(**{"chengnuo:evidence": made.inclusion(count)})
    return made, envelope(whole, signer or made.signers[0])
