"""The picture of a first start: all that runs has its box or is counted, and no words overlap."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.web.plot_kit import boxes, is_well_laid

from chengnuo.adapters.documents.inspection_picture import (
    MOST_CHIPS,
    MOST_LANES,
    sort_of,
    start_picture,
)
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_start import Phase, StartEntry
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import OWN, Owner, OwnerKind
from chengnuo.law.catalogue import Catalogue

BEFORE = (Moment.CERTAIN, Moment.CONDITIONAL, Moment.SEEN_BEFORE_CONSENT)
NAMES = st.text(max_size=70) | st.sampled_from(["已安装应用列表", "read " * 30, "长" * 50])
SDKS = [
    Owner(kind=OwnerKind.SDK, id=one) for one in ("umeng", "长" * 40, "a.b" * 30, *"abcdefghij")
]


@pytest.fixture(scope="module")
def words(catalogue: Catalogue, knowledge: Knowledge) -> ReportWords:
    return ReportWords(law=catalogue, knowledge=knowledge)


def entry(owner: Owner, phase: Phase, moment: Moment, act: str, *, reads: bool) -> StartEntry:
    return StartEntry(
        owner=owner, phase=phase, moment=moment, act=Text(act), is_reading=reads, observations=()
    )


@st.composite
def starts(draw: st.DrawFn) -> list[StartEntry]:
    """Yield what runs, ordered by owner and phase."""
    acts = draw(st.lists(NAMES, min_size=1, max_size=3))
    found = []
    for at, owner in enumerate([OWN, *SDKS][: draw(st.integers(0, len(SDKS) + 1))]):
        for phase in draw(st.sets(st.sampled_from(Phase), max_size=3)):
            guarded = phase is Phase.AFTER_TEST
            for number in range(draw(st.integers(1, 8))):
                moment = Moment.GUARDED if guarded else BEFORE[number % len(BEFORE)]
                act = acts[(at + number) % len(acts)]
                found.append(entry(owner, phase, moment, act, reads=number % 4 != 0))
    return found


@given(starts(), st.sampled_from(Lang))
def test_any_start_is_well_laid_and_all_of_it_is_shown_or_counted(
    words: ReportWords, entries: list[StartEntry], lang: Lang
) -> None:
    drawing = start_picture(entries, words, lang)
    assert (drawing is None) is not bool(entries)
    lanes = [list(found) for _, found in groupby(entries, key=lambda one: one.owner)]
    shown = 0
    for lane in lanes[:MOST_LANES]:
        for _, found in groupby(lane, key=lambda one: one.phase):
            count = len(list(found))
            shown += count if count <= MOST_CHIPS else MOST_CHIPS - 1
    for box in boxes(drawing):
        is_well_laid(box)
        # Below them stand the four sorts of boxes with what they mean.
        assert sum(mark.sort.startswith("box") for mark in box.marks) == shown + 4


@pytest.mark.parametrize(
    ("moment", "reads", "sort"),
    [
        (Moment.CERTAIN, True, "box-full"),
        (Moment.SEEN_BEFORE_CONSENT, True, "box-full"),
        (Moment.CONDITIONAL, True, "box-open"),
        (Moment.CERTAIN, False, "box"),
        (Moment.GUARDED, True, "box-faint"),
        (Moment.GUARDED, False, "box-faint"),
    ],
)
def test_what_is_read_on_every_way_is_full_and_what_is_guarded_faint(
    words: ReportWords, moment: Moment, sort: str, *, reads: bool
) -> None:
    guarded = moment is Moment.GUARDED
    phase = Phase.AFTER_TEST if guarded else Phase.CREATED
    one = entry(OWN, phase, moment, "已安装应用列表", reads=reads)
    assert sort_of(one) == sort
    drawing = start_picture([one], words, Lang.ZH)
    assert drawing is not None
    for box in boxes(drawing):
        sorts = [mark.sort for mark in box.marks]
        assert sorts.count(sort) == 2
        assert ("limit" in sorts) is guarded
