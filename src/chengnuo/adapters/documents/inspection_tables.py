"""The tables of a report of a package inspection, each from one part of what was seen.

A table holds every row; a page or PDF shows the first of them and says how many more there are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import starmap

from chengnuo.adapters.documents.html import table_html
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.document import Column, Span, Table
from chengnuo.domain.finding.package_names import stage_text, subject_text
from chengnuo.domain.finding.package_report import Delta, Drift, Side
from chengnuo.domain.finding.package_start import StartEntry
from chengnuo.domain.finding.package_verdict import blind_spots
from chengnuo.domain.finding.package_words import ReportWords, comma, method_name, short_name
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, Subject
from chengnuo.domain.observation.sdk_catalogue import Sdk

MOST_ROWS = 300
_NOT_KNOWN = Text("不详", "not known")
NONE = Text("没有。", "None.")
_ARROW = " → "


def table_lines(table: Table, lang: Lang) -> Iterator[str]:
    """Yield a table as part of a page; a line below says how many rows were left out."""
    if not table.rows:
        yield f'<p class="note">{NONE.in_lang(lang)}</p>'
        return
    yield from table_html(replace(table, rows=table.rows[:MOST_ROWS]), lang)
    yield from left_out(len(table.rows) - MOST_ROWS, lang)


def left_out(count: int, lang: Lang) -> Iterator[str]:
    """Yield a line that says what stands in the JSON report alone."""
    if count > 0:
        yield f'<p class="note">{left_out_words(count).in_lang(lang)}</p>'


def left_out_words(count: int) -> Text:
    """Return a sentence that says what stands in the JSON report alone."""
    return Text(
        f"另有 {count} 项没有列出，全部内容见 JSON 报告。",
        f"{count} more are not shown; the JSON report holds all of them.",
    )


def start_table(entries: Iterable[StartEntry], words: ReportWords, lang: Lang) -> Table:
    """Return what the picture shows, as a table."""
    rows = (
        (
            words.owner(one.owner).in_lang(lang),
            one.act.in_lang(lang),
            one.phase.text.in_lang(lang),
            one.moment.text.in_lang(lang),
            str(len(one.observations)),
            _ARROW.join(method_name(step) for step in one.observations[0].path),
        )
        for one in entries
    )
    return text_table(_START, _START_HEADS, rows)


def sdk_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Table:
    """Return the SDKs: who offers each, where from, how much of it is there, what it reads."""
    by_id: dict[str, Observation] = {one.id: one for one in inspection.observations}
    rows = []
    for one in inspection.sdks:
        row = words.sdk(one.owner)
        reads = dict.fromkeys(
            words.act(by_id[each]).in_lang(lang) for each in one.reads if each in by_id
        )
        rows.append(
            (
                words.owner(one.owner).in_lang(lang),
                one.version,
                "" if row is None else row.company.in_lang(lang),
                _country_of(row, lang),
                one.presence.text.in_lang(lang),
                comma(lang).join(reads),
            )
        )
    return text_table(_SDKS, _SDK_HEADS, rows)


def permission_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Table:
    """Return the permissions that are asked for, and what each opens."""
    rows = []
    for one in _about(inspection, Subject.PERMISSION):
        row = words.permission(one.what)
        opened = () if row is None else row.touched.categories
        rows.append(
            (
                short_name(one.what),
                "" if row is None else row.purpose.in_lang(lang),
                comma(lang).join(words.category(each).in_lang(lang) for each in opened),
                _ASKED.in_lang(lang) if row is not None and row.asks else "",
            )
        )
    return text_table(_PERMISSIONS, _PERMISSION_HEADS, rows)


def host_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Table:
    """Return the hosts that are named, those outside mainland China first."""
    found: list[tuple[bool, str, tuple[str, ...]]] = []
    for host, owner in sorted({(one.what, one.owner) for one in _about(inspection, Subject.HOST)}):
        row = words.host(host)
        outside = row is not None and row.is_overseas
        where = _NOT_KNOWN if row is None else country_in_words(row.country)
        runs = "" if row is None else row.operator
        cells = (host, words.owner(owner).in_lang(lang), where.in_lang(lang), runs)
        found.append((not outside, host, cells))
    return text_table(_HOSTS, _HOST_HEADS, (cells for _, _, cells in sorted(found)))


def drift_table(drift: Drift, words: ReportWords, lang: Lang) -> Table:
    """Return what is declared and what is used, where the two are apart first."""
    apart_first = sorted(drift.rows, key=lambda one: one.side is Side.AGREED)
    rows = (
        (
            words.thing(one.subject, one.what).in_lang(lang),
            subject_text(one.subject).in_lang(lang),
            one.side.text.in_lang(lang),
            comma(lang).join(map(str, one.rows)),
        )
        for one in apart_first
    )
    return text_table(_DRIFT, _DRIFT_HEADS, rows)


def delta_table(delta: Delta, words: ReportWords, lang: Lang) -> Table:
    """Return what changed from the earlier release."""
    rows = (
        (
            words.thing(one.subject, one.what).in_lang(lang),
            subject_text(one.subject).in_lang(lang),
            words.sdk_name(one.owner).in_lang(lang) if one.owner else "",
            one.change.text.in_lang(lang),
        )
        for one in delta.rows
    )
    return text_table(_DELTA, _DELTA_HEADS, rows)


def unseen_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Table:
    """Return what could not be looked into, what is damaged, and what was not finished."""
    rows = [
        (
            words.act(one).in_lang(lang),
            place_words(one),
            comma(lang).join(f"{key} {value}" for key, value in one.details),
        )
        for one in blind_spots(inspection)
    ]
    rows += [(_UNREAD.in_lang(lang), one.where, one.why) for one in inspection.unread]
    rows += [
        (_NOT_FINISHED.in_lang(lang), stage_text(one).in_lang(lang), "")
        for one in inspection.not_finished
    ]
    return text_table(_UNSEEN, _UNSEEN_HEADS, rows)


def seen_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Table:
    """Return everything that was seen, each with its place."""
    rows = (
        (
            words.act(one).in_lang(lang),
            words.owner(one.owner).in_lang(lang),
            "" if one.moment is Moment.UNKNOWN else one.moment.text.in_lang(lang),
            place_words(one),
            one.id,
        )
        for one in inspection.observations
    )
    return text_table(_SEEN, _SEEN_HEADS, rows)


def place_words(one: Observation) -> str:
    """Return where something was seen."""
    place = one.place
    if place.class_name:
        name = f"{place.class_name}.{place.method}" if place.method else place.class_name
        return f"{place.file} · {name}"
    return f"{place.file}:{place.line}" if place.line else place.file


def text_table(
    caption: Text, heads: Sequence[tuple[Text, int]], rows: Iterable[tuple[str, ...]]
) -> Table:
    """Return texts in one language as a table; what is in them is only ever shown."""
    cells = (tuple((((Span(Text(plain(one))),),) if one else ()) for one in row) for row in rows)
    return Table(caption, tuple(starmap(Column, heads)), tuple(cells))


def _about(inspection: Inspection, subject: Subject) -> Iterator[Observation]:
    return (one for one in inspection.observations if one.subject is subject)


def _country_of(row: Sdk | None, lang: Lang) -> str:
    return "" if row is None else country_in_words(row.country).in_lang(lang)


_START = Text("首次启动时运行的内容", "What runs at the first start")
_START_HEADS = (
    (Text("代码归属", "Code of"), 3),
    (Text("读取或行为", "Reads or does"), 3),
    (Text("阶段", "Phase"), 2),
    (Text("与同意的关系", "Beside consent"), 3),
    (Text("处数", "Places"), 1),
    (Text("路径", "Way"), 4),
)
_SDKS = Text("包内的 SDK", "SDKs in the package")
_SDK_HEADS = (
    (Text("名称", "Name"), 3),
    (Text("版本", "Version"), 1),
    (Text("提供方", "Company"), 3),
    (Text("所在地", "Run from"), 2),
    (Text("状态", "Presence"), 2),
    (Text("代码可以读取", "Its code can read"), 4),
)
_PERMISSIONS = Text("应用申请的权限", "Permissions that the app asks for")
_PERMISSION_HEADS = (
    (Text("权限", "Permission"), 3),
    (Text("用途", "What it allows"), 4),
    (Text("可取得的信息", "What it opens"), 3),
    (Text("授予", "Granted"), 2),
)
_ASKED = Text("运行时询问", "asked while running")
_HOSTS = Text("包内出现的域名，境外在前", "Hosts named in the package, those abroad first")
_HOST_HEADS = (
    (Text("域名", "Host"), 4),
    (Text("代码归属", "Code of"), 3),
    (Text("所在地", "Run from"), 2),
    (Text("运营方", "Operator"), 3),
)
_DRIFT = Text("声明与使用的对照，不一致在前", "What is declared and what is used")
_DRIFT_HEADS = (
    (Text("内容", "What"), 3),
    (Text("类别", "Sort"), 1),
    (Text("对照结果", "How the two stand"), 2),
    (Text("登记簿条目", "Rows of the register"), 3),
)
_DELTA = Text("与上一版本相比的变化", "What changed from the earlier release")
_DELTA_HEADS = (
    (Text("内容", "What"), 3),
    (Text("类别", "Sort"), 1),
    (Text("代码归属", "Code of"), 3),
    (Text("变化", "Change"), 2),
)
_SEEN = Text("观察到的内容，启动时最早的在前", "What was seen, the earliest first")
_SEEN_HEADS = (
    (Text("内容", "What"), 3),
    (Text("代码归属", "Code of"), 3),
    (Text("与同意的关系", "Beside consent"), 3),
    (Text("位置", "Where"), 5),
    (Text("编号", "Id"), 2),
)
_UNSEEN = Text(
    "盲区、损坏与没有完成的步骤", "Blind spots, damage and stages that were not finished"
)
_UNSEEN_HEADS = ((Text("内容", "What"), 3), (Text("位置", "Where"), 4), (Text("说明", "Why"), 4))
_UNREAD = Text("无法读取", "cannot be read")
_NOT_FINISHED = Text("没有完成", "not finished")
