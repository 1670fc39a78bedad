"""Proofs from a log, and the papers that carry them: receipt, evidence file, attestation."""

import io
import zipfile
import zlib
from hashlib import sha256
from typing import Any

from chengnuo_verify import reading
from chengnuo_verify.log import read_leaf
from chengnuo_verify.notes import Trust, read_key, read_note
from chengnuo_verify.reading import Answer, RefusedError, canonical, ensure, fit, load
from chengnuo_verify.trees import leaf_hash, node_hash, path_root

EVIDENCE = "chengnuo:evidence"
MOST_FILES, MOST_RATIO = 10_000, 200
_BATCHES = sha256(b"chengnuo open chain v1\nprovision").digest()
_NAME = reading.PATTERNS["pack"]
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, RuntimeError, ValueError)


class Proof:
    """One proof, held to its checkpoint step by step; the result goes into the answer."""

    def __init__(self, value: object, trust: Trust, answer: Answer) -> None:
        proof = self.proof = fit(value, "proof", "proof")
        ensure(proof["type"] == "chengnuo-proof/1", "version", "type", found=proof["type"])
        self.note = note = read_note(proof["checkpoint"].encode(), "checkpoint")
        same = note.origin == proof["origin"]
        ensure(same, "swapped", "checkpoint", found=note.origin, expected=proof["origin"])
        trust.learn(proof["keys"], note.origin, "keys")
        trust.check(note, "checkpoint")
        self.shown: dict[bytes, dict[str, Any]] = {}
        claim, chains, records = proof["claim"], proof["chains"], proof["records"]
        for at, record in enumerate(records):
            hashed, _ = self._leaf(record["leaf"], f"records[{at}]")
            self._included(hashed, record["index"], record["path"], f"records[{at}]")
        claims = {"inclusion": records, "complete": chains, "absent": chains}
        ensure(claims.get(claim), "form", "claim")
        facts = {"origin": note.origin, "size": note.size, "count": len(records)}
        if claim == "complete":
            facts["count"] = len(self._chain(chains[0], "chains[0]", 0))
        if claim == "absent":
            facts |= (asked := fit(proof["question"], "question", "question"))
            self._absent(asked, records, chains)
        for at, one in enumerate(proof["disclosed"]):
            sealed, leaf = one["sealed"], self.shown.get(one["leaf"], {})
            bound = sealed[:32] == sha256(one["salt"] + one["payload"].encode()).digest()
            named = sha256(sealed).hexdigest() == leaf.get("payload")
            ensure(bound and named, "payload", f"disclosed[{at}]")
        answer.say(claim, first=True, **facts)
        if claim != "inclusion":
            answer.say("about-tag", tag=chains[0]["tag"].hex())
        for one in proof["erased"]:
            answer.say("erased", **one)
        for name, count in (("leaves", len(self.shown)), ("payloads", len(proof["disclosed"]))):
            answer.checked[name] = answer.checked.get(name, 0) + count

    def _leaf(self, text: str, where: str) -> tuple[bytes, dict[str, Any]]:
        hashed = leaf_hash(text.encode())
        self.shown[hashed] = read_leaf(text.encode(), where)
        return hashed, self.shown[hashed]

    def _included(self, leaf: bytes, index: int, path: list[bytes], where: str) -> None:
        size, root = self.note.size, self.note.root
        if (found := path_root(leaf, index, size, path)) != root:
            for place in range(min(size, 4096)):
                moved = path_root(leaf, place, size, path) == root
                ensure(not moved, "reordered", f"{where}: #{index} → #{place}")
            raise RefusedError("proof" if found else "proof-size", where, index=index)

    def _chain(self, chain: dict[str, Any], where: str, start: int) -> list[dict[str, Any]]:
        """Return a chain's leaves, newest first, down to its first or to one before `start`."""
        tag, path, end = chain["tag"], chain["map"]["path"], chain["map"]["end"]
        other, seq, head, found = tag, 0, b"", bytes(32)
        if end:
            other, seq, head = end["tag"], end["seq"], end["head"]
            found = leaf_hash(other + seq.to_bytes(8) + end["index"].to_bytes(8) + head)
        bits, others = (f"{int.from_bytes(one):0256b}"[: len(path)] for one in (tag, other))
        for bit, sibling in [*zip(bits, path, strict=False)][::-1]:
            found = node_hash(sibling, found) if bit == "1" else node_hash(found, sibling)
        ok = len(path) == len(bits) and bits == others and found == self.note.map
        ensure(ok, "proof-map", where)
        if end and other == tag:
            self._included(head, end["index"], chain["path"], where)
        else:  # the map has nothing under this tag
            seq, head = 0, b""
        leaves: list[dict[str, Any]] = []
        for at, text in enumerate(chain["leaves"]):
            hashed, leaf = self._leaf(text, step := f"{where}.leaves[{at}]")
            prev = {link[:2]: link[2] for link in leaf["links"]}.get((tag, seq))
            ensure(hashed == head and prev is not None, "chain", step)
            ensure(not leaves or leaf["at"] <= leaves[-1]["at"], "time", step)
            seq, head = seq - 1, prev or b""
            leaves.append(leaf)
        ensure(not seq or (leaves and leaves[-1]["at"] < start), "short", where, left=seq)
        return leaves

    def _absent(self, asked: dict[str, Any], records: list[Any], chains: list[Any]) -> None:
        start, end, kind = asked["from"], asked["to"], asked["kind"]
        ensure(records and records[0]["index"] == self.note.size - 1, "window", "records[0]")
        newest = self.shown[leaf_hash(records[0]["leaf"].encode())]["at"]
        ensure(kind in reading.FORMS["kinds"] and start <= end <= newest, "window", "question")
        names = [n for n in ("recipient", "activity", "item") if asked[n] is not None]
        for leaf in self._chain(chains[0], "chains[0]", start):
            same = leaf["kind"] == kind and all(leaf[name] == asked[name] for name in names)
            ensure(not (same and start <= leaf["at"] <= end), "found", "chains[0]", at=leaf["at"])
        if kind == "provision":
            ensure(len(chains) > 1 and chains[1]["tag"] == _BATCHES, "form", "chains[1]")
            for leaf in self._chain(chains[1], "chains[1]", start):
                same = asked["recipient"] in {None, leaf["recipient"]}
                within = same and start <= leaf["at"] <= end
                ensure(not within, "batch", "chains[1]", at=leaf["at"], seq=leaf["seq"])


def verify_paper(data: bytes, trust: Trust, answer: Answer, where: str) -> None:
    """Verify a file of whatever kind it shows to be."""
    if data.startswith(b"PK"):
        _verify_pack(data, trust, answer)
        return
    paper = load(data, where)
    names = {*paper} if isinstance(paper, dict) else set()
    ensure(names & {"payloadType", EVIDENCE, "claim"}, "not-known", where)
    other = _verify_receipt if EVIDENCE in names else Proof
    (_verify_attestation if "payloadType" in names else other)(paper, trust, answer)


def _single(holder: dict[str, Any], trust: Trust, answer: Answer) -> tuple[Proof, Any]:
    """Return a proof of one record, and the payload that it discloses."""
    proof = Proof(holder[EVIDENCE], trust, answer)
    disclosed = proof.proof["disclosed"]
    ensure(len(proof.proof["records"]) == len(proof.shown) == len(disclosed) == 1, "form", EVIDENCE)
    return proof, load(disclosed[0]["payload"].encode(), "payload")


def _verify_receipt(paper: Any, trust: Trust, answer: Answer) -> None:  # noqa: ANN401
    ensure(isinstance(paper, dict) and EVIDENCE in paper, "form", "receipt")
    proof, payload = _single(paper, trust, answer)
    index, origin = proof.proof["records"][0]["index"], proof.note.origin
    said = {"dct:identifier": f"urn:chengnuo:{origin}:{index}", "chengnuo:record": payload}
    said["chengnuo:at"] = reading.moment(next(iter(proof.shown.values()))["at"])
    for name, expected in said.items():
        ensure(canonical(paper.get(name)) == canonical(expected), "receipt", name)
    answer.say("receipt-whole", first=True, index=index, origin=origin)
    answer.say("rest")


def _verify_attestation(paper: dict[str, Any], trust: Trust, answer: Answer) -> None:
    envelope = fit(paper, "envelope", "attestation")
    kind, body, signatures = envelope["payloadType"], envelope["payload"], envelope["signatures"]
    ensure(kind == "application/vnd.in-toto+json", "version", "payloadType", found=kind)
    statement = load(body, "payload")
    version = fit(statement, "statement", "statement")["_type"]
    ensure(version == "https://in-toto.io/Statement/v1", "version", "_type", found=version)
    if EVIDENCE in statement["predicate"]:
        _, payload = _single(statement["predicate"], trust, answer)
        recorded = fit(payload, {"statement": "hex"}, "payload")["statement"]
        del statement["predicate"][EVIDENCE]
        digest = sha256(canonical(statement)).digest()
        ensure(recorded == digest, "statement", "payload")
    else:
        answer.say("no-evidence")
    message = b"DSSEv1 %d %s %d %s" % (len(kind.encode()), kind.encode(), len(body), body)
    for one in signatures:
        ensure(read_key(one["keyid"]).signed(one["sig"], message), "signature", "signatures")
    signers = sorted(trust.trusted & {one["keyid"] for one in signatures})
    ensure(signers, "re-signed", "signatures")
    answer.say("attested", first=True, key=signers[0])


def _verify_pack(data: bytes, trust: Trust, answer: Answer) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            infos = pack.infolist()
            most = min(reading.MOST_BYTES, MOST_RATIO * len(data))
            within = sum(info.file_size for info in infos) <= most
            ensure(within and len(infos) <= MOST_FILES, "limit", "ZIP")
            names = [info.filename for info in infos]
            for before, info in zip(["", *names], infos, strict=False):
                plain = info.compress_type in {0, 8} and info.date_time == (1980, 1, 1, 0, 0, 0)
                ok = plain and before < info.filename and _NAME.fullmatch(info.filename)
                ensure(ok, "pack", info.filename)
            manifest = load(pack.read("manifest.json"), "manifest.json")
            form = {"type": "text", "files": {n: "hex" for n in names if n != "manifest.json"}}
            listed = fit(manifest, form, "manifest.json")
            version = listed["type"]
            ensure(version == "chengnuo-evidence/1", "version", "manifest.json", found=version)
            ensure(len(listed["files"]) == len(manifest["files"]), "pack", "manifest.json")
            for name, digest in listed["files"].items():
                ensure(sha256(pack.read(name)).digest() == digest, "damaged", name)
            for name in [name for name in names if name.startswith("receipts/")]:
                _verify_receipt(load(pack.read(name), name), trust, answer)
            Proof(load(pack.read("proof.json"), "proof.json"), trust, answer)
    except _TORN:
        raise RefusedError("damaged", "ZIP") from None
    answer.say("evidence-whole", first=True, count=len(names))
    answer.say("rest")
