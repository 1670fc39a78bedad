"""Every sort of dossier: a table that holds together, whoever looks at it, in whichever state."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from chengnuo.adapters.working_calendar import load_working_calendar
from chengnuo.base.text import Text
from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.dossier import Act, Dossier, DossierId
from chengnuo.domain.dossier.fields import FieldForm
from chengnuo.domain.dossier.party import OUTSIDE, Party
from chengnuo.domain.dossier.sort import NOT_OPENED, ActSort, Concerns, DossierSort
from chengnuo.domain.dossier.standing import (
    DossierStateError,
    NotYourActError,
    checked_act,
    state_of,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.deadline import deadline_of

ALL = [pytest.param(sort, id=name) for name, sort in sorted(SORTS.items())]
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROWS = {"activities", "recipients", "agreements", "assessments", "apps", "services", "stores"} | {
    "list-rows"
}
AT = datetime(2026, 11, 2, tzinfo=UTC)


def texts(sort: DossierSort) -> Iterator[Text]:
    yield from (sort.text, sort.lead)
    for state in sort.states:
        yield state.text
    for act in sort.acts:
        yield act.text
        yield from () if act.hint is None else (act.hint,)
        for field in act.fields:
            yield field.label
            yield from () if field.hint is None else (field.hint,)
            yield from (choice.text for choice in field.choices)
    for clock in sort.clocks:
        yield clock.text


def reached(sort: DossierSort) -> dict[str, tuple[ActSort, ...]]:
    """Return the states that can be reached, each with a way that leads to it."""
    ways: dict[str, tuple[ActSort, ...]] = {NOT_OPENED: ()}
    while True:
        found = {
            act.to: (*ways[state], act)
            for act in sort.acts
            for state in act.after
            if act.to is not None and state in ways and act.to not in ways
        }
        if not found:
            return ways
        ways |= found


def walked(sort: DossierSort, way: tuple[ActSort, ...]) -> Dossier | None:
    acts = tuple(
        Act(number=number, what=act.what, by="", party=min(act.by), at=AT)
        for number, act in enumerate(way, 1)
    )
    return Dossier(id=DossierId("aa-1"), sort=sort.id, acts=acts) if acts else None


def test_ids_and_prefixes_tell_sorts_apart() -> None:
    assert len({sort.prefix for sort in SORTS.values()}) == len(SORTS)
    assert len({sort.path for sort in SORTS.values()}) == len(SORTS)
    assert all(_ID.fullmatch(sort.path) for sort in SORTS.values())
    assert all(re.fullmatch(r"[a-z]{2}", sort.prefix) for sort in SORTS.values())


@pytest.mark.parametrize("sort", ALL)
def test_names_are_unique_and_short_enough_to_be_kept(sort: DossierSort) -> None:
    for names in (
        [state.id for state in sort.states],
        [act.what for act in sort.acts],
        [clock.id for clock in sort.clocks],
        *([field.name for field in act.fields] for act in sort.acts),
    ):
        assert len(names) == len(set(names))
        assert all(_ID.fullmatch(name) and len(name) <= 32 for name in (sort.id, *names))


@pytest.mark.parametrize("sort", ALL)
def test_every_state_can_be_reached_and_an_open_one_be_left(sort: DossierSort) -> None:
    states = {state.id for state in sort.states}
    assert set(reached(sort)) == states | {NOT_OPENED}
    for state in sort.states:
        leads = {act.to for act in sort.acts if state.id in act.after and act.to is not None}
        assert state.final or leads - {state.id}, state.id
    assert any(state.final for state in sort.states)


@pytest.mark.parametrize("sort", ALL)
def test_acts_name_states_and_acts_that_there_are(sort: DossierSort) -> None:
    states = {state.id for state in sort.states} | {NOT_OPENED}
    whats = {act.what for act in sort.acts}
    for act in sort.acts:
        assert act.by
        assert act.after <= states
        assert act.to is None or act.to in states
        assert act.not_by_author_of <= whats
        assert not act.opens or act.to is not None
    for clock in sort.clocks:
        assert clock.starts | clock.stops | clock.extended_by <= whats
        assert clock.starts
        assert clock.stops
        for act in sort.acts:
            if act.what in clock.starts:
                forms = {f.form for f in act.fields if f.name == clock.from_field}
                assert forms <= {FieldForm.DAY, FieldForm.INSTANT}
                if clock.until_field:
                    until = [f for f in act.fields if f.name == clock.until_field]
                    assert [f.form for f in until] == [FieldForm.DAY]
                    assert until[0].required or clock.runs is not None


@pytest.mark.parametrize("sort", ALL)
def test_fields_are_such_as_can_be_filled_in(sort: DossierSort) -> None:
    for act in sort.acts:
        for field in act.fields:
            if field.form in {FieldForm.CHOICE, FieldForm.CHOICES}:
                assert len({choice.value for choice in field.choices}) == len(field.choices) > 1
            elif field.form in {FieldForm.ROW, FieldForm.ROWS}:
                assert field.rows in _ROWS
            else:
                assert not field.choices
                assert not field.rows
    opening = [act for act in sort.acts if act.opens]
    assert opening
    if sort.title_from:
        for act in opening:
            named = [field for field in act.fields if field.name == sort.title_from]
            assert named
            assert not named[0].private


@pytest.mark.parametrize("sort", ALL)
def test_nobody_outside_acts_in_what_concerns_nobody(sort: DossierSort) -> None:
    if sort.concerns is Concerns.NOBODY:
        assert not any(act.by & OUTSIDE for act in sort.acts)
    assert Party.ADMIN not in sort.reads
    assert not sort.reads & OUTSIDE
    assert not any(Party.AUDITOR in act.by or Party.ADMIN in act.by for act in sort.acts)


@pytest.mark.parametrize("sort", ALL)
def test_private_fields_have_an_end(sort: DossierSort) -> None:
    private = any(field.private for act in sort.acts for field in act.fields)
    assert (sort.kept is not None) == private


@pytest.mark.parametrize("sort", ALL)
def test_texts_are_there_in_both_languages(sort: DossierSort) -> None:
    for text in texts(sort):
        assert text.zh
        assert text.en
        assert text.zh != text.en
        assert not re.search("[一-鿿]", text.en)


@pytest.mark.parametrize("sort", ALL)
def test_duties_and_figures_stand_in_the_catalogue(sort: DossierSort, catalogue: Catalogue) -> None:
    assert sort.rests_on
    for duty in sort.rests_on:
        assert catalogue.duty(duty)
    for clock in sort.clocks:
        assert (clock.figure is None) == bool(clock.until_field)
        if clock.figure is not None:
            figure = catalogue.figure(clock.figure)
            assert deadline_of(figure, AT, load_working_calendar()) is not None


@pytest.mark.parametrize("sort", ALL)
def test_everybody_may_do_in_every_state_what_the_table_says_and_nothing_else(
    sort: DossierSort,
) -> None:
    tried = 0
    for state, way in reached(sort).items():
        dossier = walked(sort, way)
        assert dossier is None or state_of(sort, dossier).id == state
        for act in sort.acts:
            for party in Party:
                tried += 1
                allowed = party in act.by and state in act.after
                assert (act in sort.open_acts(state, party)) == allowed
                if allowed:
                    assert checked_act(sort, dossier, act.what, party, by="")[0] is act
                    continue
                expected = NotYourActError if party not in act.by else DossierStateError
                with pytest.raises(expected):
                    checked_act(sort, dossier, act.what, party, by="")
    assert tried == len(reached(sort)) * len(sort.acts) * len(Party)
