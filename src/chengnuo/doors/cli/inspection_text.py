"""A package inspection for reading on a terminal of 80 columns, and one observation explained.

The worst first: findings by severity, then what runs before consent with a short path each, the
SDKs, the permissions, and what could not be seen. Names of the package are shown so that nothing
in them acts on the terminal.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from chengnuo.base.columns import columns, cut, padded, plain, wrapped
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.package_names import stage_text, subject_text
from chengnuo.domain.finding.package_report import Delta, DriftRow, PackageReport, Side
from chengnuo.domain.finding.package_start import StartEntry, by_owner, start_entries
from chengnuo.domain.finding.package_verdict import (
    CAPABILITY,
    blind_spots,
    delta_words,
    drift_words,
    verdict,
)
from chengnuo.domain.finding.package_words import (
    ReportWords,
    app_title,
    comma,
    method_name,
    short_name,
)
from chengnuo.domain.observation.inspection import Inspection, SdkSeen
from chengnuo.domain.observation.observation import Observation, Step, Subject
from chengnuo.law.ids import DutyId
from chengnuo.law.standing import Standing

WIDTH = 80
MOST_ROWS = 200
_LEAST = 8


def report_as_text(report: PackageReport, words: ReportWords, lang: Lang) -> str:
    """Return a report in lines of at most 80 columns."""
    inspection = report.inspection
    lines = [*_head(report, lang), ""]
    lines += findings_lines(report.findings, words, lang)
    before = tuple(one for one in start_entries(inspection, words) if one.moment.is_before_consent)
    lines += _section(_BEFORE, len(before), _entries(before, words, lang), lang)
    lines += _section(_SDKS, len(inspection.sdks), _sdks(inspection.sdks, words, lang), lang)
    if report.drift is not None:
        apart = [one for one in report.drift.rows if one.side is not Side.AGREED]
        said = wrapped(drift_words(report.drift).in_lang(lang), WIDTH - len("  "))
        lines += [_DRIFT.in_lang(lang), *(f"  {line}" for line in said)]
        lines += [*_drift(apart, words, lang), ""]
    if report.delta is not None:
        said = wrapped(plain(delta_words(report.delta).in_lang(lang)), WIDTH - len("  "))
        lines += [_DELTA.in_lang(lang), *(f"  {line}" for line in said)]
        lines += [*_delta(report.delta, words, lang), ""]
    asked = [one for one in inspection.observations if one.subject is Subject.PERMISSION]
    lines += _section(_PERMISSIONS, len(asked), _permissions(asked, words, lang), lang)
    unseen = tuple(_unseen(inspection, words, lang))
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


def place_words(one: Observation, *, short: bool = False) -> str:
    """Return where something was seen; in short without the prototype of the method."""
    place = one.place
    if place.class_name:
        at = f" @{place.pc}" if place.pc >= 0 else ""
        method = place.method.partition("(")[0] if short else place.method
        name = f"{place.class_name}.{method}" if method else place.class_name
        return f"{place.file} · {name}{at}"
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
    wide = max(columns(label.in_lang(lang)) for label, _ in versions)
    for label, value in versions:
        yield f"{padded(label.in_lang(lang), wide)}  {cut(plain(value), WIDTH - wide - 2)}"
    yield ""
    yield from wrapped(verdict(inspection, report.findings).in_lang(lang), WIDTH)


def _section(title: Text, count: int, lines: Iterator[str], lang: Lang) -> Iterator[str]:
    yield f"{title.in_lang(lang)} ({count})"
    if not count:
        yield f"  {_NONE.in_lang(lang)}"
    yield from lines
    yield ""


def findings_lines(findings: tuple[Finding, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield findings by severity, those of one title together."""
    for severity in Severity:
        group = [one for one in findings if one.severity is severity]
        group.sort(key=lambda one: one.waived is not None)  # stable: the order else stays
        if group:
            yield f"{severity.text.in_lang(lang)} ({len(group)})"
            for _, alike in groupby(group, key=_alike):
                yield from finding_lines(*alike, words=words, lang=lang)
            yield ""


def finding_lines(*alike: Finding, words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield findings of one title: what, on which articles, and what to do about each.

    Args:
        alike: One finding, or several that differ only in what they are about.
        words: Names.
        lang: Language.

    """
    first = alike[0]
    label = f" · {first.standing.label.in_lang(lang)}" * (first.standing is not Standing.LAW)
    articles = words.articles(first.duties, lang)
    times = f" ×{len(alike)}" * (len(alike) > 1)
    mark = "✗" if first.is_open else "·"
    title = plain(first.title.in_lang(lang))
    yield from _hanging(f"  {mark} ", f"{title}{times} [{articles}{label}]")
    for one in alike:
        yield from _hanging("    • ", plain(one.message.in_lang(lang)))
        if one.waived is None:
            fix = plain(one.fix.in_lang(lang))
            yield from _hanging(f"      {_FIX.in_lang(lang)}{_colon(lang)}", fix)
        else:
            until = f"{_WAIVED.in_lang(lang)} {one.waived.expires.isoformat()}{_colon(lang)}"
            yield from _hanging(f"      {until}", plain(one.waived.reason.in_lang(lang)))
        if one.observations:
            seen = len(one.observations)
            places = _PLACES.in_lang(lang).format(seen) * (seen > 1)
            yield f"      → --explain {one.id}{places}"


def _alike(one: Finding) -> tuple[bool, Text, tuple[DutyId, ...], Standing]:
    return (one.waived is not None, one.title, one.duties, one.standing)


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
            if first.detail("seen"):
                yield f"      {cut(plain(first.detail('seen')), WIDTH - _LEAST)}"
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
        (plain(short_name(one.what)), _purpose(one, words).in_lang(lang))
        for one in asked[:MOST_ROWS]
    ]
    yield from _columns(rows, (32,))
    yield from _more(len(asked) - MOST_ROWS, lang)


def _purpose(one: Observation, words: ReportWords) -> Text:
    row = words.permission(one.what)
    return _PURPOSE_NOT_KNOWN if row is None else row.purpose


def _drift(apart: list[DriftRow], words: ReportWords, lang: Lang) -> Iterator[str]:
    rows = [
        (
            one.side.text.in_lang(lang),
            subject_text(one.subject).in_lang(lang),
            plain(words.thing(one.subject, one.what).in_lang(lang)),
        )
        for one in apart[:MOST_ROWS]
    ]
    yield from _columns(rows, (22, 12))
    yield from _more(len(apart) - MOST_ROWS, lang)


def _delta(delta: Delta, words: ReportWords, lang: Lang) -> Iterator[str]:
    rows = []
    for one in delta.rows[:MOST_ROWS]:
        name = words.thing(one.subject, one.what).in_lang(lang)
        owner = f" · {words.sdk_name(one.owner).in_lang(lang)}" if one.owner else ""
        sort = subject_text(one.subject).in_lang(lang)
        rows.append((one.change.text.in_lang(lang), sort, plain(name + owner)))
    yield from _columns(rows, (22, 12))
    yield from _more(len(delta.rows) - MOST_ROWS, lang)


def _unseen(inspection: Inspection, words: ReportWords, lang: Lang) -> Iterator[str]:
    for one in blind_spots(inspection)[:MOST_ROWS]:
        where = place_words(one, short=True)
        yield from _hanging("  • ", plain(f"{words.act(one).in_lang(lang)} · {where}"))
    for part in inspection.unread[:MOST_ROWS]:
        yield from _hanging("  • ", plain(f"{part.where} · {part.why}"))
    for stage in inspection.not_finished:
        left = f"{_NOT_FINISHED.in_lang(lang)}{_colon(lang)}{stage_text(stage).in_lang(lang)}"
        yield from _hanging("  • ", plain(left))


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
_DRIFT = Text("与登记簿对照", "Beside the register")
_DELTA = Text("与上一版本相比", "Since the earlier release")
_PERMISSIONS = Text("权限", "Permissions")
_PURPOSE_NOT_KNOWN = Text("用途不详", "what it allows is not known")
_UNSEEN = Text("看不到的部分", "What could not be seen")
_NONE = Text("没有", "none")
_PLACES = Text(" · {0} 处", " · {0} places")
_FIX = Text("处理", "fix")
_WAIVED = Text("已豁免至", "waived until")
_KNOWLEDGE = Text("检测知识", "knowledge")
_LAW = Text("法规目录", "law")
_REGISTER = Text("登记簿", "register")
_NO_REGISTER = Text("未对照", "none")
_NOT_FINISHED = Text("没有完成", "not finished")
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
