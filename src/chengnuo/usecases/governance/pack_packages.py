"""Parts of an audit pack about packages: releases of apps and vettings of kits, as attested."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chengnuo.base.text import Text
from chengnuo.domain.evidence.dsse import EnvelopeMalformedError, read_envelope
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.governance.attestation import EVIDENCE, PREDICATE
from chengnuo.domain.governance.audit_pack import PackColumn, PackPart, Value
from chengnuo.domain.governance.kit_attestation import KIT_PREDICATE
from chengnuo.domain.governance.release import ReleaseId, ReleaseState
from chengnuo.ports.releases import ReleaseFiles, ReleasePaper
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, day, joined

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
_COMMON = (
    PackColumn("sha256", Text("安装包 SHA-256", "SHA-256 of the package"), 3),
    PackColumn("submitted", Text("提交日", "Submitted"), 2),
    PackColumn("verdict", Text("门禁结论", "Verdict"), 2),
    PackColumn("findings", Text("未解决的发现", "Open findings"), 2),
    PackColumn("state", Text("决定", "Decision"), 2),
    PackColumn("decided", Text("决定日", "Decided"), 2),
    PackColumn("fourEyes", Text("四眼", "Four eyes"), 1),
    PackColumn("attestation", Text("声明文件", "Attestation"), 3),
)
_RELEASES = (
    PackColumn("id", Text("编号", "Id"), 2),
    PackColumn("app", Text("应用", "App"), 2),
    PackColumn("version", Text("版本", "Version"), 2),
    *_COMMON,
)
_KITS = (
    PackColumn("id", Text("编号", "Id"), 2),
    PackColumn("sdks", Text("SDK", "SDK"), 2),
    PackColumn("asks", Text("请求", "Asked"), 2),
    *_COMMON,
)
_ASKS = {"approval": Text("批准", "approval"), "withdrawal": Text("撤销批准", "withdrawal")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """An attestation that goes into a pack: its name there, and its bytes."""

    name: str
    data: bytes


def package_parts(
    sources: PackSources, period: PackPeriod
) -> Iterator[tuple[PackPart, tuple[Attested, ...]]]:
    """Yield releases and vettings of kits, each with the attestations that go beside."""
    yield _releases(sources, period)
    yield _kits(sources, period)


def _releases(sources: PackSources, period: PackPeriod) -> tuple[PackPart, tuple[Attested, ...]]:
    rows, papers, positions = list[tuple[Value, ...]](), list[Attested](), set[int]()
    for one in sorted(sources.releases.every(), key=lambda one: (one.submitted_at, one.id)):
        decided = one.decision
        if not _concerns(one.submitted_at, None if decided is None else decided.at, period):
            continue
        paper = _attested(sources.papers, one.id, "release")
        papers += [] if paper is None else [paper]
        positions |= _recorded(paper, PREDICATE)
        result = one.result
        version = "" if result is None else f"{result.version_name} ({result.version_code})"
        rows.append(
            (
                one.id,
                one.app,
                version,
                one.sha256,
                day(one.submitted_at),
                None if result is None else result.verdict.text,
                None if result is None else _counts(result.counts),
                _STATES[one.state],
                None if decided is None else day(decided.at),
                None if decided is None else not decided.single_person,
                None if paper is None else paper.name,
            )
        )
    part = PackPart(
        id="13-releases",
        title=Text("应用发布与安装包声明", "Releases and attestations of packages"),
        looked=Text(
            "看过发布门禁的全部版本；列出期间内提交或决定的。声明是带签名的文件，可以单独核验。",
            "All versions of the release gate were looked at; those submitted or decided in the"
            " period stand here. Attestations are signed files that verify by themselves.",
        ),
        columns=_RELEASES,
        rows=rows,
        records=tuple(sorted(positions)),
    )
    return part, tuple(papers)


def _kits(sources: PackSources, period: PackPeriod) -> tuple[PackPart, tuple[Attested, ...]]:
    rows, papers, positions = list[tuple[Value, ...]](), list[Attested](), set[int]()
    for one in sorted(sources.kits.every(), key=lambda one: (one.submitted_at, one.id)):
        ruling, result = one.ruling, one.result
        if not _concerns(one.submitted_at, None if ruling is None else ruling.at, period):
            continue
        paper = _attested(sources.kit_papers, one.id, "kit")
        papers += [] if paper is None else [paper]
        positions |= _recorded(paper, KIT_PREDICATE)
        rows.append(
            (
                one.id,
                "" if result is None else " ".join(result.sdks),
                _ASKS[one.asks.value],
                one.sha256,
                day(one.submitted_at),
                None if result is None else result.verdict.text,
                None if result is None else _counts(result.counts),
                _STATES[one.state],
                None if ruling is None else day(ruling.at),
                None if ruling is None else not ruling.single_person,
                None if paper is None else paper.name,
            )
        )
    part = PackPart(
        id="12-kits",
        title=Text("SDK 安装包审查", "Vettings of packages of SDKs"),
        looked=Text(
            "看过 SDK 安装包审查的全部记录；列出期间内提交或决定的。",
            "All vettings of packages of SDKs were looked at; those submitted or decided in the"
            " period stand here.",
        ),
        columns=_KITS,
        rows=rows,
        records=tuple(sorted(positions)),
    )
    return part, tuple(papers)


def _concerns(submitted: datetime, decided: datetime | None, period: PackPeriod) -> bool:
    return submitted in period or (decided is not None and decided in period)


def _attested(files: ReleaseFiles, wanted: ReleaseId, prefix: str) -> Attested | None:
    data = files.paper(wanted, ReleasePaper.ATTESTATION)
    return (
        None if data is None else Attested(name=f"attestations/{prefix}-{wanted}.json", data=data)
    )


def _recorded(paper: Attested | None, predicate: str) -> set[int]:
    """Return where the record of an attestation stands, as the proof in it says."""
    if paper is None:
        return set()
    with suppress(EnvelopeMalformedError):
        said: dict[str, Any] = json.loads(read_envelope(paper.data, predicate).predicate)
        return {int(one["index"]) for one in said.get(EVIDENCE, {}).get("records", ())}
    return set()


def _counts(counts: tuple[tuple[Severity, int], ...]) -> Text:
    return joined([Text(f"{one.text.zh} {n}", f"{one.text.en} {n}") for one, n in counts])
