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
from chengnuo.domain.governance.audit_pack import PackColumn, PackPart, Value
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.domain.register.model import Register
from chengnuo.law.civil import civil_date
from chengnuo.ports.versions import RegisterVersion
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, day

_SHOWN = {
    DocumentKind.PROCESSING_RULES: ("markdown", "json"),
    DocumentKind.COLLECTION_LIST: ("xlsx", "json"),
    DocumentKind.SHARING_LIST: ("xlsx", "json"),
    DocumentKind.MINORS_RULES: ("markdown", "json"),
}
_VERSIONS = (
    PackColumn("version", Text("版本", "Version"), 3),
    PackColumn("kept", Text("存档日", "Kept"), 2),
    PackColumn("records", Text("期间内引用它的记录", "Records that name it"), 2),
    PackColumn("folder", Text("文件夹", "Folder"), 2),
)
_FINDINGS = (
    PackColumn("id", Text("编号", "Id"), 2),
    PackColumn("rule", Text("规则", "Rule"), 2),
    PackColumn("severity", Text("严重程度", "Severity"), 1),
    PackColumn("row", Text("登记行", "Row"), 2),
    PackColumn("title", Text("发现", "Finding"), 3),
    PackColumn("law", Text("依据", "Duties"), 3),
    PackColumn("fate", Text("去向", "What became of it"), 2),
    PackColumn("since", Text("最早见于", "First seen in"), 2),
    PackColumn("ended", Text("改好于", "Mended in"), 2),
)
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
    published = sorted(period.of_kind.get(Kind.REGISTER_PUBLISHED, set()))
    rows: list[tuple[Value, ...]] = [
        (one.kept.id, day(one.kept.at), period.registers[one.kept.id], one.folder)
        for one in versions
    ]
    return PackPart(
        id="02-rules",
        title=Text(
            "当时有效的两份清单和处理规则", "The two lists and processing rules as they were"
        ),
        looked=Text(
            "登记簿存档中期间内有效过的每个版本：期初的版本，以及期间内的记录写明的版本。每个版本一个"
            "文件夹：登记簿的公开部分、已收集清单、共享清单、处理规则。",
            "Every version of the register's archive that was in force in the period: the one at"
            " its beginning, and those that its records name. Each has a folder: the public part"
            " of the register, the two lists and the processing rules.",
        ),
        columns=_VERSIONS,
        rows=rows,
        records=published,
        complete=(Kind.REGISTER_PUBLISHED.value,),
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


def findings_part(sources: PackSources, versions: tuple[InForceThen, ...]) -> PackPart:
    """Return what the check of each version found, and what became of it, as a part."""
    catalogue = sources.register.catalogue
    first, last, seen = dict[str, int](), dict[str, int](), dict[str, Finding]()
    for number, one in enumerate(versions):
        for finding in check(one.register, catalogue, one.until).findings:
            first.setdefault(finding.id, number)
            last[finding.id], seen[finding.id] = number, finding
    rows = list[tuple[Value, ...]]()
    for name, finding in sorted(seen.items(), key=lambda one: (one[1].severity.rank, one[0])):
        gone = last[name] + 1 if last[name] + 1 < len(versions) else None
        rows.append(
            (
                name,
                finding.rule,
                finding.severity.text,
                f"{finding.row.kind}/{finding.row.id}",
                finding.title,
                " ".join(str(duty) for duty in finding.duties),
                _MENDED if gone is not None else _fate(finding),
                _named(versions[first[name]]),
                None if gone is None else _named(versions[gone]),
            )
        )
    return PackPart(
        id="04-findings",
        title=Text("发现及其去向", "Findings and what became of them"),
        looked=Text(
            "对期间内有效过的每个登记簿版本运行全部规则（按该版本失效之日或者期末判断日期）；同一个发现"
            "在后面的版本里不再出现的，记为已改好。",
            "Every rule was run on each version of the register that was in force in the period,"
            " judged on the day it ended or the period did. A finding that a later version no"
            " longer has counts as mended.",
        ),
        columns=_FINDINGS,
        rows=rows,
    )


def _fate(finding: Finding) -> Text:
    if finding.waived is None:
        return _OPEN
    until = finding.waived.expires
    return Text(f"豁免至 {until}", f"waived until {until}")


def _named(one: InForceThen) -> str:
    return f"{short(one.kept.id)} ({civil_date(one.kept.at)})"


def handler_of(versions: tuple[InForceThen, ...]) -> Text:
    """Return the name of the handler, as the last version says it."""
    return versions[-1].register.handler.name if versions else Text("—", "—")
