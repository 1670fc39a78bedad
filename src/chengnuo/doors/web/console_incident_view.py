"""What the page beside an incident shows."""

from dataclasses import dataclass

from chengnuo.domain.dossier.sorts.incident_acts import is_drill
from chengnuo.domain.dossier.sorts.incident_choices import GRADES, LETTERS
from chengnuo.domain.dossier.sorts.incident_reach import COUNT, LETTER, SCOPE
from chengnuo.domain.incident.grading import least_grade
from chengnuo.domain.incident.letters import LetterKind, missing_of
from chengnuo.doors.texts import moment
from chengnuo.doors.web.dossier_view import said_in
from chengnuo.doors.web.page_parts import Fact, Row, Status, StatusKind, Table, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.dossier.seen import Seen
from chengnuo.usecases.incident.letter_desk import FORMATS

_FORMAT_NAMES = {"html": "HTML", "pdf": "PDF", "markdown": "Markdown"}
_GRADES = {one.value: one.text for one in GRADES}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """One of the values of a select."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPage:
    """The page.

    Attributes:
        id: Id of the incident.
        href: Where its dossier is.
        list_href: Where all are.
        path: Where its forms go.
        kind: What its sort is called.
        drill: That it is a drill; None where it is none.
        error: What was wrong; empty for nothing.
        scope: What it reached, as it was said last; empty while nobody said it.
        count: What was counted last; empty before.
        grade: What the number of people calls for; empty where it calls for nothing.
        works: Whether whoever looks may count and make letters.
        reviews: Whether they may take the list.
        letters: Which letter can be made, and what is missing for it.
        kinds: Letters to choose from.
        formats: Formats to choose from.
        langs: Languages to choose from.
        typed: Letter, language and format that are chosen.
        reason: What was typed as the reason.

    """

    id: str
    href: str
    list_href: str
    path: str
    kind: str
    drill: Status | None
    error: str
    scope: tuple[Fact, ...]
    count: tuple[Fact, ...]
    grade: str
    works: bool
    reviews: bool
    letters: Table
    kinds: tuple[ChoiceView, ...]
    formats: tuple[ChoiceView, ...]
    langs: tuple[ChoiceView, ...]
    typed: tuple[str, str, str]
    reason: str


def incident_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    seen: Seen,
    *,
    path: str,
    list_href: str,
    works: bool,
    reviews: bool,
    error: str,
    typed: tuple[str, str, str],
    reason: str,
) -> IncidentPage:
    """Return the page."""
    dossier = seen.dossier
    counted = dossier.value("at-least")
    grade = ""
    if isinstance(counted, int):
        least, figure = least_grade(counted, say.catalogue)
        if figure is not None:
            cited = say.catalogue.figure_citation(figure, say.lang)
            grade = say.t("incident.least", grade=say.text(_GRADES[least]), cited=cited)
    return IncidentPage(
        id=dossier.id,
        href=f"{list_href}/{dossier.id}",
        list_href=list_href,
        path=f"{path}/{dossier.id}",
        kind=say.text(seen.sort.text),
        drill=Status(kind=StatusKind.NOTE, word=say.t("incident.drill"))
        if is_drill(dossier)
        else None,
        error=error,
        scope=_said(say, seen, SCOPE),
        count=_said(say, seen, COUNT),
        grade=grade,
        works=works,
        reviews=reviews and counted is not None and not is_drill(dossier),
        letters=_letters(say, seen),
        kinds=tuple(ChoiceView(value=one.value, name=say.text(one.text)) for one in LETTERS),
        formats=tuple(ChoiceView(value=one, name=_FORMAT_NAMES[one]) for one in FORMATS),
        langs=(ChoiceView(value="zh", name="中文"), ChoiceView(value="en", name="English")),
        typed=typed,
        reason=reason,
    )


def _said(say: Speaker, seen: Seen, what: str) -> tuple[Fact, ...]:
    act, sort = seen.dossier.last(what), seen.sort.act(what)
    if act is None or sort is None:
        return ()
    at = Fact(name=say.t("incident.at"), value=said(moment(act.at)))
    return (at, *said_in(say, sort.fields, act))


def _letters(say: Speaker, seen: Seen) -> Table:
    rows = []
    for one in LETTERS:
        missing = missing_of(seen.dossier, LetterKind(one.value))
        state = (
            Status(kind=StatusKind.WARN, word=say.t("incident.missing"))
            if missing
            else Status(kind=StatusKind.FINE, word=say.t("incident.complete"))
        )
        made = [
            act
            for act in seen.dossier.acts
            if act.what == LETTER and act.fields.get("letter-kind") == one.value
        ]
        hashes = tuple(
            Words(text=str(act.fields["letter"]), hash=True, notes=(moment(act.at),))
            for act in reversed(made)
        )
        notes = (say.joined(say.text(part) for part in missing),) if missing else ()
        rows.append(
            Row(
                cells=(
                    said(say.text(one.text)),
                    (Words(status=state, notes=notes),),
                    hashes or said(say.t("incident.not-made")),
                )
            )
        )
    return Table(
        caption=say.t("incident.letters"),
        heads=tuple(say.t(f"incident.{head}") for head in ("letter", "items", "made")),
        rows=tuple(rows),
    )
