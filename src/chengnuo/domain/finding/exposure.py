"""What an open finding exposes the handler to: tiers, caps, articles, as a range with reasons.

The law has two tiers for breaches of the PIPL (Art. 66): in an ordinary case an order to correct
and a warning, a fine only if that is refused; in a serious case far more. It does not say what is
serious, so what speaks for it is listed and never decided. Beside it stand the regulations whose
own articles a finding cites. A finding that rests on practice, a pledge or a draft alone leads to
no fine by itself. This is a range of what may be imposed, and no legal advice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.register.handler import Handler
from chengnuo.law.catalogue import Catalogue, UnknownDutyError
from chengnuo.law.ids import DutyId, FigureId
from chengnuo.law.standing import Standing

_PIPL, _DATA, _MINORS = "PIPL", "NDSR", "MINOR"
_DATA_ARTICLES = frozenset(map(str, (12, *range(16, 21), 22, 40, 41, 42)))
"""Articles of the data security regulation whose breach its Art. 55 fines."""
_MINORS_ARTICLES = frozenset({"36", "38"})
"""Articles of the regulation on minors whose breach its Art. 56 fines."""
_SENSITIVE = frozenset(map(DutyId, ("PIPL-28", "PIPL-29", "PIPL-30", "PIPL-31")))
_MANY = FigureId("TD-U3")
"""From a million people on the law asks for a person in charge; many people speak for serious."""


class Tier(StrEnum):
    """How grave the case is."""

    ORDINARY = "ordinary"
    SERIOUS = "serious"
    REGULATION = "regulation"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _TIERS[self]


_TIERS = {
    Tier.ORDINARY: Text("一般情形，拒不改正的", "Ordinary case, if correction is refused"),
    Tier.SERIOUS: Text("情节严重的", "Serious case"),
    Tier.REGULATION: Text("违反行政法规的", "Breach of the regulation"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureLine:
    """What one article allows.

    Attributes:
        tier: Which case it is for.
        figure: Figure of the catalogue with the caps; its article is cited.
        most: Highest fine of the handler, in whole yuan.
        of_turnover: Highest fine as a share of last year's turnover, where the law has one too;
            `most` is the higher of the two where the turnover is entered.
        turnover_missing: Whether it is not entered, so that the share may be more than `most`.
        of_gain: Least and highest multiple of unlawful gains, where the law fines by these, too;
            then the fine may be more than `most`, by what was gained.
        persons: Least and highest fine of a person in charge, in whole yuan; None for none.
        via: Duties of the finding that lead there.
        reasons: What speaks for this tier; empty where nothing has to.

    """

    tier: Tier
    figure: FigureId
    most: int
    of_turnover: float | None = None
    turnover_missing: bool = False
    of_gain: tuple[int, int] | None = None
    persons: tuple[int, int] | None = None
    via: tuple[DutyId, ...]
    reasons: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What a finding exposes the handler to.

    Attributes:
        lines: What each article allows, the mildest first; empty where no fine follows.

    """

    lines: tuple[ExposureLine, ...]

    @property
    def most(self) -> int:
        """The highest fine that any line allows, in whole yuan; 0 for none."""
        return max((line.most for line in self.lines), default=0)


def exposure_of(
    duties: Sequence[DutyId], severity: Severity, *, handler: Handler, catalogue: Catalogue
) -> Exposure:
    """Return what a finding exposes the handler to.

    Args:
        duties: The duties that it offends.
        severity: How much it matters.
        handler: The handler, with how many people it handles and what it turned over.
        catalogue: The law, with the caps.

    """
    if severity is Severity.NOTE:
        return Exposure(lines=())
    binding = tuple(one for one in duties if catalogue.duty(one).standing is Standing.LAW)
    return Exposure(
        lines=(
            *_of_pipl(binding, severity, handler, catalogue),
            *_of_regulations(binding, handler, catalogue),
        )
    )


def _of_pipl(
    duties: Sequence[DutyId], severity: Severity, handler: Handler, catalogue: Catalogue
) -> Iterator[ExposureLine]:
    via = tuple(one for one in duties if _articles_behind(one, catalogue))
    if not via:
        return
    ordinary, persons = catalogue.figure("TD-Z1"), catalogue.figure("TD-Z2")
    yield ExposureLine(
        tier=Tier.ORDINARY,
        figure=ordinary.id,
        most=_whole(ordinary.value),
        persons=_span(persons.values, "min", "max"),
        via=via,
    )
    articles = {article for one in via for article in _articles_behind(one, catalogue)}
    serious, persons = catalogue.figure("TD-Z3"), catalogue.figure("TD-Z4")
    yield _with_turnover(
        Tier.SERIOUS,
        serious.id,
        serious.values,
        handler,
        via=via,
        persons=_span(persons.values, "min", "max"),
        reasons=tuple(_why_serious(articles, severity, handler, catalogue)),
    )


def _of_regulations(
    duties: Sequence[DutyId], handler: Handler, catalogue: Catalogue
) -> Iterator[ExposureLine]:
    data = _citing(duties, catalogue, _DATA, _DATA_ARTICLES)
    if data:
        figure = catalogue.figure("TD-Z5")
        yield ExposureLine(
            tier=Tier.REGULATION,
            figure=figure.id,
            most=_whole(figure.values["max"]),
            persons=_span(figure.values, "person-min", "person-max"),
            via=data,
        )
    minors = _citing(duties, catalogue, _MINORS, _MINORS_ARTICLES)
    if minors:
        figure = catalogue.figure("TD-Z7")
        yield ExposureLine(
            tier=Tier.REGULATION,
            figure=figure.id,
            most=_whole(figure.values["no-gain-max"]),
            of_gain=_span(figure.values, "gain-multiple-min", "gain-multiple-max"),
            via=minors,
        )
    of_minors = _citing(duties, catalogue, _MINORS, None)
    if of_minors and handler.large_platform:
        figure = catalogue.figure("TD-Z6")
        yield _with_turnover(
            Tier.SERIOUS, figure.id, figure.values, handler, via=of_minors, persons=None, reasons=()
        )


def _with_turnover(  # noqa: PLR0913  what a line is made from
    tier: Tier,
    figure: FigureId,
    caps: Mapping[str, int | float],
    handler: Handler,
    *,
    via: tuple[DutyId, ...],
    persons: tuple[int, int] | None,
    reasons: tuple[Text, ...],
) -> ExposureLine:
    share, most = float(caps["share-of-last-year-turnover"]), _whole(caps["max"])
    turnover = handler.turnover
    return ExposureLine(
        tier=tier,
        figure=figure,
        most=most if turnover is None else max(most, int(turnover * share)),
        of_turnover=share,
        turnover_missing=turnover is None,
        persons=persons,
        via=via,
        reasons=reasons,
    )


def _why_serious(
    articles: Iterable[DutyId], severity: Severity, handler: Handler, catalogue: Catalogue
) -> Iterator[Text]:
    if severity is Severity.CRITICAL:
        yield Text(
            "违反禁止性规定，或者剥夺了个人的选择", "a prohibition is broken, or choice taken away"
        )
    if _SENSITIVE & set(articles):
        yield Text("涉及敏感个人信息或者未成年人", "sensitive information or minors are concerned")
    many = catalogue.figure(_MANY).value
    if isinstance(many, int) and handler.individuals is not None and handler.individuals >= many:
        yield Text(f"处理 {handler.individuals:,} 人的信息", f"{handler.individuals:,} people")


def _articles_behind(duty: DutyId, catalogue: Catalogue) -> tuple[DutyId, ...]:
    """Return the articles of the PIPL that a duty is, or that stand behind a notice of the law."""
    found = catalogue.duty(duty)
    if found.instrument == _PIPL:
        return (duty,)
    return tuple(one for one in map(DutyId, found.related) if _is_of_pipl(one, catalogue))


def _is_of_pipl(duty: DutyId, catalogue: Catalogue) -> bool:
    try:
        return catalogue.duty(duty).instrument == _PIPL
    except UnknownDutyError:
        return False


def _citing(
    duties: Sequence[DutyId], catalogue: Catalogue, instrument: str, articles: frozenset[str] | None
) -> tuple[DutyId, ...]:
    found = ((one, catalogue.duty(one)) for one in duties)
    return tuple(
        one
        for one, duty in found
        if duty.instrument == instrument
        and (articles is None or str(duty.article).split(".", 1)[0] in articles)
    )


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _span(values: Mapping[str, int | float], least: str, most: str) -> tuple[int, int]:
    return _whole(values[least]), _whole(values[most])
