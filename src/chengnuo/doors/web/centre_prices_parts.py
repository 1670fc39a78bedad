"""What the pages of explained prices are made of."""

from dataclasses import dataclass

from chengnuo.doors.web.page_parts import Fact, Table
from chengnuo.doors.web.price_strips import RangePicture, StepsPicture, Strip

PATH = "/centre/prices"


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesPage:
    """The page that asks for the number of a quote.

    Attributes:
        kept: Whether quotes are kept at all.
        quote: What was asked for before.
        error: What was wrong with it; empty if nothing.

    """

    kept: bool
    quote: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step beside its strip."""

    name: str
    rule: str
    amount: str
    kind: str
    strip: Strip


@dataclass(frozen=True, slots=True, kw_only=True)
class PricePage:
    """One price, explained.

    Attributes:
        title: The price.
        trouble: Why it cannot be explained; empty where it can, and then all below is there.
        facts: Of what, when, which number.
        lines: The steps, and what was paid as the last.
        steps: Their picture.
        axis: What the left edge of the picture means.
        table: The same as a table.
        remainder: What no rule explains.
        others: What is told of others, or why nothing is.
        among: Where the price lies among them; None where that is not told.
        among_label: The same in words.
        legend: What its bands and its mark are.
        audit: What the standing audit says; None where there is none.
        audit_lead: Of which time, or that there is none.
        json: Where the explanation is as a file.

    """

    title: str
    trouble: str = ""
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()
    steps: StepsPicture | None = None
    axis: str = ""
    table: Table | None = None
    remainder: str = ""
    others: tuple[str, ...] = ()
    among: RangePicture | None = None
    among_label: str = ""
    legend: tuple[str, ...] = ()
    audit: Table | None = None
    audit_lead: str = ""
    json: str = ""
