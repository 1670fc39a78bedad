"""The tables of a report of a package inspection, each from one part of what was seen."""

from collections.abc import Iterable, Iterator

from chengnuo.adapters.documents.html import table_html
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.document import Column, Span, Table
from chengnuo.domain.finding.package_start import StartEntry
from chengnuo.domain.finding.package_verdict import blind_spots
from chengnuo.domain.finding.package_words import ReportWords, comma, method_name, short_name
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.observation import Observation, Subject
from chengnuo.domain.observation.sdk_catalogue import Sdk

MOST_ROWS = 300
_NOT_KNOWN = Text("不详", "not known")
_NONE = Text("没有。", "None.")
_ARROW = " → "


def table(
    caption: Text, heads: Iterable[Text], rows: Iterable[tuple[str, ...]], lang: Lang
) -> Iterator[str]:
    """Yield a table of texts in one language; a line below says how many rows were left out."""
    cells = [tuple((((Span(Text(plain(one))),),) if one else ()) for one in row) for row in rows]
    if not cells:
        yield f'<p class="note">{_NONE.in_lang(lang)}</p>'
        return
    columns = tuple(Column(head) for head in heads)
    yield from table_html(Table(caption, columns, tuple(cells[:MOST_ROWS])), lang)
    yield from left_out(len(cells) - MOST_ROWS, lang)


def left_out(count: int, lang: Lang) -> Iterator[str]:
    """Yield a line that says what stands in the JSON report alone."""
    if count > 0:
        said = Text(
            f"另有 {count} 项没有列出，全部内容见 JSON 报告。",
            f"{count} more are not shown; the JSON report holds all of them.",
        )
        yield f'<p class="note">{said.in_lang(lang)}</p>'


def start_table(entries: Iterable[StartEntry], words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield what the picture shows, as a table."""
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
    yield from table(_START, _START_HEADS, rows, lang)


def sdk_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield the SDKs: who offers each, where from, how much of it is there, and what it reads."""
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
    yield from table(_SDKS, _SDK_HEADS, rows, lang)


def permission_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield the permissions that are asked for, and what each opens."""
    rows = []
    for one in _about(inspection, Subject.PERMISSION):
        row = words.permission(one.what)
        opened = () if row is None else row.touched.categories
        rows.append(
            (
                short_name(one.what),
                words.act(one).in_lang(lang),
                comma(lang).join(words.category(each).in_lang(lang) for each in opened),
                _ASKED.in_lang(lang) if row is not None and row.asks else "",
            )
        )
    yield from table(_PERMISSIONS, _PERMISSION_HEADS, rows, lang)


def host_table(inspection: Inspection, words: ReportWords, lang: Lang) -> Iterator[str]:
    """Yield the hosts that are named, those outside mainland China first."""
    found: list[tuple[bool, str, tuple[str, ...]]] = []
    for host, owner in sorted({(one.what, one.owner) for one in _about(inspection, Subject.HOST)}):
        row = words.host(host)
        outside = row is not None and row.is_overseas
        where = _NOT_KNOWN if row is None else country_in_words(row.country)
        runs = "" if row is None else row.operator
        cells = (host, words.owner(owner).in_lang(lang), where.in_lang(lang), runs)
        found.append((not outside, host, cells))
    yield from table(_HOSTS, _HOST_HEADS, (cells for _, _, cells in sorted(found)), lang)


def unseen_table(inspection: Inspection, lang: Lang) -> Iterator[str]:
    """Yield what could not be looked into, what is damaged, and what was not finished."""
    rows = [
        (
            one.what,
            place_words(one),
            comma(lang).join(f"{key} {value}" for key, value in one.details),
        )
        for one in blind_spots(inspection)
    ]
    rows += [(_UNREAD.in_lang(lang), one.where, one.why) for one in inspection.unread]
    rows += [(_NOT_FINISHED.in_lang(lang), one, "") for one in inspection.not_finished]
    yield from table(_UNSEEN, _UNSEEN_HEADS, rows, lang)


def place_words(one: Observation) -> str:
    """Return where something was seen."""
    place = one.place
    if place.class_name:
        return f"{place.file} · {place.class_name}.{place.method}"
    return f"{place.file}:{place.line}" if place.line else place.file


def _about(inspection: Inspection, subject: Subject) -> Iterator[Observation]:
    return (one for one in inspection.observations if one.subject is subject)


def _country_of(row: Sdk | None, lang: Lang) -> str:
    return "" if row is None else country_in_words(row.country).in_lang(lang)


_START = Text("首次启动时运行的内容", "What runs at the first start")
_START_HEADS = (
    Text("代码归属", "Code of"),
    Text("读取或行为", "Reads or does"),
    Text("阶段", "Phase"),
    Text("与同意的关系", "Beside consent"),
    Text("处数", "Places"),
    Text("路径", "Way"),
)
_SDKS = Text("包内的 SDK", "SDKs in the package")
_SDK_HEADS = (
    Text("名称", "Name"),
    Text("版本", "Version"),
    Text("提供方", "Company"),
    Text("所在地", "Run from"),
    Text("状态", "Presence"),
    Text("代码可以读取", "Its code can read"),
)
_PERMISSIONS = Text("应用申请的权限", "Permissions that the app asks for")
_PERMISSION_HEADS = (
    Text("权限", "Permission"),
    Text("用途", "What it allows"),
    Text("可取得的信息", "What it opens"),
    Text("授予", "Granted"),
)
_ASKED = Text("运行时询问", "asked while running")
_HOSTS = Text("包内出现的域名，境外在前", "Hosts named in the package, those abroad first")
_HOST_HEADS = (
    Text("域名", "Host"),
    Text("代码归属", "Code of"),
    Text("所在地", "Run from"),
    Text("运营方", "Operator"),
)
_UNSEEN = Text(
    "盲区、损坏与没有完成的步骤", "Blind spots, damage and stages that were not finished"
)
_UNSEEN_HEADS = (Text("内容", "What"), Text("位置", "Where"), Text("说明", "Why"))
_UNREAD = Text("无法读取", "cannot be read")
_NOT_FINISHED = Text("没有完成", "not finished")
