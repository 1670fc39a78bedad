"""The pledge board as the public sees it: pages that need no server, no script and nothing else.

Both languages, one page each, with the badge and the page that verifies beside them. Style and
shapes are in the page; its policy lets nothing be loaded but the pictures beside it. The same board
gives the same bytes.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.head import day_in_words
from chengnuo.domain.finding.board import RowStatus
from chengnuo.domain.finding.public_board import (
    FEWEST,
    PublicBoard,
    PublicControl,
    PublicRow,
    set_of,
)
from chengnuo.doors.web.board_badge import badge
from chengnuo.doors.web.centre_receipts import verify_page
from chengnuo.doors.web.page_parts import Status, StatusKind
from chengnuo.doors.web.rendering import environment
from chengnuo.doors.web.wording import wording
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import DutyId

KINDS = {
    RowStatus.SHOWN: StatusKind.SHOWN,
    RowStatus.FAILING: StatusKind.GRAVE,
    RowStatus.STALE: StatusKind.WARN,
    RowStatus.NOT_SHOWN: StatusKind.NONE,
    RowStatus.NOT_APPLICABLE: StatusKind.NOTE,
}
_PAGES = {Lang.ZH: "index.html", Lang.EN: "en.html"}
_BADGES = {Lang.ZH: "badge.svg", Lang.EN: "badge.en.svg"}
VERIFY = "verify.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlView:
    """One control: what it makes sure of, how its last run ended, and the facts of it."""

    title: str
    said: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One row: the duty in words, its articles, its status and why, its controls, its proof."""

    id: str
    title: str
    summary: str
    cites: str
    status: Status
    why: str
    controls: tuple[ControlView, ...]
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetView:
    """The rows of one set."""

    key: str
    name: str
    count: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """The whole page.

    Attributes:
        policy: What the page may load, for its meta element.
        style: Its style.
        counts: How many rows have each status.
        logged: Whether the runs stand in a log, and its proofs beside the page.

    """

    lang: Lang
    policy: str
    style: str
    handler: str
    on: str
    until: str
    total: int
    fewest: int
    counts: tuple[tuple[Status, int], ...]
    sets: tuple[SetView, ...]
    badge: str
    badge_words: str
    other: str
    logged: bool
    origin: str
    size: str
    vkey: str
    register: str


def public_files(
    board: PublicBoard, proofs: Mapping[str, str], *, catalogue: Catalogue
) -> dict[str, bytes]:
    """Return the pages of a board and what they show beside them, by name.

    Args:
        board: The board.
        proofs: Name of the file with the proof of each row that has one.
        catalogue: Cites the articles.

    """
    made = {VERIFY: verify_page()}
    for lang in Lang:
        page = public_page(board, proofs, catalogue=catalogue, lang=lang)
        html = environment().get_template("public/board.html").render(t=wording(lang), page=page)
        made |= {_PAGES[lang]: html.encode(), _BADGES[lang]: badge(board, lang)}
    return made


def public_page(
    board: PublicBoard, proofs: Mapping[str, str], *, catalogue: Catalogue, lang: Lang
) -> PublicPage:
    """Return the page of a board in one language."""
    counts, log = board.counts(), board.log
    style = _style()
    other = Lang.EN if lang is Lang.ZH else Lang.ZH
    return PublicPage(
        lang=lang,
        policy=page_policy(style),
        style=style,
        handler=board.handler.in_lang(lang),
        on=day_in_words(board.on).in_lang(lang),
        until=day_in_words(board.until).in_lang(lang),
        total=len(board.rows),
        fewest=FEWEST,
        counts=tuple((_status(lang, status, counts[status]), counts[status]) for status in counts),
        sets=tuple(_set(name, board, proofs, catalogue, lang) for name in board.sets()),
        badge=_BADGES[lang],
        badge_words=_badge_words(board, lang),
        other=_PAGES[other],
        logged=log is not None,
        origin="" if log is None else log.origin,
        size="" if log is None else f"{log.size:,}",
        vkey="" if log is None else log.vkey,
        register=board.register,
    )


def page_names() -> Mapping[Lang, str]:
    """Return the name of the page in each language."""
    return _PAGES


def badge_names() -> Mapping[Lang, str]:
    """Return the name of the badge in each language."""
    return _BADGES


def page_policy(style: str) -> str:
    """Return the policy of a page: its one style by its hash, pictures beside it, nothing else."""
    pinned = b64encode(sha256(style.encode()).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{pinned}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _style() -> str:
    here = files("chengnuo.doors.web")
    tokens = here.joinpath("static", "tokens.css").read_text("utf-8")
    return tokens + here.joinpath("templates", "public", "board.css").read_text("utf-8")


def _badge_words(board: PublicBoard, lang: Lang) -> str:
    counts = board.counts()
    return wording(lang)(
        "public.badge-says",
        shown=counts[RowStatus.SHOWN],
        of=len(board.rows) - counts[RowStatus.NOT_APPLICABLE],
        failing=counts[RowStatus.FAILING],
        on=board.on.isoformat(),
    )


def _status(lang: Lang, status: RowStatus, count: int = 1) -> Status:
    """The seal is not set over a count of nothing."""
    kind = KINDS[status] if count else StatusKind.NONE
    return Status(kind=kind, word=status.text.in_lang(lang))


def _set(
    name: str, board: PublicBoard, proofs: Mapping[str, str], catalogue: Catalogue, lang: Lang
) -> SetView:
    rows = [row for row in board.rows if set_of(row.duty.id) == name]
    shown = sum(row.status is RowStatus.SHOWN for row in rows)
    t = wording(lang)
    return SetView(
        key=name,
        name=t(f"console.board.{name}"),
        count=t("console.board.shown-of", shown=shown, total=len(rows)),
        rows=tuple(_row(row, proofs, catalogue, lang) for row in rows),
    )


def _row(row: PublicRow, proofs: Mapping[str, str], catalogue: Catalogue, lang: Lang) -> RowView:
    duty = row.duty
    names = [catalogue.citation(one, lang) for one in (DutyId(duty.id), *row.rests_on)]
    return RowView(
        id=str(duty.id),
        title=duty.title.in_lang(lang),
        summary=duty.summary.in_lang(lang),
        cites=wording(lang)("word.comma").join(dict.fromkeys(names)),
        status=_status(lang, row.status),
        why=row.why.in_lang(lang),
        controls=tuple(_control(one, lang) for one in row.controls),
        proof=proofs.get(str(duty.id), ""),
    )


def _control(one: PublicControl, lang: Lang) -> ControlView:
    return ControlView(
        title=one.title.in_lang(lang), said=one.said.in_lang(lang), lines=tuple(_lines(one, lang))
    )


def _lines(one: PublicControl, lang: Lang) -> Iterator[str]:
    t = wording(lang)
    count = t("public.fewer", n=FEWEST) if one.looked_at is None else f"{one.looked_at:,}"
    yield t("public.looked-at", what=one.looks_at.in_lang(lang), n=count)
    yield t("public.fails-when", when=one.fails_when.in_lang(lang))
    often = one.how_often.in_lang(lang)
    if one.ran is None:
        yield t("public.never-ran", often=often)
    else:
        at = one.ran.strftime("%Y-%m-%d %H:%M UTC")
        place = "" if one.position is None else t("public.record", n=f"{one.position:,}")
        yield t("public.ran", often=often, at=at, place=place)
