"""The no-fault file (PIPL Art. 69): one ZIP about one individual, one category, one period.

What was traced, the individual's records with consents, notices and register as they were, measures
with the records of their evidence, results of controls. Its manifest is recorded first as an export
in the individual's chain; the proof of that record is put in last and seals it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.errors import UnavailableError
from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import Act, Dossier
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.pack import MANIFEST, manifest_of, unpacked, zip_of
from chengnuo.domain.evidence.proof import Proof
from chengnuo.domain.incident.no_fault_words import readme
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.law.ids import CategoryId
from chengnuo.ports.clock import Clock
from chengnuo.ports.dossiers import DossierStore
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.evidence_file import Asking, EvidenceFile, EvidenceFiles
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.incident.no_fault_summary import ControlsSeen, NoFaultFacts, Summaries
from chengnuo.usecases.incident.tracing import Traced, Tracing

FORMAT = "chengnuo-no-fault"
_TYPE, _TRACE, _MEASURES = f"{FORMAT}/1", "chengnuo-trace/1", "chengnuo-measures/1"
MEASURES = (
    "safeguard",
    "recorded-control",
    "supervision",
    "assessment",
    "audit",
    "minors-access",
)
"""Sorts of dossier that show what was done to keep information safe."""
MOST_MEASURES, MOST_ACTS = 2_000, 10_000


class NotSealedError(UnavailableError):
    """A file could not be sealed, or not as the newest; nothing is handed out."""

    code = "no-fault-not-sealed"

    def __init__(self) -> None:
        super().__init__(
            "the file could not be sealed: the log took no record, or something about the"
            " individual was recorded meanwhile; try again"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFaultDesk:
    """Makes no-fault files.

    Attributes:
        files: Makes evidence files; its log, prover and recorder serve here, too.
        tracing: Traces leaks.
        dossiers: Keeps what was done.
        controls: Runs the controls as they are now.
        summaries: Writes the summary.
        clock: Tells the time.

    """

    files: EvidenceFiles
    tracing: Tracing
    dossiers: DossierStore
    controls: Callable[[], ControlsSeen]
    summaries: Summaries
    clock: Clock

    def of(
        self, person: PersonKey, category: CategoryId | None, window: Window, asking: Asking
    ) -> EvidenceFile:
        """Return the no-fault file of an individual, once reading and handing out are recorded.

        Args:
            person: Whom it is about.
            category: What it is about; None for everything.
            window: The period.
            asking: Who asks and why.

        Raises:
            NoChainError: No chain can be found.
            EvidenceTooLargeError: It would be larger than the bounds.
            PayloadRefusedError: `by` or `reason` has a wrong form; nothing is handed out.
            LogUnavailableError: It could not be recorded; nothing is handed out.
            NotSealedError: Likewise.

        """
        now = to_us(self.clock.now())  # the seal speaks of nothing that is yet to come
        window = Window(start=window.start, end=min(window.end, max(window.start, now)))
        traced = self.tracing.of(person, window, category, by=asking.by, reason=asking.reason)
        made = self.files.make_of_person(person, window)
        files = {
            name: data
            for name, data in unpacked(made.data).items()
            if name != MANIFEST and not name.startswith("README.")
        }
        acts = self._acts(window)
        controls = self.controls()
        files["trace.json"] = _json(self._trace_tree(traced, category, window))
        files["measures.json"] = _json(self._measures_tree(acts))
        files["controls.json"] = _json(_controls_tree(controls))
        self._prove(files, "batches", [position for _, position in traced.trace.batches])
        self._prove(
            files, "measures", [one.position for _, one in acts if one.position is not None]
        )
        facts = NoFaultFacts(
            trace=traced.trace, category=category, window=window, acts=acts, controls=controls
        )
        files |= self.summaries.of(facts)
        for lang in Lang:
            files[f"README.{lang.value}.md"] = readme(lang, traced.trace.cannot).encode()
        return self._sealed(files, person, window, asking, made, whole=traced.whole)

    def _sealed(  # noqa: PLR0913  what is sealed
        self,
        files: dict[str, bytes],
        person: PersonKey,
        window: Window,
        asking: Asking,
        made: EvidenceFile,
        *,
        whole: bool,
    ) -> EvidenceFile:
        manifest = manifest_of(files, _TYPE)
        values: dict[str, Tree] = {
            "scope": f"no-fault file {window}",
            "format": FORMAT,
            "sha256": sha256_hex(manifest),
            "by": asking.by,
            "reason": asking.reason,
        }
        sealed = self.files.recorder.record(Kind.EXPORT, values, person=person)
        if sealed is None:
            raise NotSealedError
        self.files.log.publish()
        if whole and self._newest_of(files["proof.json"]) != self._before(sealed.first):
            raise NotSealedError  # something about the individual was recorded meanwhile
        seal = self.files.prover.inclusion([sealed.first], disclose=True)
        data = zip_of({**files, MANIFEST: manifest, "seal.json": _proof_bytes(seal)})
        digest = sha256_hex(data)
        return EvidenceFile(
            name=f"chengnuo-no-fault-{sealed.first}-{digest[:8]}.zip",
            data=data,
            sha256=digest,
            records=made.records,
            receipts=made.receipts,
        )

    def _before(self, position: Position) -> int | None:
        """Return where the record before one stands in the individual's chain."""
        return self.files.log.record(position).before

    @staticmethod
    def _newest_of(proof: bytes) -> int:
        """Return where the newest record of the individual's chain stands, by its proof."""
        end = json.loads(proof)["chains"][0]["map"]["end"]
        return int(end["index"])

    def _prove(self, files: dict[str, bytes], name: str, positions: Sequence[int]) -> None:
        if positions:
            proof = self.files.prover.inclusion([Position(one) for one in positions], disclose=True)
            files[f"proofs/{name}.json"] = _proof_bytes(proof)

    def _acts(self, window: Window) -> list[tuple[Dossier, Act]]:
        """Return the recorded acts of measures up to the end of the period, the newest first."""
        found = [
            (dossier, act)
            for dossier in self.dossiers.every(MEASURES, limit=MOST_MEASURES)
            for act in dossier.acts
            if act.position is not None and to_us(act.at) <= window.end
        ]
        found.sort(key=lambda one: one[1].position or 0, reverse=True)
        return found[:MOST_ACTS]

    def _measures_tree(self, acts: Sequence[tuple[Dossier, Act]]) -> Tree:
        return {
            "type": _MEASURES,
            "acts": [
                {
                    "dossier": dossier.id,
                    "sort": dossier.sort,
                    "what": act.what,
                    "at": to_us(act.at),
                    "said": dict(act.fields),
                    "position": act.position,
                    "leaf": self._leaf(act.position or 0),
                }
                for dossier, act in acts
            ],
        }

    def _trace_tree(self, traced: Traced, category: CategoryId | None, window: Window) -> Tree:
        trace = traced.trace
        return {
            "type": _TRACE,
            "category": category,
            "from": window.start,
            "to": window.end,
            "whole": traced.whole,
            "touches": [
                {
                    "side": one.side.value,
                    "who": one.who,
                    "certainty": one.certainty.value,
                    "kind": one.kind.value,
                    "at": one.at,
                    "categories": list(one.categories),
                    "position": one.position,
                    "leaf": self._leaf(one.position),
                }
                for one in trace.touches
            ],
            "batches": [
                {"recipient": who, "position": position, "leaf": self._leaf(position)}
                for who, position in trace.batches
            ],
            "unrecorded": list(trace.unrecorded),
            "stores": list(trace.stores),
            "erased": trace.erased,
            "cannot": [_both(one) for one in trace.cannot],
        }

    def _leaf(self, position: int) -> str:
        return leaf_hash(self.files.log.record(Position(position)).entry).hex()


def _controls_tree(seen: ControlsSeen) -> Tree:
    return {
        "register": seen.register,
        "controls": [
            {
                "id": one.control.id,
                "title": _both(one.control.title),
                "outcome": one.result.outcome.value,
                "lookedAt": one.result.looked_at,
                "wrong": one.result.wrong,
                "faults": [_both(fault.what) for fault in one.result.faults],
            }
            for one in seen.runs
        ],
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "title": _both(one.title),
                "duties": [str(duty) for duty in one.duties],
            }
            for one in seen.findings
        ],
    }


def _both(text: Text) -> Mapping[str, Tree]:
    return {"zh": text.zh, "en": text.en or text.zh}


def _json(tree: Tree) -> bytes:
    return canonical_json(tree) + b"\n"


def _proof_bytes(proof: Proof) -> bytes:
    written = json.dumps(proof.as_tree(), ensure_ascii=False, separators=(",", ":"))
    return f"{written}\n".encode()
