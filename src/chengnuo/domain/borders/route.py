"""Which route the law asks for, from who was counted since 1 January (网信办令第16号 5 to 8).

Every figure is one of the catalogue, by its id; none is written here. A route that is not asked
for waives nothing else: notice, separate consent, the assessment beforehand and the recipient's
standard stay due on every route (PIPL 38, 39, 55), also below the lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chengnuo.base.text import Text
from chengnuo.domain.borders.counting import Heads, Sort
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import DutyId, FigureId
from chengnuo.law.transfer_route import TransferRoute

NEAR_PERMILLE: Final = 800
"""From which part of a line on it is said to be near, in thousandths: our own, no figure of law."""
_WHOLE = 1000


class Demand(StrEnum):
    """What is asked for, in the order of how much."""

    EXEMPT = "exempt"
    """No route, by the number of people (Art. 5(4))."""
    CONTRACT = "contract-or-certification"
    """The standard contract or a certification (Art. 8)."""
    ASSESSMENT = "security-assessment"
    """A security assessment (Art. 7)."""

    @property
    def rank(self) -> int:
        """How much it asks for, from 0."""
        return _RANKS.index(self)

    @property
    def text(self) -> Text:
        """The words for it."""
        return _DEMAND_TEXTS[self]


_RANKS = tuple(Demand)
_DEMAND_TEXTS = {
    Demand.EXEMPT: Text("免予申报（人数未达线）", "exempt by the number of people"),
    Demand.CONTRACT: Text(
        "订立标准合同并备案，或通过认证", "the filed standard contract, or certification"
    ),
    Demand.ASSESSMENT: Text("申报并通过数据出境安全评估", "a security assessment"),
}


class Stays(StrEnum):
    """What is due on every route, exempt or not."""

    NOTICE = "notice"
    CONSENT = "separate-consent"
    ASSESSMENT = "impact-assessment"
    STANDARD = "recipient-standard"

    @property
    def duty(self) -> DutyId:
        """The article."""
        return _STAYS[self][0]

    @property
    def text(self) -> Text:
        """The words for it."""
        return _STAYS[self][1]


_STAYS = {
    Stays.NOTICE: (
        DutyId("PIPL-39"),
        Text(
            "告知接收方名称、联系方式、目的、方式、种类、行权方式六项",
            "tell recipient, contact, purpose, method, categories, and how to exercise rights",
        ),
    ),
    Stays.CONSENT: (
        DutyId("PIPL-39"),
        Text("以同意为依据的，取得单独同意", "separate consent, where consent is the basis"),
    ),
    Stays.ASSESSMENT: (
        DutyId("PIPL-55"),
        Text("事前完成个人信息保护影响评估", "an impact assessment beforehand"),
    ),
    Stays.STANDARD: (
        DutyId("PIPL-38"),
        Text("采取措施保障接收方的处理达到本法标准", "measures that hold the recipient to the law"),
    ),
}


class Why(StrEnum):
    """What a route is asked for by."""

    CRITICAL = "critical-infrastructure"
    IMPORTANT = "important-data"
    AT_LEAST = "at-least"
    ANY_SENSITIVE = "any-sensitive"
    BELOW = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A number of people at which something else is asked for.

    Attributes:
        figure: Its figure in the catalogue.
        sort: Whom it counts.
        limit: From how many on.
        demand: What is asked for from there on.

    """

    figure: FigureId
    sort: Sort
    limit: int
    demand: Demand


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a catalogue.

    Attributes:
        contract: General information, from where on a contract or certification is asked for.
        exempt: General information, below which none is; sensitive information has no such.
        assessment: Both sorts, from where on a security assessment is asked for.
        critical: Figure of who operates critical infrastructure.

    """

    contract: Line
    exempt: Line
    assessment: tuple[Line, Line]
    critical: FigureId

    def __iter__(self) -> Iterator[Line]:
        return iter((self.contract, *self.assessment))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason for what is asked for.

    Attributes:
        why: Which.
        figure: Figure of the catalogue; None for important data, which no number decides.
        sort: Whom it counts; None where it counts nobody.
        people: How many there are.
        limit: The line; None where there is none.

    """

    why: Why
    figure: FigureId | None = None
    sort: Sort | None = None
    people: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """What asks for an assessment whatever the number of people.

    Attributes:
        critical: The handler operates critical information infrastructure.
        important: Important data go abroad.

    """

    critical: bool = False
    important: bool = False


NOTHING_SPECIAL: Final = Special()


@dataclass(frozen=True, slots=True, kw_only=True)
class Demanded:
    """The route that is asked for.

    Attributes:
        demand: Which.
        reasons: Why, every reason of the highest that applies.
        near: Lines that are not reached and not far, with how many there are.
        stays: What is due whatever the route.

    """

    demand: Demand
    reasons: tuple[Reason, ...]
    near: tuple[tuple[Line, int], ...] = ()
    stays: tuple[Stays, ...] = tuple(Stays)

    def met_by(self, route: TransferRoute) -> bool:
        """Tell whether a route that is counted is enough."""
        found = _MEETS.get(route)
        return found is not None and found.rank >= self.demand.rank


_MEETS = {
    TransferRoute.EXEMPT_VOLUME: Demand.EXEMPT,
    TransferRoute.STANDARD_CONTRACT: Demand.CONTRACT,
    TransferRoute.CERTIFICATION: Demand.CONTRACT,
    TransferRoute.ASSESSMENT: Demand.ASSESSMENT,
}


def lines_of(catalogue: Catalogue) -> Lines:
    """Return the lines of a catalogue.

    Raises:
        UnknownFigureError: It lacks one.

    """

    def line(figure: str, sort: Sort, demand: Demand) -> Line:
        return Line(
            figure=FigureId(figure), sort=sort, limit=catalogue.number(figure), demand=demand
        )

    return Lines(
        contract=line("TD-D3", Sort.GENERAL, Demand.CONTRACT),
        exempt=line("TD-D4", Sort.GENERAL, Demand.EXEMPT),
        assessment=(
            line("TD-D1", Sort.GENERAL, Demand.ASSESSMENT),
            line("TD-D2", Sort.SENSITIVE, Demand.ASSESSMENT),
        ),
        critical=FigureId("TD-D5"),
    )


def demanded(heads: Heads, lines: Lines, special: Special = NOTHING_SPECIAL) -> Demanded:
    """Return the route that so many people ask for.

    Args:
        heads: Who is counted since 1 January, over all recipients.
        lines: The lines.
        special: What asks for an assessment whatever the number.

    """
    near = tuple(
        (line, people)
        for line in lines
        if (people := heads.of(line.sort)) < line.limit
        and people * _WHOLE >= line.limit * NEAR_PERMILLE
    )
    highest = tuple(_assessment(heads, lines, special))
    if highest:
        return Demanded(demand=Demand.ASSESSMENT, reasons=highest, near=near)
    middle = tuple(_contract(heads, lines))
    if middle:
        return Demanded(demand=Demand.CONTRACT, reasons=middle, near=near)
    below = _reason(Why.BELOW, lines.exempt, heads)
    return Demanded(demand=Demand.EXEMPT, reasons=(below,), near=near)


def _assessment(heads: Heads, lines: Lines, special: Special) -> Iterator[Reason]:
    if special.important:
        yield Reason(why=Why.IMPORTANT)
    if special.critical and (heads.general or heads.sensitive):
        yield Reason(why=Why.CRITICAL, figure=lines.critical)
    for line in lines.assessment:
        if heads.of(line.sort) >= line.limit:
            yield _reason(Why.AT_LEAST, line, heads)


def _contract(heads: Heads, lines: Lines) -> Iterator[Reason]:
    if heads.general >= min(lines.contract.limit, lines.exempt.limit):
        yield _reason(Why.AT_LEAST, lines.contract, heads)
    if heads.sensitive:
        yield Reason(
            why=Why.ANY_SENSITIVE,
            figure=lines.exempt.figure,
            sort=Sort.SENSITIVE,
            people=heads.sensitive,
        )


def _reason(why: Why, line: Line, heads: Heads) -> Reason:
    return Reason(
        why=why, figure=line.figure, sort=line.sort, people=heads.of(line.sort), limit=line.limit
    )
