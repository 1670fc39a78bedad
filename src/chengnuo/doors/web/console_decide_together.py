"""One answer for many rows of which the same is asked, with the careful words filled in beforehand.

What is filled in is an offer in a form: nothing is written before somebody sends it, and a box
stands before each row. A period, a necessity or a contact is never filled in: who does not know it
leaves it, and the question stays open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.deciding import ToDecide
from chengnuo.domain.register.blanks import Blank, BlankKind, everywhere
from chengnuo.domain.register.kinds import rows
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.doors.web.console_decide_fields import AnswerField, Given, fields_of
from chengnuo.doors.web.console_decide_offers import offers_for
from chengnuo.doors.web.console_decide_stands import stands
from chengnuo.doors.web.page_parts import Words
from chengnuo.doors.web.register_edit_href import edit_href
from chengnuo.doors.web.register_words import Speaker

MOST_ROWS = 40
_FILLED_IN = frozenset({"detail", "if_refused", "if_withdrawn", "why"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One row that a question is about, where several are asked the same.

    Attributes:
        id: Id of its box on the page.
        key: What the form names it by.
        row: The row, as a link to its page.
        stands: What stands in it now.
        seen: Where it comes from.
        edit: Address of its form.
        ticked: Whether its box is ticked beforehand.
        against: What the check says of it.

    """

    id: str
    key: str
    row: Words
    stands: tuple[str, ...]
    seen: tuple[str, ...]
    edit: str
    ticked: bool = False
    against: tuple[str, ...] = ()


def anchor_of(key: str) -> str:
    """Return the id of a question on the page."""
    return f"q-{key.replace('.', '-')}"


def member_of(
    say: Speaker,
    loaded: LoadedRegister,
    one: ToDecide,
    *,
    ticked: bool,
    against: tuple[str, ...],
) -> MemberView:
    """Return one of several rows that are asked the same."""
    row = rows(loaded.register)[one.row]
    return MemberView(
        id=f"{anchor_of(one.key)}-so",
        key=one.key,
        row=named(say, one),
        stands=stands(say, row, one.topic.fields),
        seen=tuple(dict.fromkeys(each.said for each in one.sources)),
        edit=edit_href(one.row.kind, one.row.id, one.field),
        ticked=ticked,
        against=against,
    )


def named(say: Speaker, one: ToDecide) -> Words:
    """Return the row of a question, as a link to its page."""
    row, name = say.row_words(one.row), say.row_name(one.row)
    return Words(text=row.text, href=row.href, notes=() if name == one.row.id else (name,))


def fields_together(
    say: Speaker,
    each: Sequence[tuple[ToDecide, Sequence[Blank]]],
    anchor: str,
    given: Given | None,
) -> Iterator[AnswerField]:
    """Yield a place to write for each sort of blank of several rows.

    Args:
        say: The register in force, in one language.
        each: The questions, each with its blanks.
        anchor: Id of the first on the page.
        given: A form that was not taken; None if none was.

    """
    found: dict[str, list[tuple[ToDecide, Blank]]] = {}
    for one, blanks in each:
        for blank in blanks:
            found.setdefault(everywhere(blank.path), []).append((one, blank))
    for number, (path, places) in enumerate(found.items(), start=1):
        one, blank = places[0]
        (field,) = fields_of(say, one.row, f"{anchor}-all-{number}", [blank], None)
        wrong = "" if given is None else _wrong(say, given, path)
        yield replace(
            field,
            id=f"{anchor}-all-{number}",
            name=path,
            label=" · ".join(
                say.text(label_of(name)) for name in path.replace("[]", "").split(".")
            ),
            hint=say.t("decide.places", n=len(places))
            + (f" {field.hint}" if blank.kind is not BlankKind.TEXT else ""),
            value=_filled_in(say.lang, blank) if given is None else given.typed.get(path, ""),
            error=wrong,
        )


def in_both(typed: Mapping[str, str]) -> dict[str, str | Text]:
    """Return what was typed; words that were offered, in both languages."""
    return {path: _both(path, words.strip()) for path, words in typed.items()}


def _both(path: str, words: str) -> str | Text:
    offers = offers_for(Blank(path=path, kind=BlankKind.TEXT))
    return next((one for one, _ in offers if words in {one.zh, one.en}), words)


def _filled_in(lang: Lang, blank: Blank) -> str:
    last = blank.path.rsplit(".", 1)[-1]
    if blank.kind is not BlankKind.TEXT or last not in _FILLED_IN:
        return ""
    return next((one.in_lang(lang) for one, _ in offers_for(blank)), "")


def _wrong(say: Speaker, given: Given, path: str) -> str:
    for one in given.problems:
        if everywhere(one.where).endswith(path):
            return say.t("decide.expected", what=say.text(one.expected))
    return ""
