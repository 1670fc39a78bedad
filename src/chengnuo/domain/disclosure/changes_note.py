"""What changed between two versions, in words: what is asked again, what is new, what is told.

Only what people can read is compared, so the note can be published as it is. What individuals
agreed to and what has changed of it stands first, old beside new, item by item (PIPL Art. 14
para. 2); changes that only have to be told stand apart (PIPL Art. 17 para. 2).
"""

from collections.abc import Iterator

from chengnuo.base.digest import short
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.change_values import NOTHING, ValueWords
from chengnuo.domain.disclosure.consent_asking import asked
from chengnuo.domain.disclosure.consent_matter import Matter
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Cell,
    Column,
    Document,
    DocumentKind,
    Heading,
    Table,
    bullets,
    cell,
    paragraph,
)
from chengnuo.domain.disclosure.head import day_in_words
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.disclosure.rules_section import Section, numbered_sections
from chengnuo.domain.disclosure.saying import both, fill, joined_texts
from chengnuo.domain.register.consent_items import ConsentItem
from chengnuo.domain.register.diff import (
    ConsentChange,
    ConsentChangeKind,
    FieldChange,
    RegisterDiff,
    Step,
    diff,
)
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.reach import Reach

TITLE = Text("变更说明", "What changed")
_SAME = Text("与上一版本相比，没有需要告知的变更。", "Nothing that has to be told has changed.")
_OLD = Text("变更前", "Before")
_NEW = Text("变更后", "Now")
_WHAT = Text("事项", "What")
_LABELS = {
    "period": "retention",
    "place": "country",
    "recipient_purpose": "purpose",
    "recipient_method": "method",
    "recipients": "recipients",
}


def changes_note(before: Declared, after: Declared) -> Document:
    """Return what changed for the individuals of an app between two versions of a register."""
    note = _Note(before, after)
    return Document(
        id=DocumentKind.CHANGES.value,
        kind=DocumentKind.CHANGES,
        title=fill("《{app}》{title}", "{app}: {title}", app=after.facts.app, title=TITLE),
        facts=after.facts,
        blocks=(note.versions(), *note.blocks()),
    )


class _Note:
    """The difference of one app between two registers."""

    def __init__(self, before: Declared, after: Declared) -> None:
        self._before, self._after = before, after
        self._diff: RegisterDiff = diff(
            public_part(before.register), public_part(after.register), catalogue=after.catalogue
        )
        self._was = ValueWords(before.register, before.catalogue)
        self._now = ValueWords(after.register, after.catalogue)

    def versions(self) -> Block:
        old, new = self._before.facts, self._after.facts
        return paragraph(
            fill(
                "从版本 {a}（{x}更新）到版本 {b}（{y}更新，自{z}起生效）。",
                "From version {a} (updated {x}) to version {b} (updated {y}, in effect from {z}).",
                a=short(old.register),
                x=day_in_words(old.updated),
                b=short(new.register),
                y=day_in_words(new.updated),
                z=day_in_words(new.effective),
            )
        )

    def blocks(self) -> tuple[Block, ...]:
        sections = numbered_sections(
            (
                self._renewed(),
                self._listed(
                    ConsentChangeKind.NEW,
                    Section("new", Text("新增的同意事项", "New matters of consent"), ()),
                ),
                self._listed(
                    ConsentChangeKind.ENDED,
                    Section("ended", Text("不再需要同意的事项", "No longer asked"), ()),
                ),
                self._told(),
            )
        )
        return sections or (paragraph(_SAME),)

    def _became(self, change: ConsentChange) -> ConsentChangeKind | None:
        """Return what became of a consent item in this app; None if it never was in it.

        An activity that moved to another app has ended here and is new there.
        """
        either = change.after or change.before
        if either is None:
            return None
        was = change.before is not None and either.activity in self._before.activity_by_id
        now = change.after is not None and either.activity in self._after.activity_by_id
        if was and now:
            return ConsentChangeKind.RENEWED
        if now:
            return ConsentChangeKind.NEW
        return ConsentChangeKind.ENDED if was else None

    def _renewed(self) -> Section:
        blocks: list[Block] = []
        renewed = [
            one for one in self._diff.consent if self._became(one) is ConsentChangeKind.RENEWED
        ]
        if renewed:
            blocks.append(
                paragraph(
                    Text(
                        "以下事项的实质内容发生变化，需要您重新作出决定；未列出的同意继续有效。",
                        "The substance of these has changed, and you decide anew; every consent "
                        "that is not listed stays in force.",
                    )
                )
            )
        for change in renewed:
            if change.after is None:
                continue
            title = self._title(self._after, change.after)
            blocks.append(Heading(2, f"ask-{_anchor(change.id)}", title))
            rows = tuple(
                (
                    cell(_label(part)),
                    cell(self._was.say(part, was)),
                    cell(self._now.say(part, now)),
                )
                for part, (was, now) in change.differs.items()
            )
            blocks.append(Table(title, (Column(_WHAT, 1), Column(_OLD, 3), Column(_NEW, 3)), rows))
        title = Text("需要您重新决定的事项", "What you decide anew")
        return Section("again", title, tuple(blocks))

    def _listed(self, kind: ConsentChangeKind, section: Section) -> Section:
        titles: list[Text] = []
        for change in self._diff.consent:
            if self._became(change) is not kind:
                continue
            if kind is ConsentChangeKind.NEW and change.after is not None:
                titles.append(self._title(self._after, change.after))
            elif change.before is not None:
                titles.append(self._title(self._before, change.before))
        blocks = (bullets(dict.fromkeys(titles)),) if titles else ()
        return Section(section.anchor, section.title, blocks)

    def _title(self, declared: Declared, item: ConsentItem) -> Text:
        activity = declared.activity_by_id[item.activity]
        return asked(Matter(declared, activity, item))[0]

    def _told(self) -> Section:
        rows = tuple(self._rows())
        if not rows:
            return Section("told", Text("", ""), ())
        title = Text("变更的具体内容", "Each change")
        table = Table(
            title,
            (
                Column(_WHAT, 4),
                Column(_OLD, 4),
                Column(_NEW, 4),
                Column(Text("方式", "How it is done"), 2),
            ),
            rows,
        )
        return Section("told", title, (table,))

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        change = self._diff
        for row in change.added:
            if self._is_own(row, self._after):
                yield self._row(self._name(row, self._after), NOTHING, _ADDED, change.reach_of(row))
        for row in change.removed:
            if self._is_own(row, self._before):
                yield self._row(self._name(row, self._before), _WAS, _REMOVED, change.reach_of(row))
        for field in change.changed:
            reach = change.reach_of(field.row, field.path)
            if reach is not Reach.INTERNAL and self._is_own(field.row, self._after):
                yield self._field_row(field, reach)

    def _field_row(self, field: FieldChange, reach: Reach) -> tuple[Cell, ...]:
        key = next((step for step in reversed(field.path) if isinstance(step, str)), "")
        before, after = field.before, field.after
        if isinstance(before, list) and isinstance(after, list):
            gone = [member for member in before if member not in after]
            come = [member for member in after if member not in before]
            before, after = (gone, come) if gone or come else (before, after)
        what = fill(
            "{row} · {path}",
            "{row} · {path}",
            row=self._name(field.row, self._after),
            path=_path(field.path),
        )
        return self._row(what, self._was.say(key, before), self._now.say(key, after), reach)

    def _row(self, what: Text, before: Text, after: Text, reach: Reach) -> tuple[Cell, ...]:
        return (cell(what), cell(before), cell(after), cell(_HOW[reach]))

    def _is_own(self, row: RowRef, declared: Declared) -> bool:
        """Tell whether a row concerns this app."""
        own: dict[str, object] = {
            "app": {declared.app_id},
            "service": {one.service for one in declared.services},
            "activity": declared.activity_by_id,
            "recipient": {one.recipient for one in declared.recipients},
            "store": {one.store for one in declared.stores},
            "switch": {one.switch for one in declared.switches},
            "notice": {
                one.notice for one in declared.register.notices if one.app == declared.app_id
            },
            "handler": {declared.handler.handler},
        }
        held = own.get(row.kind)
        return held is not None and row.id in held  # type: ignore[operator]  # each is a set of ids

    def _name(self, row: RowRef, declared: Declared) -> Text:
        """Return what a row is called: its purpose or name, else its kind."""
        kind = KIND_BY_NAME[row.kind].title
        rows = getattr(declared.register, KIND_BY_NAME[row.kind].plural)
        for one in rows if isinstance(rows, tuple) else (rows,):
            if getattr(one, row.kind) == row.id:
                named = getattr(one, "purpose", None) if row.kind == "activity" else None
                named = named or getattr(one, "name", None)
                if isinstance(named, Text):
                    return fill("{kind}“{name}”", "{kind} “{name}”", kind=kind, name=both(named))
        return kind


_ADDED = Text("新增", "added")
_REMOVED = Text("取消", "ended")
_WAS = Text("原有", "was there")
_HOW = {
    Reach.ASK: Text("重新征得同意", "asked again"),
    Reach.TELL: Text("告知", "told"),
    Reach.INTERNAL: Text("告知", "told"),
}


def _label(part: str) -> Text:
    return both(label_of(_LABELS.get(part, part)))


def _path(path: tuple[Step, ...]) -> Text:
    """Return the keys of a path in words; a position is counted from 1."""
    found: list[Text] = []
    for step in path:
        if isinstance(step, int):
            last = found.pop()
            found.append(fill("{x} {n}", "{x} {n}", x=last, n=step + 1))
        else:
            found.append(both(label_of(step)))
    return joined_texts(found, " · ", " · ")


def _anchor(item: str) -> str:
    return item.replace("/", ".").replace(":", ".").lower()
