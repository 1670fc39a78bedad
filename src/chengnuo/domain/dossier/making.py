"""Fields of acts in few words, for the tables of sorts."""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.fields import Choice, FieldForm, FieldSort


def line(  # noqa: PLR0913  what a field is
    name: str,
    zh: str,
    en: str,
    *,
    hint: Text | None = None,
    must: bool = True,
    private: bool = False,
) -> FieldSort:
    """Return a field of one line."""
    return FieldSort(
        name=name,
        form=FieldForm.LINE,
        label=Text(zh, en),
        hint=hint,
        required=must,
        private=private,
    )


def text(  # noqa: PLR0913  what a field is
    name: str,
    zh: str,
    en: str,
    *,
    hint: Text | None = None,
    must: bool = True,
    private: bool = True,
) -> FieldSort:
    """Return a field of several lines; private unless it says that it is not."""
    return FieldSort(
        name=name,
        form=FieldForm.TEXT,
        label=Text(zh, en),
        hint=hint,
        required=must,
        private=private,
    )


def day(name: str, zh: str, en: str, *, hint: Text | None = None, must: bool = True) -> FieldSort:
    """Return a field that takes a civil day."""
    return FieldSort(name=name, form=FieldForm.DAY, label=Text(zh, en), hint=hint, required=must)


def instant(
    name: str, zh: str, en: str, *, hint: Text | None = None, must: bool = True
) -> FieldSort:
    """Return a field that takes an instant."""
    return FieldSort(
        name=name, form=FieldForm.INSTANT, label=Text(zh, en), hint=hint, required=must
    )


def count(name: str, zh: str, en: str, *, hint: Text | None = None, must: bool = True) -> FieldSort:
    """Return a field that takes a number."""
    return FieldSort(name=name, form=FieldForm.COUNT, label=Text(zh, en), hint=hint, required=must)


def flag(name: str, zh: str, en: str, *, hint: Text | None = None) -> FieldSort:
    """Return a field that is ticked or not."""
    return FieldSort(name=name, form=FieldForm.FLAG, label=Text(zh, en), hint=hint)


def digest(name: str, zh: str, en: str, *, hint: Text | None = None) -> FieldSort:
    """Return a field that takes the SHA-256 of a file, if there is one."""
    return FieldSort(
        name=name, form=FieldForm.DIGEST, label=Text(zh, en), hint=hint, required=False
    )


def choice(  # noqa: PLR0913  what a field is
    name: str,
    zh: str,
    en: str,
    choices: tuple[Choice, ...],
    *,
    many: bool = False,
    must: bool = True,
) -> FieldSort:
    """Return a field that takes one of some values, or several of them."""
    return FieldSort(
        name=name,
        form=FieldForm.CHOICES if many else FieldForm.CHOICE,
        label=Text(zh, en),
        choices=choices,
        required=must,
    )


def row(  # noqa: PLR0913  what a field is
    name: str, rows: str, zh: str, en: str, *, many: bool = False, must: bool = True
) -> FieldSort:
    """Return a field that names a row of the register, or several."""
    return FieldSort(
        name=name,
        form=FieldForm.ROWS if many else FieldForm.ROW,
        label=Text(zh, en),
        rows=rows,
        required=must,
    )
