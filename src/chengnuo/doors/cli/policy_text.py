"""What a policy says, for reading on a terminal: dates and contacts, what is collected, by whom."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from chengnuo.base.columns import columns, padded, plain, wrapped
from chengnuo.base.period import Period, WrongPeriodError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.finding.package_report import DriftRow, Side
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.finding.policy_check import PolicyReport
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.observation.policy import (
    CollectedItem,
    NamedParty,
    PolicyField,
    PolicyFieldKind,
    PolicyReading,
    Said,
)
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.doors.cli.inspection_text import findings_lines
from chengnuo.engines.policy.topics import Topic
from chengnuo.law.ids import CategoryId

WIDTH = 100
MOST_ROWS = 200
_SHORT = 30
_QUOTES = 2
_HEAD = (
    PolicyFieldKind.HANDLER,
    PolicyFieldKind.UPDATED,
    PolicyFieldKind.EFFECTIVE,
    PolicyFieldKind.EMAIL,
    PolicyFieldKind.PHONE,
    PolicyFieldKind.ADDRESS,
    PolicyFieldKind.COMPLAINT,
    PolicyFieldKind.RESPONSE,
    PolicyFieldKind.RETENTION,
    PolicyFieldKind.STORED,
    PolicyFieldKind.ABROAD,
    PolicyFieldKind.MINOR_AGE,
)
_NOTHING = Text("未找到", "not found")
_FILE = Text("{0}，{1} 个字符", "{0}, {1} characters")
_OTHER = Text(
    "这份文本既不是中文也不是英文：只列出了与语言无关的内容。",
    "the text is neither Chinese nor English: only what needs no language is listed",
)
_NO_TABLES = Text(
    "PDF 中的表格不能按行列读取：表格里的第三方和信息可能没有列出，请改用网页或 DOCX。",
    "tables of a PDF are not read by rows: third parties and items in them may be missing here; "
    "give the web page or DOCX instead",
)
_CUT = Text("文本过长，只读了前面的部分。", "the text is too long and was read in part")
_COLLECTED = Text("收集的个人信息", "What is collected")
_PARTIES = Text("第三方", "Third parties")
_DUTIES = Text("应当写明的事项", "What has to be said")
_APART = Text("与登记簿不一致", "Where it differs from the register")
_TOPICS = {
    Topic.HANDLER: Text("处理者及联系方式", "who handles it, and contact"),
    Topic.PURPOSES: Text("处理目的、方式和种类", "purposes, methods and categories"),
    Topic.RETENTION: Text("保存期限", "how long it is kept"),
    Topic.RIGHTS: Text("个人的权利和行使方式", "rights and how to exercise them"),
    Topic.WITHDRAWAL: Text("撤回同意", "withdrawing consent"),
    Topic.MINORS: Text("未成年人", "minors"),
    Topic.SHARING: Text("向他人提供", "who else gets it"),
    Topic.SDK_LIST: Text("第三方 SDK", "third-party SDKs"),
    Topic.CROSS_BORDER: Text("是否出境", "whether it goes abroad"),
    Topic.AUTOMATED_DECISION: Text("自动化决策", "automated decisions"),
    Topic.SECURITY: Text("安全措施", "security"),
    Topic.CHANGE: Text("规则的变更", "changes of the rules"),
    Topic.COMPLAINT: Text("投诉渠道", "complaints"),
}
_DAYS = Text("{0} 个工作日", "{0} working days")
_AGE = Text("{0} 周岁", "{0} years")
_MORE = Text("……另有 {0} 项", "… and {0} more")
_SIDES = {
    Side.USED_NOT_DECLARED: Text("政策写了，登记簿没有", "said, not declared"),
    Side.DECLARED_NOT_USED: Text("登记簿有，政策没有写", "declared, not said"),
}


def policy_as_text(report: PolicyReport, words: ReportWords, lang: Lang) -> str:
    """Return a report of a policy as lines."""
    reading = report.reading
    lines = [_FILE.in_lang(lang).format(plain(reading.file), reading.characters)]
    if not reading.langs:
        lines += wrapped(_OTHER.in_lang(lang), WIDTH)
    if reading.file.lower().endswith(".pdf"):
        lines += wrapped(_NO_TABLES.in_lang(lang), WIDTH)
    if not reading.is_whole:
        lines.append(_CUT.in_lang(lang))
    lines += ["", *_head(reading, lang), ""]
    items = _cut([*_items(reading.collected, words, lang)], lang)
    lines += [f"{_COLLECTED.in_lang(lang)} ({len(reading.collected)})", *items, ""]
    parties = _cut([*_parties(reading.parties, words, lang)], lang)
    lines += [f"{_PARTIES.in_lang(lang)} ({len(reading.parties)})", *parties]
    if reading.duties:
        lines += ["", _DUTIES.in_lang(lang), *_duties(reading, lang)]
    if report.drift is not None:
        apart = [one for one in report.drift.rows if one.side is not Side.AGREED]
        lines += ["", f"{_APART.in_lang(lang)} ({len(apart)}/{len(report.drift.rows)})"]
        lines += _aligned([_drift(one, words, lang) for one in apart])
        lines += ["", *findings_lines(report.findings, words, lang)]
    return "\n".join(lines)


def _head(reading: PolicyReading, lang: Lang) -> Iterator[str]:
    rows: list[Sequence[str]] = []
    for kind in _HEAD:
        values = dict.fromkeys(_field(one, lang) for one in reading.fields_of(kind))
        shown = "；".join([*values][:6]) if lang is Lang.ZH else "; ".join([*values][:6])
        rows.append([kind.text.in_lang(lang), shown or _NOTHING.in_lang(lang)])
    return _aligned(rows)


def _field(field: PolicyField, lang: Lang) -> str:
    value = plain(field.value)
    match field.kind:
        case PolicyFieldKind.EMAIL | PolicyFieldKind.PHONE:
            return f"{value} ({field.role.text.in_lang(lang)})"
        case PolicyFieldKind.STORED | PolicyFieldKind.ABROAD:
            return country_in_words(value).in_lang(lang)
        case PolicyFieldKind.RESPONSE:
            return _DAYS.in_lang(lang).format(value)
        case PolicyFieldKind.MINOR_AGE:
            return _AGE.in_lang(lang).format(value)
        case PolicyFieldKind.RETENTION:
            with suppress(WrongPeriodError):
                return Period.parse(value).in_words(chinese=lang is Lang.ZH)
    return value


def _items(items: Iterable[CollectedItem], words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield a line for each purpose and scene, with all that is collected for it."""
    comma = "、" if lang is Lang.ZH else ", "
    rows: dict[tuple[str, ...], dict[str, None]] = {}
    for one in items:
        use = (_words(one.purpose), _words(one.scene), one.necessity.text.in_lang(lang))
        rows.setdefault(use, {})[_category(one.category, one.item, words, lang)] = None
    return _aligned((*use, comma.join(names)) for use, names in rows.items())


def _parties(parties: Iterable[NamedParty], words: ReportWords, lang: Lang) -> Iterator[str]:
    comma = "、" if lang is Lang.ZH else ", "
    rows: dict[tuple[str, ...], None] = {}
    for one in parties:
        names = (_category(each, one.name, words, lang) for each in one.categories)
        rows[(_words(one.name), comma.join(names), _words(one.purpose))] = None
    return _aligned(rows)


def _duties(reading: PolicyReading, lang: Lang) -> Iterator[str]:
    for one in reading.duties:
        yield f"  {_TOPICS[Topic(one.duty)].in_lang(lang)}: {one.standing.text.in_lang(lang)}"
        for quote in one.quotes[:_QUOTES]:
            yield from (f"      {line}" for line in wrapped(plain(quote.words), WIDTH - 6))


def _drift(row: DriftRow, words: ReportWords, lang: Lang) -> list[str]:
    name = row.what
    if row.subject is Subject.INFORMATION:
        name = words.law.category(CategoryId(row.what)).text.in_lang(lang)
    elif SdkId(row.what) in words.knowledge.sdks.sdks:
        name = words.knowledge.sdks.sdks[SdkId(row.what)].name.in_lang(lang)
    return [
        _SIDES[row.side].in_lang(lang),
        plain(name),
        ", ".join(str(one) for one in row.rows[:3]),
    ]


def _category(category: CategoryId | None, item: Said, words: ReportWords, lang: Lang) -> str:
    if category is None:
        return _words(item)
    return words.law.category(category).text.in_lang(lang)


def _words(said: Said | None) -> str:
    if said is None:
        return "—"
    line = plain(" ".join(said.words.split()))
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1]}…"


def _aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows with their columns below one another."""
    every = [*rows]
    widths = [max(map(columns, column)) for column in zip(*every, strict=True)]
    for row in every:
        cells = (padded(cell, width) for cell, width in zip(row, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def _cut(lines: list[str], lang: Lang) -> list[str]:
    more = len(lines) - MOST_ROWS
    return lines if more <= 0 else [*lines[:MOST_ROWS], _MORE.in_lang(lang).format(more)]
