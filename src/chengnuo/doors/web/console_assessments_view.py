"""An impact assessment as a sheet: the row it is about, why it is due, and what it concludes.

In the order of PIPL Art. 56, to be read and printed; the same for what is only about to begin.
"""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import FieldSort
from chengnuo.domain.dossier.sorts.assessment import (
    APPROVE,
    ASSESSMENT,
    BEGIN,
    GROUNDS,
    SUBMIT,
    WRITE,
)
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.assessing import Cover, InDossiers, cover_of
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.decision_words import found_words
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_mends import row_mend
from chengnuo.doors.web.dossier_forms import FormView
from chengnuo.doors.web.dossier_view import cited, said_in
from chengnuo.doors.web.page_parts import (
    Citation,
    Fact,
    Section,
    Status,
    StatusKind,
    Words,
    said,
)
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.civil import civil_date
from chengnuo.usecases.dossier.seen import Seen

PATH = "/console/assessments"
_ITEMS = (
    ("lawful", "lawful-is"),
    ("impact", "likelihood", "severity", "risk"),
    ("measures", "measures-are"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """The page.

    Attributes:
        title: What is assessed.
        id: Id of the dossier; empty for one that is about to begin.
        back: Where it is worked on; empty likewise.
        state: Where it stands.
        sections: Rows, grounds, items, approval.
        form: What begins one; None where nobody may, or it has begun.
        cited: The articles.

    """

    title: str
    id: str
    back: str
    state: Status
    sections: tuple[Section, ...]
    form: FormView | None
    cited: tuple[Citation, ...]


def from_page(
    say: Speaker,
    activity: ProcessingActivity,
    cover: Cover | None,
    grounds: tuple[str, ...],
    form: FormView | None,
) -> SheetPage:
    """Return the page from which an assessment of an activity begins."""
    return SheetPage(
        title=say.text(activity.purpose),
        id="",
        back="",
        state=_covered(say, cover, activity.activity),
        sections=(_row(say, activity), _why(say, grounds, None)),
        form=form,
        cited=_cited(say),
    )


def sheet_page(
    say: Speaker,
    seen: Seen,
    changed: tuple[Text, ...],
    kept: InDossiers,
    names: dict[str, str],
) -> SheetPage:
    """Return the sheet of an assessment.

    Args:
        say: Words.
        seen: Its dossier.
        changed: What changed in the register since it was written.
        kept: What was concluded of assessments.
        names: Sign-in names by account id.

    """
    dossier = seen.dossier
    grounds, activities = dossier.value("grounds"), dossier.value("activities")
    due = grounds if isinstance(grounds, tuple) else ()
    rows = activities if isinstance(activities, tuple) else ()
    found = [one for one in say.register.activities if one.activity in rows]
    day = civil_date(dossier.acts[-1].at)
    covers = [(one, cover_of(one, say.register, say.catalogue, day, kept)) for one in found]
    worst = next(((one, cover) for one, cover in covers if cover and not cover.holds), None)
    return SheetPage(
        title=str(dossier.value("title") or say.text(ASSESSMENT.text)),
        id=dossier.id,
        back=f"{PATH}/{dossier.id}",
        state=Status(kind=StatusKind.NOTE, word=say.text(seen.state.text)),
        sections=(
            *(_row(say, one) for one in found),
            *(() if worst is None else (_cover_section(say, *worst),)),
            *(() if not changed else (_changed(say, changed),)),
            _why(say, due, dossier),
            *(_item(say, dossier, number) for number in range(len(_ITEMS))),
            _signed(say, dossier, names),
        ),
        form=None,
        cited=_cited(say),
    )


def _row(say: Speaker, activity: ProcessingActivity) -> Section:
    method = activity.method
    recipients = tuple(
        say.recipient_words(one.recipient) for one in say.register.recipients_of(activity)
    )
    return Section(
        anchor=f"row-{activity.activity}",
        name=say.text(activity.purpose),
        term=activity.activity,
        facts=(
            Fact(
                name=say.t("assessing.method"),
                value=said(
                    say.joined(say.t(f"operation.{one}") for one in method.operations),
                    say.frequency(method.at_most),
                ),
            ),
            Fact(
                name=say.t("assessing.categories"),
                value=tuple(
                    Words(text=say.category(one.category), sensitive=say.is_sensitive(one))
                    for one in activity.items
                ),
            ),
            Fact(
                name=say.t("assessing.recipients"),
                value=recipients or said(say.t("word.none")),
            ),
            Fact(name=say.t("assessing.period"), value=said(say.keep(activity.retention))),
        ),
    )


def _covered(say: Speaker, cover: Cover | None, about: ActivityId) -> Status:
    if cover is None:
        return Status(kind=StatusKind.NONE, word=say.t("assessing.not-due"))
    if cover.holds:
        return Status(kind=StatusKind.FINE, word=say.t("assessing.covered"))
    href = f"{PATH}/from/{about}"
    return Status(
        kind=StatusKind.GRAVE,
        word=say.t("assessing.blocked"),
        mend=row_mend(
            say,
            "PIPL-55",
            RowRef("activity", about),
            Words(text=say.t("assessing.begin"), href=f"{href}#begin"),
        ),
    )


def _cover_section(say: Speaker, activity: ProcessingActivity, cover: Cover) -> Section:
    why = found_words(cover.why, say.lang) if cover.why else ""
    return Section(
        anchor="cover",
        name=say.t("assessing.cover"),
        status=_covered(say, cover, activity.activity),
        lead=why,
    )


def _changed(say: Speaker, changed: tuple[Text, ...]) -> Section:
    return Section(
        anchor="changed",
        name=say.t("assessing.changed"),
        facts=(
            Fact(
                name=say.t("assessing.difference"),
                value=tuple(Words(text=one.in_lang(say.lang)) for one in changed),
            ),
        ),
    )


def _why(say: Speaker, grounds: tuple[str, ...], dossier: Dossier | None) -> Section:
    facts = []
    for ground in GROUNDS:
        if ground.value in grounds:
            answer = None if dossier is None else dossier.value(f"on-{ground.value}")
            question = _field(f"on-{ground.value}")
            words = str(answer) if answer else say.t("assessing.not-answered")
            asked = say.text(question.label)
            facts.append(Fact(name=say.text(ground.text), value=said(words, asked)))
    return Section(anchor="why", name=say.t("assessing.grounds"), facts=tuple(facts))


def _item(say: Speaker, dossier: Dossier, number: int) -> Section:
    written = dossier.last(WRITE)
    fields = tuple(_field(name) for name in _ITEMS[number])
    facts = () if written is None else said_in(say, fields, written)
    return Section(
        anchor=f"item-{number + 1}",
        name=say.t(f"assessing.item-{number + 1}"),
        lead="" if facts else say.t("assessing.not-written"),
        facts=facts,
    )


def _signed(say: Speaker, dossier: Dossier, names: dict[str, str]) -> Section:
    facts = []
    for act in dossier.acts:
        sort = ASSESSMENT.act(act.what)
        if sort is not None and act.what in {BEGIN, WRITE, SUBMIT, APPROVE, "reject", "reopen"}:
            who = names.get(act.by, say.text(act.party.text))
            single = say.t("assessing.single") if act.single_person else ""
            place = "" if act.position is None else say.t("assessing.place", n=act.position)
            value = said(f"{moment(act.at)} · {who}", single, place)
            facts.append(Fact(name=say.text(sort.text), value=value))
    return Section(anchor="signed", name=say.t("assessing.signed"), facts=tuple(facts))


def _field(name: str) -> FieldSort:
    act = ASSESSMENT.act(WRITE)
    fields = () if act is None else act.fields
    return next(one for one in fields if one.name == name)


def _cited(say: Speaker) -> tuple[Citation, ...]:
    return tuple(cited(say, duty) for duty in ASSESSMENT.rests_on)
