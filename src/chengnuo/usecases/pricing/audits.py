"""Auditing the prices of a log: surveyed, configuration fixed and logged, passed over, recorded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import sha256_hex
from chengnuo.domain.evidence.dsse import envelope, payload_of, signed_bytes
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.note import VKey
from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import Coded, Problem, coded
from chengnuo.domain.pricing.hindrance import Hindrance
from chengnuo.domain.pricing.spec import Spec, spec_of
from chengnuo.engines.fairness.statistics import Counts
from chengnuo.ports.audit_reports import AuditReport, AuditReportWriter
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.quote_logs import QuoteLogs, Told
from chengnuo.ports.secrets import Signer
from chengnuo.usecases.evidence.recording import Recorder, Rows

PREDICATE = "urn:chengnuo:price-audit:1"
_KEY_NAME = "chengnuo-price-audit"
_WHAT = "price-audit-committed"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceAudits:
    """Audits logs of quotes.

    Attributes:
        read: Reads a TOML file.
        logs: Opens and writes logs.
        page: Writes reports as pages.

    """

    read: Callable[[Path], dict[str, object]]
    logs: QuoteLogs
    page: AuditReportWriter

    def spec(self, file: Path) -> Spec:
        """Return the specification of a file.

        Raises:
            SettingsFileError: It cannot be read or is not TOML.
            PriceSpecError: It is no specification.
            PersonalFactorError: A factor about the person has no rule.

        """
        return spec_of(self.read(file))

    def run(
        self,
        spec: Spec,
        patterns: Sequence[str],
        *,
        fixed: Callable[[Coded], str],
        told: Told,
    ) -> AuditReport:
        """Audit a log.

        Args:
            spec: What is audited.
            patterns: Files of the log, or patterns of them.
            fixed: Called once the configuration is fixed and before any price is looked at;
                returns the digest of the configuration that was logged beforehand, empty for none.
            told: Called with rows done and all rows.

        Raises:
            InvalidInputError: The log is none, or lacks what the specification names.
            UnavailableError: It cannot be read now.

        """
        with self.logs.open(patterns, spec) as log:
            survey = log.survey()
            by = coded(spec, survey)
            registered = fixed(by)
            if any(Hindrance(one.name).forbids_a_verdict for one in survey.problems):
                return AuditReport(coded=by, problems=survey.problems, audit=None)
            statistics = log.passed_over(by, told)
        problems = (*survey.problems, *_left_out(spec, statistics.counts))
        if not statistics.ladder[spec.window_s].cells[0]:
            nothing = Problem(name=Hindrance.CELLS_OF_ONE, column=spec.item, rows=survey.rows)
            return AuditReport(coded=by, problems=(*problems, nothing), audit=None)
        return AuditReport(
            coded=by, problems=problems, audit=audited(by, statistics, registered=registered)
        )


def _left_out(spec: Spec, counts: Counts) -> tuple[Problem, ...]:
    """Return why rows were left out, beyond what the survey told before prices were seen."""
    told = (
        (Hindrance.DUPLICATED, spec.quote_id, counts.duplicated),
        (Hindrance.UNNAMED, spec.person, counts.unnamed),
        (Hindrance.INCOMPLETE, "", counts.incomplete),
    )
    return tuple(Problem(name=name, column=column, rows=n) for name, column, n in told if n)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecorder:
    """Records audits: the configuration before prices are looked at, the signed result after.

    Attributes:
        recorder: Records acts.
        signer: Signs with the key of the installation.
        by: Who had the audit made, as `cli`.

    """

    recorder: Recorder
    signer: Signer
    by: str

    @property
    def vkey(self) -> str:
        """The public key, as whoever checks needs it."""
        return str(VKey(name=_KEY_NAME, public_key=self.signer.public_key))

    def commit(self, by: Coded) -> str:
        """Record the configuration, before any price is looked at, and return its digest.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        self.recorder.record(
            Kind.CONFIGURATION,
            {
                "what": _WHAT,
                "detail": f"configuration sha256:{by.config}",
                "by": self.by,
                "single_person": True,
            },
            rows=Rows(),
        )
        return by.config

    def attest(self, audit: Audit) -> tuple[bytes, Position]:
        """Record an audit.

        Returns:
            The signed envelope of the statement, and where its digest stands in the log.

        Raises:
            LogUnavailableError: It could not be recorded.

        """
        payload = payload_of([("audit", sha256_hex(audit.canonical))], PREDICATE, _predicate(audit))
        draft = self.recorder.draft(
            Kind.ATTESTATION,
            {"statement": sha256_hex(payload), "signer": self.vkey, "by": self.by},
            rows=Rows(),
        )
        appended = self.recorder.log.append([draft])
        signature = self.signer.sign(signed_bytes(payload))
        return envelope(payload, vkey=self.vkey, signature=signature), appended.first


def _predicate(audit: Audit) -> Tree:
    return {
        "verdict": audit.verdict.value,
        "proved": audit.proof.ok,
        "missing": [one.value for one in audit.proof.missing],
        "margin": f"{audit.proof.margin:g}",
        "configuration": audit.proof.config,
        "data": audit.proof.data,
        "quotes": audit.used,
        "persons": audit.persons,
        "firstHour": audit.first_hour,
        "lastHour": audit.last_hour,
    }
