"""The list of dossiers of one sort, and the page that opens one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from chengnuo.domain.dossier.sort import ActSort, DossierSort
from chengnuo.doors.texts import moment
from chengnuo.doors.web.dossier_forms import FormView, Option
from chengnuo.doors.web.dossier_reds import next_status
from chengnuo.doors.web.dossier_view import cited, due_of, state_of, title_of
from chengnuo.doors.web.leafing import Leaf, Leafing, leafing
from chengnuo.doors.web.page_parts import Citation, Empty, Figure, Row, Table, Words, linked, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.usecases.dossier.overview import SortStanding
from chengnuo.usecases.dossier.seen import Seen


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
        leafing: Where one is in the list.
        cited: The articles they rest on.
        path: Where the list is.
        ids: Ids of the rows, for ticks; empty where whoever looks does nothing in them.
        acts: What can be done with several at once.
        files: The same as files.

    """

    title: str
    lead: str
    figures: tuple[Figure, ...]
    table: Table
    opens: tuple[Link, ...]
    choices: tuple[Link, ...]
    leafing: Leafing
    cited: tuple[Citation, ...]
    path: str
    ids: tuple[str, ...]
    acts: tuple[Option, ...]
    files: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage:
    """The form that opens a dossier."""

    kind: str
    list_href: str
    form: FormView


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which dossiers of a sort are asked for.

    Attributes:
        ended: Those at their end as well.
        late: Only those in which a deadline has passed.

    """

    ended: bool = False
    late: bool = False

    @property
    def query(self) -> dict[str, str]:
        """What stands in the address."""
        return {"ended": "yes" if self.ended else "", "late": "yes" if self.late else ""}


def dossiers_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    standing: SortStanding,
    shown: Sequence[Seen],
    opens: Sequence[ActSort],
    now: datetime,
    *,
    path: str,
    which: Which,
    leaf: Leaf,
    total: int,
    works: bool,
) -> DossiersPage:
    """Return one leaf of a list.

    Args:
        say: Words.
        standing: How the sort stands.
        shown: What is on the leaf.
        opens: What opens a dossier.
        now: The present.
        path: Where the list is.
        which: Which ones are asked for.
        leaf: Which leaf.
        total: How many there are of them.
        works: Whether whoever looks may do something with several at once.

    """
    sort = standing.sort
    acts = {act.what: act for one in shown for act in one.acts} if works else {}
    said_so = urlencode({name: value for name, value in which.query.items() if value})
    ending = f"?{said_so}" if said_so else ""
    return DossiersPage(
        title=say.text(sort.text),
        lead=say.text(sort.lead),
        figures=(
            Figure(name=say.t("dossier.open"), count=f"{standing.open:,}", href=path),
            Figure(name=say.t("dossier.late"), count=f"{standing.late:,}", href=f"{path}?late=yes"),
        ),
        table=Table(
            caption=say.text(sort.text),
            heads=dossier_heads(say),
            rows=tuple(dossier_row(say, one, now, path) for one in shown),
            empty=_none(say, opens, path),
        ),
        opens=tuple(
            Link(href=f"{path}/new/{act.what}", name=say.text(act.text), current=False)
            for act in opens
        ),
        choices=(
            Link(href=path, name=say.t("dossier.only-open"), current=which == Which()),
            Link(href=f"{path}?late=yes", name=say.t("dossier.only-late"), current=which.late),
            Link(href=f"{path}?ended=yes", name=say.t("dossier.all"), current=which.ended),
        ),
        leafing=leafing(leaf, total=total, shown=len(shown), path=path, query=which.query),
        cited=tuple(cited(say, duty) for duty in sort.rests_on),
        path=path,
        ids=tuple(one.dossier.id for one in shown) if acts else (),
        acts=tuple(Option(value=act.what, name=say.text(act.text)) for act in acts.values()),
        files=tuple(
            Link(href=f"{path}/list.{form}{ending}", name=say.t(f"leaf.{form}"))
            for form in ("csv", "xlsx")
            if shown
        ),
    )


def _none(say: Speaker, opens: Sequence[ActSort], path: str) -> Empty:
    if not opens:
        return Empty(
            name=say.t("dossier.none"),
            text=say.t("dossier.none-read"),
            href="/console/dossiers",
            act=say.t("nav.dossiers"),
        )
    return Empty(
        name=say.t("dossier.none"),
        text=say.t("dossier.none-text"),
        href=f"{path}/new/{opens[0].what}",
        act=say.text(opens[0].text),
    )


def dossier_lines(
    say: Speaker, found: Sequence[Seen], now: datetime
) -> tuple[list[str], Sequence[tuple[str, ...]]]:
    """Return dossiers as heads and rows of a file."""
    heads = ("id", "which", "due", "state", "opened")
    rows = [
        (
            str(one.dossier.id),
            title_of(say, one),
            due_of(say, one, now).word,
            state_of(say, one).word,
            moment(one.opened_at),
        )
        for one in found
    ]
    return [say.t(f"dossier.head.{head}") for head in heads], rows


def dossier_heads(say: Speaker) -> tuple[str, ...]:
    """Return the heads of a list."""
    return tuple(say.t(f"dossier.head.{head}") for head in ("which", "due", "state", "opened"))


def dossier_row(say: Speaker, seen: Seen, now: datetime, path: str) -> Row:
    """Return the row of a dossier in a list."""
    dossier = seen.dossier
    return Row(
        cells=(
            (Words(text=title_of(say, seen), href=f"{path}/{dossier.id}", notes=(dossier.id,)),),
            (Words(status=next_status(say, seen, now, path)),),
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
            Figure(name=say.t("dossier.sorts.title"), count=str(len(standing)), href="#sorts"),
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
                        linked(f"{one.open:,}", path_of(one.sort)),
                        linked(f"{one.late:,}", f"{path_of(one.sort)}?late=yes"),
                        said("—")
                        if one.first is None
                        else (Words(status=next_status(say, one.first, now, path_of(one.sort))),),
                    )
                )
                for one in standing
            ),
            numbers=(1, 2),
        ),
    )
