"""The working papers of an audit as pages: the whole, and one item with what answers it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chengnuo.domain.dossier.audit_conclusions import CONFORMS, ITEM, OTHER, PARTLY
from chengnuo.domain.dossier.sorts.audit import AUDIT
from chengnuo.domain.governance.audit_papers import Answer, AuditPapers, Bearing, ItemPaper
from chengnuo.doors.web.console_mends import cited, record_words, with_mend
from chengnuo.doors.web.dossier_forms import NOTHING_TYPED, FormView, Typed, form_of
from chengnuo.doors.web.page_parts import (
    Cell,
    Citation,
    Empty,
    Fact,
    Figure,
    Mend,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link

PATH = f"/console/{AUDIT.path}"
FORMS = {"xlsx": "XLSX", "pdf": "PDF", "json": "JSON"}
_BEARINGS = {
    Bearing.FOR: StatusKind.FINE,
    Bearing.AGAINST: StatusKind.GRAVE,
    Bearing.OPEN: StatusKind.NONE,
}
_RESULTS = {
    CONFORMS: StatusKind.FINE,
    PARTLY: StatusKind.WARN,
    "does-not": StatusKind.GRAVE,
    "not-applicable": StatusKind.NONE,
}
_GIVEN = frozenset({"item", "duty"})
"""Fields that the page of an item says itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage:
    """The whole of the papers.

    Attributes:
        title: What the audit is called.
        id: Of the dossier.
        href: Where the dossier is.
        list_href: Where the audits are.
        state: Where it stands.
        small: That the simplified form may be used, and what that does here; empty otherwise.
        doubted: That items are said to conform although something speaks against it, or empty.
        figures: How many items have which result.
        table: The items.
        files: The papers as files.

    """

    title: str
    id: str
    href: str
    list_href: str
    state: str
    small: str
    doubted: str
    figures: tuple[Figure, ...]
    table: Table
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One item.

    Attributes:
        title: What it is called.
        audit: What the audit is called.
        papers_href: Where the whole is.
        list_href: Where the audits are.
        result: What was concluded.
        facts: What is looked at, what people judge, what was said last.
        absent: Why it may not apply; empty otherwise.
        answers: What answers it by itself.
        cited: The articles it is held to.
        form: To conclude it; None where whoever looks may not, or not now.
        around: The item before and the one after.

    """

    title: str
    audit: str
    papers_href: str
    list_href: str
    result: Status
    facts: tuple[Fact, ...]
    absent: str
    answers: Table
    cited: tuple[Citation, ...]
    form: FormView | None
    around: tuple[Link, ...]


def papers_href(audit: str) -> str:
    """Return where the papers of an audit are."""
    return f"{PATH}/{audit}/papers"


def papers_page(say: Speaker, papers: AuditPapers) -> PapersPage:
    """Return the page of the whole."""
    audit, counts = papers.audit, papers.counts()
    doubted = sum(one.is_contradicted for one in papers.items)
    return PapersPage(
        title=str(audit.value("title")),
        id=audit.id,
        href=f"{PATH}/{audit.id}",
        list_href=PATH,
        state=say.text(papers.state),
        small=say.text(papers.small),
        doubted=say.t("audit.doubted", n=doubted) if doubted else "",
        figures=(
            Figure(
                name=say.t("audit.concluded"),
                count=str(len(papers.items) - counts["open"]),
                of=str(len(papers.items)),
                measure=True,
            ),
            *(
                Figure(name=say.t(f"audit.result.{name}"), count=str(count), measure=True)
                for name, count in counts.items()
            ),
        ),
        table=Table(
            caption=say.t("audit.papers"),
            heads=tuple(say.t(f"audit.head.{one}") for one in ("item", "answers", "result", "due")),
            rows=tuple(_row(say, papers, one) for one in papers.items),
        ),
        files=tuple(
            Link(href=f"{papers_href(audit.id)}.{form}", name=name, current=False)
            for form, name in FORMS.items()
        ),
    )


def item_page(
    say: Speaker,
    papers: AuditPapers,
    item: str,
    *,
    may: bool,
    typed: Typed = NOTHING_TYPED,
) -> ItemPage | None:
    """Return the page of an item, or None where the papers have none of this id.

    Args:
        say: Words.
        papers: The papers.
        item: Id of the item.
        may: Whether whoever looks may conclude it now.
        typed: What came back from the form.

    """
    listed = [one for one in papers.items if one.item is not None]
    at = next((at for at, one in enumerate(listed) if _id(one) == item), None)
    if at is None:
        return None
    paper, audit = listed[at], papers.audit
    return ItemPage(
        title=say.text(paper.name),
        audit=str(audit.value("title")),
        papers_href=papers_href(audit.id),
        list_href=PATH,
        result=_status(say, audit.id, paper),
        facts=tuple(_facts(say, paper)),
        absent=say.text(paper.absent),
        answers=Table(
            caption=say.t("audit.answers"),
            heads=tuple(say.t(f"audit.answer.{one}") for one in ("what", "source", "bearing")),
            rows=tuple(_answer(say, audit.id, paper, one) for one in paper.answers),
            empty=Empty(
                name=say.t("audit.no-answers"),
                text=say.t("audit.no-answers-text"),
                href=PATH,
                act=say.t("nav.audits"),
            ),
        ),
        cited=tuple(
            Citation(
                label=say.catalogue.citation(duty, say.lang),
                summary=say.catalogue.duty(duty).summary.in_lang(say.lang),
            )
            for duty in (() if paper.item is None else paper.item.rests_on)
        ),
        form=_form(say, audit.id, item, typed) if may else None,
        around=tuple(_around(say, audit.id, listed, at)),
    )


def _form(say: Speaker, audit: str, item: str, typed: Typed) -> FormView | None:
    act = AUDIT.act(ITEM)
    if act is None:
        return None
    form = form_of(say, act, f"{papers_href(audit)}/{item}", typed)
    error = form.error or (typed.error if typed.wrong in _GIVEN else "")
    return replace(
        form, fields=tuple(one for one in form.fields if one.name not in _GIVEN), error=error
    )


def _around(say: Speaker, audit: str, listed: list[ItemPaper], at: int) -> Iterator[Link]:
    for key, index in (("before", at - 1), ("after", at + 1)):
        if 0 <= index < len(listed):
            name = say.t(f"audit.{key}", name=say.text(listed[index].name))
            href = f"{papers_href(audit)}/{_id(listed[index])}"
            yield Link(href=href, name=name, current=False)


def _row(say: Speaker, papers: AuditPapers, one: ItemPaper) -> Row:
    href = "" if one.item is None else f"{papers_href(papers.audit.id)}/{one.item.id}"
    against = sum(answer.bearing is Bearing.AGAINST for answer in one.answers)
    speak_for = sum(answer.bearing is Bearing.FOR for answer in one.answers)
    counted = say.t("audit.counted", n=len(one.answers), good=speak_for, bad=against)
    return Row(
        cells=(
            (Words(text=say.text(one.name), href=href, notes=_cited(say, one)),),
            said(counted if one.answers else say.t("audit.no-answers"), say.text(one.absent)),
            (Words(status=_status(say, papers.audit.id, one)),),
            _due(say, one),
        )
    )


def _cited(say: Speaker, one: ItemPaper) -> tuple[str, ...]:
    rests_on = () if one.item is None else one.item.rests_on
    return tuple(say.catalogue.citation(duty, say.lang) for duty in rests_on)


def _due(say: Speaker, one: ItemPaper) -> Cell:
    if one.remedy is not None:
        notes = (say.text(one.remedy.state),)
        href = f"/console/remedies/{one.remedy.dossier}"
        return (Words(text=one.remedy.due, href=href, notes=notes),)
    due = "" if one.conclusion is None else one.conclusion.said("due")
    return said(due or "—")


def _status(say: Speaker, audit: str, one: ItemPaper) -> Status:
    kind = StatusKind.MILD
    if one.conclusion is not None:
        kind = _RESULTS.get(one.conclusion.result, StatusKind.MILD)
    return with_mend(Status(kind=kind, word=say.text(one.result)), item_mend(say, audit, one))


def item_mend(say: Speaker, audit: str, one: ItemPaper, where: str = "") -> Mend:
    """Return what mends an item that does not conform: its remedy, or the form that settles it.

    Args:
        say: Words.
        audit: Id of the audit.
        one: The item.
        where: Where it is shown that something speaks against it, if that is known.

    """
    href = f"{papers_href(audit)}/{_id(one)}"
    duty = next(iter(() if one.item is None else one.item.rests_on), "PIPL-54")
    position = None if one.conclusion is None else one.conclusion.act.position
    proof = Words(text=say.t("red.report"), href=where or f"{href}#answers")
    remedy = "" if one.remedy is None else f"/console/remedies/{one.remedy.dossier}"
    return Mend(
        citation=cited(say, duty),
        row=Words(text=say.text(one.name), href=href),
        proof=proof if position is None or where else record_words(say, position, opens=say.opens),
        fix=Words(text=say.t("red.see-acts"), href=remedy or f"{href}#conclude"),
    )


def _facts(say: Speaker, one: ItemPaper) -> Iterator[Fact]:
    if one.item is not None:
        yield Fact(name=say.t("audit.looks-at"), value=said(say.text(one.item.looks_at)))
        yield Fact(name=say.t("audit.judged"), value=said(say.text(one.item.judged)))
    if one.conclusion is None:
        return
    act = one.conclusion.act
    for field in ("finding", "samples", "evidence"):
        words = one.conclusion.said(field)
        if words:
            lines = tuple(Words(text=line) for line in words.split("\n"))
            yield Fact(name=say.t(f"audit.said.{field}"), value=lines)
    if one.conclusion.said("file"):
        value = (Words(text=one.conclusion.said("file"), hash=True),)
        yield Fact(name=say.t("audit.said.file"), value=value)
    if act.position is not None:
        href = f"/console/evidence/records/{act.position}"
        value = (Words(text=f"#{act.position}", href=href),)
        yield Fact(name=say.t("dossier.proof"), value=value)


def _answer(say: Speaker, audit: str, paper: ItemPaper, one: Answer) -> Row:
    notes = () if one.position is None else (f"#{one.position}",)
    if one.leaf:
        notes = (*notes, one.leaf)
    bearing = with_mend(
        Status(kind=_BEARINGS[one.bearing], word=say.text(one.bearing.text)),
        item_mend(say, audit, paper, one.where),
    )
    return Row(
        cells=(
            (Words(text=say.text(one.text), href=one.where, notes=notes),),
            said(say.text(one.source.text), one.id),
            (Words(status=bearing),),
        )
    )


def _id(one: ItemPaper) -> str:
    return OTHER if one.item is None else one.item.id
