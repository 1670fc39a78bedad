"""Proofs from a log, and the papers that carry them: receipt, evidence file, attestation."""

import io
import zipfile
import zlib
from typing import Any

from chengnuo_verify import reading
from chengnuo_verify.log import read_leaf
from chengnuo_verify.notes import Key, Note, Trust
from chengnuo_verify.reading import Answer, RefusedError, canonical, ensure, fit, load, shown
from chengnuo_verify.trees import LEAF, climb, digest, path_root

EVIDENCE = "chengnuo:evidence"
MOST_FILES, MOST_RATIO = 10_000, 200
_BATCHES = digest(b"chengnuo open chain v1\nprovision")
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, RuntimeError, ValueError)


class Proof:
    """One proof, held to its checkpoint step by step; the result goes into the answer."""

    def __init__(self, value: object, trust: Trust, answer: Answer) -> None:
        proof = self.proof = fit(value, "proof", "proof")
        self.note = note = Note(proof["checkpoint"].encode(), "checkpoint")
        same = note.origin == proof["origin"]
        ensure(same, "swapped", "checkpoint", found=note.origin, expected=proof["origin"])
        trust.learn(proof["keys"], note.origin, "keys")
        trust.check(note, "checkpoint")
        self.shown: dict[bytes, dict[str, Any]] = {}
        claim, chains, records = proof["claim"], proof["chains"], proof["records"]
        for at, record in enumerate(records):
            hashed = self._leaf(record["leaf"], f"records[{at}]")
            self._included(hashed, record["index"], record["path"], f"records[{at}]")
        claims = {"inclusion": records, "complete": chains, "absent": chains}
        ensure(claims.get(claim), "form", "claim")
        absent = claim == "absent"
        asked = fit(proof["question"], "question", "question") if absent else {"from": 0}
        walked = [self._chain(one, f"chains[{at}]", asked["from"]) for at, one in enumerate(chains)]
        for at, one in enumerate(proof["disclosed"]):
            sealed, leaf = one["sealed"], self.shown.get(one["leaf"], {})
            bound = sealed[:32] == digest(one["salt"], one["payload"].encode())
            named = digest(sealed).hex() == leaf.get("payload")
            ensure(bound and named, "payload", f"disclosed[{at}]")
        if absent:
            self._absent(asked, walked)
        count = len(walked[0] if claim == "complete" else records)
        facts = {"origin": note.origin, "size": note.size, "count": count}
        answer.say(claim, first=True, **facts, **(asked if absent else {}))
        for chain in chains[:1]:
            answer.say("about-tag", tag=chain["tag"].hex())
        for one in proof["erased"]:
            answer.say("erased", **one)
        for name, count in (("leaves", len(self.shown)), ("payloads", len(proof["disclosed"]))):
            answer.checked[name] = answer.checked.get(name, 0) + count

    def _leaf(self, text: str, where: str) -> bytes:
        hashed = digest(LEAF, text.encode())
        self.shown[hashed] = read_leaf(text.encode(), where)
        return hashed

    def _included(self, leaf: bytes, index: int, path: list[bytes], where: str) -> None:
        size, root = self.note.size, self.note.root
        if (found := path_root(leaf, index, size, path)) != root:
            for place in range(min(size, 4096)):
                moved = path_root(leaf, place, size, path) == root
                ensure(not moved, "reordered", f"{where}: #{index} → #{place}")
            raise RefusedError("proof" if found else "proof-size", {"where": where, "index": index})

    def _chain(self, chain: dict[str, Any], where: str, start: int) -> list[dict[str, Any]]:
        """Return a chain's leaves, newest first, down to its first or to one before `start`."""
        tag, path, end = chain["tag"], chain["map"]["path"], chain["map"]["end"]
        other, seq, head, found = tag, 0, b"", bytes(32)
        if end:
            other, seq, head = end["tag"], end["seq"], end["head"]
            found = digest(LEAF, other, seq.to_bytes(8), end["index"].to_bytes(8), head)
        bits, others = (f"{int.from_bytes(one):0256b}"[: len(path)] for one in (tag, other))
        ensure(len(path) == len(bits) and bits == others, "proof-map", where)
        found = climb(found, path[::-1], [bit == "1" for bit in bits[::-1]])
        ensure(found == self.note.map, "proof-map", where)
        if end and other == tag:
            self._included(head, end["index"], chain["path"], where)
        else:  # the map has nothing under this tag
            seq, head = 0, b""
        leaves: list[dict[str, Any]] = []
        for at, text in enumerate(chain["leaves"]):
            hashed = self._leaf(text, step := f"{where}.leaves[{at}]")
            leaf = self.shown[hashed]
            prev = {link[:2]: link[2] for link in leaf["links"]}.get((tag, seq))
            ensure(hashed == head and prev is not None, "chain", step)
            ensure(not leaves or leaf["at"] <= leaves[-1]["at"], "time", step)
            leaves.append(leaf | {"seq": seq})
            seq, head = seq - 1, prev or b""
        ensure(not seq or (leaves and leaves[-1]["at"] < start), "short", where, left=seq)
        return leaves

    def _absent(self, asked: dict[str, Any], walked: list[list[dict[str, Any]]]) -> None:
        start, end, kind, last = (
            asked["from"],
            asked["to"],
            asked["kind"],
            self.proof["records"][:1],
        )
        ensure(last and last[0]["index"] == self.note.size - 1, "window", "records[0]")
        newest = self.shown[digest(LEAF, last[0]["leaf"].encode())]["at"]
        ensure(kind in reading.FORMS["kinds"] and start <= end <= newest, "window", "question")
        tags, provision = [chain["tag"] for chain in self.proof["chains"]], kind == "provision"
        ensure(not provision or tags[1:2] == [_BATCHES], "form", "chains[1]")
        names = [n for n in ("recipient", "activity", "item") if asked[n] is not None]
        wanted = {"kind": kind} | {n: canonical(asked[n]).decode() for n in names}
        doubts = list[RefusedError]()
        for at, leaves in enumerate(walked[: 1 + provision]):
            for leaf in (leaf for leaf in leaves if start <= leaf["at"] <= end):
                facts = {"where": f"chains[{at}]", "at": leaf["at"], "seq": leaf["seq"]}
                other = {n for n in wanted if leaf[n] != wanted[n] and (not at or n == "recipient")}
                ensure(other or at, "found", **facts)
                unnamed = other == {"recipient"} and leaf["recipient"] is None and provision
                if not other or unnamed:
                    doubts.append(RefusedError("unnamed" if unnamed else "batch", facts))
        for doubt in doubts:
            raise doubt


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
    said["chengnuo:at"] = shown("at", next(iter(proof.shown.values()))["at"])
    for name, expected in said.items():
        ensure(canonical(paper.get(name)) == canonical(expected), "receipt", name)
    answer.say("receipt-whole", first=True, index=index, origin=origin)
    answer.say("rest")


def _verify_attestation(paper: dict[str, Any], trust: Trust, answer: Answer) -> None:
    envelope = fit(paper, "envelope", "attestation")
    kind, body, signatures = envelope["payloadType"], envelope["payload"], envelope["signatures"]
    fit(statement := load(body, "payload"), "statement", "statement")
    if EVIDENCE in statement["predicate"]:
        _, payload = _single(statement["predicate"], trust, answer)
        recorded = fit(payload, {"statement": "hex"}, "payload")["statement"]
        del statement["predicate"][EVIDENCE]
        ensure(recorded == digest(canonical(statement)), "statement", "payload")
    else:
        answer.say("no-evidence")
    message = b"DSSEv1 %d %s %d %s" % (len(kind.encode()), kind.encode(), len(body), body)
    for one in signatures:
        ensure(Key(one["keyid"]).signed(one["sig"], message), "signature", "signatures")
    signers = sorted(trust.trusted & {one["keyid"] for one in signatures})
    ensure(signers, "re-signed", "signatures")
    answer.say("attested", first=True, key=signers[0])


def _verify_pack(data: bytes, trust: Trust, answer: Answer) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            infos = pack.infolist()
            most = min(reading.MOST_BYTES, MOST_RATIO * len(data))
            within = sum(info.file_size for info in infos) <= most and len(infos) <= MOST_FILES
            ensure(within, "limit", "ZIP")
            before = ""
            for info in infos:
                ok = info.compress_type in {0, 8} and info.date_time == (1980, 1, 1, 0, 0, 0)
                ok = ok and before < (before := info.filename)
                ensure(ok and reading.PATTERNS["pack"].fullmatch(before), "pack", before)
            files = {info.filename: pack.read(info) for info in infos}
        manifest = load(files["manifest.json"], "manifest.json")
        fit(manifest, "manifest", "manifest.json")
        form = {name: "hex" for name in files if name != "manifest.json"}
        listed = fit(manifest["files"], form, "manifest.json.files")
        ensure(len(listed) == len(manifest["files"]), "pack", "manifest.json")
        for name, hashed in listed.items():
            ensure(digest(files[name]) == hashed, "damaged", name)
        for name in (name for name in files if name.startswith("receipts/")):
            _verify_receipt(load(files[name], name), trust, answer)
        Proof(load(files["proof.json"], "proof.json"), trust, answer)
    except _TORN:
        raise RefusedError("damaged", {"where": "ZIP"}) from None
    answer.say("evidence-whole", first=True, count=len(files))
    answer.say("rest")
