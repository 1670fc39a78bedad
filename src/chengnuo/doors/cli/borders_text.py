"""What went abroad for reading on a terminal."""

from collections.abc import Iterator, Sequence

from chengnuo.base.columns import wrapped
from chengnuo.base.text import Lang, Text
from chengnuo.domain.borders.counting import Heads, Sort, YearCount
from chengnuo.domain.register.model import Register
from chengnuo.doors.border_words import (
    NOBODY_YET,
    SORTS,
    near_words,
    people_words,
    reason_words,
    task_words,
)
from chengnuo.doors.web.wording import wording
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.usecases.borders.outlook import Outlook, RouteSeen

WIDTH = 80


def count_as_text(found: Outlook, register: Register, lang: Lang) -> str:
    """Return who was counted."""
    count = found.count
    lines = [
        Text(
            f"{count.year} 年出境人数（自 1 月 1 日，按人去重）",
            f"people whose information went abroad in {count.year}, each once",
        ).in_lang(lang),
        *_heads(count.counted, lang, indent=2),
    ]
    if not (count.by_recipient or count.apart):
        return "\n".join([*lines, "", *wrapped(NOBODY_YET.in_lang(lang), WIDTH)])
    if count.by_recipient:
        lines += [
            "",
            Text("按接收方（同一人可在多处）", "by recipient; somebody may be at several").in_lang(
                lang
            ),
        ]
        for recipient, heads in count.by_recipient.items():
            row = register.recipient_by_id.get(recipient)
            country = "" if row is None else f" · {row.country}"
            lines += [f"  {recipient}{country}", *_heads(heads, lang, indent=4)]
    if count.apart:
        lines += [
            "",
            Text("按情形豁免，不计入", "exempt by an occasion, not held to the lines").in_lang(
                lang
            ),
        ]
        for scene, heads in count.apart.items():
            lines += [f"  {_route(scene, lang)}", *_heads(heads, lang, indent=4)]
    lines += _said_beside(found, lang)
    return "\n".join(lines)


def route_as_text(found: Outlook, routes: Sequence[RouteSeen], lang: Lang) -> str:
    """Return which route is asked for, why, and what is to be done."""
    asked = found.demanded
    head = Text(f"{found.count.year} 年所需路径：", f"route asked for in {found.count.year}: ")
    lines = [head.in_lang(lang) + asked.demand.text.in_lang(lang)]
    lines += [f"  {reason_words(one, lang)}" for one in asked.reasons]
    for title, words in (
        (Text("接近的线", "lines that are near"), [near_words(*one, lang) for one in asked.near]),
        (Text("要办的事", "to be done"), [task_words(one, lang) for one in found.tasks]),
        (Text("境外接收方", "recipients abroad"), [_recipient(one, lang) for one in routes]),
        (
            Text("无论哪条路径都要做到", "due on every route"),
            [f"{one.text.in_lang(lang)} · {one.duty}" for one in asked.stays],
        ),
    ):
        if words:
            lines += ["", title.in_lang(lang)]
            for one in words:
                lines += [f"  {line}" for line in wrapped(one, WIDTH - 2)]
    if not routes:
        lines += [
            "",
            Text("登记簿中没有境外接收方。", "the register has no recipient abroad").in_lang(lang),
        ]
    return "\n".join(lines)


def _heads(heads: Heads, lang: Lang, *, indent: int) -> Iterator[str]:
    for sort in Sort:
        yield f"{' ' * indent}{SORTS[sort].in_lang(lang)} {people_words(heads.of(sort), lang)}"


def _recipient(one: RouteSeen, lang: Lang) -> str:
    parts = [
        one.recipient.name.in_lang(lang),
        one.recipient.country,
        _route(one.border.route, lang),
    ]
    if one.border.reference:
        parts.append(one.border.reference)
    if one.border.until is not None:
        until = Text(f"至 {one.border.until}", f"until {one.border.until}")
        parts.append(until.in_lang(lang))
    enough = Text("够", "enough") if one.suffices else Text("不够", "NOT enough")
    return " · ".join([*parts, enough.in_lang(lang)])


def _route(route: TransferRoute, lang: Lang) -> str:
    return wording(lang)(f"route.{route}")


def _said_beside(found: Outlook, lang: Lang) -> Iterator[str]:
    if found.at_most:
        yield ""
        yield Text(
            f"有 {found.at_most} 条记录内容已销毁，按最多计。",
            f"{found.at_most} records whose content was erased count as the most they can be.",
        ).in_lang(lang)
    again: YearCount | None = found.recounted
    if again is not None:
        yield ""
        same = again == found.count
        yield (
            Text("重读全部记录，结果相同。", "every record read again: the same.")
            if same
            else Text(
                f"重读全部记录，结果不同：一般 {again.counted.general:,}，"
                f"敏感 {again.counted.sensitive:,}。",
                f"every record read again comes out OTHERWISE: general {again.counted.general:,},"
                f" sensitive {again.counted.sensitive:,}.",
            )
        ).in_lang(lang)
