"""The picture of a first start: who reads what, in the order in which the system starts things.

Time runs down; in each phase stand the owners, each with what its code does there. What is read on
every way is a full box, what is reached under a condition a broken one, what a test of consent
guards a faint one; that test itself is the line across. A table says the same.
"""

from collections.abc import Sequence

from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.package_start import Phase, StartEntry, by_owner
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Owner
from chengnuo.engines.drawing.parts import (
    GAP,
    WIDE,
    Box,
    Drawing,
    Label,
    Mark,
    Told,
    drawn,
    fitted,
    key_below,
    px,
    rect,
)
from chengnuo.engines.drawing.scale import TEXT, wide_of

MOST_LANES = 12
MOST_CHIPS = 6
_OWNER, _CHIP, _PAD, _LINE = 176, 30, 10, 24
TITLE = Text("首次启动时各方读取的信息", "Who reads what at the first start")
_KEYS = (
    ("box-full", Text("必经：每次启动都会读取", "read on every way of the start")),
    ("box-open", Text("有条件：满足某个条件时到达", "under a condition")),
    ("box", Text("其他动作", "other acts")),
    ("box-faint", Text("有同意判断把关", "behind a test of consent")),
)
_CONSENT = Text("以下在判断已同意之后", "behind a test of consent")
_MORE = Text("其他 {0} 方见下表", "{0} more in the table below")
_MORE_CHIPS = Text("另 {0} 项", "{0} more")
_WORDS = Text(
    "{0} 方。同意之前必经读取 {1} 项，有条件读取 {2} 项；有同意判断把关 {3} 项。",
    "Parties: {0}. Read before consent on every way: {1}; under a condition: {2}; "
    "behind a test of consent: {3}.",
)
Lanes = Sequence[tuple[Owner, Sequence[StartEntry]]]


def start_picture(
    entries: Sequence[StartEntry], words: ReportWords, lang: Lang, key: str = "start"
) -> Drawing | None:
    """Return the picture; None where nothing runs.

    Args:
        entries: What runs, ordered by owner and phase.
        words: Names.
        lang: Language of what is written in it.
        key: Name that is unique on its page.

    """
    if not entries:
        return None
    lanes = [(owner, tuple(found)) for owner, found in by_owner(tuple(entries))]
    sorts = [sort_of(one) for one in entries]
    told = Told(
        key=key,
        title=TITLE.in_lang(lang),
        words=_WORDS.in_lang(lang).format(
            len(lanes), *(sorts.count(one) for one in ("box-full", "box-open", "box-faint"))
        ),
        lang=lang,
    )
    return drawn(told, lambda width: _Start(lanes, words, lang, width).box())


def sort_of(one: StartEntry) -> str:
    """Return by which sort of box something is drawn."""
    if one.moment is Moment.GUARDED:
        return "box-faint"
    if not one.is_reading:
        return "box"
    return "box-open" if one.moment is Moment.CONDITIONAL else "box-full"


class _Start:
    """One layout."""

    def __init__(self, lanes: Lanes, words: ReportWords, lang: Lang, width: int) -> None:
        self.lanes, self.words, self.lang, self.width = lanes, words, lang, width
        self.is_wide = width == WIDE
        self.left = _OWNER if self.is_wide else _PAD
        self.marks: list[Mark] = []
        self.labels: list[Label] = []
        self.top = 0.0

    def box(self) -> Box:
        """Return the finished layout."""
        found = {one.phase for _, entries in self.lanes for one in entries}
        for phase in (one for one in Phase if one in found):
            self._phase(phase)
        if len(self.lanes) > MOST_LANES:
            said = _MORE.in_lang(self.lang).format(len(self.lanes) - MOST_LANES)
            self._write(0, said, "tick")
        keys = ((sort, words.in_lang(self.lang)) for sort, words in _KEYS)
        marks, labels, bottom = key_below(keys, self.top, self.width)
        return Box(self.width, int(bottom), (*self.marks, *marks), (*self.labels, *labels))

    def _phase(self, phase: Phase) -> None:
        if phase is Phase.AFTER_TEST:
            self.top += GAP
            self.marks.append(Mark("limit", f"M0 {px(self.top)}H{self.width}"))
            self.top += GAP / 2
            self._write(0, _CONSENT.in_lang(self.lang), "name")
        else:
            name = phase.text.in_lang(self.lang)
            self._write(0, name, "name", f"  {phase.hint}" if phase.hint else "")
            self.marks.append(Mark("rule", f"M0 {px(self.top)}H{self.width}"))
        self.top += GAP
        for owner, entries in self.lanes[:MOST_LANES]:
            here = [one for one in entries if one.phase is phase]
            if here:
                self._owner(owner, here)
        self.top += GAP

    def _owner(self, owner: Owner, here: Sequence[StartEntry]) -> None:
        name = plain(self.words.owner(owner).in_lang(self.lang))
        if self.is_wide:
            said = fitted(name, _OWNER - _PAD)
            self.labels.append(Label(0, self.top + 20, said, "start", "lane"))
        else:
            self._write(0, name, "lane")
        shown = here[: MOST_CHIPS - 1] if len(here) > MOST_CHIPS else here
        chips = [(plain(one.act.in_lang(self.lang)), sort_of(one)) for one in shown]
        left = float(self.left)
        for said, sort in chips:
            left = self._chip(left, said, sort)
        if len(here) > len(shown):
            said = _MORE_CHIPS.in_lang(self.lang).format(len(here) - len(shown))
            left = self._room(left, wide_of(said))
            self.labels.append(Label(left, self.top + 20, said))
        self.top += _CHIP + GAP

    def _chip(self, left: float, said: str, sort: str) -> float:
        """Draw a box with its words; return where the next may begin."""
        fitting = fitted(said, self.width - self.left - 2 * _PAD - 2)
        wide = wide_of(fitting) + 2 * _PAD
        left = self._room(left, wide)
        self.marks.append(Mark(sort, rect(left + 1, self.top, wide - 2, _CHIP - 2)))
        look = "on" if sort == "box-full" else "in"
        self.labels.append(Label(left + _PAD, self.top + 19, fitting, "start", look))
        return left + wide + GAP

    def _room(self, left: float, wide: float) -> float:
        """Return where something so wide begins: here, or on the next line."""
        if left + wide <= self.width or left <= self.left:
            return left
        self.top += _CHIP + GAP
        return float(self.left)

    def _write(self, x: float, said: str, sort: str, hint: str = "") -> None:
        """Write a line of its own, cut to its room, with a hint behind it if that fits."""
        shown = fitted(plain(said), self.width - x)
        self.labels.append(Label(x, self.top + TEXT + 2, shown, "start", sort))
        after = x + wide_of(shown) + GAP
        if hint and after + wide_of(hint) <= self.width:
            self.labels.append(Label(after, self.top + TEXT + 2, hint.strip()))
        self.top += _LINE
