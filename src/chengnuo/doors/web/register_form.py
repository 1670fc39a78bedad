"""The form of a row of the register, made from the types that its reader goes by.

Labels, choices, forms of words and articles are those of the register's own tables, so a field
that the model gains is in the form by itself. Nothing is read or checked here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from chengnuo.base.text import Text
from chengnuo.domain.register.constraints import NotEmpty
from chengnuo.domain.register.help import help_of, title_article
from chengnuo.domain.register.ids import TableRef
from chengnuo.domain.register.kinds import KINDS, Kind, RowRef
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.shapes import Field, Shape, fields_of, shape_of
from chengnuo.doors.web.register_choices import CHOICE_WORDS
from chengnuo.doors.web.register_edit_href import anchor_of
from chengnuo.doors.web.register_given import DROP, KEEP, Given, is_lines, is_ticks, members_of
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.ids import AppTypeId, CategoryId

_NUMBERS = re.compile(r"\d+")
_AT_ONCE = 4
"""Of a list with more members, those that stay as they are, are shown in a word."""
_KIND_OF_ID = {kind.id_type: kind for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to choose."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A control, or controls that belong together.

    Attributes:
        kind: `line`, `area`, `lines`, `select`, `ticks`, `date`, `number`, `fixed`; `text` for
            the two languages, `group` for a mapping, `list` for a list of such, `closed` for a
            part that is not filled in, `member` for one member of a list,
            `folded` for one that stays as it was.
        name: Name of the control, or what names within begin with.
        id: Unique on the page.
        label: What people call it.
        key: Its key in files.
        help: What to write there.
        value: What stands in it.
        choices: What can be chosen.
        parts: What is within.
        required: Whether it has to be given.
        error: What was wrong with it.

    """

    kind: str
    name: str
    id: str
    label: str
    key: str = ""
    help: str = ""
    value: str = ""
    choices: tuple[Choice, ...] = ()
    parts: tuple["Part", ...] = ()
    required: bool = False
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class FormMaker:
    """Makes the parts of a form.

    Attributes:
        say: Words.
        given: What stands in the controls.
        empty: How many members of a list, or parts, are open though nothing stands in them.
        errors: What was wrong, by the name of the control or part.
        kind: Kind of the row, whose key holds its own id.
        fixed: Key that cannot be changed; empty where everything can.
        before: The row as it was, so that members of long lists that stay can be told in a word.
        opened: Members that are shown with their controls all the same.

    """

    say: Speaker
    given: Given
    empty: Mapping[str, int]
    errors: Mapping[str, str]
    kind: str
    fixed: str = ""
    before: Given = field(default_factory=dict)
    opened: frozenset[str] = frozenset()

    def row(self, kind: Kind) -> tuple[Part, ...]:
        """Return the parts of a row of a kind."""
        return self._fields(kind.model, "")

    def _fields(self, model: type, name: str) -> tuple[Part, ...]:
        within = f"{name}." if name else ""
        return tuple(
            self._field(model, field, f"{within}{field.key}") for field in fields_of(model)
        )

    def _field(self, model: type, field: Field, name: str) -> Part:
        lang = self.say.lang
        shape = shape_of(field.hint)
        label = label_of(field.key).in_lang(lang)
        told = help_of(model, field).in_lang(lang)
        least = any(isinstance(rule, NotEmpty) for rule in shape.constraints)
        must = field.required and (least or not shape.is_list)
        if not name.count(".") and field.key == self.fixed:
            return self._part("fixed", name, label, field.key, value=self._one(name))
        return self._value(shape, name, label, field.key, told, must=must)

    def _value(  # noqa: PLR0913  what a part is made from
        self, shape: Shape, name: str, label: str, key: str, told: str, *, must: bool
    ) -> Part:
        if is_ticks(shape):
            member = shape_of(shape.member)
            ticked = self.given.get(name, ())
            choices = self._choices(member, ticked)
            return self._part("ticks", name, label, key, told, choices=choices, must=must)
        if is_lines(shape):
            value = "\n".join(self.given.get(name, ()))
            told = f"{told} {self.say.t('reg-edit.lines')}".strip()
            return self._part("lines", name, label, key, told, value=value, must=must)
        if shape.is_list:
            return self._list(shape, name, label, key, told, must=must)
        if shape.bare is Text:
            return self._text(name, label, key, told, must=must)
        if shape.is_row:
            return self._group(shape, name, label, key, told, must=must)
        return self._control(shape, name, label, key, told, must=must)

    def _control(  # noqa: PLR0913  what a part is made from
        self, shape: Shape, name: str, label: str, key: str, told: str, *, must: bool
    ) -> Part:
        value = self._one(name)
        if (shape.is_id or shape.is_choice or shape.bare is bool) and name != self.kind:
            choices = self._choices(shape, (value,) if value else ())
            return self._part("select", name, label, key, told, choices=choices, must=must)
        kind = "date" if shape.bare is date else "number" if shape.bare is int else "line"
        kind = "area" if "\n" in value else kind
        return self._part(kind, name, label, key, told, value=value, must=must)

    def _text(self, name: str, label: str, key: str, told: str, *, must: bool) -> Part:
        parts = tuple(
            self._part(
                "area",
                f"{name}.{lang}",
                self.say.t(f"reg-edit.{lang}"),
                value=self._one(f"{name}.{lang}"),
                must=must and lang == "zh",
            )
            for lang in ("zh", "en")
        )
        return self._part("text", name, label, key, told, parts=parts, must=must)

    def _group(  # noqa: PLR0913  what a part is made from
        self, shape: Shape, name: str, label: str, key: str, told: str, *, must: bool
    ) -> Part:
        article = title_article(shape.bare).in_lang(self.say.lang)
        told = " ".join(part for part in (told, article) if part and part not in told) or told
        if not (must or self._stands(name) or self.empty.get(name)):
            return self._part("closed", name, label, key, told)
        parts = self._fields(shape.bare, name)
        return self._part("group", name, label, key, told, parts=parts, must=must)

    def _list(  # noqa: PLR0913  what a part is made from
        self, shape: Shape, name: str, label: str, key: str, told: str, *, must: bool
    ) -> Part:
        there = 0
        while self._stands(f"{name}.{there}"):
            there += 1
        more = self.empty.get(name, 0) or int(must and not there)
        member = shape_of(shape.member)
        folds = there > _AT_ONCE and member.is_row
        parts = tuple(
            (self._folded(f"{name}.{number}", label, number + 1) if folds else None)
            or self._member(member, f"{name}.{number}", label, number + 1)
            for number in range(there + more)
        )
        return self._part("list", name, label, key, told, parts=parts, must=must)

    def _folded(self, name: str, label: str, number: int) -> Part | None:
        """Return a member that stays as it was and is not opened, in a word."""
        mine = self._now.get(name)
        if mine is None or any(one == name or one.startswith(f"{name}.") for one in self.opened):
            return None
        if any(one.startswith(f"{name}.") for one in self.errors):
            return None
        was = next((at for at, one in self._was.items() if one == mine and _like(at, name)), None)
        if was is None:
            return None
        told = next(iter(mine.values()), ("",))[0]
        title = self.say.t("reg-edit.member", name=label, n=number)
        keep = Choice(value=was, name=f"{name}.{KEEP}", chosen=True)
        return self._part("folded", name, title, told=told, choices=(keep,))

    @cached_property
    def _now(self) -> Mapping[str, Given]:
        return members_of(self.given)

    @cached_property
    def _was(self) -> Mapping[str, Given]:
        return members_of(self.before)

    def _member(self, member: Shape, name: str, label: str, number: int) -> Part:
        title = self.say.t("reg-edit.member", name=label, n=number)
        if member.is_row:
            parts = self._fields(member.bare, name)
        else:
            parts = (self._value(member, name, title, "", "", must=False),)
        return self._part("member", name, title, value=f"{name}.{DROP}", parts=parts)

    def _choices(self, shape: Shape, chosen: tuple[str, ...]) -> tuple[Choice, ...]:
        known = self._known(shape)
        stray = [(one, one) for one in chosen if one not in dict(known)]
        return tuple(
            Choice(value=value, name=name, chosen=value in chosen)
            for value, name in (*known, *stray)
        )

    def _known(self, shape: Shape) -> list[tuple[str, str]]:
        say = self.say
        if shape.bare is bool:
            return [("true", say.t("reg-edit.yes")), ("false", say.t("reg-edit.no"))]
        if shape.bare is CategoryId:
            return [(one, say.category(one)) for one in say.catalogue.categories]
        if shape.bare is AppTypeId:
            types = say.catalogue.app_types.values()
            return [(one.id, f"{one.id} {say.text(one.text)}") for one in types]
        if shape.bare is TableRef:
            return [
                (f"{store.store}.{table.table}", f"{store.store}.{table.table}")
                for store in say.register.stores
                for table in store.tables
            ]
        if shape.is_choice:
            section = CHOICE_WORDS[shape.bare]
            return [(one.value, say.t(f"{section}.{one.value}")) for one in shape.bare]
        return self._rows(_KIND_OF_ID[shape.bare])

    def _rows(self, kind: Kind) -> list[tuple[str, str]]:
        listed = getattr(self.say.register, kind.plural)
        rows = listed if isinstance(listed, tuple) else (listed,)
        ids = [str(getattr(row, kind.name)) for row in rows]
        return [(one, self._row_name(RowRef(kind.name, one))) for one in ids]

    def _row_name(self, row: RowRef) -> str:
        name = self.say.row_name(row)
        return name if name == row.id else f"{name} · {row.id}"

    def _one(self, name: str) -> str:
        return next(iter(self.given.get(name, ())), "")

    def _stands(self, name: str) -> bool:
        return name in self.given or any(one.startswith(f"{name}.") for one in self.given)

    def _part(  # noqa: PLR0913  what a part is
        self,
        kind: str,
        name: str,
        label: str,
        key: str = "",
        told: str = "",
        *,
        value: str = "",
        choices: tuple[Choice, ...] = (),
        parts: tuple[Part, ...] = (),
        must: bool = False,
    ) -> Part:
        return Part(
            kind=kind,
            name=name,
            id=anchor_of(name),
            label=label,
            key=key,
            help=told,
            value=value,
            choices=choices,
            parts=parts,
            required=must,
            error=self.errors.get(name, ""),
        )


def _like(one: str, other: str) -> bool:
    """Tell whether two names differ in numbers alone."""
    return _NUMBERS.sub("", one) == _NUMBERS.sub("", other)


def labels_of(parts: tuple[Part, ...], within: str = "") -> dict[str, str]:
    """Return what all parts of a form are called, by their names, with what they are within."""
    found: dict[str, str] = {}
    for part in parts:
        label = f"{within} · {part.label}" if within else part.label
        found |= {part.name: label} | labels_of(part.parts, label)
    return found
