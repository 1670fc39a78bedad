"""Parts of an audit pack that the log itself tells: records, controls, provision abroad."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from chengnuo.base.digest import short
from chengnuo.base.instant import from_us
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.recipient_words import ROUTE
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt_words import KIND_WORDS
from chengnuo.domain.finding.all_controls import CONTROL_BY_ID
from chengnuo.domain.finding.control_run import KeptRun, KeptStatus
from chengnuo.domain.governance.audit_pack import PackPart, Value
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import civil_date
from chengnuo.usecases.governance.pack_register import InForceThen
from chengnuo.usecases.governance.pack_sources import PackPeriod, PackSources, joined, moment
from chengnuo.usecases.governance.pack_tables import Shown, part_of


def records_part(period: PackPeriod) -> PackPart:
    """Return how many records there are of each kind; their leaves are a file of their own."""
    return part_of(
        "17-records",
        Text("期间内的日志记录", "Records of the period"),
        Text(
            "期间内日志的全部记录，一条不少，都在 leaves.jsonl 中（叶：种类、时间、所涉登记行、"
            "内容的散列；没有姓名、账号和内容）。核验程序会从这些叶重算并核对下列数目。",
            "All records that the log has of the period are in leaves.jsonl, none left out, as"
            " leaves: kind, instant, rows of the register, hash of the content; no name, account"
            " or content. The verifier counts them anew from the leaves.",
        ),
        (
            Shown("kind", Text("种类", "Kind"), 2, lambda kind: kind.value),
            Shown("name", Text("名称", "Name"), 3, KIND_WORDS.__getitem__),
            Shown("count", Text("条数", "Records"), 1, lambda kind: period.kinds[kind.value]),
        ),
        Kind,
        period=period,
    )


def controls_part(sources: PackSources, period: PackPeriod) -> PackPart:
    """Return each recorded run of a control as a part, and what the board said day by day."""
    start, until = from_us(period.start), from_us(period.end) + timedelta(microseconds=1)
    found: list[KeptRun | KeptStatus] = [
        *sources.controls.between(start, until),
        *sources.controls.statuses(civil_date(start), civil_date(period.until)),
    ]
    return part_of(
        "03-controls",
        Text("控制运行及结果", "Controls and their results"),
        Text(
            "期间内记入日志的每一次控制运行，以及看板每行每日末的状态；每次运行都是日志的一条记录，"
            "有所看数量、不符数量和所看内容的散列。",
            "Every run of a control that was recorded in the period, and what the board said of"
            " each row at the end of each day. A run is a record of the log: how much was looked"
            " at, how much was wrong, and the hash of what was looked at.",
        ),
        _CONTROLS,
        found,
        period=period,
        records=(one.position for one in found),
        kinds=(Kind.CONTROL_RUN.value,),
    )


def _of_run(told: Callable[[KeptRun], Value]) -> Callable[[KeptRun | KeptStatus], Value]:
    return lambda one: told(one) if isinstance(one, KeptRun) else None


def _control(one: KeptRun | KeptStatus) -> str:
    return one.control if isinstance(one, KeptRun) else f"{one.day} {one.duty}"


def _control_title(one: KeptRun | KeptStatus) -> Text:
    if isinstance(one, KeptStatus):
        return Text("看板状态（当日末）", "Status on the board, end of day")
    known = CONTROL_BY_ID.get(one.control)
    return Text(one.control, one.control) if known is None else known.title


_CONTROLS: tuple[Shown[KeptRun | KeptStatus], ...] = (
    Shown("control", Text("控制", "Control"), 2, _control),
    Shown("title", Text("确保什么", "What it makes sure of"), 3, _control_title),
    Shown(
        "at",
        Text("时间（北京）", "When (Beijing)"),
        2,
        lambda one: moment(one.at) if isinstance(one, KeptRun) else one.day.isoformat(),
    ),
    Shown(
        "outcome",
        Text("结果", "Result"),
        2,
        lambda one: one.outcome.text if isinstance(one, KeptRun) else one.status.text,
    ),
    Shown("lookedAt", Text("看了几项", "Looked at"), 1, _of_run(lambda one: one.looked_at)),
    Shown("wrong", Text("不符几项", "Wrong"), 1, _of_run(lambda one: one.wrong)),
    Shown("why", Text("说明", "Note"), 2, _of_run(lambda one: one.why)),
    Shown(
        "digest",
        Text("所看内容的散列", "Digest of what was looked at"),
        3,
        _of_run(lambda one: one.digest),
    ),
    Shown("position", Text("日志位置", "Position"), 1, lambda one: one.position),
)


@dataclass(frozen=True, slots=True)
class _Abroad:
    """A recipient abroad as a version of the register had it."""

    recipient: Recipient
    version: str


def transfers_part(
    versions: tuple[InForceThen, ...], period: PackPeriod, catalogue: Catalogue
) -> PackPart:
    """Return the recipients abroad of each version, and how often they were provided with."""

    def categories(one: _Abroad) -> Value:
        return joined([catalogue.category(each).text for each in one.recipient.categories])

    return part_of(
        "08-transfers",
        Text("向境外提供", "Provision abroad"),
        Text(
            "期间内有效过的登记簿版本中，所在地不是境内的接收方；“提供记录”是期间内日志中以其为"
            "接收方的提供记录数，可由 leaves.jsonl 重算。",
            "Recipients outside the mainland in the versions of the register that were in force;"
            " how many provisions to each the log recorded in the period, which can be counted"
            " anew from leaves.jsonl.",
        ),
        (
            *_TRANSFERS,
            Shown("categories", Text("信息种类", "Categories"), 3, categories),
            Shown(
                "provisions",
                Text("提供记录", "Provisions"),
                1,
                lambda one: period.recipients[one.recipient.recipient],
            ),
            Shown("version", Text("登记簿版本", "Version"), 2, lambda one: one.version),
        ),
        [
            _Abroad(recipient, short(one.kept.id))
            for one in versions
            for recipient in one.register.recipients
            if recipient.is_overseas
        ],
        period=period,
    )


def _route(one: _Abroad) -> Value:
    border = one.recipient.cross_border
    return None if border is None else ROUTE[border.route]


def _reference(one: _Abroad) -> Value:
    border = one.recipient.cross_border
    return None if border is None else border.reference


_TRANSFERS: tuple[Shown[_Abroad], ...] = (
    Shown(
        "recipient", Text("接收方编号", "Recipient"), 2, lambda one: str(one.recipient.recipient)
    ),
    Shown("company", Text("境外接收方", "Company"), 3, lambda one: one.recipient.company),
    Shown(
        "country",
        Text("国家或地区", "Country"),
        1,
        lambda one: country_in_words(one.recipient.country),
    ),
    Shown("route", Text("途径", "Route"), 2, _route),
    Shown("reference", Text("文号", "Reference"), 2, _reference),
)
