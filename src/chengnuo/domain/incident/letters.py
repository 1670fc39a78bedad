"""The letters of an incident: to the department in charge, to people, to minors and guardians.

All items of PIPL Art. 57 (TD-B2) stand in each, taken from what was entered in the dossier; while
one is empty there is no letter, and it is said which. The text is a draft for people to read before
it is used. A letter of a drill says so at its head and in its title.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import (
    Block,
    Document,
    DocumentKind,
    Facts,
    Heading,
    bullets,
    notice_box,
    paragraph,
)
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.lessons import LEARN
from chengnuo.domain.dossier.sorts.incident_acts import (
    CONTAIN,
    GRADE,
    HANDLE,
    REPORT,
    WHY_BELOW,
    concerns_minors,
)
from chengnuo.domain.dossier.sorts.incident_acts import is_drill as is_drill_of
from chengnuo.domain.dossier.sorts.incident_choices import GRADES, WHAT
from chengnuo.domain.dossier.sorts.incident_reach import discovered_at
from chengnuo.domain.incident.letter_words import (
    DRILL,
    DRILL_BOX,
    HEADS,
    LEADS,
    REPORT_LINES,
    RIGHTS,
    TITLES,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import BEIJING


class LetterKind(StrEnum):
    """To whom a letter is."""

    AUTHORITY = "authority"
    PEOPLE = "people"
    MINOR = "minor"
    GUARDIAN = "guardian"
    SUPPLEMENT = "supplement"
    FINAL = "final"

    @property
    def is_report(self) -> bool:
        """Tell whether it goes to the department in charge."""
        return self in {LetterKind.AUTHORITY, LetterKind.SUPPLEMENT, LetterKind.FINAL}


class LetterIncompleteError(InvalidInputError):
    """A letter cannot be made while something that the law wants in it is not entered."""

    code = "letter-incomplete"

    def __init__(self, missing: tuple[Text, ...]) -> None:
        named = "; ".join(one.en or one.zh for one in missing)
        super().__init__(f"the letter cannot be made yet; enter first: {named}")
        self.missing = missing


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHouse:
    """Who writes.

    Attributes:
        handler: Name of the handler.
        law: Version of the law catalogue.
        catalogue: The law catalogue.
        today: Civil day of the letter.

    """

    handler: Text
    law: str
    catalogue: Catalogue
    today: date


def letter_of(dossier: Dossier, kind: LetterKind, house: LetterHouse) -> Document:
    """Return a letter of an incident.

    Raises:
        LetterIncompleteError: Something that has to stand in it is not entered.

    """
    missing = missing_of(dossier, kind)
    if missing:
        raise LetterIncompleteError(missing)
    drill = is_drill_of(dossier)
    title = TITLES[kind.value]
    blocks: list[Block] = [notice_box(*DRILL_BOX)] if drill else []
    blocks.append(paragraph(LEADS[kind.value]))
    for name, wanted in _PARTS.items():
        if kind in wanted.kinds:
            blocks.append(Heading(2, name, HEADS[name]))
            blocks.append(bullets(wanted.lines(dossier, house)))
    if not kind.is_report:
        blocks.append(notice_box(*RIGHTS))
    return Document(
        id=f"{dossier.id}-{kind.value}",
        kind=DocumentKind.LETTER,
        title=Text(f"{DRILL.zh}{title.zh}", f"{DRILL.en}{title.en}") if drill else title,
        facts=Facts(
            handler=house.handler,
            app=house.handler,
            register="",
            law=house.law,
            updated=house.today,
            effective=house.today,
            letter=dossier.id,
        ),
        blocks=tuple(blocks),
    )


def missing_of(dossier: Dossier, kind: LetterKind) -> tuple[Text, ...]:
    """Return what has to stand in a letter and is not entered."""
    found = [
        HEADS[name] for name, one in _PARTS.items() if kind in one.kinds and one.empty(dossier)
    ]
    if kind in {LetterKind.MINOR, LetterKind.GUARDIAN} and not concerns_minors(dossier):
        found.append(Text("涉及未成年人", "that minors are concerned"))
    if kind is LetterKind.SUPPLEMENT and dossier.last(REPORT) is None:
        found.append(Text("第一次报告", "the first report"))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One part of letters.

    Attributes:
        kinds: Letters that have it.
        lines: What it says.
        needs: Fields without which it is empty, all of them; none where it can stand empty.

    """

    kinds: frozenset[LetterKind]
    lines: Callable[[Dossier, LetterHouse], list[Text]]
    needs: tuple[str, ...] = ()

    def empty(self, dossier: Dossier) -> bool:
        """Tell whether it cannot be written yet."""
        return any(dossier.value(name) in {None, ""} for name in self.needs)


_ALL = frozenset(LetterKind)
_REPORTS = frozenset(one for one in LetterKind if one.is_report)
_NOTICES = _ALL - _REPORTS


def _said(*names: str) -> Callable[[Dossier, LetterHouse], list[Text]]:
    def lines(dossier: Dossier, _: LetterHouse) -> list[Text]:
        found = (dossier.value(name) for name in names)
        return [
            Text(one, one) for said in found if isinstance(said, str) for one in said.split("\n")
        ]

    return lines


def _every(what: str, name: str) -> Callable[[Dossier, LetterHouse], list[Text]]:
    def lines(dossier: Dossier, _: LetterHouse) -> list[Text]:
        found = (act.fields.get(name) for act in dossier.acts if act.what == what)
        return [Text(one, one) for one in found if isinstance(one, str)]

    return lines


def _happened(dossier: Dossier, _: LetterHouse) -> list[Text]:
    kind = next(one.text for one in WHAT if one.value == dossier.value("kind"))
    first = min(discovered_at(dossier), default="")
    lines = [kind, _between(Text("发现时间", "Discovered"), first)]
    start, end = dossier.value("from"), dossier.value("to")
    if isinstance(start, str) and isinstance(end, str):
        lines.append(
            Text(
                f"影响期间：{_clock(start)} 至 {_clock(end)}",
                f"Period: {_clock(start)} to {_clock(end)}",
            )
        )
    return lines


def _graded(dossier: Dossier, house: LetterHouse) -> list[Text]:
    grade = next(one.text for one in GRADES if one.value == dossier.value("grade"))
    zh, en = (house.catalogue.figure_citation("TD-B8", lang) for lang in Lang)
    hours = house.catalogue.number("TD-B3")
    within = REPORT_LINES[dossier.value("grade") == "general"]
    graded = dossier.last(GRADE)
    why = None if graded is None else graded.fields.get(WHY_BELOW)
    below = [Text(f"定得低于仅按人数的级别：{why}", f"Graded below the number of people: {why}")]
    return [
        Text(f"{grade.zh}（{zh}）", f"{grade.en} ({en})"),
        *(below if why else ()),
        Text(within.zh.format(hours=hours), (within.en or "").format(hours=hours)),
    ]


def _people(dossier: Dossier, _: LetterHouse) -> list[Text]:
    values: Mapping[str, object] = {
        name: dossier.value(name)
        for name in ("at-least", "at-most", "under-14", "from-14-to-17", "affected")
    }
    lines = [Text(f"受影响人数：{values['affected']}", f"People affected: {values['affected']}")]
    if values["at-least"] is not None:
        most = values["at-most"]
        lines.append(
            Text(
                f"查明：至少 {values['at-least']}，至多 {'不能确定' if most is None else most}；"
                f"不满十四周岁 {values['under-14']}，十四至十七周岁 {values['from-14-to-17']}",
                f"Counted: at least {values['at-least']}, at most"
                f" {'not known' if most is None else most}; under 14: {values['under-14']},"
                f" 14 to 17: {values['from-14-to-17']}",
            )
        )
    if dossier.value("sensitive") or dossier.value("sensitive-found"):
        lines.append(Text("含敏感个人信息", "Sensitive personal information is among it"))
    return lines


def _news(dossier: Dossier, _: LetterHouse) -> list[Text]:
    reported = dossier.last(REPORT)
    since = 0 if reported is None else reported.number
    found = [
        str(act.fields["measures"])
        for act in dossier.acts
        if act.number > since and act.what == CONTAIN
    ]
    if not found:
        return [Text("数字和范围的更新见上。", "Figures and scope are renewed above.")]
    return [Text(one, one) for one in found]


def _ended(dossier: Dossier, house: LetterHouse) -> list[Text]:
    ended = dossier.last(HANDLE)
    at = "" if ended is None else str(ended.fields["ended-at"])
    days = house.catalogue.number("TD-B9")
    return [
        _between(Text("处置结束", "Handling ended"), at),
        Text(
            f"总结报告应在处置结束后 {days} 日内提交。",
            f"The final report is due within {days} days of that.",
        ),
    ]


def _lessons(dossier: Dossier, house: LetterHouse) -> list[Text]:
    found = _every(LEARN, "lesson")(dossier, house)
    return found or [Text("没有登记改进事项。", "No lesson was entered.")]


def _between(label: Text, at: str) -> Text:
    return Text(f"{label.zh}：{_clock(at)}", f"{label.en}: {_clock(at)}")


def _clock(at: str) -> str:
    """Return an instant in Beijing time, as letters have it."""
    if not at:
        return "—"
    return f"{datetime.fromisoformat(at).astimezone(BEIJING):%Y-%m-%d %H:%M} (UTC+8)"


_PARTS: Mapping[str, _Part] = {
    "happened": _Part(kinds=_ALL, lines=_happened, needs=("kind", "discovered-at")),
    "grade": _Part(kinds=_REPORTS, lines=_graded, needs=("grade",)),
    "people": _Part(kinds=_REPORTS, lines=_people, needs=("affected",)),
    "kinds": _Part(kinds=_ALL, lines=_said("kinds"), needs=("kinds",)),
    "cause": _Part(kinds=_ALL, lines=_said("cause"), needs=("cause",)),
    "harm": _Part(kinds=_ALL, lines=_said("harm"), needs=("harm",)),
    "measures": _Part(kinds=_ALL, lines=_every(CONTAIN, "measures"), needs=("measures",)),
    "news": _Part(kinds=frozenset({LetterKind.SUPPLEMENT}), lines=_news),
    "advice": _Part(kinds=_ALL, lines=_said("advice"), needs=("advice",)),
    "ended": _Part(kinds=frozenset({LetterKind.FINAL}), lines=_ended, needs=("ended-at",)),
    "lessons": _Part(kinds=frozenset({LetterKind.FINAL}), lines=_lessons),
    "contact": _Part(kinds=_ALL, lines=_said("contact"), needs=("contact",)),
}
