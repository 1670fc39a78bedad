"""The command: proofs, and the papers that carry them, or a whole log. It writes no file."""

import argparse
import io
import sys
import zipfile
import zlib
from functools import partial
from pathlib import Path

from chengnuo_verify import log, reading
from chengnuo_verify.board import verify_board
from chengnuo_verify.log import LEAF, Key, Note, Trust, digest, read_leaf, signed
from chengnuo_verify.reading import FORMS, Json, RefusedError, canonical, ensure, fit, load

EVIDENCE, BESIDE, MOST_FILES, MOST_RATIO = "chengnuo:evidence", "attestation.json", 10_000, 200
TOUCHING = {"provision", "publication", "operator-read", "export"}  # what a trace must name
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
        ensure(proof["records" if claim == "inclusion" else "chains"], "form", "claim")
        asked: Json = {"kind": "", "from": 0}
        if absent := claim == "absent":
            asked = fit(proof["question"], "question", "question")
        batches = digest(b"chengnuo open chain v1\n", asked["kind"].encode())
        starts = {batches: asked["from"]}  # of an individual, a merge before it joins chains too
        held = {one["tag"]: self._chain(one, at, starts) for at, one in enumerate(chains)}
        for at, one in enumerate(proof["disclosed"]):
            named = self.shown.get(one["leaf"], {}).get("payload") == digest(one["sealed"]).hex()
            bound = one["sealed"].startswith(digest(one["salt"], one["payload"].encode()))
            ensure(named and bound, "payload", f"disclosed[{at}]")
        facts = self._absent(asked, batches, held) if absent else {"count": len(proof["records"])}
        facts |= {"count": self._joined(held)} if claim == "complete" else {}
        self.answer.say(claim, first=True, origin=origin, size=note.size, **facts)
        for tag in (tag for tag in held if tag != batches):
            self.answer.say("about-tag", tag=tag.hex())
        for one in proof["erased"]:
            self.answer.say("erased", **one)
        self._shards(proof["disclosed"])
        self.answer.checked.update(leaves=len(self.shown), payloads=len(proof["disclosed"]))

    def _shards(self, disclosed: Json) -> None:
        """Tell of the checkpoints of other shards that records have seen, and of those missing."""
        sizes = {self.note.origin: self.note.size}
        for at, one in enumerate(disclosed):
            if self.shown[one["leaf"]]["kind"] == "checkpoint-seen":
                payload = load(one["payload"].encode(), where := f"disclosed[{at}]")
                seen = fit(payload, "seen", where)
                if not reading.PATTERNS["shard"].fullmatch(seen["log"]):
                    continue
                note = Note(seen["note"]["text"].encode(), where)
                said = [seen[name] for name in ("log", "size", "root")]
                named = said == [note.origin, note.size, note.root]
                ensure(named, "seen-wrong", where)
                sizes[note.origin] = max(note.size, sizes.get(note.origin, 0))
                self.answer.say("seen", origin=note.origin, size=note.size)
        names = filter(None, map(reading.PATTERNS["shard"].fullmatch, sizes))
        for base, of in sorted({(one[1], int(one[3])) for one in names} if len(sizes) > 1 else ()):
            left = [n for n in range(1, of + 1) if f"{base}/{n}-of-{of}" not in sizes]
            total = sum(size for name, size in sizes.items() if name.startswith(f"{base}/"))
            code = "shards-missing" if left else "shards"
            self.answer.say(code, origin=base, of=of, size=total, left=", ".join(map(str, left)))

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

    def _chain(self, chain: Json, number: int, starts: dict[bytes, int]) -> dict[bytes, Json]:
        """Return a chain's leaves, newest first, down to its first or to one before its start."""
        where, tag, path, found = f"chains[{number}]", chain["tag"], chain["map"]["path"], bytes(32)
        end = chain["map"]["end"] or {"tag": tag, "seq": 0, "head": b""}
        if chain["map"]["end"]:
            numbers = (end[name].to_bytes(8) for name in ("seq", "index"))
            found = digest(LEAF, end["tag"], *numbers, end["head"])
        places = [int.from_bytes(one) >> max(256 - len(path), 0) for one in (tag, end["tag"])]
        found = log.path_root(found, places[0], 1 << len(path), path[::-1])
        meets = len(path) <= 8 * len(tag) and places[0] == places[1]
        ensure(meets and found == self.note.map, "proof-map", where)
        seq, head = end["seq"] if end["tag"] == tag else 0, end["head"]
        if seq:  # else the map has nothing under this tag
            self._included(head, end | {"path": chain["path"]}, where)
        leaves, before = dict[bytes, Json](), reading.MOST_INTEGER
        for at, text in enumerate(chain["leaves"]):
            leaf = self.shown[hashed := self._leaf(text, step := f"{where}.leaves[{at}]")]
            prev = {link[:2]: link[2] for link in leaf["links"]}.get((tag, seq))
            ensure(hashed == head and prev is not None, "chain", step)
            ensure(leaf["at"] <= before, "time", step)
            leaves[hashed] = leaf | {"seq": seq, "where": where}
            seq, head, before = seq - 1, prev or b"", leaf["at"]
        ensure(not seq or before < starts.get(tag, 0), "short", where, left=seq)
        return leaves

    def _joined(self, own: dict[bytes, dict[bytes, Json]]) -> int:
        """Return how many records there are of one individual, whose chains merges join."""
        met = set(list(own)[:1])
        for tag, leaves in own.items():
            ensure(tag in met, "form", f"chains: {tag.hex()}")
            for hashed, leaf in leaves.items():
                met |= (tags := {link[0] for link in leaf["links"]})
                for other in (other for other in tags if hashed not in own.get(other, ())):
                    facts = {"where": leaf["where"], "seq": leaf["seq"], "tag": other.hex()}
                    raise RefusedError("partial-chain", facts)
        return len(set().union(*own.values()))

    def _absent(self, asked: Json, batches: bytes, held: dict[bytes, dict[bytes, Json]]) -> Json:
        """Return what was asked if no record matches it, nor may one that is not covered."""
        start, end, kind, doubts = asked["from"], asked["to"], asked["kind"], list[RefusedError]()
        last, chains = self.proof["records"][:1], self.proof["chains"]
        ensure(last and last[0]["index"] == self.note.size - 1, "window", "records[0]")
        newest = next(iter(self.shown.values()))["at"]
        ensure(kind in FORMS["kinds"] and start <= end <= newest, "window", "question")
        ensure([chain["tag"] for chain in chains[1:2]] == [batches], "form", "chains[1]")
        self._joined({tag: leaves for tag, leaves in held.items() if tag != batches})
        names = [n for n in ("recipient", "activity", "item") if asked[n] is not None]
        wanted = {"kind": kind} | {n: canonical(asked[n]).decode() for n in names}
        for tag, leaves in held.items():
            for leaf in (leaf for leaf in leaves.values() if start <= leaf["at"] <= end):
                facts = {name: leaf[name] for name in ("where", "at", "seq")}
                said = {"recipient"} & wanted.keys() if tag == batches else wanted.keys()
                other = {name for name in said if leaf[name] != wanted[name]}
                ensure(other or tag == batches, "found", **facts)
                if all(leaf[name] is None for name in other):  # it may be about what is asked
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
        self.said = statement
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

    def beside(self, said: bytes, read: Json, there: set[str]) -> None:
        """Hold files to the attestation over them that is among them, an audit pack to the log."""
        of_log = list[Json]()
        if (first := read("proof.json")) is not None:
            self._proof(load(first, "proof.json"))
            of_log += [self.note, self.proof]
        self._attestation(load(said, BESIDE))
        subject = ensure(fit(self.said, "subjects", BESIDE)["subject"], "form", BESIDE)
        names = {one["name"]: one["digest"]["sha256"] for one in subject}
        ensure(len({name.lower() for name in names}) == len(subject), "form", BESIDE)
        for name, hashed in names.items():
            ensure(reading.PATTERNS["beside"].fullmatch(name), "form", name)
            ensure((data := read(name)) is not None, "missing", name)
            ensure(digest(data) == hashed, "damaged", name)
        self.answer.say("beside-whole", first=True, count=len(names))
        for name in sorted(there - {*names, BESIDE}):
            ensure(not of_log, "pack", name)
            self.answer.say("beside-extra", where=name)
        if of_log:
            self._audit({name: read(name) for name in names}, *of_log)
        if self.said.get("predicateType") == FORMS["board"]:
            predicate = self.said["predicate"]
            verify_board(read("board.json"), predicate, partial(self._proved, read), self.answer)

    def _proved(self, read: Json, name: str, log: Json) -> dict[int, Json]:
        """Verify a proof beside a board, of the log it names; return its leaves by their index."""
        ensure(reading.PATTERNS["beside"].fullmatch(name), "form", name)
        self._proof(load(read(name), name))
        self.answer.said.pop(0)  # the board says more
        own = self.note.origin == log["origin"] and self.note.size >= log["size"]
        ensure(own, "board-record", name)
        told = {one["leaf"]: one["payload"] for one in self.proof["disclosed"]}
        leaves = {one["index"]: digest(LEAF, one["leaf"].encode()) for one in self.proof["records"]}
        return {at: self.shown[one] | {"said": told.get(one)} for at, one in leaves.items()}

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
                    ensure(ok and reading.PATTERNS["beside"].fullmatch(before), "pack", before)
                files = {info.filename: pack.read(info) for info in infos}
            signature, seal = files.get(BESIDE), files.pop("seal.json", None)
            listing, proof = signature or files.pop("manifest.json"), files["proof.json"]
        except _TORN:
            raise RefusedError("damaged", {"where": "ZIP"}) from None
        if signature:
            ensure(_zipped(files) == data, "damaged", "ZIP")
            self.beside(signature, files.get, {*files})
            return
        form = "pack" if seal is None else "sealed"
        plain = (name for name in files if not reading.PATTERNS[form].fullmatch(name))
        ensure((odd := next(plain, None)) is None, "pack", str(odd))
        fit(manifest := load(listing, "manifest.json"), form, "manifest.json")
        listed = fit(manifest["files"], dict.fromkeys(files, "hex"), "manifest.json.files")
        ensure(len(listed) == len(manifest["files"]), "pack", "manifest.json")
        for name, hashed in listed.items():
            ensure(digest(files[name]) == hashed, "damaged", name)
        for name in (name for name in files if name.startswith("receipts/")):
            self._receipt(load(files[name], name))
        if seal is None:
            self._proof(load(proof, "proof.json"))
            self.answer.say("evidence-whole", first=True, count=len(files) + 1)
        else:
            whole = files | {"manifest.json": listing, "seal.json": seal}
            ensure(_zipped(whole) == data, "damaged", "ZIP")  # nor a byte between the files
            self._sealed(files, listing, seal)
        self.answer.say("rest")

    def _sealed(self, files: dict[str, bytes], listing: bytes, seal: bytes) -> None:
        """Hold a no-fault file to the seal of its manifest in the log, its trace to the records."""
        said, origin = self._single(load(seal, "seal.json")), self.note.origin
        sealed = fit(said, {"sha256": "hex", "format": "text"}, "seal.json")
        named, last = sealed["format"] == "chengnuo-no-fault", next(iter(self.shown.values()))
        ensure(named and sealed["sha256"] == digest(listing), "seal", "manifest.json")
        every = dict[bytes, Json]()
        for name in (*(n for n in files if n.startswith("proofs/")), "proof.json"):
            self._proof(load(files[name], name))
            found = self.note.origin
            ensure(found == origin, "swapped", name, found=found, expected=origin)
            every |= self.shown
        proof, known = self.proof, self.shown
        trace = fit(load(files.get("trace.json"), "trace.json"), "trace", "trace.json")
        acts = fit(load(files.get("measures.json"), "measures.json"), "measures", "measures.json")
        ends = [end for one in proof["chains"] if (end := one["map"]["end"])]
        heads = {(end["tag"], end["seq"] + 1, end["head"]) for end in ends}  # what the seal follows
        whole = proof["claim"] == "complete"
        ensure(trace["whole"] is whole and trace["to"] <= last["at"], "trace", "trace.json")
        ensure(not whole or heads.issuperset(last["links"]), "trace", "proof.json")
        touched, hidden = {one["leaf"] for one in trace["touches"]}, 0
        for one in (*trace["touches"], *trace["batches"], *acts["acts"]):
            ensure(one["leaf"] in every, "trace", one["leaf"].hex())
        payloads = {one["leaf"]: one["payload"].encode() for one in proof["disclosed"]}
        for hashed, leaf in known.items():
            if trace["from"] <= leaf["at"] <= trace["to"]:
                said = fit(load(payloads.get(hashed, b"{}"), "payload"), "touch", "payload")
                hidden += hashed not in payloads
                permit = leaf["kind"] == "decision" and said["outcome"] == "permit"
                if permit and isinstance(said["request"], dict):
                    said = fit(said["request"], "touch", "payload")
                told, touches = said["categories"], permit or leaf["kind"] in TOUCHING
                bears = touches and (trace["category"] in {None, *told} or not (told or permit))
                ensure(not bears or hashed in touched, "trace", hashed.hex())
        ensure(hidden == trace["erased"], "trace", "trace.json")
        facts = {"count": len(files) + 2, "touches": len(trace["touches"])}
        self.answer.say("no-fault-whole", first=True, **facts)

    def _audit(self, files: dict[str, bytes], note: Note, proof: Json) -> None:
        """Hold the parts of an audit pack to every leaf that its period has, and to the log."""
        start, end, first, kinds = fit(self.said["predicate"], "audit", BESIDE).values()
        held = {one["index"]: digest(LEAF, one["leaf"].encode()) for one in proof["records"]}
        lines, of_kind = files.get("leaves.jsonl", b"").splitlines(), dict[str, set[int]]()
        last, times, ends = first + len(lines) - 1, [0], proof["records"][:2]
        ensure(lines and [n["index"] for n in ends] == [first, last], "period", "leaves.jsonl")
        kept = [(one, name) for name, one in self.trust.kept if first < one.size <= last + 1]
        notes = [(Note(files[one], one), one) for one in files if one.endswith(".note")]
        marks = {mark[0].size: mark for mark in (*kept, *notes)}
        edge, right = (log.edge_of(one, note.size) for one in ends)
        for at, line in enumerate(lines, first):
            leaf, hashed = read_leaf(line, where := f"leaves.jsonl: #{at}"), digest(LEAF, line)
            known = held.setdefault(at, hashed) == hashed and (at < last or edge == right)
            ensure(known and times[-1] <= leaf["at"], "period", where)
            times.append(leaf["at"])
            if start <= leaf["at"] <= end:
                of_kind.setdefault(leaf["kind"], set()).add(at)
            log.grow(edge, at, hashed)
            if mark := marks.pop(at + 1, None):
                self.trust.check(*mark, edge)
        whole = (times[1] < start or not first) and (times[-1] > end or last == note.size - 1)
        counts, complete = {kind: len(some) for kind, some in of_kind.items()}, set[str]()
        ensure(whole and kinds == counts and not marks, "period", "leaves.jsonl")
        for name in filter(reading.PATTERNS["chapter"].fullmatch, files):
            part = fit(load(files[name], name), "chapter", name)
            cited = {one["index"]: one["leaf"] for one in part["records"]}
            for at, hashed in cited.items():
                ensure(held.get(at) == hashed, "cited", name, index=at)
            left = {at for kind in part["complete"] for at in of_kind.get(kind, ())} - cited.keys()
            ensure(not left, "left-out", name, index=min(left, default=0))
            complete |= {*part["complete"]}
        if not first and times[1] > start:
            self.answer.say("log-began", at=times[1])
        for kind in (kind for kind in FORMS["cited"] if kind in counts.keys() - complete):
            self.answer.say("not-complete", kind=kind, count=counts[kind])
        for name, one in ((name, one) for name, one in self.trust.kept if one.size > note.size):
            self.answer.say("since-newer", where=name, size=one.size, count=note.size)
        code, own = "audit-signed", self.proof["records"][0]  # of the attestation, if recorded
        if own["index"] == note.size:
            self.trust.check(note, code := "audit-whole", log.edge_of(own, self.note.size))
        facts = {"records": sum(counts.values()), "from": start, "to": min(end, times[-1])}
        facts |= {"complete": ", ".join(sorted(complete)), "count": len(files) + 1}
        self.answer.say(code, first=True, **facts)


def _zipped(files: dict[str, bytes]) -> bytes:
    """Return the one ZIP that files have: stored, in the order of names, of one day."""
    with zipfile.ZipFile(written := io.BytesIO(), "w") as pack:
        for name in sorted(files):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            pack.writestr(info, files[name])
    return written.getvalue()


def main(argv: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(prog="chengnuo-verify", **FORMS["command"])
    for name, option in FORMS["options"].items():
        parser.add_argument(name, **option)
    args, answer = parser.parse_args(argv), reading.Answer()
    place = reading.Place(args.what)
    try:
        trust = Trust(args)
        if (said := reading.Place(args.what).read(BESIDE)) is not None:
            Papers(trust, answer).beside(said, place.read, place.names(""))
        elif place.is_site or Path(args.what).is_dir():
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
