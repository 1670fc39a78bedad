"""Parts of an audit pack about what was signed: statements of every sort, and checkpoints."""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.dsse import statement_type
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.governance.audit_pack import PackPart, Value
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.ports.evidence_log import Position, Record
from chengnuo.usecases.governance.pack_packages import Attested
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, moment
from chengnuo.usecases.governance.pack_tables import Shown, part_of

_SORTS = {
    "urn:chengnuo:release:1": Text("应用发布", "release"),
    "urn:chengnuo:kit-vetting:1": Text("SDK 审查", "vetting of a kit"),
    "urn:chengnuo:price-audit:1": Text("价格审计", "audit of prices"),
    "urn:chengnuo:probe:1": Text("外部探查", "probe from outside"),
    "urn:chengnuo:drift:1": Text("声明与实际的差别", "drift"),
    "urn:chengnuo:board:1": Text("公开的承诺看板", "published board"),
}
"""What is stated, by `predicateType`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """A recorded statement, with the file of it where the pack has one."""

    record: Record
    paper: Attested | None

    @property
    def sort(self) -> Value:
        """What it states; nothing where only its digest is known."""
        named = "" if self.paper is None else statement_type(self.paper.data)
        return _SORTS.get(named, named)


_STATEMENTS: tuple[Shown[_Stated], ...] = (
    Shown("position", Text("日志位置", "Position"), 1, lambda one: one.record.position),
    Shown(
        "at",
        Text("时间（北京）", "When (Beijing)"),
        2,
        lambda one: moment(from_us(one.record.leaf.at)),
    ),
    Shown("sort", Text("种类", "Sort"), 2, lambda one: one.sort),
    Shown("activity", Text("处理活动", "Activity"), 2, lambda one: one.record.leaf.activity),
    Shown(
        "leaf",
        Text("记录的散列", "Hash of the record"),
        4,
        lambda one: leaf_hash(one.record.entry).hex(),
    ),
    Shown(
        "file", Text("文件", "File"), 3, lambda one: None if one.paper is None else one.paper.name
    ),
)


def statements_of(sources: PackSources, period: PackPeriod) -> Iterator[Attested]:
    """Yield the statements of the period that are kept beside the log."""
    for position, envelope in sources.statements.all():
        if position in period.of_kind[Kind.ATTESTATION]:
            yield Attested(
                name=f"attestations/statement-{position}.json",
                data=envelope,
                positions=frozenset({position}),
            )


def statements_part(
    sources: PackSources, period: PackPeriod, papers: tuple[Attested, ...]
) -> PackPart:
    """Return every recorded statement of the period as a part, each with its file.

    Args:
        sources: Where everything comes from.
        period: The period.
        papers: All attestations of the pack.

    """
    files = {position: one for one in papers for position in one.positions}
    stated = sorted(period.of_kind[Kind.ATTESTATION])
    return part_of(
        "14-statements",
        Text("价格证明与其他声明", "Statements about prices, and others"),
        Text(
            "期间内日志中的每一条声明记录：价格审计、外部探查、发布、SDK 审查、公开的看板等。"
            "留存的声明附在 attestations/ 中，可以单独核验；没有文件的，日志中只有其散列，例如"
            "以前的审计包的列表。",
            "Every record of a statement in the period: audits of prices, probes, releases,"
            " vettings, published boards. Statements that were kept are in attestations/ and"
            " verify by themselves; of those without a file the log has the digest alone, as of"
            " the lists of earlier audit packs.",
        ),
        _STATEMENTS,
        (
            _Stated(record=sources.log.record(Position(at)), paper=files.get(Position(at)))
            for at in stated
        ),
        period=period,
        records=stated,
        kinds=(Kind.ATTESTATION.value,),
    )


def checkpoints_of(
    sources: PackSources, period: PackPeriod, last: int
) -> tuple[SignedCheckpoint, ...]:
    """Return the kept checkpoints of the period, the smallest first."""
    kept = [one for one in sources.stamps.kept() if period.first < one.checkpoint.size <= last + 1]
    return tuple(sorted(kept, key=lambda one: one.checkpoint.size))


def note_name(signed: SignedCheckpoint) -> str:
    """Return the name of a checkpoint's file in a pack."""
    return f"checkpoints/{signed.checkpoint.size}.note"


_CHECKPOINTS: tuple[Shown[SignedCheckpoint], ...] = (
    Shown("file", Text("文件", "File"), 2, note_name),
    Shown("size", Text("记录数", "Records"), 1, lambda one: one.checkpoint.size),
    Shown("root", Text("树根", "Root"), 4, lambda one: one.checkpoint.root.hex()),
)


def checkpoints_part(period: PackPeriod, notes: tuple[SignedCheckpoint, ...]) -> PackPart:
    """Return the kept checkpoints as a part."""
    return part_of(
        "16-checkpoints",
        Text("检查点", "Checkpoints"),
        Text(
            "期间内留存的检查点（见证或加盖时间戳的）。核验程序由 leaves.jsonl 逐个重算它们的树根，"
            "因此彼此一致。本包自己所依的检查点在 proof.json 中。",
            "Checkpoints of the period that were kept because witnesses or an authority saw them."
            " The verifier computes the root of each anew from leaves.jsonl, so they agree with"
            " each other. The one that the pack itself rests on is in proof.json.",
        ),
        _CHECKPOINTS,
        notes,
        period=period,
    )
