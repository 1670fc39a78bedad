"""Parts of an audit pack that the archive of the register tells: rules as they were, findings.

Which versions were in force in a period its records tell: each names the version of its moment. The
version that was kept last before the period stands first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chengnuo.base.digest import short
from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.all_documents import derive
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import DocumentKind
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.governance.audit_pack import PackPart, Value
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.domain.register.model import Register
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.ports.versions import RegisterVersion
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, day
from chengnuo.usecases.governance.pack_tables import Shown, part_of

_SHOWN = {
    DocumentKind.PROCESSING_RULES: ("markdown", "json"),
    DocumentKind.COLLECTION_LIST: ("xlsx", "json"),
    DocumentKind.SHARING_LIST: ("xlsx", "json"),
    DocumentKind.MINORS_RULES: ("markdown", "json"),
}
_OPEN, _MENDED = Text("未解决", "open"), Text("已改好", "mended")


@dataclass(frozen=True, slots=True, kw_only=True)
class InForceThen:
    """A version of the register that was in force in a period.

    Attributes:
        kept: The version as it is kept.
        register: The register.
        until: Last day on which it is judged: that of the next version, or of the end.

    """

    kept: RegisterVersion
    register: Register
    until: date

    @property
    def folder(self) -> str:
        """Where it lies in a pack."""
        return f"rules/{short(self.kept.id)}"


def versions_in(sources: PackSources, period: PackPeriod) -> tuple[InForceThen, ...]:
    """Return the versions that were in force in a period, the oldest first."""
    kept = [one for one in reversed(sources.register.kept()) if one.at <= period.until]
    before = [one for one in kept if one.at < from_us(period.start)]
    named = set(period.registers) | {one.id for one in before[-1:]}
    wanted = [one for one in kept if one.id in named or one.at in period]
    ends = [*(civil_date(one.at) for one in wanted[1:]), civil_date(period.until)][: len(wanted)]
    return tuple(
        InForceThen(kept=one, register=sources.register.register_of(one.id).register, until=until)
        for one, until in zip(wanted, ends, strict=True)
    )


def rules_part(versions: tuple[InForceThen, ...], period: PackPeriod) -> PackPart:
    """Return the versions as a part; their documents are files of their own."""
    kind = Kind.REGISTER_PUBLISHED.value
    return part_of(
        "02-rules",
        Text("当时有效的两份清单和处理规则", "The two lists and processing rules as they were"),
        Text(
            "登记簿存档中期间内有效过的每个版本：期初的版本，以及期间内的记录写明的版本。每个版本一个"
            "文件夹：登记簿的公开部分、已收集清单、共享清单、处理规则。",
            "Every version of the register's archive that was in force in the period: the one at"
            " its beginning, and those that its records name. Each has a folder: the public part"
            " of the register, the two lists and the processing rules.",
        ),
        (
            Shown("version", Text("版本", "Version"), 3, lambda one: str(one.kept.id)),
            Shown("kept", Text("存档日", "Kept"), 2, lambda one: day(one.kept.at)),
            Shown(
                "records",
                Text("期间内引用它的记录", "Records that name it"),
                2,
                lambda one: period.registers[one.kept.id],
            ),
            Shown("folder", Text("文件夹", "Folder"), 2, lambda one: one.folder),
        ),
        versions,
        period=period,
        records=period.of_kind[kind],
        kinds=(kind,),
    )


def rules_files(
    sources: PackSources, versions: tuple[InForceThen, ...]
) -> Iterator[tuple[str, bytes]]:
    """Yield the documents of each version by their names in a pack."""
    catalogue = sources.register.catalogue
    for one in versions:
        yield f"{one.folder}/register.json", canonical_bytes(public_part(one.register)) + b"\n"
        for app in one.register.apps:
            declared = Declared(register=one.register, catalogue=catalogue, app_id=app.app)
            for kind, formats in _SHOWN.items():
                document = derive(declared, kind)
                for form in formats:
                    writer = sources.writers[form]
                    name = f"{one.folder}/{app.app}.{kind}.zh{writer.suffix}"
                    yield name, writer.write(document, Lang.ZH)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A finding, from its first version to the one that no longer has it."""

    finding: Finding
    since: InForceThen
    ended: InForceThen | None

    @property
    def fate(self) -> Text:
        """What became of it."""
        if self.ended is not None:
            return _MENDED
        if self.finding.waived is None:
            return _OPEN
        until = self.finding.waived.expires
        return Text(f"豁免至 {until}", f"waived until {until}")


def findings_part(
    sources: PackSources, versions: tuple[InForceThen, ...], period: PackPeriod
) -> PackPart:
    """Return what the check of each version found, and what became of it, as a part."""
    catalogue = sources.register.catalogue

    def law(one: _Found) -> Value:
        duties = one.finding.duties
        zh, en = (" ".join(catalogue.citation(duty, lang) for duty in duties) for lang in Lang)
        return Text(zh, en)

    return part_of(
        "04-findings",
        Text("发现及其去向", "Findings and what became of them"),
        Text(
            "对期间内有效过的每个登记簿版本运行全部规则（按该版本失效之日或者期末判断日期）；同一个发现"
            "在后面的版本里不再出现的，记为已改好。这些行由程序算出，日志不能证明没有漏掉哪一条：要核对，"
            "请处理者出示登记簿，自行运行 chengnuo register check。",
            "Every rule was run on each version of the register that was in force in the period,"
            " judged on the day it ended or the period did. A finding that a later version no"
            " longer has counts as mended. These rows are worked out by program; the log does not"
            " show that none is left out: to see for yourself, have the register shown and run"
            " chengnuo register check.",
        ),
        (
            Shown("id", Text("编号", "Id"), 2, lambda one: str(one.finding.id)),
            Shown("rule", Text("规则", "Rule"), 2, lambda one: str(one.finding.rule)),
            Shown(
                "severity", Text("严重程度", "Severity"), 1, lambda one: one.finding.severity.text
            ),
            Shown(
                "row",
                Text("登记行", "Row"),
                2,
                lambda one: f"{one.finding.row.kind}/{one.finding.row.id}",
            ),
            Shown("title", Text("发现", "Finding"), 3, lambda one: one.finding.title),
            Shown("law", Text("依据", "Held to"), 3, law),
            Shown("fate", Text("去向", "What became of it"), 2, lambda one: one.fate),
            Shown("since", Text("最早见于", "First seen in"), 2, lambda one: _named(one.since)),
            Shown(
                "ended",
                Text("改好于", "Mended in"),
                2,
                lambda one: None if one.ended is None else _named(one.ended),
            ),
        ),
        _found(versions, catalogue),
        period=period,
    )


def _found(versions: tuple[InForceThen, ...], catalogue: Catalogue) -> list[_Found]:
    first, last, seen = dict[str, int](), dict[str, int](), dict[str, Finding]()
    for number, one in enumerate(versions):
        for finding in check(one.register, catalogue, one.until).findings:
            first.setdefault(finding.id, number)
            last[finding.id], seen[finding.id] = number, finding
    after = dict(enumerate(versions[1:]))
    return [
        _Found(finding=one, since=versions[first[name]], ended=after.get(last[name]))
        for name, one in sorted(seen.items(), key=lambda one: (one[1].severity.rank, one[0]))
    ]


def _named(one: InForceThen) -> str:
    return f"{short(one.kept.id)} ({civil_date(one.kept.at)})"


def handler_of(versions: tuple[InForceThen, ...]) -> Text:
    """Return the name of the handler, as the last version says it."""
    return versions[-1].register.handler.name if versions else Text("—", "—")
