"""Parts of an audit pack that the log itself tells: records, controls, prices, transfers, notes."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt_words import KIND_WORDS, instant_text
from chengnuo.domain.finding.all_controls import CONTROL_BY_ID
from chengnuo.domain.governance.audit_pack import PackColumn, PackPart, Value
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.law.civil import civil_date
from chengnuo.ports.evidence_log import LogReader, Position
from chengnuo.usecases.governance.pack_packages import Attested
from chengnuo.usecases.governance.pack_register import InForceThen
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, Progress

KEPT_WHOLE = frozenset(
    {
        Kind.REGISTER_PUBLISHED,
        Kind.REQUEST_STATE,
        Kind.COMPLAINT,
        Kind.INCIDENT,
        Kind.DOSSIER_ACT,
        Kind.ATTESTATION,
        Kind.CONTROL_RUN,
    }
)
"""Kinds of which each record of the period is to be found in a part."""
EVERY = 2_000


def period_of(
    log: LogReader, start: int, end: int, progress: Progress
) -> tuple[PackPeriod, int] | None:
    """Walk the records of a period, and return it and the position of the last of them.

    Returns:
        None if the log has no checkpoint yet.

    """
    signed = log.checkpoint()
    if signed is None or not signed.checkpoint.size:
        return None
    size = signed.checkpoint.size
    newest = log.record(Position(size - 1)).leaf.at
    first = min(max(log.at(start) - 1, 0), size - 1)
    last = min(log.at(min(end, newest) + 1), size) - 1
    kinds, registers, recipients = Counter[str](), Counter[str](), Counter[str]()
    of_kind: dict[str, set[int]] = {kind.value: set() for kind in KEPT_WHOLE}
    for at in range(first, last + 1):
        if at % EVERY == 0:
            progress("records", at - first, last + 1 - first)
        leaf = log.record(Position(at)).leaf
        if leaf.at < start:
            continue
        kinds[leaf.kind] += 1
        registers[leaf.register] += 1
        if leaf.kind in of_kind:
            of_kind[leaf.kind].add(at)
        if leaf.kind == Kind.PROVISION:
            recipients[leaf.recipient] += 1
    period = PackPeriod(
        signed=signed,
        start=start,
        end=min(end, max(newest, start)),
        first=first,
        kinds=kinds,
        of_kind=of_kind,
        registers=registers,
        recipients=recipients,
    )
    return period, max(last, first)


def records_part(period: PackPeriod) -> PackPart:
    """Return how many records there are of each kind; their leaves are a file of their own."""
    return PackPart(
        id="17-records",
        title=Text("期间内的日志记录", "Records of the period"),
        looked=Text(
            "期间内日志的全部记录，一条不少，都在 leaves.jsonl 中（叶：种类、时间、所涉登记行、"
            "内容的散列；没有姓名、账号和内容）。核验程序会从这些叶重算并核对下列数目。",
            "All records that the log has of the period are in leaves.jsonl, none left out, as"
            " leaves: kind, instant, rows of the register, hash of the content; no name, account"
            " or content. The verifier counts them anew from the leaves.",
        ),
        columns=(
            PackColumn("kind", Text("种类", "Kind"), 2),
            PackColumn("name", Text("名称", "Name"), 3),
            PackColumn("count", Text("条数", "Records"), 1),
        ),
        rows=[(kind.value, KIND_WORDS[kind], period.kinds[kind.value]) for kind in Kind],
    )


def controls_part(sources: PackSources, period: PackPeriod) -> PackPart:
    """Return each recorded run of a control as a part, and what the board said day by day."""
    start, until = from_us(period.start), from_us(period.end) + timedelta(microseconds=1)
    rows, positions = list[tuple[Value, ...]](), set[int]()
    for run in sources.controls.between(start, until):
        control = CONTROL_BY_ID.get(run.control)
        title = Text(run.control, run.control) if control is None else control.title
        positions.add(run.position)
        rows.append(
            (
                run.control,
                title,
                instant_text(int(run.at.timestamp() * 1_000_000))[:19] + "Z",
                run.outcome.text,
                run.looked_at,
                run.wrong,
                run.why,
                run.digest,
                run.position,
            )
        )
    statuses = tuple(sources.controls.statuses(civil_date(start), civil_date(period.until)))
    positions |= {one.position for one in statuses}
    rows += [
        (
            f"{one.day} {one.duty}",
            Text("看板状态（当日末）", "Status on the board, end of day"),
            one.day.isoformat(),
            one.status.text,
            None,
            None,
            None,
            None,
            one.position,
        )
        for one in statuses
    ]
    left = period.left_out(Kind.CONTROL_RUN, positions)
    return PackPart(
        id="03-controls",
        title=Text("控制运行及结果", "Controls and their results"),
        looked=Text(
            "期间内记入日志的每一次控制运行，以及看板每行每日末的状态；每次运行都是日志的一条记录，"
            "有所看数量、不符数量和所看内容的散列。",
            "Every run of a control that was recorded in the period, and what the board said of"
            " each row at the end of each day. A run is a record of the log: how much was looked"
            " at, how much was wrong, and the hash of what was looked at.",
        ),
        columns=(
            PackColumn("control", Text("控制", "Control"), 2),
            PackColumn("title", Text("确保什么", "What it makes sure of"), 3),
            PackColumn("at", Text("时间", "When"), 2),
            PackColumn("outcome", Text("结果", "Result"), 2),
            PackColumn("lookedAt", Text("看了几项", "Looked at"), 1),
            PackColumn("wrong", Text("不符几项", "Wrong"), 1),
            PackColumn("why", Text("说明", "Note"), 2),
            PackColumn("digest", Text("所看内容的散列", "Digest of what was looked at"), 3),
            PackColumn("position", Text("日志位置", "Position"), 1),
        ),
        rows=rows,
        records=tuple(sorted(positions)),
        complete=() if left else (Kind.CONTROL_RUN.value,),
    )


def transfers_part(versions: tuple[InForceThen, ...], period: PackPeriod) -> PackPart:
    """Return the recipients abroad of each version, and how often they were provided with."""
    rows = list[tuple[Value, ...]]()
    for one in versions:
        for recipient in one.register.recipients:
            if not recipient.is_overseas:
                continue
            border = recipient.cross_border
            rows.append(
                (
                    recipient.recipient,
                    recipient.company,
                    recipient.country,
                    None if border is None else border.route.value,
                    None if border is None else border.reference,
                    " ".join(recipient.categories),
                    period.recipients[recipient.recipient],
                    one.kept.id[:12],
                )
            )
    return PackPart(
        id="08-transfers",
        title=Text("向境外提供", "Provision abroad"),
        looked=Text(
            "期间内有效过的登记簿版本中，所在地不是境内的接收方；“提供记录”是期间内日志中以其为"
            "接收方的提供记录数，可由 leaves.jsonl 重算。",
            "Recipients outside the mainland in the versions of the register that were in force;"
            " how many provisions to each the log recorded in the period, which can be counted"
            " anew from leaves.jsonl.",
        ),
        columns=(
            PackColumn("recipient", Text("接收方编号", "Recipient"), 2),
            PackColumn("company", Text("境外接收方", "Company"), 3),
            PackColumn("country", Text("国家或地区", "Country"), 1),
            PackColumn("route", Text("途径", "Route"), 2),
            PackColumn("reference", Text("文号", "Reference"), 2),
            PackColumn("categories", Text("信息种类", "Categories"), 3),
            PackColumn("provisions", Text("提供记录", "Provisions"), 1),
            PackColumn("version", Text("登记簿版本", "Version"), 2),
        ),
        rows=rows,
    )


def statements_part(
    sources: PackSources, period: PackPeriod
) -> tuple[PackPart, tuple[Attested, ...]]:
    """Return the statements about prices and probes, and whatever else was attested."""
    rows, papers = list[tuple[Value, ...]](), list[Attested]()
    kept = {
        position: envelope
        for position, envelope in sources.statements.all()
        if position in period.of_kind[Kind.ATTESTATION]
    }
    for position in sorted(period.of_kind[Kind.ATTESTATION]):
        record = sources.log.record(Position(position))
        name = f"attestations/statement-{position}.json" if position in kept else None
        if name is not None:
            papers.append(Attested(name=name, data=kept[Position(position)]))
        rows.append(
            (
                position,
                instant_text(record.leaf.at)[:19] + "Z",
                record.leaf.activity,
                leaf_hash(record.entry).hex(),
                name,
            )
        )
    part = PackPart(
        id="14-statements",
        title=Text("价格证明与其他声明", "Statements about prices, and others"),
        looked=Text(
            "期间内日志中的每一条声明记录：价格审计、外部探查、发布、SDK 审查、公开的看板等。"
            "记入日志后另行留存的声明附在 attestations/ 中，可以单独核验；其余的随所属部分给出。",
            "Every record of a statement in the period: audits of prices, probes, releases,"
            " vettings, published boards. Statements that were kept beside the log are in"
            " attestations/ and verify by themselves; others come with the part they belong to.",
        ),
        columns=(
            PackColumn("position", Text("日志位置", "Position"), 1),
            PackColumn("at", Text("时间", "When"), 2),
            PackColumn("activity", Text("处理活动", "Activity"), 2),
            PackColumn("leaf", Text("记录的散列", "Hash of the record"), 4),
            PackColumn("file", Text("文件", "File"), 3),
        ),
        rows=rows,
        records=tuple(sorted(period.of_kind[Kind.ATTESTATION])),
        complete=(Kind.ATTESTATION.value,),
    )
    return part, tuple(papers)


def checkpoints_of(sources: PackSources, period: PackPeriod, last: int) -> Iterator[Attested]:
    """Yield the kept checkpoints of the period as files."""
    for signed in sources.stamps.kept():
        if period.first < signed.checkpoint.size <= last + 1:
            name = f"checkpoints/{signed.checkpoint.size}.note"
            yield Attested(name=name, data=signed.text.encode())


def checkpoints_part(period: PackPeriod, notes: tuple[Attested, ...]) -> PackPart:
    """Return the checkpoints as a part."""
    under = period.signed.checkpoint
    rows: list[tuple[Value, ...]] = [(one.name, None, None) for one in notes]
    rows.append(("proof.json", under.size, under.root.hex()))
    return PackPart(
        id="16-checkpoints",
        title=Text("检查点", "Checkpoints"),
        looked=Text(
            "本包所依的检查点（在 proof.json 中），以及期间内留存的检查点（见证或加盖时间戳的）。"
            "核验程序由 leaves.jsonl 逐个重算它们的树根，因此彼此一致。",
            "The checkpoint that the pack rests on (in proof.json), and those of the period that"
            " were kept because witnesses or an authority saw them. The verifier computes the root"
            " of each anew from leaves.jsonl, so they agree with each other.",
        ),
        columns=(
            PackColumn("file", Text("文件", "File"), 2),
            PackColumn("size", Text("记录数", "Records"), 1),
            PackColumn("root", Text("树根", "Root"), 4),
        ),
        rows=rows,
    )
