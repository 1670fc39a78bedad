"""The summary table: scene, way of collecting and kinds of information, on one page."""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Table,
    cell,
    joined,
    lines,
    paragraph,
    strong,
)
from chengnuo.domain.disclosure.head import SENSITIVE_MARK
from chengnuo.domain.disclosure.method_words import PROVIDER
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.activity import ProcessingActivity

TITLE = Text("个人信息处理规则摘要", "Summary of the processing rules")
_LEAD = Text(
    "一览各业务场景收集的个人信息。完整内容见隐私政策（个人信息处理规则）。",
    "What is collected in each scene, at a glance. The processing rules say all of it.",
)
_EMPTY = Text("本应用不收集个人信息。", "This app collects no personal information.")
_BETWEEN = Text("；", "; ")
_COLUMNS = (
    Column(Text("业务场景", "Scene"), 4),
    Column(Text("目的", "Purpose"), 3),
    Column(Text("收集方式", "How it is collected"), 3),
    Column(Text("信息类型", "Kinds of information"), 4),
)


def summary_table(declared: Declared) -> Document:
    """Return the summary table as a document, basic services first."""
    blocks: list[Block] = [paragraph(_LEAD if declared.activities else _EMPTY)]
    if any(
        declared.is_sensitive(item) for activity in declared.activities for item in activity.items
    ):
        blocks.append(paragraph(SENSITIVE_MARK))
    rows = tuple(_row(declared, activity) for activity in declared.activities)
    if rows:
        blocks.append(Table(TITLE, _COLUMNS, rows))
    return Document(
        id=DocumentKind.SUMMARY_TABLE.value,
        kind=DocumentKind.SUMMARY_TABLE,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=tuple(blocks),
    )


def _row(declared: Declared, activity: ProcessingActivity) -> tuple[Cell, ...]:
    service = declared.service_of(activity)
    return (
        lines((strong(both(service.name)), both(activity.scene))),
        cell(both(activity.purpose)),
        cell(PROVIDER[activity.method.provided_by]),
        (joined((declared.item_span(item) for item in activity.items), _BETWEEN),),
    )
