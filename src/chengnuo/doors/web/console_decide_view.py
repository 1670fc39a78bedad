"""What a person must decide, as a page: the gravest first, each with why, what was seen, a choice.

From finished questions to view models; a question is answered here where one text fits, said to be
so where nothing speaks against it, and else in the form of its row.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from chengnuo.domain.finding.deciding import Deciding, ToDecide
from chengnuo.domain.finding.deciding_topics import Risk
from chengnuo.domain.register.blanks import Blank
from chengnuo.domain.register.kinds import rows
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.doors.web.console_decide_fields import AnswerField, Given, fields_of
from chengnuo.doors.web.console_decide_stands import stands
from chengnuo.doors.web.console_decide_together import (
    MOST_ROWS,
    MemberView,
    anchor_of,
    fields_together,
    member_of,
    named,
)
from chengnuo.doors.web.console_findings import Choice
from chengnuo.doors.web.console_mends import row_fix, row_mend, with_mend
from chengnuo.doors.web.page_parts import Citation, Status, StatusKind, Words
from chengnuo.doors.web.register_edit_href import edit_href
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.ids import DutyId

PATH = "/console/decide"
A_PAGE = 15
_MOST_SAID = 4
_MOST_OF_ONE = 2
_MOST_CITED = 2
_KINDS = {
    Risk.PROHIBITED: StatusKind.GRAVE,
    Risk.SENSITIVE: StatusKind.WARN,
    Risk.RECIPIENTS: StatusKind.WARN,
    Risk.MINORS: StatusKind.WARN,
}
_UNWRITTEN = "draft-text-left"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question.

    Attributes:
        anchor: Its id on the page.
        key: What the form names it by.
        status: Its risk.
        asked: The question.
        row: The row, as a link to its page.
        against: What the check says.
        asks: What the draft asks.
        stands: What stands in the row now.
        citations: The articles.
        seen: Where that was seen, first what matters most.
        careful: The careful answer.
        fields: Places to write in; none where the form of the row is needed.
        confirms: Whether it only has to be said to be so.
        edit: Address of the form of the row; empty without a folder.
        place: File and line, or the field without a folder.
        members: The rows, where several are asked the same.

    """

    anchor: str
    key: str
    status: Status
    asked: str
    row: Words
    against: tuple[str, ...]
    asks: tuple[str, ...]
    stands: tuple[str, ...]
    citations: tuple[Citation, ...]
    seen: tuple[str, ...]
    careful: str
    fields: tuple[AnswerField, ...]
    confirms: bool
    edit: str
    place: str
    members: tuple[MemberView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePage:
    """The page.

    Attributes:
        decided: How many questions are decided.
        every: How many there are.
        lead: That in words.
        error: What was wrong with the form that came in; else empty.
        choices: The risks, as filters.
        questions: Those of this page.
        previous: Address of the page before, or empty.
        following: Address of the page after, or empty.
        editable: Whether whoever looks may answer here.
        only_read: Why nobody can, in words; empty where somebody can.
        query: What keeps the filter when a form is sent.

    """

    decided: int
    every: int
    lead: str
    error: str
    choices: tuple[Choice, ...]
    questions: tuple[QuestionView, ...]
    previous: str
    following: str
    editable: bool
    only_read: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is looked at.

    Attributes:
        risk: The risk chosen; None for all.
        start: Place of the first question shown.
        editable: Whether the folder can be written and whoever looks may write it.
        has_folder: Whether there is a folder.
        given: A form that was not taken.

    """

    risk: Risk | None = None
    start: int = 0
    editable: bool = False
    has_folder: bool = False
    given: Given | None = None


def decide_page(
    say: Speaker,
    loaded: LoadedRegister,
    found: Deciding,
    blanks: Mapping[str, Sequence[Blank]],
    shown: Shown,
) -> DecidePage:
    """Return the page.

    Args:
        say: The register in force, in one language.
        loaded: It, with the places of its fields.
        found: The questions.
        blanks: Places to write in, by key of the questions that `shown_of` names.
        shown: What is looked at.

    """
    left = [one for one in found.open if shown.risk in {None, one.risk}]
    start = max(shown.start, 0)
    end = _end(left, start)
    only_read = ""
    if not shown.has_folder:
        only_read = say.t("decide.no-folder")
    elif not shown.editable:
        only_read = say.t("decide.only-read")
    return DecidePage(
        decided=found.decided,
        every=len(found.every),
        lead=say.t("decide.lead", decided=found.decided, every=len(found.every)),
        error="" if shown.given is None else say.t("decide.wrong"),
        choices=tuple(_choices(say, found, shown.risk)),
        questions=tuple(_grouped(say, loaded, shown_of(found, shown), blanks, shown)),
        previous=_href(shown.risk, max(start - A_PAGE, 0)) if start else "",
        following=_href(shown.risk, end) if end < len(left) else "",
        editable=shown.editable,
        only_read=only_read,
        query="" if shown.risk is None else f"?risk={shown.risk}",
    )


def shown_of(found: Deciding, shown: Shown) -> tuple[ToDecide, ...]:
    """Return the questions that a page shows; one that came back wrong stands alone and first."""
    if shown.given is not None:
        wrong = (found.one(key) for key in shown.given.keys or (shown.given.key,))
        return tuple(one for one in wrong if one is not None)
    left = [one for one in found.open if shown.risk in {None, one.risk}]
    start = max(shown.start, 0)
    return tuple(left[start : _end(left, start)])


def _end(left: Sequence[ToDecide], start: int) -> int:
    """Return where a page ends: what is asked alike is not torn apart, up to a limit."""
    end = min(start + A_PAGE, len(left))
    while end < min(len(left), start + MOST_ROWS):
        one, before = left[end], left[end - 1]
        if not (one.is_alike or one.is_only_asked) or one.topic is not before.topic:
            break
        end += 1
    return end


def _href(risk: Risk | None, start: int) -> str:
    chosen = "" if risk is None else f"risk={risk}&"
    return f"{PATH}?{chosen}start={start}"


def _choices(say: Speaker, found: Deciding, chosen: Risk | None) -> Iterator[Choice]:
    counts = found.counts()
    total = len(found.open)
    if total:
        yield Choice(href=PATH, name=say.t("decide.all"), count=total, current=chosen is None)
    for risk, count in counts.items():
        if count:
            yield Choice(
                href=f"{PATH}?risk={risk}",
                name=say.text(risk.text),
                count=count,
                current=risk is chosen,
            )


def _grouped(
    say: Speaker,
    loaded: LoadedRegister,
    questions: Sequence[ToDecide],
    blanks: Mapping[str, Sequence[Blank]],
    shown: Shown,
) -> Iterator[QuestionView]:
    """Yield the questions; those that ask the same as one: to be confirmed, or to be answered."""

    def alike(one: ToDecide) -> tuple[object, ...]:
        confirms = one.is_only_asked and not blanks.get(one.key)
        writes = one.is_alike and bool(blanks.get(one.key))
        same = shown.editable and (confirms or writes)
        return (one.topic.kind, one.topic.id, confirms) if same else (one.key,)

    for _, each in groupby(questions, key=alike):
        first, *others = every = list(each)
        view = _question(say, loaded, first, blanks.get(first.key, ()), shown)
        given = shown.given if shown.given is not None and shown.given.keys else None
        if not others and given is None:
            yield view
            continue
        members = tuple(
            member_of(
                say,
                loaded,
                one,
                ticked=bool(view.fields),
                against=tuple(_against(say, one))[:_MOST_OF_ONE],
            )
            for one in every
        )
        asks = tuple(dict.fromkeys(line.said for one in every for line in one.asking))
        if view.fields:
            both = [(one, blanks.get(one.key, ())) for one in every]
            view = replace(view, fields=tuple(fields_together(say, both, view.anchor, given)))
        view = replace(view, members=members, asks=asks, against=())
        yield replace(view, stands=(), seen=(), edit="", place="")


def _question(
    say: Speaker, loaded: LoadedRegister, one: ToDecide, blanks: Sequence[Blank], shown: Shown
) -> QuestionView:
    anchor = anchor_of(one.key)
    given = shown.given if shown.given is not None and shown.given.key == one.key else None
    cited = dict.fromkeys(
        duty for each in one.findings if each.rule != _UNWRITTEN for duty in each.duties[:1]
    )
    place = loaded.place_of(one.row, one.field) if shown.has_folder else None
    return QuestionView(
        anchor=anchor,
        key=one.key,
        status=with_mend(
            Status(kind=_KINDS.get(one.risk, StatusKind.NOTE), word=say.text(one.risk.text)),
            row_mend(
                say,
                next(iter((*cited, *one.topic.duties))),
                one.row,
                row_fix(say, one.row, one.field, say.t("decide.edit")),
            ),
        ),
        asked=say.text(one.topic.asked),
        row=named(say, one),
        against=tuple(_against(say, one)),
        asks=tuple(each.said for each in one.asking),
        stands=stands(say, rows(loaded.register)[one.row], one.topic.fields),
        citations=tuple(_cited(say, dict.fromkeys((*cited, *one.topic.duties)))),
        seen=tuple(dict.fromkeys(each.said for each in one.sources)),
        careful=say.text(one.topic.careful),
        fields=tuple(fields_of(say, one.row, anchor, blanks, given)) if shown.editable else (),
        confirms=shown.editable and one.is_only_asked and not blanks,
        edit=edit_href(one.row.kind, one.row.id, one.field) if shown.editable else "",
        place=str(place) if place is not None else f"{one.row.kind}: {one.row.id} · {one.field}",
    )


def _against(say: Speaker, one: ToDecide) -> Iterator[str]:
    said = [each for each in one.findings if each.rule != _UNWRITTEN]
    for each in said[:_MOST_SAID]:
        yield f"{say.text(each.message)}{say.t('decide.fix', fix=say.text(each.fix))}"
    if len(said) > _MOST_SAID:
        yield say.t("decide.more", n=len(said) - _MOST_SAID)
    unwritten = len(one.findings) - len(said)
    if unwritten:
        yield say.t("decide.unwritten", n=unwritten)


def _cited(say: Speaker, duties: Mapping[DutyId, None]) -> Iterator[Citation]:
    for duty in list(duties)[:_MOST_CITED]:
        yield Citation(
            label=say.catalogue.citation(duty, say.lang),
            summary=say.catalogue.duty(duty).summary.in_lang(say.lang),
        )
