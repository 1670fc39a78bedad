"""An audit reads back, and one that was changed or contradicts itself is refused."""

import msgspec
import pytest
from msgspec.structs import replace

from chengnuo.base.text import Lang
from chengnuo.domain.pricing.audit import Audit, Leg, LegResult
from chengnuo.domain.pricing.audit_reading import AuditFileError, read_audit
from chengnuo.domain.pricing.leg_words import leg_words
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.domain.pricing.simulating import trial
from chengnuo.engines.fairness.simulation import Scenario


@pytest.fixture(scope="module")
def audit() -> Audit:
    return trial(Scenario(quotes=2000, persons=200), 5)


def test_an_audit_reads_back(audit: Audit) -> None:
    assert read_audit(audit.canonical) == audit


def test_whoever_turns_the_verdict_is_seen(audit: Audit) -> None:
    assert not audit.proof.ok
    turned = replace(audit, verdict=Verdict.ABSENT)
    with pytest.raises(AuditFileError, match="verdict"):
        read_audit(turned.canonical)
    turned = replace(turned, proof=replace(audit.proof, ok=True))
    with pytest.raises(AuditFileError, match="parts"):
        read_audit(turned.canonical)


@pytest.mark.parametrize("change", ["space", "cut", "other"])
def test_other_bytes_are_refused(change: str, audit: Audit) -> None:
    data = {
        "space": audit.canonical + b"\n",
        "cut": audit.canonical[:-20],
        "other": msgspec.json.encode({"verdict": "absent"}),
    }[change]
    with pytest.raises(AuditFileError):
        read_audit(data)


@pytest.mark.parametrize("lang", Lang)
@pytest.mark.parametrize("leg", Leg)
def test_a_leg_whose_figure_would_do_says_why_it_lacks(leg: Leg, lang: Lang) -> None:
    one = LegResult(leg=leg, holds=True, value=0.5, bar=0.5)
    holding, lacking = leg_words(one, lang), leg_words(replace(one, holds=False), lang)
    assert lacking != holding
    assert lacking.startswith(holding) or leg is Leg.REGISTERED
