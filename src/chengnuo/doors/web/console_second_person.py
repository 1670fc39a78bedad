"""待复核: everything that waits for a second person, on one page, said the same way each time.

Numbers are for everybody. What is about individuals is shown to who may read of them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency

from chengnuo.domain.rights.machine import Stage
from chengnuo.doors.http.audience import ROLES, requires
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_board import PUBLISH as BOARD
from chengnuo.doors.web.console_dossier_house import actor_of, dossier_href, names_of
from chengnuo.doors.web.console_hub import hub_router
from chengnuo.doors.web.console_kits_view import KITS_PATH
from chengnuo.doors.web.console_releases_view import PATH as RELEASES_PATH
from chengnuo.doors.web.console_releases_view import UNDECIDED
from chengnuo.doors.web.console_rights_words import href_of
from chengnuo.doors.web.dossier_view import title_of
from chengnuo.doors.web.form_parts import signed_in
from chengnuo.doors.web.four_eyes import FourEyes, four_eyes
from chengnuo.doors.web.frames import console_frame
from chengnuo.doors.web.given import GivenServices, GivenStaff
from chengnuo.doors.web.leafing import Leafing, leaf_of, leafing
from chengnuo.doors.web.page_parts import Empty
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link, render
from chengnuo.doors.web.services import Services
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.doors.web.who_reads import may_read
from chengnuo.doors.web.wording import wording
from chengnuo.ports.accounts import Account, Role
from chengnuo.ports.board_shelf import BoardAsked
from chengnuo.usecases.dossier.second_person import SecondAct, second_acts, states_waiting
from chengnuo.usecases.dossier.seen import Seen, sees_sort
from chengnuo.usecases.evidence.file_requests import FileRequest
from chengnuo.usecases.evidence.file_requests import Stage as FileStage
from chengnuo.usecases.register_desk import Desk
from chengnuo.usecases.rights.seen import RequestLine

PATH = "/console/second-person"
GivenRegister = NamedDependency[Desk]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One thing that waits.

    Attributes:
        what: What it is.
        href: Its page.
        kind: Of which kind.
        since: Since when, or empty.
        eyes: Who asked, who may, what lacks.

    """

    what: str
    href: str
    kind: str
    since: str
    eyes: FourEyes


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """The page.

    Attributes:
        lead: How much waits.
        rule: Whether four eyes bind yet.
        lines: One leaf.
        leafing: Where one is.
        kinds: How many of each kind.
        empty: What to say if nothing waits.

    """

    lead: str
    rule: str
    lines: tuple[WaitingLine, ...]
    leafing: Leafing
    kinds: tuple[Link, ...]
    empty: Empty


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingKind:
    """Of one kind, how many wait and which.

    Attributes:
        id: Its id.
        count: How many.
        read: Yields some of them: skip, limit.

    """

    id: str
    count: int
    read: Callable[[int, int], Iterator[WaitingLine]]


@get("/", guards=[requires(*sorted(ROLES))], sync_to_thread=True)
def second_person(
    request: Asked, services: GivenServices, register_desk: GivenRegister, staff: GivenStaff
) -> Page:
    """Show what waits for a second person."""
    me, t = signed_in(staff).account, wording(exchange_of(request.scope).lang)
    served = register_desk.current()
    say = None
    if served is not None:
        lang = exchange_of(request.scope).lang
        say = Speaker(lang=lang, register=served.register, catalogue=register_desk.catalogue)
    kinds = waiting_kinds(services, me, say)
    wanted = request.query_params.get("kind", "")
    chosen = tuple(kind for kind in kinds if wanted in {"", kind.id})
    leaf, total = leaf_of(request.query_params.get("leaf")), sum(kind.count for kind in chosen)
    lines = tuple(_leaf(chosen, leaf.skip, leaf.limit - 1))
    query = {"kind": wanted if len(chosen) < len(kinds) else ""}
    single = services.accounts.single_person()
    page = WaitingPage(
        lead=t("second-person.lead", n=f"{total:,}"),
        rule=t("second-person.single" if single else "second-person.two"),
        lines=lines,
        leafing=leafing(leaf, total=total, shown=len(lines), path=PATH, query=query),
        kinds=tuple(_choices(kinds, wanted, t)),
        empty=Empty(
            name=t("second-person.none"),
            text=t("second-person.none-text"),
            href="/console",
            act=t("nav.today"),
        ),
    )
    frame = console_frame(request, served)
    html = render("console/second_person.html", frame=frame, page=page)
    return Response(html, media_type=MediaType.HTML)


def second_person_pages(desk: Desk) -> Router:
    """Return the route of 待复核."""
    return hub_router(PATH, [second_person], desk)


def waiting_kinds(services: Services, me: Account, say: Speaker | None) -> tuple[WaitingKind, ...]:
    """Return what waits for a second person, kind by kind, as far as somebody may see it."""
    if say is None:
        return ()
    words = _Words(services=services, me=me, say=say)
    kinds = []
    if services.files is not None:
        asked = [one for one in services.files.all() if one.stage is FileStage.WAITING]
        kinds.append(_kept("files", [words.file(one) for one in asked]))
    if services.releases is not None:
        found = [
            one for state in sorted(UNDECIDED) for one in services.releases.store.in_state(state)
        ]
        lines = [
            words.gate("release", one.file_name, f"{RELEASES_PATH}/{one.id}", one.submitted_by)
            for one in found
        ]
        kinds.append(_kept("releases", lines))
    if services.kits is not None:
        kits = [one for state in sorted(UNDECIDED) for one in services.kits.store.in_state(state)]
        lines = [
            words.gate("kit", one.file_name, f"{KITS_PATH}/{one.id}", one.submitted_by)
            for one in kits
        ]
        kinds.append(_kept("kits", lines))
    if services.board_shelf is not None:
        waits = services.board_shelf.state().asked
        kinds.append(_kept("board", [] if waits is None else [words.board(waits)]))
    if may_read(me.role):
        kinds += words.of_individuals()
    return tuple(kinds)


def _leaf(kinds: Sequence[WaitingKind], skip: int, limit: int) -> Iterator[WaitingLine]:
    for kind in kinds:
        if limit <= 0:
            return
        if skip >= kind.count:
            skip -= kind.count
            continue
        shown = tuple(kind.read(skip, limit))
        yield from shown
        skip, limit = 0, limit - len(shown)


def _kept(kind: str, lines: Sequence[WaitingLine]) -> WaitingKind:
    def read(skip: int, limit: int) -> Iterator[WaitingLine]:
        return islice(iter(lines), skip, skip + limit)

    return WaitingKind(id=kind, count=len(lines), read=read)


def _choices(kinds: Sequence[WaitingKind], wanted: str, t: Callable[..., str]) -> Iterator[Link]:
    yield Link(href=PATH, name=t("second-person.every"), current=not wanted)
    for kind in kinds:
        if kind.count or kind.id == wanted:
            yield Link(
                href=f"{PATH}?kind={kind.id}",
                name=f"{t(f'second-person.kind-{kind.id}')} {kind.count:,}",
                current=wanted == kind.id,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """Says what waits, for whoever looks.

    Attributes:
        services: The use cases.
        me: Whoever looks.
        say: Words.

    """

    services: Services
    me: Account
    say: Speaker

    def eyes(
        self, asked_by: str, missing: str, roles: frozenset[Role] = frozenset({Role.REVIEWER})
    ) -> FourEyes:
        """Return who asked, who may, what lacks."""
        return four_eyes(
            self.say.t,
            asked_by=asked_by,
            names=names_of(self.services),
            missing=missing,
            me=self.me,
            roles=roles,
            single=self.services.accounts.single_person(),
        )

    def file(self, one: FileRequest) -> WaitingLine:
        """Return a request for an evidence file."""
        about = "files.one-person" if one.person is not None else "second-person.file-duty"
        return WaitingLine(
            what=self.say.t(about),
            href="/console/evidence/files",
            kind=self.say.t("second-person.kind-files"),
            since=moment(one.asked_at),
            eyes=self.eyes(one.by, self.say.t("second-person.missing-files")),
        )

    def gate(self, kind: str, name: str, href: str, asked_by: str) -> WaitingLine:
        """Return a release or a kit."""
        return WaitingLine(
            what=name,
            href=href,
            kind=self.say.t(f"second-person.kind-{kind}s"),
            since="",
            eyes=self.eyes(asked_by, self.say.t(f"second-person.missing-{kind}")),
        )

    def board(self, asked: BoardAsked) -> WaitingLine:
        """Return what was asked for about the public board."""
        return WaitingLine(
            what=self.say.t(f"board.waits-{asked.step}", at=moment(asked.at)),
            href=BOARD,
            kind=self.say.t("second-person.kind-board"),
            since=moment(asked.at),
            eyes=self.eyes(asked.by, self.say.t("second-person.missing-board")),
        )

    def of_individuals(self) -> Iterator[WaitingKind]:
        """Yield what is about individuals, or is told to who may read of them."""
        desk, rights = self.services.dossiers, self.services.rights
        if desk is not None:
            actor = actor_of(self.me)
            seen = [one for one in desk.sorts.values() if sees_sort(one, actor.party)]
            states, sorts = states_waiting(seen), [one.id for one in seen]

            def dossiers(skip: int, limit: int) -> Iterator[WaitingLine]:
                found = desk.queue(actor, sorts, states=states, skip=skip, limit=limit)
                return (self.dossier(one, act) for one in found for act in second_acts(one)[:1])

            count = desk.store.count(sorts, open_only=True, states=states)
            yield WaitingKind(id="dossiers", count=count, read=dossiers)
        if rights is not None:

            def requests(skip: int, limit: int) -> Iterator[WaitingLine]:
                found = rights.queue(Stage.NEEDS_RELEASE, skip=skip, limit=limit)
                return (self.request(one) for one in found)

            count = rights.waiting(Stage.NEEDS_RELEASE)
            yield WaitingKind(id="rights", count=count, read=requests)

    def dossier(self, one: Seen, second: SecondAct) -> WaitingLine:
        """Return a dossier."""
        say = self.say
        roles = frozenset(role for role in Role if role.value in second.act.by)
        return WaitingLine(
            what=f"{say.text(one.sort.text)} · {title_of(say, one)}",
            href=dossier_href(one.sort, one.dossier.id),
            kind=say.text(one.state.text),
            since=moment(one.dossier.acts[-1].at),
            eyes=self.eyes(second.asked_by, say.text(second.act.text), roles),
        )

    def request(self, one: RequestLine) -> WaitingLine:
        """Return a request about rights whose plan waits."""
        say = self.say
        return WaitingLine(
            what=f"{say.t('second-person.kind-rights')} · {say.t(f'right.{one.right}')}",
            href=href_of(one.id),
            kind=one.id,
            since=moment(one.received),
            eyes=self.eyes("", say.t("second-person.missing-rights")),
        )
