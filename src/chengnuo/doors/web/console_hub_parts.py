"""Sections of one table, with what to do where it has no rows; shared by the hubs."""

from chengnuo.doors.web.page_parts import Empty, Row, Section, Table
from chengnuo.doors.web.register_words import Speaker


def table_section(  # noqa: PLR0913  what it is made from
    say: Speaker,
    name: str,
    heads: tuple[str, ...],
    rows: tuple[Row, ...],
    *,
    numbers: tuple[int, ...] = (),
    goes_to: tuple[str, str] = ("/console/register", "register"),
) -> Section:
    """Return a section.

    Args:
        say: Words.
        name: Its anchor, and the key of its words below `hub.`.
        heads: Keys of the heads, below `hub.head-`.
        rows: Its rows.
        numbers: Positions of the columns that hold numbers.
        goes_to: Where to go when there are no rows: address, and key of its name below `nav.`.

    """
    title = say.t(f"hub.{name}")
    return Section(
        anchor=name,
        name=title,
        lead=say.t(f"hub.{name}-lead"),
        tables=(
            Table(
                caption=title,
                heads=tuple(say.t(f"hub.head-{head}") for head in heads),
                rows=rows,
                empty=Empty(
                    name=say.t(f"hub.{name}-none"),
                    text=say.t(f"hub.{name}-none-text"),
                    href=goes_to[0],
                    act=say.t(f"nav.{goes_to[1]}"),
                ),
                numbers=numbers,
            ),
        ),
    )
