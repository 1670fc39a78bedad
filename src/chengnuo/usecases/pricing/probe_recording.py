"""A probe in the evidence log: the hash of its seed before, its signed result after.

The statement is in-toto's, about the bytes of the report; its predicate is `PREDICATE`. The log
holds the digest of the statement, which anybody can make again from the report.
"""

from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.pricing.probe_order import commitment
from chengnuo.domain.pricing.probe_spec import ProbeSpec
from chengnuo.domain.pricing.probing import ProbeRun, report_bytes
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.usecases.evidence.statements import StatementRecorder
from chengnuo.usecases.pricing.statement_names import PROBE_KEY, PROBE_PREDICATE

PREDICATE = PROBE_PREDICATE
KEY_NAME = PROBE_KEY
_WHAT = "probe-committed"


@dataclass(frozen=True, slots=True)
class ProbeRecorder:
    """Records probes."""

    statements: StatementRecorder

    def commit(self, spec: ProbeSpec, seed: bytes) -> None:
        """Record what a probe will do and the hash of its seed, before its first request.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        detail = f"{spec.name}: spec sha256:{spec.digest} seed sha256:{commitment(seed)}"
        self.statements.commit(_WHAT, detail, rows=Rows(activity=spec.activity))

    def attest(self, run: ProbeRun) -> tuple[bytes, Position]:
        """Record the result of a probe; see `StatementRecorder.attest`."""
        return self.statements.attest(
            key=KEY_NAME,
            subject=_subject(run),
            predicate_type=PREDICATE,
            predicate=_predicate(run),
            rows=Rows(activity=run.spec.activity),
        )


def _subject(run: ProbeRun) -> list[tuple[str, str]]:
    return [(run.spec.name, sha256_hex(report_bytes(run)))]


def _predicate(run: ProbeRun) -> Tree:
    return {
        "probe": run.spec.name,
        "activity": run.spec.activity,
        "aim": run.spec.aim.value,
        "outcome": run.spec.outcome.value,
        "verdict": run.verdict.value,
        "margin": f"{run.spec.margin:g}",
        "alpha": f"{run.spec.alpha:g}",
        "spec": run.spec_sha256,
        "commitment": run.commitment,
        "requests": run.requests,
        "legs": [
            {
                "twin": f"{twin.one} / {twin.other}",
                "switch": one.leg.switch,
                "verdict": one.judgement.verdict.value,
                "pairs": one.judgement.twins,
            }
            for one in run.legs
            for twin in (run.spec.twins[one.leg.twin],)
        ],
        "ended": run.ended.isoformat().replace("+00:00", "Z"),
    }
