"""How old open requests are: how many by the legal days left, as bars and as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.doors.web.console_rights_words import NEAR_DAYS, PATH, SOON_DAYS, RightsWords
from chengnuo.doors.web.page_parts import Empty, Row, Table, linked, said
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import PlotRow, rows_plot

_FIFTEEN = 15
_BANDS = ((0, 0), (1, SOON_DAYS), (SOON_DAYS + 1, NEAR_DAYS), (NEAR_DAYS + 1, _FIFTEEN))
_OVER, _LEFT = 0, 1
"""Patterns: what is past its day is solid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgesSeen:
    """The picture and the table.

    Attributes:
        picture: The picture; None where nothing is open.
        table: The same in numbers.

    """

    picture: Drawing | None
    table: Table


def ages_seen(say: RightsWords, ages: Mapping[int, int], *, reads: bool) -> AgesSeen:
    """Return open requests by the working days left.

    Args:
        say: Words.
        ages: How many have how many days left; what is past its last day stands below 0.
        reads: Whether whoever looks may open the lines.

    """
    over = sum(count for left, count in ages.items() if left < 0)
    bands = [(say.t("console.rights.ages-over"), over)]
    for first, last in _BANDS:
        name = "ages-today" if last == 0 else "ages-left"
        count = sum(count for left, count in ages.items() if first <= left <= last)
        bands.append((say.t(f"console.rights.{name}", first=first, last=last), count))
    more = sum(count for left, count in ages.items() if left > _FIFTEEN)
    bands.append((say.t("console.rights.ages-more", n=_FIFTEEN), more))
    rows = [
        PlotRow(
            name=name,
            counts=(count,),
            texts=(f"{count:,}",),
            sort=_LEFT if at else _OVER,
        )
        for at, (name, count) in enumerate(bands)
    ]
    said_counts = say.t("consents.between").join(f"{name} {count:,}" for name, count in bands)
    told = Told(
        key="ages", title=say.t("console.rights.ages-picture"), words=said_counts, lang=say.lang
    )
    opens = f"{PATH}?overdue=yes" if reads and over else ""
    return AgesSeen(
        picture=rows_plot(told, rows),
        table=Table(
            caption=say.t("console.rights.ages"),
            heads=(say.t("console.rights.head.days"), say.t("console.rights.ages-count")),
            rows=tuple(
                Row(
                    cells=(
                        said(name),
                        linked(f"{count:,}", opens) if opens and not at else said(f"{count:,}"),
                    )
                )
                for at, (name, count) in enumerate(bands)
            ),
            numbers=(1,),
            empty=Empty(
                name=say.t("console.rights.none"),
                text=say.t("console.rights.none-text"),
                href="/console/rights",
                act=say.t("nav.rights"),
            ),
        ),
    )
