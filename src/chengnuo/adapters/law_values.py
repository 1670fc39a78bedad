"""From the written form of the law files to the values of the catalogue."""

from collections.abc import Iterable

from chengnuo.adapters.law_wire import (
    WrittenAppType,
    WrittenCategory,
    WrittenCheck,
    WrittenDuty,
    WrittenFigure,
    WrittenGroup,
    WrittenInstrument,
    WrittenPart,
    WrittenSkippedArticle,
    WrittenTerm,
    text_of,
    text_or_none,
)
from chengnuo.law.app_type import AppType, NecessaryRow
from chengnuo.law.category import PICategory, PIGroup
from chengnuo.law.duty import Check, Column, Duty, SkippedArticle
from chengnuo.law.figure import Figure
from chengnuo.law.ids import (
    AppTypeId,
    CategoryId,
    DutyId,
    FigureId,
    GroupId,
    InstrumentId,
    TermId,
)
from chengnuo.law.instrument import Instrument
from chengnuo.law.standing import standing_of
from chengnuo.law.term import Term


def instrument_of(written: WrittenInstrument) -> Instrument:
    """Return the instrument."""
    return Instrument(
        id=InstrumentId(written.id),
        title=text_of(written.title),
        abbreviation=text_of(written.abbreviation),
        cite=text_of(written.cite),
        force=written.force,
        status=written.status,
        number=written.number,
        issued=written.issued,
        effective=written.effective,
        note=text_or_none(written.note),
    )


def skipped_of(written: WrittenSkippedArticle) -> SkippedArticle:
    """Return the article that lays no duty on a handler."""
    return SkippedArticle(
        id=DutyId(written.id),
        instrument=InstrumentId(written.instrument),
        article=written.article,
        reason=text_of(written.reason),
    )


def duties_of(written: WrittenDuty, instrument: Instrument) -> Iterable[Duty]:
    """Return the duty, then its parts in their order."""
    whole = Duty(
        id=DutyId(written.id),
        instrument=instrument.id,
        kind=written.kind,
        title=text_of(written.title),
        summary=text_of(written.summary),
        check=_check_of(written.check),
        confidence=written.confidence,
        standing=standing_of(instrument.force, instrument.status, written.confidence),
        article=written.article,
        place=text_or_none(written.place),
        group=text_or_none(written.group),
        binds=tuple(written.binds),
        consent=written.consent,
        conditions=tuple(text_of(each) for each in written.conditions),
        exceptions=tuple(text_of(each) for each in written.exceptions),
        parts=tuple(DutyId(each.id) for each in written.parts),
        related=tuple(DutyId(each) for each in written.related),
        figures=tuple(FigureId(each) for each in written.figures),
        proof=tuple(text_of(each) for each in written.proof),
        deadline=written.deadline,
        columns=tuple(
            Column(
                key=each.key,
                text=text_of(each.text),
                required=each.required,
                basis=text_of(each.basis),
                note=text_or_none(each.note),
            )
            for each in written.columns
        ),
        concerns_apps=written.concerns_apps,
        note=text_or_none(written.note),
    )
    yield whole
    for part in written.parts:
        yield _part_of(part, whole)


def _part_of(written: WrittenPart, whole: Duty) -> Duty:
    return Duty(
        id=DutyId(written.id),
        instrument=whole.instrument,
        kind=whole.kind,
        title=text_of(written.title),
        summary=text_of(written.summary or written.title),
        check=_check_of(written.check),
        confidence=whole.confidence,
        standing=whole.standing,
        article=whole.article,
        place=text_or_none(written.place),
        group=whole.group,
        binds=whole.binds,
        consent=whole.consent if written.consent is None else written.consent,
        parent=whole.id,
        related=tuple(DutyId(each) for each in written.related),
        figures=tuple(FigureId(each) for each in written.figures),
        deadline=whole.deadline,
        concerns_apps=whole.concerns_apps,
        note=whole.note,
    )


def _check_of(written: WrittenCheck) -> Check:
    return Check(kind=written.kind, text=text_of(written.text))


def group_of(written: WrittenGroup, categories: Iterable[PICategory]) -> PIGroup:
    """Return the group with the categories that name it, in their order."""
    return PIGroup(
        id=GroupId(written.id),
        text=text_of(written.text),
        categories=tuple(each.id for each in categories if each.group == written.id),
    )


def category_of(written: WrittenCategory) -> PICategory:
    """Return the category."""
    return PICategory(
        id=CategoryId(written.id),
        group=GroupId(written.group),
        text=text_of(written.text),
        is_sensitive=written.sensitive,
        was_sensitive_in_2020=written.sensitive_in_2020,
        treat_as=written.treat_as,
        examples=tuple(written.examples),
        basis=text_or_none(written.basis),
        android_permissions=tuple(written.android_permissions),
        android_apis=tuple(text_of(each) for each in written.android_apis),
        dpv_pd=written.dpv_pd,
        fideslang=written.fideslang,
        note=text_or_none(written.note),
    )


def app_type_of(written: WrittenAppType) -> AppType:
    """Return the app type."""
    return AppType(
        id=AppTypeId(written.id),
        number=written.number,
        text=text_of(written.text),
        basic_function=text_of(written.basic_function),
        none_needed=written.none_needed,
        phone_registration_allowed=written.phone_registration_allowed,
        necessary=tuple(
            NecessaryRow(
                text=text_of(each.text),
                categories=tuple(CategoryId(category) for category in each.categories),
                when=text_or_none(each.when),
            )
            for each in written.necessary
        ),
        confidence=written.confidence,
    )


def figure_of(written: WrittenFigure) -> Figure:
    """Return the deadline or threshold."""
    return Figure(
        id=FigureId(written.id),
        topic=written.topic,
        text=text_of(written.text),
        unit=written.unit,
        applies_to=text_of(written.applies_to),
        instrument=InstrumentId(written.instrument),
        force=written.force,
        status=written.status,
        confidence=written.confidence,
        value=written.value,
        values=written.values,
        elements=tuple(text_of(each) for each in written.elements),
        comparator=written.comparator,
        clock_start=text_or_none(written.clock_start),
        article=written.article,
        place=text_or_none(written.place),
        effective=written.effective,
        note=text_or_none(written.note),
    )


def term_of(written: WrittenTerm) -> Term:
    """Return the term."""
    return Term(
        id=TermId(written.id),
        text=text_of(written.text),
        identifiers=tuple(written.identifiers),
        source=text_of(written.source),
    )
