"""A package inspection for reading on a terminal of 80 columns, and one observation explained.

The worst first: findings by severity, then what runs before consent with a short path each, the
SDKs, the permissions, and what could not be seen. Names of the package are shown so that nothing
in them acts on the terminal.
"""

from collections.abc import Iterable, Iterator

from chengnuo.base.columns import columns, cut, padded, plain, wrapped
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_start import StartEntry, by_owner, start_entries
from chengnuo.domain.finding.package_verdict import CAPABILITY, blind_spots, verdict
from chengnuo.domain.finding.package_words import (
    ReportWords,
    app_title,
    comma,
    method_name,
    short_name,
)
from chengnuo.domain.observation.inspection import Inspection, SdkSeen
from chengnuo.domain.observation.observation import Observation, Step, Subject
from chengnuo.law.standing import Standing

WIDTH = 80
MOST_WAYS = 5
MOST_ROWS = 200
_LEAST = 8


def report_as_text(report: PackageReport, words: ReportWords, lang: Lang) -> str:
    """Return a report in lines of at most 80 columns."""
    inspection = report.inspection
    lines = [*_head(report, lang), ""]
    for severity in Severity:
        group = [one for one in report.findings if one.severity is severity]
        if group:
            lines.append(f"{severity.text.in_lang(lang)} ({len(group)})")
            for finding in group:
                lines += _finding(finding, words, lang)
            lines.append("")
    before = tuple(one for one in start_entries(inspection, words) if one.moment.is_before_consent)
    lines += _section(_BEFORE, len(before), _entries(before, words, lang), lang)
    lines += _section(_SDKS, len(inspection.sdks), _sdks(inspection.sdks, words, lang), lang)
    asked = [one for one in inspection.observations if one.subject is Subject.PERMISSION]
    lines += _section(_PERMISSIONS, len(asked), _permissions(asked, words, lang), lang)
    unseen = tuple(_unseen(inspection, lang))
    lines += _section(_UNSEEN, len(unseen), iter(unseen), lang)
    lines += wrapped(CAPABILITY.in_lang(lang), WIDTH)
    return "\n".join(lines)


def observation_as_text(one: Observation, words: ReportWords, lang: Lang) -> str:
    """Return one observation: what, whose, when, where, and the way to it with its tests."""
    facts = [
        (_WHAT, f"{words.act(one).in_lang(lang)} · {one.what}"),
        (_OWNER, words.owner(one.owner).in_lang(lang)),
        (_CAUSED, words.owner(one.caused_by).in_lang(lang)),
        (_WHEN, one.moment.text.in_lang(lang)),
        (_SURE, one.confidence.text.in_lang(lang)),
        (_WHERE, place_words(one)),
        (_PERMISSIONS, comma(lang).join(map(short_name, one.permissions))),
        *((Text(name), value) for name, value in one.details),
    ]
    lines: list[str] = [one.id]
    for label, value in facts:
        if value:
            lines += _hanging(f"  {plain(label.in_lang(lang))}{_colon(lang)}", plain(value))
    lines.append("")
    if not one.path:
        lines.append(_NO_PATH.in_lang(lang))
    for number, step in enumerate(one.path, 1):
        lines += _step(number, step, lang)
    return "\n".join(lines)


def place_words(one: Observation) -> str:
    """Return where something was seen."""
    place = one.place
    if place.class_name:
        at = f" @{place.pc}" if place.pc >= 0 else ""
        return f"{place.file} · {place.class_name}.{place.method}{at}"
    return f"{place.file}:{place.line}" if place.line else place.file


def _head(report: PackageReport, lang: Lang) -> Iterator[str]:
    inspection = report.inspection
    facts = inspection.package
    yield from wrapped(plain(app_title(facts)), WIDTH)
    yield f"{facts.kind.value.upper()} · sha256 {facts.sha256}"
    register = _NO_REGISTER.in_lang(lang)
    if report.register_version is not None:
        register = short(report.register_version)
    versions = (
        (_KNOWLEDGE, inspection.knowledge),
        (_LAW, str(report.law_version)),
        (_REGISTER, register),
    )
    said = comma(lang).join(f"{label.in_lang(lang)} {plain(value)}" for label, value in versions)
    yield from wrapped(said, WIDTH)
    yield ""
    yield from wrapped(verdict(inspection, report.findings).in_lang(lang), WIDTH)


def _section(title: Text, count: int, lines: Iterator[str], lang: Lang) -> Iterator[str]:
    yield f"{title.in_lang(lang)} ({count})"
    if not count:
        yield f"  {_NONE.in_lang(lang)}"
    yield from lines
    yield ""


def _finding(one: Finding, words: ReportWords, lang: Lang) -> Iterator[str]:
    label = f" · {one.standing.label.in_lang(lang)}" * (one.standing is not Standing.LAW)
    articles = words.articles(one.duties, lang)
    mark = "✗" if one.is_open else "·"
    yield from _hanging(f"  {mark} ", f"{plain(one.title.in_lang(lang))} [{articles}{label}]")
    yield from _hanging("    ", plain(one.message.in_lang(lang)))
    if one.waived is None:
        yield from _hanging(f"    {_FIX.in_lang(lang)}{_colon(lang)}", plain(one.fix.in_lang(lang)))
    else:
        until = f"{_WAIVED.in_lang(lang)} {one.waived.expires.isoformat()}{_colon(lang)}"
        yield from _hanging(f"    {until}", plain(one.waived.reason.in_lang(lang)))
    for seen in one.observations[:MOST_WAYS]:
        yield f"    → --explain {seen}"
    yield from _more(len(one.observations) - MOST_WAYS, lang)


def _entries(entries: tuple[StartEntry, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    for owner, found in by_owner(entries[:MOST_ROWS]):
        yield from _hanging("  ", plain(words.owner(owner).in_lang(lang)))
        for one in found:
            times = f" ×{len(one.observations)}" * (len(one.observations) > 1)
            first = one.observations[0]
            what = f"{plain(one.act.in_lang(lang))}{times} · {one.moment.text.in_lang(lang)}"
            yield from _hanging("    • ", f"{what} · {first.id}")
            way = " → ".join(plain(method_name(step)) for step in _ends(first.path))
            if way:
                yield f"      {cut(way, WIDTH - _LEAST)}"
    yield from _more(len(entries) - MOST_ROWS, lang)


def _ends(path: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the ends of a way: where it begins, and the last two methods."""
    return path if len(path) <= len(_WAY) else (path[0], *path[-2:])


def _sdks(sdks: tuple[SdkSeen, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    rows = [
        (
            plain(words.owner(one.owner).in_lang(lang)),
            one.presence.text.in_lang(lang),
            plain(one.version) or "—",
            "" if (row := words.sdk(one.owner)) is None else row.company.in_lang(lang),
        )
        for one in sdks[:MOST_ROWS]
    ]
    yield from _columns(rows, (26, 20, 9))
    yield from _more(len(sdks) - MOST_ROWS, lang)


def _permissions(asked: list[Observation], words: ReportWords, lang: Lang) -> Iterator[str]:
    rows = [
        (plain(short_name(one.what)), plain(words.act(one).in_lang(lang)))
        for one in asked[:MOST_ROWS]
    ]
    yield from _columns(rows, (32,))
    yield from _more(len(asked) - MOST_ROWS, lang)


def _unseen(inspection: Inspection, lang: Lang) -> Iterator[str]:
    for one in blind_spots(inspection)[:MOST_ROWS]:
        yield from _hanging("  • ", plain(f"{one.what} · {place_words(one)}"))
    for part in inspection.unread[:MOST_ROWS]:
        yield from _hanging("  • ", plain(f"{part.where} · {part.why}"))
    for stage in inspection.not_finished:
        yield from _hanging("  • ", plain(f"{_NOT_FINISHED.in_lang(lang)} {stage}"))


def _step(number: int, step: Step, lang: Lang) -> Iterator[str]:
    why = _WHY[step.why.value].in_lang(lang)
    yield from _hanging(f"{number:>3}. ", plain(f"{step.class_name}.{step.method} @{step.pc}"))
    yield f"     {why}"
    for guard in step.guards:
        kind = _CONSENT_TEST if guard.is_consent else _TEST
        side = _TRUE if guard.taken else _FALSE
        said = f"{guard.condition} → {side.in_lang(lang)} @{guard.pc}"
        yield from _hanging(f"     ◇ {kind.in_lang(lang)}{_colon(lang)}", plain(said))


def _columns(rows: Iterable[tuple[str, ...]], widths: tuple[int, ...]) -> Iterator[str]:
    """Yield rows in columns; the last column takes what is left."""
    for row in rows:
        head = "  ".join(padded(cell, to) for cell, to in zip(row, widths, strict=False))
        left = WIDTH - columns(head) - len("    ")
        yield f"  {head}  {cut(row[-1], left)}".rstrip()


def _hanging(lead: str, text: str) -> Iterator[str]:
    """Yield a text after a lead, its further lines indented as far."""
    shown = cut(lead, WIDTH // 2)
    indent = columns(shown)
    lines = list(wrapped(text, WIDTH - indent)) or [""]
    yield (shown + lines[0]).rstrip()
    yield from (" " * indent + line for line in lines[1:])


def _more(count: int, lang: Lang) -> Iterator[str]:
    if count > 0:
        yield Text(
            f"    另有 {count} 项，见 JSON 报告", f"    {count} more; see the JSON report"
        ).in_lang(lang)


def _colon(lang: Lang) -> str:
    return "：" if lang is Lang.ZH else ": "


_WAY = ("begin", "last but one", "last")
_WHY = {
    "start": Text("由系统启动", "started by the system"),
    "call": Text("被调用", "called"),
    "override": Text("经子类方法被调用", "called as the method of a subclass"),
    "static-initialiser": Text("类初始化", "static initialiser"),
    "callback": Text("由系统回调", "called back by the system"),
    "action": Text("用户操作之后", "after an action of the individual"),
    "reflection": Text("反射调用", "called by reflection"),
    "intent": Text("由其他组件启动", "started by another part"),
}
_BEFORE = Text("同意之前可以运行", "Can run before consent")
_SDKS = Text("SDK", "SDKs")
_PERMISSIONS = Text("权限", "Permissions")
_UNSEEN = Text("看不到的部分", "What could not be seen")
_NONE = Text("没有", "none")
_FIX = Text("处理", "fix")
_WAIVED = Text("已豁免至", "waived until")
_KNOWLEDGE = Text("检测知识", "knowledge")
_LAW = Text("法规目录", "law")
_REGISTER = Text("登记簿", "register")
_NO_REGISTER = Text("未对照", "none")
_NOT_FINISHED = Text("没有完成：", "not finished:")
_WHAT = Text("内容", "what")
_OWNER = Text("代码归属", "code of")
_CAUSED = Text("由谁引起", "brought about by")
_WHEN = Text("时间", "when")
_SURE = Text("把握", "confidence")
_WHERE = Text("位置", "where")
_NO_PATH = Text("没有从启动到这里的路径。", "no way from the start leads here")
_TEST = Text("条件", "test")
_CONSENT_TEST = Text("同意判断", "test of consent")
_TRUE = Text("成立", "true")
_FALSE = Text("不成立", "false")
