"""A difference in words: one sentence a change, in Chinese and English.

Long texts are quoted whole where people must compare them, and lists are told by what came
and what went.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.diff import (
    Absent,
    ConsentChange,
    ConsentChangeKind,
    FieldChange,
    RegisterDiff,
    Step,
    member_key,
)
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.reach import Reach

REACH_WORDS: dict[Reach, Text] = {
    Reach.ASK: Text("需重新取得同意", "asks again"),
    Reach.TELL: Text("仅需告知", "notice only"),
    Reach.INTERNAL: Text("内部变更", "internal"),
}
CONSENT_WORDS: dict[ConsentChangeKind, Text] = {
    ConsentChangeKind.NEW: Text("新增同意事项", "new consent item"),
    ConsentChangeKind.RENEWED: Text("需重新同意", "asked again"),
    ConsentChangeKind.ENDED: Text("不再需要同意", "no longer asked"),
}
NOTHING = Text("（无）", "(nothing)")
_YES = Text("是", "yes")
_NO = Text("否", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeInWords:
    """One change as a person reads it.

    Attributes:
        row: The row concerned.
        what: What was changed, as `处理活动 nearby-stores · 保存期限 · 期限`.
        before: What was there.
        after: What is there now.
        reach: How far it reaches.

    """

    row: RowRef
    what: Text
    before: Text
    after: Text
    reach: Reach


def row_in_words(row: RowRef) -> Text:
    """Return a row's name: its kind in words, and its id."""
    title = KIND_BY_NAME[row.kind].title
    return Text(f"{title.zh} {row.id}", f"{title.en} {row.id}")


def changes_in_words(change: RegisterDiff) -> tuple[ChangeInWords, ...]:
    """Return every change of a difference in words: rows added, rows removed, fields changed."""
    return tuple(_changes(change))


def consent_in_words(change: ConsentChange) -> Text:
    """Return what becomes of a consent item, with the parts that differ."""
    kind = CONSENT_WORDS[change.kind]
    zh, en = f"{kind.zh}：{change.id}", f"{kind.en}: {change.id}"
    if change.kind is ConsentChangeKind.RENEWED:
        labels = [part_in_words(part) for part in change.differs]
        zh += "（" + "、".join(label.zh for label in labels) + "）"
        en += " (" + ", ".join(str(label.en) for label in labels) + ")"
    return Text(zh, en)


def part_in_words(part: str) -> Text:
    """Return what a part of the material of a consent item is called."""
    return label_of(_MATERIAL_LABELS.get(part, part))


_MATERIAL_LABELS = {
    "period": "retention",
    "place": "country",
    "recipient_purpose": "purpose",
    "recipient_method": "method",
}


def _changes(change: RegisterDiff) -> Iterator[ChangeInWords]:
    for row in change.added:
        yield ChangeInWords(
            row=row,
            what=row_in_words(row),
            before=NOTHING,
            after=Text("新增", "added"),
            reach=change.reach_of(row),
        )
    for row in change.removed:
        yield ChangeInWords(
            row=row,
            what=row_in_words(row),
            before=Text("原有", "was there"),
            after=Text("删除", "removed"),
            reach=change.reach_of(row),
        )
    for field in change.changed:
        yield _field(field, change.reach_of(field.row, field.path))


def _field(field: FieldChange, reach: Reach) -> ChangeInWords:
    row = row_in_words(field.row)
    path = path_in_words(field.path)
    before, after = _both(field.before, field.after)
    return ChangeInWords(
        row=field.row,
        what=Text(f"{row.zh} · {path.zh}", f"{row.en} · {path.en}"),
        before=before,
        after=after,
        reach=reach,
    )


def path_in_words(path: tuple[Step, ...]) -> Text:
    """Return a path in words: `个人信息种类 2 · 是否必要`."""
    zh: list[str] = []
    en: list[str] = []
    for step in path:
        if isinstance(step, int):
            zh[-1] += f" {step + 1}"
            en[-1] += f" {step + 1}"
        else:
            label = label_of(step)
            zh.append(label.zh)
            en.append(str(label.en))
    return Text(" · ".join(zh), " · ".join(en))


def _both(before: Tree | Absent, after: Tree | Absent) -> tuple[Text, Text]:
    """Put both sides into words; of two lists only what came and what went."""
    if isinstance(before, list) and isinstance(after, list):
        gone = [member for member in before if member not in after]
        come = [member for member in after if member not in before]
        if gone or come:
            return in_words(gone), in_words(come)
    return in_words(before), in_words(after)


def in_words(value: Tree | Absent) -> Text:
    """Return a value as people read it."""
    match value:
        case Absent() | None:
            return NOTHING
        case bool():
            return _YES if value else _NO
        case str() | int():
            return Text(str(value), str(value))
        case dict():
            return _mapping_in_words(value)
        case _:
            parts = [in_words(member) for member in value]
            if not parts:
                return NOTHING
            return Text(
                "；".join(part.zh for part in parts), "; ".join(str(part.en) for part in parts)
            )


def _mapping_in_words(value: "dict[str, Tree]") -> Text:
    if "zh" in value and value.keys() <= {"zh", "en"}:
        zh = str(value["zh"])
        return Text(zh, str(value.get("en", zh)))
    name = member_key(value)
    pairs = [(label_of(key), in_words(member)) for key, member in value.items() if member != name]
    zh = "，".join(f"{label.zh}：{member.zh}" for label, member in pairs)
    en = ", ".join(f"{label.en}: {member.en}" for label, member in pairs)
    return (
        Text(f"{name}（{zh}）", f"{name} ({en})")
        if name and pairs
        else Text(name or zh, name or en)
    )
