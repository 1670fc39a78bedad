"""The command: proofs, and the papers that carry them, or a whole log. It writes no file."""

import argparse
import io
import sys
import zipfile
import zlib
from pathlib import Path

from chengnuo_verify import log, reading
from chengnuo_verify.log import LEAF, Key, Note, Trust, digest, read_leaf, signed
from chengnuo_verify.reading import FORMS, Json, RefusedError, canonical, ensure, fit, load

EVIDENCE, MOST_FILES, MOST_RATIO = "chengnuo:evidence", 10_000, 200
_CLAIMS = {"inclusion": "records", "complete": "chains", "absent": "chains"}
_TORN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, RuntimeError, ValueError)


class Papers:
    """Verifies papers of every kind. `note`, `proof` and `shown` (leaves) are of the last proof."""

    def __init__(self, trust: Trust, answer: reading.Answer) -> None:
        self.trust, self.answer, self.shown = trust, answer, dict[bytes, Json]()

    def verify(self, data: bytes, where: str) -> None:
        """Verify a file of whatever kind it shows to be."""
        if data.startswith(b"PK"):
            self._pack(data)
            return
        paper = load(data, where)
        kinds = {"payloadType": self._attestation, EVIDENCE: self._receipt, "claim": self._proof}
        found = [kinds[name] for name in kinds if isinstance(paper, dict) and name in paper]
        ensure(found, "not-known", where)[0](paper)

    def _proof(self, value: Json) -> None:
        """Hold a proof to its checkpoint step by step."""
        self.shown, self.proof = {}, (proof := fit(value, "proof", "proof"))
        self.note = note = Note(proof["checkpoint"].encode(), "checkpoint")
        origin, claim, chains = proof["origin"], proof["claim"], proof["chains"]
        ensure(note.origin == origin, "swapped", "checkpoint", found=note.origin, expected=origin)
        self.trust.learn(proof["keys"], origin, "keys")
        self.trust.check(note, "checkpoint")
        for at, one in enumerate(proof["records"]):
            self._included(self._leaf(one["leaf"], where := f"records[{at}]"), one, where)
        ensure(claim in _CLAIMS and proof[_CLAIMS[claim]], "form", "claim")
        absent = claim == "absent"
        asked = fit(proof["question"], "question", "question") if absent else {"from": 0}
        walked = [self._chain(one, f"chains[{at}]", asked["from"]) for at, one in enumerate(chains)]
        for at, one in enumerate(proof["disclosed"]):
            named = self.shown.get(one["leaf"], {}).get("payload") == digest(one["sealed"]).hex()
            bound = one["sealed"].startswith(digest(one["salt"], one["payload"].encode()))
            ensure(named and bound, "payload", f"disclosed[{at}]")
        facts = {"count": len(walked[0] if claim == "complete" else proof["records"])}
        facts |= self._absent(asked, walked) if absent else {}
        self.answer.say(claim, first=True, origin=origin, size=note.size, **facts)
        for chain in chains[:1]:
            self.answer.say("about-tag", tag=chain["tag"].hex())
        for one in proof["erased"]:
            self.answer.say("erased", **one)
        for name, count in (("leaves", len(self.shown)), ("payloads", len(proof["disclosed"]))):
            self.answer.checked[name] = self.answer.checked.get(name, 0) + count

    def _leaf(self, text: str, where: str) -> bytes:
        hashed = digest(LEAF, text.encode())
        self.shown[hashed] = read_leaf(text.encode(), where)
        return hashed

    def _included(self, leaf: bytes, shown: Json, where: str) -> None:
        size, index, path = self.note.size, shown["index"], shown["path"]
        if (found := log.path_root(leaf, index, size, path)) != self.note.root:
            for place in range(min(size, 4096)):
                moved = log.path_root(leaf, place, size, path) == self.note.root
                ensure(not moved, "reordered", f"{where}: #{index} → #{place}")
            raise RefusedError("proof" if found else "proof-size", {"where": where, "index": index})

    def _chain(self, chain: Json, where: str, start: int) -> list[Json]:
        """Return a chain's leaves, newest first, down to its first or to one before `start`."""
        tag, path, end = chain["tag"], chain["map"]["path"], chain["map"]["end"]
        other, seq, head, found = tag, 0, b"", bytes(32)
        if end:
            other, seq, head = end["tag"], end["seq"], end["head"]
            found = digest(LEAF, other, seq.to_bytes(8), end["index"].to_bytes(8), head)
        bits, others = (f"{int.from_bytes(one):0256b}"[: len(path)] for one in (tag, other))
        ensure(len(path) == len(bits) and bits == others, "proof-map", where)
        found = log.climb(found, path[::-1], [bit == "1" for bit in bits[::-1]])
        ensure(found == self.note.map, "proof-map", where)
        if end and other == tag:
            self._included(head, end | {"path": chain["path"]}, where)
        else:  # the map has nothing under this tag
            seq = 0
        leaves = list[Json]()
        for at, text in enumerate(chain["leaves"]):
            leaf = self.shown[hashed := self._leaf(text, step := f"{where}.leaves[{at}]")]
            prev = {link[:2]: link[2] for link in leaf["links"]}.get((tag, seq))
            ensure(hashed == head and prev is not None, "chain", step)
            ensure(not leaves or leaf["at"] <= leaves[-1]["at"], "time", step)
            leaves.append(leaf | {"seq": seq})
            seq, head = seq - 1, prev or b""
        ensure(not seq or (leaves and leaves[-1]["at"] < start), "short", where, left=seq)
        return leaves

    def _absent(self, asked: Json, walked: list[list[Json]]) -> Json:
        """Return what was asked if no record matches it, nor may one that is not covered."""
        start, end, kind = asked["from"], asked["to"], asked["kind"]
        last, chains = self.proof["records"][:1], self.proof["chains"]
        ensure(last and last[0]["index"] == self.note.size - 1, "window", "records[0]")
        newest = self.shown[digest(LEAF, last[0]["leaf"].encode())]["at"]
        ensure(kind in FORMS["kinds"] and start <= end <= newest, "window", "question")
        batches = [digest(b"chengnuo open chain v1\n", kind.encode())]
        ensure([chain["tag"] for chain in chains[1:2]] == batches, "form", "chains[1]")
        names = [n for n in ("recipient", "activity", "item") if asked[n] is not None]
        wanted = {"kind": kind} | {n: canonical(asked[n]).decode() for n in names}
        doubts = list[RefusedError]()
        for at, leaves in enumerate(walked[:2]):
            for leaf in (leaf for leaf in leaves if start <= leaf["at"] <= end):
                facts = {"where": f"chains[{at}]", "at": leaf["at"], "seq": leaf["seq"]}
                other = {n for n in wanted if leaf[n] != wanted[n] and (not at or n == "recipient")}
                ensure(other or at, "found", **facts)
                if all(leaf[n] is None for n in other):  # what it does not name it may be about
                    doubts.append(RefusedError("unnamed" if other else "batch", facts))
        for doubt in doubts:
            raise doubt
        return asked

    def _single(self, value: Json) -> Json:
        """Verify a proof of one record, and return the payload that it discloses."""
        self._proof(value)
        disclosed = self.proof["disclosed"]
        counts = {len(self.proof["records"]), len(self.shown), len(disclosed)}
        ensure(counts == {1}, "form", EVIDENCE)
        return load(disclosed[0]["payload"].encode(), "payload")

    def _receipt(self, paper: Json) -> None:
        ensure(isinstance(paper, dict) and EVIDENCE in paper, "form", "receipt")
        said = {"chengnuo:record": self._single(paper[EVIDENCE])}
        index, origin = self.proof["records"][0]["index"], self.note.origin
        said["dct:identifier"] = f"urn:chengnuo:{origin}:{index}"
        said["chengnuo:at"] = reading.shown("at", next(iter(self.shown.values()))["at"])
        for name, expected in said.items():
            ensure(canonical(paper.get(name)) == canonical(expected), "receipt", name)
        self.answer.say("receipt-whole", first=True, index=index, origin=origin)
        self.answer.say("rest")

    def _attestation(self, paper: Json) -> None:
        envelope = fit(paper, "envelope", "attestation")
        kind, body, signatures = (envelope[n] for n in ("payloadType", "payload", "signatures"))
        fit(statement := load(body, "payload"), "statement", "statement")
        if EVIDENCE in statement["predicate"]:
            payload = self._single(statement["predicate"].pop(EVIDENCE))
            recorded = fit(payload, {"statement": "hex"}, "payload")["statement"]
            ensure(recorded == digest(canonical(statement)), "statement", "payload")
        else:
            self.answer.say("no-evidence")
        message = b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(body), body)
        for one in signatures:
            ensure(signed(Key(one["keyid"]).public, one["sig"], message), "signature", "signatures")
        signers = sorted(self.trust.trusted & {one["keyid"] for one in signatures})
        self.answer.say("attested", first=True, key=ensure(signers, "re-signed", "signatures")[0])

    def _pack(self, data: bytes) -> None:
        before, most = "", min(reading.MOST_BYTES, MOST_RATIO * len(data))
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as pack:
                infos = pack.infolist()
                within = sum(info.file_size for info in infos) <= most and len(infos) <= MOST_FILES
                ensure(within, "limit", "ZIP")
                for info in infos:
                    ok = info.compress_type in {0, 8} and info.date_time == (1980, 1, 1, 0, 0, 0)
                    ok = ok and before < (before := info.filename)
                    ensure(ok and reading.PATTERNS["pack"].fullmatch(before), "pack", before)
                files = {info.filename: pack.read(info) for info in infos}
            listing, proof = files.pop("manifest.json"), files["proof.json"]
        except _TORN:
            raise RefusedError("damaged", {"where": "ZIP"}) from None
        fit(manifest := load(listing, "manifest.json"), "manifest", "manifest.json")
        listed = fit(manifest["files"], dict.fromkeys(files, "hex"), "manifest.json.files")
        ensure(len(listed) == len(manifest["files"]), "pack", "manifest.json")
        for name, hashed in listed.items():
            ensure(digest(files[name]) == hashed, "damaged", name)
        for name in (name for name in files if name.startswith("receipts/")):
            self._receipt(load(files[name], name))
        self._proof(load(proof, "proof.json"))
        self.answer.say("evidence-whole", first=True, count=len(files) + 1)
        self.answer.say("rest")


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="chengnuo-verify", **FORMS["command"])
    for name, option in FORMS["options"].items():
        parser.add_argument(name, **option)
    args, answer = parser.parse_args(argv), reading.Answer()
    place = reading.Place(args.what)
    try:
        trust = Trust(args)
        if place.is_site or Path(args.what).is_dir():
            log.verify_log(place, trust, answer, quick=args.quick)
        else:
            Papers(trust, answer).verify(place.read() or b"", Path(args.what).name)
        if not args.key:
            answer.say("key-unpinned", key=trust.pinned[0].vkey)
    except (RefusedError, RecursionError) as error:
        known = error.args if isinstance(error, RefusedError) else ("limit", {"where": args.what})
        answer = reading.Answer()
        answer.say(known[0], **known[1])
    text, status = answer.render(args.lang, as_json=args.json)
    sys.stdout.write(f"{text}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
