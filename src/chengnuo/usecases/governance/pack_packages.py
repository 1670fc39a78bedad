"""Parts of an audit pack about packages: releases of apps and vettings of kits, as attested."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from chengnuo.base.text import Text
from chengnuo.domain.evidence.dsse import EnvelopeMalformedError, read_envelope
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.attestation import EVIDENCE, PREDICATE
from chengnuo.domain.governance.audit_pack import PackPart, Value
from chengnuo.domain.governance.gate import GateVerdict
from chengnuo.domain.governance.kit_attestation import KIT_PREDICATE
from chengnuo.domain.governance.kit_vetting import KitVetting
from chengnuo.domain.governance.release import Release, ReleaseId, ReleaseState
from chengnuo.ports.releases import ReleaseFiles, ReleasePaper
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, day, joined
from chengnuo.usecases.governance.pack_tables import Shown, part_of

T = TypeVar("T")
S = TypeVar("S", Release, KitVetting)
_STATES: dict[ReleaseState, Text] = {
    ReleaseState.RECEIVED: Text("已收到", "received"),
    ReleaseState.SUBMITTED: Text("已提交", "submitted"),
    ReleaseState.INSPECTING: Text("检查中", "being inspected"),
    ReleaseState.INSPECTED: Text("待决定", "to be decided"),
    ReleaseState.FAILED: Text("未能检查", "could not be inspected"),
    ReleaseState.SIGNED_OFF: Text("已批准", "signed off"),
    ReleaseState.SENT_BACK: Text("已退回", "sent back"),
    ReleaseState.WITHDRAWN: Text("已撤回", "withdrawn"),
}
_ASKS = {"approval": Text("批准", "approval"), "withdrawal": Text("撤销批准", "withdrawal")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """An attestation that goes into a pack.

    Attributes:
        name: Its name there.
        data: The envelope.
        positions: Where its records stand in the log, as far as it says.

    """

    name: str
    data: bytes
    positions: frozenset[int] = frozenset()


class _Result(Protocol):
    """What an inspection came to."""

    @property
    def verdict(self) -> GateVerdict: ...

    @property
    def counts(self) -> tuple[tuple[Severity, int], ...]: ...


class _Decision(Protocol):
    """How it was decided."""

    @property
    def at(self) -> datetime: ...

    @property
    def single_person(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package(Generic[T]):
    """A package as it stood at the end of a period: a release, or a vetting of a kit."""

    of: T
    sha256: str
    submitted: datetime
    result: _Result | None
    state: ReleaseState
    decision: _Decision | None
    paper: Attested | None


_COMMON: tuple[Shown[_Package[Any]], ...] = (
    Shown("sha256", Text("安装包 SHA-256", "SHA-256 of the package"), 3, lambda one: one.sha256),
    Shown("submitted", Text("提交日", "Submitted"), 2, lambda one: day(one.submitted)),
    Shown(
        "verdict",
        Text("门禁结论", "Verdict"),
        2,
        lambda one: None if one.result is None else one.result.verdict.text,
    ),
    Shown(
        "findings",
        Text("未解决的发现", "Open findings"),
        2,
        lambda one: None if one.result is None else _counts(one.result.counts),
    ),
    Shown("state", Text("决定（期末）", "Decision at the end"), 2, lambda one: _STATES[one.state]),
    Shown(
        "decided",
        Text("决定日", "Decided"),
        2,
        lambda one: None if one.decision is None else day(one.decision.at),
    ),
    Shown(
        "fourEyes",
        Text("四眼", "Four eyes"),
        1,
        lambda one: None if one.decision is None else not one.decision.single_person,
    ),
    Shown(
        "attestation",
        Text("声明文件", "Attestation"),
        3,
        lambda one: None if one.paper is None else one.paper.name,
    ),
)
"""The columns that both have."""


def package_parts(
    sources: PackSources, period: PackPeriod
) -> Iterator[tuple[PackPart, tuple[Attested, ...]]]:
    """Yield releases and vettings of kits, each with the attestations that go beside."""
    yield _releases(sources, period)
    yield _kits(sources, period)


def _releases(sources: PackSources, period: PackPeriod) -> tuple[PackPart, tuple[Attested, ...]]:
    def attested(one: Release) -> Attested | None:
        return _attested(sources.papers, one.id, "release", PREDICATE)

    found = [
        _as_of(period, one, one.decision, one.result, attested)
        for one in sorted(sources.releases.every(), key=lambda one: (one.submitted_at, one.id))
        if _concerns(one.submitted_at, one.decision, period)
    ]
    return _part(
        "13-releases",
        Text("应用发布与安装包声明", "Releases and attestations of packages"),
        Text(
            "看过发布门禁的全部版本；列出期间内提交或决定的，决定以期末为准。声明是带签名的文件，"
            "可以单独核验。",
            "All versions of the release gate were looked at; those submitted or decided in the"
            " period stand here, as they were at its end. Attestations are signed files that"
            " verify by themselves.",
        ),
        (
            Shown("id", Text("编号", "Id"), 2, lambda one: str(one.of.id)),
            Shown("app", Text("应用", "App"), 2, lambda one: str(one.of.app)),
            Shown("version", Text("版本", "Version"), 2, lambda one: _version(one.of)),
        ),
        found,
        period,
    )


def _version(release: Release) -> Value:
    result = release.result
    return None if result is None else f"{result.version_name} ({result.version_code})"


def _kits(sources: PackSources, period: PackPeriod) -> tuple[PackPart, tuple[Attested, ...]]:
    def attested(one: KitVetting) -> Attested | None:
        return _attested(sources.kit_papers, one.id, "kit", KIT_PREDICATE)

    found = [
        _as_of(period, one, one.ruling, one.result, attested)
        for one in sorted(sources.kits.every(), key=lambda one: (one.submitted_at, one.id))
        if _concerns(one.submitted_at, one.ruling, period)
    ]
    return _part(
        "12-kits",
        Text("SDK 安装包审查", "Vettings of packages of SDKs"),
        Text(
            "看过 SDK 安装包审查的全部记录；列出期间内提交或决定的，决定以期末为准。",
            "All vettings of packages of SDKs were looked at; those submitted or decided in the"
            " period stand here, as they were at its end.",
        ),
        (
            Shown("id", Text("编号", "Id"), 2, lambda one: str(one.of.id)),
            Shown(
                "sdks",
                Text("SDK", "SDK"),
                2,
                lambda one: None if one.of.result is None else " ".join(one.of.result.sdks),
            ),
            Shown("asks", Text("请求", "Asked"), 2, lambda one: _ASKS[one.of.asks.value]),
        ),
        found,
        period,
    )


def _part(  # noqa: PLR0913, PLR0917  what a part is
    name: str,
    title: Text,
    looked: Text,
    columns: tuple[Shown[_Package[T]], ...],
    found: list[_Package[T]],
    period: PackPeriod,
) -> tuple[PackPart, tuple[Attested, ...]]:
    papers = tuple(one.paper for one in found if one.paper is not None)
    records = {at for one in papers for at in one.positions}
    columns = (*columns, *_COMMON)
    return part_of(name, title, looked, columns, found, period=period, records=records), papers


def _as_of(
    period: PackPeriod,
    one: S,
    decision: _Decision | None,
    result: _Result | None,
    attested: Callable[[S], Attested | None],
) -> _Package[S]:
    """Return a package as it stood at the end of a period: undecided if that came later."""
    later = decision is not None and decision.at > period.until
    return _Package(
        of=one,
        sha256=one.sha256,
        submitted=one.submitted_at,
        result=result,
        state=ReleaseState.INSPECTED if later else one.state,
        decision=None if later else decision,
        paper=None if later else attested(one),
    )


def _concerns(submitted: datetime, decided: _Decision | None, period: PackPeriod) -> bool:
    return submitted in period or (decided is not None and decided.at in period)


def _attested(
    files: ReleaseFiles, wanted: ReleaseId, prefix: str, predicate: str
) -> Attested | None:
    data = files.paper(wanted, ReleasePaper.ATTESTATION)
    if data is None:
        return None
    name = f"attestations/{prefix}-{wanted}.json"
    return Attested(name=name, data=data, positions=_recorded(data, predicate))


def _recorded(data: bytes, predicate: str) -> frozenset[int]:
    """Return where the record of an attestation stands, as the proof in it says."""
    with suppress(EnvelopeMalformedError):
        said: dict[str, Any] = json.loads(read_envelope(data, predicate).predicate)
        return frozenset(int(one["index"]) for one in said.get(EVIDENCE, {}).get("records", ()))
    return frozenset()


def _counts(counts: tuple[tuple[Severity, int], ...]) -> Text:
    return joined([Text(f"{one.text.zh} {n}", f"{one.text.en} {n}") for one, n in counts])
