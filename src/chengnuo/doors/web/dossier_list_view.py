"""The list of dossiers of one sort, and the page that opens one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from chengnuo.domain.dossier.sort import ActSort, DossierSort
from chengnuo.doors.texts import moment
from chengnuo.doors.web.dossier_forms import FormView
from chengnuo.doors.web.dossier_view import cited, due_of, state_of, title_of
from chengnuo.doors.web.page_parts import Citation, Empty, Figure, Row, Table, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.usecases.dossier.overview import SortStanding
from chengnuo.usecases.dossier.seen import Seen

ON_A_LEAF = 50
"""Dossiers on one page of a list."""
_LEAF = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of a list, by its number from 0."""

    number: int

    @property
    def skip(self) -> int:
        """How many dossiers stand on the pages before."""
        return self.number * ON_A_LEAF

    @property
    def limit(self) -> int:
        """How many to ask for: one more than there is room for tells whether another follows."""
        return ON_A_LEAF + 1


def leaf_of(asked: str | None) -> Leaf:
    """Return the leaf that an address asks for; the first for anything else."""
    return Leaf(int(asked) if asked is not None and _LEAF.fullmatch(asked) else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossiersPage:
    """The dossiers of a sort.

    Attributes:
        title: What they are called.
        lead: What they are for.
        figures: How many are open, due, late.
        table: The dossiers.
        opens: The acts that open one.
        choices: Open ones, or those at their end as well.
        range: Which ones are on this leaf; empty where all are.
        before: Where the leaf before is; empty for none.
        after: Where the next one is; empty for none.
        cited: The articles they rest on.

    """

    title: str
    lead: str
    figures: tuple[Figure, ...]
    table: Table
    opens: tuple[Link, ...]
    choices: tuple[Link, ...]
    range: str
    before: str
    after: str
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage:
    """The form that opens a dossier."""

    kind: str
    list_href: str
    form: FormView


def dossiers_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    standing: SortStanding,
    found: Sequence[Seen],
    opens: Sequence[ActSort],
    now: datetime,
    *,
    path: str,
    ended: bool,
    leaf: Leaf,
) -> DossiersPage:
    """Return one leaf of a list.

    Args:
        say: Words.
        standing: How the sort stands.
        found: What is on the leaf, and one more where another follows.
        opens: What opens a dossier.
        now: The present.
        path: Where the list is.
        ended: Whether those at their end are in it.
        leaf: Which.

    """
    sort, shown = standing.sort, found[:ON_A_LEAF]
    first, more = leaf.skip, len(found) > ON_A_LEAF

    def address(to: int) -> str:
        asked = (("ended", "yes") if ended else None, ("leaf", str(to)) if to else None)
        query = urlencode([one for one in asked if one is not None])
        return f"{path}?{query}" if query else path

    return DossiersPage(
        title=say.text(sort.text),
        lead=say.text(sort.lead),
        figures=(
            Figure(name=say.t("dossier.open"), count=str(standing.open)),
            Figure(name=say.t("dossier.late"), count=str(standing.late)),
        ),
        table=Table(
            caption=say.text(sort.text),
            heads=dossier_heads(say),
            rows=tuple(dossier_row(say, one, now, path) for one in shown),
            empty=Empty(
                name=say.t("dossier.none"),
                text=say.t("dossier.none-text" if opens else "dossier.none-read"),
            ),
        ),
        opens=tuple(
            Link(href=f"{path}/new/{act.what}", name=say.text(act.text), current=False)
            for act in opens
        ),
        choices=(
            Link(href=path, name=say.t("dossier.only-open"), current=not ended),
            Link(href=f"{path}?ended=yes", name=say.t("dossier.all"), current=ended),
        ),
        range=f"{first + 1:,}–{first + len(shown):,}" if first or more else "",
        before=address(leaf.number - 1) if leaf.number else "",
        after=address(leaf.number + 1) if more else "",
        cited=tuple(cited(say, duty) for duty in sort.rests_on),
    )


def dossier_heads(say: Speaker) -> tuple[str, ...]:
    """Return the heads of a list."""
    return tuple(say.t(f"dossier.head.{head}") for head in ("which", "due", "state", "opened"))


def dossier_row(say: Speaker, seen: Seen, now: datetime, path: str) -> Row:
    """Return the row of a dossier in a list."""
    dossier = seen.dossier
    return Row(
        cells=(
            (Words(text=title_of(say, seen), href=f"{path}/{dossier.id}", notes=(dossier.id,)),),
            (Words(status=due_of(say, seen, now)),),
            (Words(status=state_of(say, seen)),),
            said(moment(seen.opened_at)),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SortsPage:
    """All sorts of dossier: how many are open and late in each."""

    figures: tuple[Figure, ...]
    table: Table


def sorts_page(
    say: Speaker,
    standing: Sequence[SortStanding],
    now: datetime,
    *,
    path_of: Callable[[DossierSort], str],
) -> SortsPage:
    """Return the page of all sorts.

    Args:
        say: Words.
        standing: How each stands.
        now: The present.
        path_of: Returns where the list of a sort is.

    """
    return SortsPage(
        figures=(
            Figure(name=say.t("dossier.open"), count=str(sum(one.open for one in standing))),
            Figure(name=say.t("dossier.late"), count=str(sum(one.late for one in standing))),
        ),
        table=Table(
            caption=say.t("dossier.title"),
            heads=tuple(
                say.t(f"dossier.sorts.{head}") for head in ("sort", "open", "late", "next")
            ),
            rows=tuple(
                Row(
                    cells=(
                        (
                            Words(
                                text=say.text(one.sort.text),
                                href=path_of(one.sort),
                                notes=(say.text(one.sort.lead),),
                            ),
                        ),
                        said(str(one.open)),
                        said(str(one.late)),
                        said("—")
                        if one.first is None
                        else (Words(status=due_of(say, one.first, now)),),
                    )
                )
                for one in standing
            ),
            numbers=(1, 2),
        ),
    )
