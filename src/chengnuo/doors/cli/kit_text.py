"""A kit beside its row of the register, for a terminal and for programs."""

from collections.abc import Iterator

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import cut, padded, plain, wrapped
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding_json import both_tree
from chengnuo.domain.finding.package_json import report_tree
from chengnuo.domain.finding.package_names import subject_text
from chengnuo.domain.finding.package_report import DriftRow
from chengnuo.domain.finding.package_verdict import CAPABILITY, is_packed
from chengnuo.domain.finding.package_words import ReportWords, app_title
from chengnuo.domain.governance.kit_check import SIDES, KitCheck
from chengnuo.doors.cli.inspection_text import MOST_ROWS, WIDTH, findings_lines

_RECIPIENT = Text("接收方 {0}（{1}）", "recipient {0} ({1})")
_NO_RECIPIENT = Text(
    "登记簿中没有这个 SDK 的接收方：读取个人信息的，先登记再使用。",
    "The register has no recipient for this SDK: if it reads personal information, register it "
    "before it is used.",
)
_HOLDS = Text("包内的 SDK：{0}", "SDKs in it: {0}")
_SAME = Text("没有可以对照的内容。", "There is nothing to compare.")
_MORE = Text("另有 {0} 项，见 JSON", "{0} more; see the JSON")
_PACKED = Text(
    "代码已加固，只看到外壳：请向提供方索取未加固的包。",
    "The code is packed, only its shell was seen: ask the vendor for the unpacked kit.",
)
_UNREAD = Text("有一部分没有看到：{0}", "A part was not seen: {0}")
_EXPLAIN = Text(
    "`--explain` 是 `chengnuo inspect` 的选项，须用同一登记簿。",
    "`--explain` is an option of `chengnuo inspect`, with the same register.",
)
_SIDE_WIDE, _SUBJECT_WIDE = 24, 12


def kit_as_text(checked: KitCheck, words: ReportWords, lang: Lang) -> str:
    """Return a kit beside its row, in lines of at most 80 columns."""
    return "\n".join(_lines(checked, words, lang))


def kit_as_tree(checked: KitCheck) -> Tree:
    """Return a kit beside its row as one JSON object; the report is that of `chengnuo inspect`."""
    recipient = checked.recipient
    return {
        "recipient": None
        if recipient is None
        else {"id": recipient.recipient, "name": both_tree(recipient.name)},
        "verdict": checked.verdict.value,
        "undeclared": len(checked.undeclared),
        "report": report_tree(checked.report),
    }


def _lines(checked: KitCheck, words: ReportWords, lang: Lang) -> Iterator[str]:
    inspection, recipient = checked.report.inspection, checked.recipient
    facts = inspection.package
    yield from wrapped(plain(app_title(facts)), WIDTH)
    yield f"{facts.kind.value.upper()} · sha256 {facts.sha256}"
    said = _NO_RECIPIENT.in_lang(lang)
    if recipient is not None:
        name = recipient.name.in_lang(lang)
        said = _RECIPIENT.in_lang(lang).format(recipient.recipient, name)
    yield from wrapped(plain(said), WIDTH)
    kits = " · ".join(
        f"{words.owner(one.owner).in_lang(lang)} {one.version}".strip() for one in inspection.sdks
    )
    if kits:
        yield from wrapped(plain(_HOLDS.in_lang(lang).format(kits)), WIDTH)
    yield ""
    yield from _compared(checked.rows, words, lang)
    yield ""
    yield from findings_lines(checked.report.findings, words, lang)
    if checked.report.findings:
        yield from wrapped(_EXPLAIN.in_lang(lang), WIDTH)
    if is_packed(inspection):
        yield from wrapped(_PACKED.in_lang(lang), WIDTH)
    unread = (*(one.where for one in inspection.unread), *inspection.not_finished)
    for where in unread[:MOST_ROWS]:
        yield from wrapped(plain(_UNREAD.in_lang(lang).format(where)), WIDTH)
    yield from wrapped(CAPABILITY.in_lang(lang), WIDTH)


def _compared(rows: tuple[DriftRow, ...], words: ReportWords, lang: Lang) -> Iterator[str]:
    for one in rows[:MOST_ROWS]:
        side = padded(SIDES[one.side].in_lang(lang), _SIDE_WIDE)
        subject = padded(subject_text(one.subject).in_lang(lang), _SUBJECT_WIDE)
        name = plain(words.thing(one.subject, one.what).in_lang(lang))
        yield cut(f"  {side}{subject}{name}", WIDTH)
    if len(rows) > MOST_ROWS:
        yield f"  {_MORE.in_lang(lang).format(len(rows) - MOST_ROWS)}"
    if not rows:
        yield f"  {_SAME.in_lang(lang)}"
