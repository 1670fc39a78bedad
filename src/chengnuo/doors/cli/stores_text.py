"""A scan of stores for reading on a terminal: findings first, then what each table holds."""

from collections.abc import Iterator

from chengnuo.base.columns import plain, wrapped
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_report import Drift, Side
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.observation.stores import ColumnSeen, StoreSeen, TableSeen
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.doors.cli.findings_text import findings_lines
from chengnuo.engines.text.columns import Holding
from chengnuo.engines.text.kinds import Kind
from chengnuo.law.catalogue import Catalogue

WIDTH = 80
_HOLDING = {
    Holding.VALUES: Text("{kind}：非空 {filled} 个，{held} 个是", "{kind}: {held} of {filled}"),
    Holding.INSIDE: Text(
        "文字中有{kind}：非空 {filled} 个，{held} 个含有", "words with {kind}: {held} of {filled}"
    ),
    Holding.MASKED: Text("已遮盖{kind}", "masked {kind}"),
    Holding.DIGESTS: Text("散列值{kind}", "digests {kind}"),
}
_ROWS = Text("{0} 行", "{0} rows")
_ROWS_UNKNOWN = Text("行数未知", "rows not counted")
_LOOKED = Text("看了 {0} 行", "{0} looked at")
_ALL = Text("全部看过", "all looked at")
_NOTHING = Text("没有看到个人信息", "no personal information seen")
_OLDEST = Text("最早 {0}（{1}）", "oldest {0} ({1})")
_CLEAN = Text("没有需要处理的问题。", "nothing has to be mended")
_DRIFT = Text(
    "与登记簿对照：{0} 类一致，{1} 类未登记，{2} 类登记了没有看到。",
    "beside the register: {0} categories agree, {1} not declared, {2} declared and not seen",
)
_FOOT = Text("登记簿 {0}，法规目录 {1}，识别知识 {2}。", "register {0}, law {1}, knowledge {2}")


def stores_as_text(
    report: StoresReport, knowledge: TextKnowledge, catalogue: Catalogue, lang: Lang
) -> str:
    """Return a report for reading; the worst first."""
    found = findings_lines(report.findings, lambda one: str(one.row), catalogue, lang)
    lines = [*map(plain, found)]
    if not any(one.is_open for one in report.findings):
        lines += [_CLEAN.in_lang(lang), ""]
    for store in report.seen.stores:
        lines += [*_store(store, knowledge, lang), ""]
    lines += wrapped(_drift(report.drift, lang), WIDTH)
    lines.append(
        _FOOT.in_lang(lang).format(
            short(report.register_version), report.law_version, report.seen.knowledge
        )
    )
    return "\n".join(lines)


def _store(one: StoreSeen, knowledge: TextKnowledge, lang: Lang) -> Iterator[str]:
    if one.trouble is not None:
        what = f"（{one.trouble.what}）" if one.trouble.what else ""
        yield plain(f"{one.store}：{one.trouble.unseen.text.in_lang(lang)}{what}")
        return
    yield plain(one.store)
    for table in one.tables:
        yield plain(f"  {table.table}  {' · '.join(_facts(table, lang))}")
        for column in table.columns:
            yield plain(f"    {column.column}  {_column(column, knowledge, lang)}")


def _facts(one: TableSeen, lang: Lang) -> Iterator[str]:
    if one.trouble is not None:
        what = f"（{one.trouble.what}）" if one.trouble.what else ""
        yield f"{one.trouble.unseen.text.in_lang(lang)}{what}"
        return
    yield _ROWS_UNKNOWN.in_lang(lang) if one.rows is None else _ROWS.in_lang(lang).format(one.rows)
    yield _ALL.in_lang(lang) if one.is_whole else _LOOKED.in_lang(lang).format(one.looked_at)
    if not one.columns:
        yield _NOTHING.in_lang(lang)
    for oldest in one.oldest:
        yield _OLDEST.in_lang(lang).format(oldest.on.isoformat(), oldest.column)


def _column(one: ColumnSeen, knowledge: TextKnowledge, lang: Lang) -> str:
    kind = _kind(one.kind, knowledge, lang)
    said = _HOLDING[one.holding].in_lang(lang)
    said = said.format(kind=kind, filled=one.filled, held=one.held).strip()
    others = [f"{_kind(each, knowledge, lang)} {held}" for each, held in one.others]
    return "  ".join((said, *others, *one.examples))


def _kind(kind: Kind | None, knowledge: TextKnowledge, lang: Lang) -> str:
    return "" if kind is None else knowledge.of(kind).title.in_lang(lang)


def _drift(drift: Drift, lang: Lang) -> str:
    counts = [sum(1 for one in drift.rows if one.side is side) for side in Side]
    return _DRIFT.in_lang(lang).format(*counts)
