"""What logs of behaviour show, for reading on a terminal and as JSON."""

from collections.abc import Iterator
from dataclasses import replace

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import plain, wrapped
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_json import report_tree
from chengnuo.domain.finding.package_report import PackageReport
from chengnuo.domain.finding.package_words import ReportWords, comma
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, OwnerKind, Subject
from chengnuo.domain.observation.run import RunsSeen
from chengnuo.doors.cli.behaviour_options import LOST
from chengnuo.doors.cli.inspection_text import MOST_ROWS, WIDTH, findings_lines

_PHASES = (Moment.SEEN_BEFORE_CONSENT, Moment.SEEN_AFTER_CONSENT, Moment.SEEN)
_CLEAN = Text("没有需要处理的问题。", "nothing has to be mended")
_NOTHING = Text("没有看到读取或者发送个人信息。", "nothing was seen to be read or sent")
_READ = Text("读取", "read")
_SPOKEN = Text("连接", "spoke to")
_ASKED = Text("查询域名", "looked up")
_ACT = Text("行为", "did")
_EVENTS = Text("{0} 条", "{0} events")
_TIMES = Text("{0} 次", "×{0}")
_OFTEN = Text("每分钟最多 {0} 次", "at most {0} a minute")
_SENT = Text("内含", "with")
_MORE = Text("另有 {0} 项，见 --json", "{0} more; see --json")
_NO_MARK = Text(
    "记录里没有同意的标记：无法区分同意之前和之后，可用 --consent-at 给出时间。",
    "No log marks the consent, so that nothing can be told of before and after it; give the time"
    " with --consent-at.",
)


def runs_as_text(runs: RunsSeen, report: PackageReport, words: ReportWords, lang: Lang) -> str:
    """Return what logs show: the logs, what was seen in each phase, and what is wrong with it."""
    lines = [*_logs(runs, lang), ""]
    seen = runs.observations
    if not seen:
        lines += [_NOTHING.in_lang(lang), ""]
    elif all(one.moment is Moment.SEEN for one in seen):
        lines += [*wrapped(_NO_MARK.in_lang(lang), WIDTH), ""]
    for phase in _PHASES:
        found = [one for one in seen if one.moment is phase]
        if found:
            lines.append(f"{phase.text.in_lang(lang)} ({len(found)})")
            for one in found[:MOST_ROWS]:
                lines += _line(one, words, lang)
            if len(found) > MOST_ROWS:
                lines.append(f"    {_MORE.in_lang(lang).format(len(found) - MOST_ROWS)}")
            lines.append("")
    findings = tuple(replace(one, observations=()) for one in report.findings)
    found_lines = list(findings_lines(findings, words, lang))
    lines += found_lines or [_CLEAN.in_lang(lang)]
    return "\n".join(lines).rstrip()


def runs_tree(runs: RunsSeen, report: PackageReport) -> Tree:
    """Return what logs show as JSON: a report of an inspection, with the logs beside it."""
    logs: list[Tree] = [
        {
            "name": one.name,
            "sha256": one.sha256,
            "size": one.size,
            "format": one.form.value,
            "events": one.events,
            "lost": [{"row": each.row, "why": each.why} for each in one.lost],
            "lostCount": one.lost_count,
        }
        for one in runs.logs
    ]
    return report_tree(report) | {"logs": logs, "leftOut": runs.left_out}


def _logs(runs: RunsSeen, lang: Lang) -> Iterator[str]:
    for log in runs.logs:
        yield plain(
            f"{log.name} · {log.form.value} · {_EVENTS.in_lang(lang).format(log.events)}"
            f" · sha256 {log.sha256}"
        )
        if log.lost_count:
            yield f"  {LOST.in_lang(lang).format(log.lost_count)}"
        for one in log.lost[:5]:
            yield f"  {log.name}:{one.row} {one.why}"


def _line(one: Observation, words: ReportWords, lang: Lang) -> Iterator[str]:
    if one.subject is Subject.HOST:
        verb = _SPOKEN if one.detail("use") == "opened" else _ASKED
        what = one.what
    else:
        verb = _READ if one.subject is Subject.INFORMATION else _ACT
        what = words.act(one).in_lang(lang)
    parts = [
        f"{_who(one, words, lang)} {verb.in_lang(lang)} {what}".strip(),
        one.detail("calls"),
        _host_words(one, words, lang),
        _TIMES.in_lang(lang).format(one.detail("count")),
    ]
    if int(one.detail("per-minute") or 0) > 1:
        parts.append(_OFTEN.in_lang(lang).format(one.detail("per-minute")))
    if one.subject is Subject.HOST and one.categories:
        named = comma(lang).join(words.category(each).in_lang(lang) for each in one.categories)
        parts.append(f"{_SENT.in_lang(lang)} {named}")
    parts.append(one.detail("seen"))
    first, *rest = wrapped(plain(" · ".join(each for each in parts if each)), WIDTH - 4)
    yield f"  • {first}"
    yield from (f"    {line}" for line in rest)


def _who(one: Observation, words: ReportWords, lang: Lang) -> str:
    """Return whose it is; what the tool says where nothing else tells."""
    if one.owner.kind is OwnerKind.UNKNOWN and one.subject is Subject.HOST:
        return one.detail("labels")
    return words.owner(one.owner).in_lang(lang)


def _host_words(one: Observation, words: ReportWords, lang: Lang) -> str:
    """Return who runs a host and where, if that is known, or whose SDK it is."""
    known = words.host(one.what) if one.subject is Subject.HOST else None
    if known is not None:
        return f"{known.operator}, {known.country}"
    claim = words.knowledge.sdks.by_host(one.what) if one.subject is Subject.HOST else None
    return "" if claim is None else words.sdk_name(claim.sdks[0]).in_lang(lang)
