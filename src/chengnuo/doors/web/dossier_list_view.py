"""The list of dossiers of one sort, and the page that opens one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chengnuo.domain.dossier.sort import ActSort, DossierSort
from chengnuo.doors.texts import moment
from chengnuo.doors.web.dossier_forms import FormView
from chengnuo.doors.web.dossier_view import cited, due_of, state_of, title_of
from chengnuo.doors.web.page_parts import Citation, Empty, Figure, Row, Table, Words, said
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
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
        cited: The articles they rest on.

    """

    title: str
    lead: str
    figures: tuple[Figure, ...]
    table: Table
    opens: tuple[Link, ...]
    choices: tuple[Link, ...]
    cited: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningPage:
    """The form that opens a dossier."""

    kind: str
    list_href: str
    form: FormView


def dossiers_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    sort: DossierSort,
    found: Sequence[Seen],
    opens: Sequence[ActSort],
    now: datetime,
    *,
    path: str,
    ended: bool,
) -> DossiersPage:
    """Return the page of a list."""
    still_open = [one for one in found if not one.state.final]
    late = [one for one in still_open if _is_late(one, now)]
    return DossiersPage(
        title=say.text(sort.text),
        lead=say.text(sort.lead),
        figures=(
            Figure(name=say.t("dossier.open"), count=str(len(still_open))),
            Figure(name=say.t("dossier.late"), count=str(len(late))),
        ),
        table=Table(
            caption=say.text(sort.text),
            heads=dossier_heads(say),
            rows=tuple(dossier_row(say, one, now, path) for one in found),
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
            said(moment(dossier.opened_at)),
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SortsPage:
    """All sorts of dossier: how many are open and late in each."""

    figures: tuple[Figure, ...]
    table: Table


def sorts_page(
    say: Speaker, sorts: Sequence[tuple[DossierSort, str, Sequence[Seen]]], now: datetime
) -> SortsPage:
    """Return the page of all sorts.

    Args:
        say: Words.
        sorts: Each with where its list is, and its open dossiers, what is due first first.
        now: The present.

    """
    late = {sort.id: sum(_is_late(one, now) for one in found) for sort, _, found in sorts}
    return SortsPage(
        figures=(
            Figure(name=say.t("dossier.open"), count=str(sum(len(some) for *_, some in sorts))),
            Figure(name=say.t("dossier.late"), count=str(sum(late.values()))),
        ),
        table=Table(
            caption=say.t("dossier.title"),
            heads=tuple(
                say.t(f"dossier.sorts.{head}") for head in ("sort", "open", "late", "next")
            ),
            rows=tuple(
                Row(
                    cells=(
                        (Words(text=say.text(sort.text), href=path, notes=(say.text(sort.lead),)),),
                        said(str(len(found))),
                        said(str(late[sort.id])),
                        (Words(status=due_of(say, found[0], now)),) if found else said("—"),
                    )
                )
                for sort, path, found in sorts
            ),
            numbers=(1, 2),
        ),
    )


def _is_late(seen: Seen, now: datetime) -> bool:
    return any(clock.met_at is None and clock.is_late(now) for clock in seen.clocks)
