"""A log of quotes with quotes of two individuals, its specification and an audit of it."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from tests.adapters.quotes.logs import SPEC, parquet, table
from tests.doors.service_kit import Kit
from tests.doors.web.drift_kit import recorder_of

from chengnuo.domain.pricing.audit import Audit
from chengnuo.domain.pricing.auditing import audited
from chengnuo.domain.pricing.coding import coded
from chengnuo.domain.pricing.in_memory import measured_in_memory, surveyed
from chengnuo.domain.pricing.probe_verdict import Verdict
from chengnuo.usecases.pricing.audits import AuditRecorder
from chengnuo.usecases.pricing.trials import spec_toml

MINE, OURS, ALONE, NO_PRICE = "q7", "q8", "q1", "q2"
"""Quotes of the first individual, of the second; one with nothing to compare, one unpriced."""


@cache
def _log() -> dict[str, Any]:
    of = table(1200, hours=1)
    of["paid"] = np.round(20 * np.exp(0.01 * (np.arange(1200) % 5) + 0.004 * of["km"]), 2)
    of["off"][7] = 2.5
    of["paid"] = np.round(of["paid"] - of["off"], 2)
    of["sku"] = of["sku"].astype(object)
    of["sku"][1] = "s-alone"
    of["paid"][2] = 0.0
    return of


def priced(folder: Path, *, first: str, second: str, audit: bool = True) -> dict[str, object]:
    """Write log, specification and audit, and return the setting `prices`.

    Args:
        folder: Where to.
        first: Name in the log of the first individual, who has all quotes above but `OURS`.
        second: Of the second.
        audit: Whether to audit it.

    """
    folder.mkdir(parents=True, exist_ok=True)
    of = dict(_log())
    of["uid"] = of["uid"].astype(object)
    of["uid"][[1, 2, 7]] = first
    of["uid"][8] = second
    parquet(of, folder / "quotes.parquet")
    (folder / "prices.toml").write_text(spec_toml(SPEC), encoding="utf-8")
    given: dict[str, object] = {
        "spec": str(folder / "prices.toml"),
        "logs": [str(folder / "*.parquet")],
        "labels": {"km": {"zh": "配送距离", "en": "Distance"}},
    }
    if audit:
        (folder / "audit.json").write_bytes(_audit_of(of).canonical)
        given["audit"] = str(folder / "audit.json")
    return given


def audits_recorded(kit: Kit, *verdicts: Verdict) -> None:
    """Record an audit of the log for each verdict, as `chengnuo price audit --record` does."""
    made = _audit_of(_log())
    for verdict in verdicts:
        proof = msgspec.structs.replace(made.proof, ok=verdict is Verdict.ABSENT)
        said = msgspec.structs.replace(made, verdict=verdict, proof=proof)
        AuditRecorder(recorder_of(kit)).attest(said)


def _audit_of(of: dict[str, Any]) -> Audit:
    good = {name: column[3:].astype(_plain(column)) for name, column in of.items()}
    by = coded(SPEC, surveyed(SPEC, good))
    return audited(by, measured_in_memory(by, good), registered=by.config)


def _plain(column: NDArray[np.generic]) -> np.dtype[np.generic] | type[np.str_]:
    return np.str_ if column.dtype.kind == "O" else column.dtype
