"""What is heavier or lighter for a handler because of how many people it knows of.

Nothing is applied by itself: each duty is shown with its source and with how sure its text is. What
is lighter counts only where it is in force on the day, and never where the number is unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.register.handler import Handler
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.figure import Comparator, Figure
from chengnuo.law.ids import FigureId
from chengnuo.law.standing import Status

_SMALL = FigureId("TD-U10")


class Effect(StrEnum):
    """What a line does to the duties of a handler that is on its side."""

    LIGHTER = "lighter"
    HEAVIER = "heavier"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _EFFECTS[self]


_EFFECTS = {
    Effect.LIGHTER: Text("减轻", "Lighter"),
    Effect.HEAVIER: Text("加重", "Heavier"),
}


class Meets(StrEnum):
    """Whether a handler is on the side of a line that counts."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """The register does not say how many people."""
    NOT_IN_FORCE = "not-in-force"
    """It would be, and the text is a draft or has not begun."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _MEETS[self]


_MEETS = {
    Meets.YES: Text("适用", "Applies"),
    Meets.NO: Text("不适用", "Does not apply"),
    Meets.UNKNOWN: Text("登记簿没有写人数", "The register does not say how many people"),
    Meets.NOT_IN_FORCE: Text("尚未施行，不适用", "Not in force, so it does not apply"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeDuty:
    """A duty that turns on how many people a handler knows of.

    Attributes:
        figure: The line.
        effect: Heavier or lighter.
        what: What follows on that side of it.
        here: Where this program honours it; None where nothing here turns on it.
        term: The figure that says within which time; None for none.

    """

    figure: FigureId
    effect: Effect
    what: Text
    here: Text | None = None
    term: FigureId | None = None


DUTIES = (
    SizeDuty(
        figure=_SMALL,
        effect=Effect.LIGHTER,
        what=Text(
            "可以用简化的审计表和影响评估表；告知、单独同意、行权、安全、事件通知照旧。",
            "Simplified forms of audit and assessment may be used; notice, separate consent,"
            " rights, security and incident notice stay.",
        ),
        here=Text(
            "底稿会注明可以用简化表。简化表有哪些条目我们只见过转述，所以没有自动减少任何条目；"
            "登记簿检查和期限一概不放宽。",
            "Working papers say that the simplified form may be used. Its items are known to us"
            " from secondary sources alone, so none is left out; no rule of the check and no"
            " deadline is relaxed.",
        ),
    ),
    SizeDuty(
        figure=FigureId("TD-U3"),
        effect=Effect.HEAVIER,
        what=Text(
            "指定个人信息保护负责人，并在期限内报送。",
            "A person in charge of protection is appointed, and filed in time.",
        ),
        term=FigureId("TD-U4"),
        here=Text(
            "登记簿检查；达到之日自动建立报送事项。",
            "The check of the register; a filing opens by itself.",
        ),
    ),
    SizeDuty(
        figure=FigureId("TD-U2"),
        effect=Effect.HEAVIER,
        what=Text(
            "合规审计的间隔不得超过规定的年数。",
            "Compliance audits are no further apart than the term.",
        ),
        term=FigureId("TD-U1"),
        here=Text(
            "登记簿检查；期满前半年自动建立审计。",
            "The check of the register; an audit opens by itself half a year ahead.",
        ),
    ),
    SizeDuty(
        figure=FigureId("TD-U12"),
        effect=Effect.HEAVIER,
        what=Text(
            "数据安全负责人和管理机构；合并、分立等情形的处置方案。",
            "A data security officer and body; a disposal plan on merger and the like.",
        ),
    ),
    SizeDuty(
        figure=FigureId("TD-U11"),
        effect=Effect.HEAVIER,
        what=Text(
            "大型处理者的规定（草案）：由外部成员为主的监督机构等。",
            "Rules for large handlers (draft): a body mostly of outsiders, and more.",
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeRow:
    """A duty beside a handler."""

    duty: SizeDuty
    figure: Figure
    meets: Meets

    @property
    def applies(self) -> bool:
        """Tell whether it counts."""
        return self.meets is Meets.YES


def size_rows(handler: Handler, catalogue: Catalogue, today: date) -> tuple[SizeRow, ...]:
    """Return what is heavier or lighter for a handler on a day."""
    return tuple(_rows(handler, catalogue, today))


def _rows(handler: Handler, catalogue: Catalogue, today: date) -> Iterator[SizeRow]:
    for duty in DUTIES:
        figure = catalogue.figure(duty.figure)
        yield SizeRow(duty=duty, figure=figure, meets=_meets(handler.individuals, figure, today))


def may_be_simplified(handler: Handler, catalogue: Catalogue, today: date) -> Text | None:
    """Return why the simplified forms may be used, or None where they may not."""
    figure = catalogue.figure(_SMALL)
    if _meets(handler.individuals, figure, today) is not Meets.YES:
        return None
    people, line = f"{handler.individuals or 0:,}", f"{catalogue.number(_SMALL):,}"
    return Text(
        f"登记约 {people} 人，不到 {line} 人：可以用简化审计表；"
        "简化表的条目仅见转述，以下仍列全部条目。",
        f"About {people} people are declared, fewer than {line}: the simplified form may be used;"
        " its items are known from secondary sources alone, so all items stand below.",
    )


def _meets(people: int | None, figure: Figure, today: date) -> Meets:
    if people is None:
        return Meets.UNKNOWN
    line = figure.value
    if not isinstance(line, int):
        return Meets.NO
    side = {
        Comparator.BELOW: people < line,
        Comparator.AT_MOST: people <= line,
        Comparator.AT_LEAST: people >= line,
        Comparator.ABOVE: people > line,
    }.get(figure.comparator or Comparator.EXACTLY, False)
    if not side:
        return Meets.NO
    return Meets.YES if is_in_force(figure, today) else Meets.NOT_IN_FORCE


def is_in_force(figure: Figure, today: date) -> bool:
    """Tell whether the text of a figure binds on a day; one without a day of beginning does not."""
    if figure.status is not Status.IN_FORCE or figure.effective is None:
        return False
    return figure.effective <= today.isoformat()[: len(figure.effective)]
