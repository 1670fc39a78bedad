"""A probe in the evidence log: the hash of its seed before, its signed result after.

The statement is in-toto's, about the bytes of the report; its predicate is `PREDICATE`. The log
holds the digest of the statement, which anybody can make again from the report.
"""

from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.evidence.dsse import envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.pricing.probe_order import commitment
from chengnuo.domain.pricing.probe_spec import ProbeSpec
from chengnuo.domain.pricing.probing import ProbeRun, report_bytes
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.secrets import Signer
from chengnuo.usecases.evidence.recording import Recorder, Rows

PREDICATE = "urn:chengnuo:probe:1"
_KEY_NAME = "chengnuo-probe"
_WHAT = "probe-committed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeRecorder:
    """Records probes.

    Attributes:
        recorder: Records acts.
        signer: Signs with the key of the installation.
        by: Who let the probe be made, as `cli`.
        single_person: Nobody else looked at it.

    """

    recorder: Recorder
    signer: Signer
    by: str
    single_person: bool = True

    @property
    def vkey(self) -> str:
        """The public key, as whoever checks needs it."""
        return str(VKey(name=_KEY_NAME, public_key=self.signer.public_key))

    def commit(self, spec: ProbeSpec, seed: bytes) -> None:
        """Record what a probe will do and the hash of its seed, before its first request.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        self.recorder.record(
            Kind.CONFIGURATION,
            {
                "what": _WHAT,
                "detail": f"{spec.name}: spec sha256:{spec.digest} seed sha256:{commitment(seed)}",
                "by": self.by,
                "single_person": self.single_person,
            },
            rows=Rows(activity=spec.activity),
        )

    def attest(self, run: ProbeRun) -> tuple[bytes, Position]:
        """Record the result of a probe.

        Returns:
            The signed envelope of the statement, and where its digest stands in the log.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        payload = statement_of(run)
        appended = self.recorder.log.append(
            [
                self.recorder.draft(
                    Kind.ATTESTATION,
                    {"statement": sha256_hex(payload), "signer": self.vkey, "by": self.by},
                    rows=Rows(activity=run.spec.activity),
                )
            ]
        )
        signature = self.signer.sign(signed_bytes(payload))
        return envelope(payload, vkey=self.vkey, signature=signature), appended.first


def statement_of(run: ProbeRun) -> bytes:
    """Return the statement about a probe, canonical JSON."""
    subject = [(run.spec.name, sha256_hex(report_bytes(run)))]
    return payload_of(subject, PREDICATE, _predicate(run))


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
