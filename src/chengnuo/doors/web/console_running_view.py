"""The list of what has a clock, as today's page shows it: how long, what, who, by when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from chengnuo.domain.dossier.party import DESK, Party
from chengnuo.domain.governance.release import Release
from chengnuo.domain.governance.release_clock import clock_of
from chengnuo.domain.rights.machine import NEXT
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_agenda import Due
from chengnuo.doors.web.console_mends import due_mend, with_mend
from chengnuo.doors.web.console_releases_view import PATH as RELEASES_PATH
from chengnuo.doors.web.console_releases_view import UNDECIDED, ReleaseWords
from chengnuo.doors.web.console_rights_words import RightsWords, href_of
from chengnuo.doors.web.console_running import MOST_LEAVES, Clocks, Kind, Running
from chengnuo.doors.web.console_tasks import Task
from chengnuo.doors.web.dossier_reds import late_status
from chengnuo.doors.web.dossier_view import title_of
from chengnuo.doors.web.leafing import Leaf, Leafing, leafing
from chengnuo.doors.web.page_parts import Empty, Status, StatusKind
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.usecases.dossier.seen import Seen
from chengnuo.usecases.rights.seen import RequestLine

PATH = "/console"
_SOON_DAYS, _NEAR_DAYS = 30, 90
HANDFUL = 5
"""Lines of the list that the page shows before anybody asks for more."""
MOST_IN_A_FILE = 10_000
NEAR = "near"
"""What the list is narrowed to where nobody says otherwise."""
_FILE_HEADS = ("when", "left", "what", "about", "stands", "who")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningList:
    """One leaf of it, or the first few lines.

    Attributes:
        tasks: What has to be done, the most pressing first.
        leafing: Where one is in the list.
        whichever: All, or what is overdue alone.
        kinds: Of every kind, or of one.
        empty: What to say if there is nothing.
        brief: Whether it is the first few lines, with what else there is to do below.
        rest: The way to all of them from the first few; None where all are shown.
        file: Query of the files that hold what is shown here.
        deeper: What to say where the list goes on beyond the last leaf that is shown of all kinds.

    """

    tasks: tuple[Task, ...]
    leafing: Leafing
    whichever: tuple[Link, ...]
    kinds: tuple[Link, ...]
    empty: Empty
    brief: bool
    rest: Link | None
    file: str
    deeper: str = ""


def running_list(  # noqa: PLR0913  what the list is made from
    say: Speaker,
    clocks: tuple[Clocks, Clocks],
    leaf: Leaf,
    now: datetime,
    *,
    due: str,
    kind: str,
    release_words: ReleaseWords,
) -> RunningList:
    """Return one leaf of the list.

    Args:
        say: Words.
        clocks: What has a clock that matters now, and everything.
        leaf: Which leaf.
        now: The present.
        due: `overdue`, `all`, or `near` for what matters now; empty for the first few of those.
        kind: The one kind that is wanted; empty for all, and for one that there is not.
        release_words: Words of releases.

    """
    near, far = clocks
    shown, late = far if due == "all" else near, due == "overdue"
    wanted = shown.one(kind)
    brief = not due and wanted is None and not leaf.number
    total = _count(shown, wanted, late=late)
    few = shown.some(0, HANDFUL, late=late) if brief else ()
    found = few or shown.leaf(leaf, late=late, kind=wanted)
    chosen = {"due": due or NEAR, "kind": "" if wanted is None else wanted.id}
    where = leafing(leaf, total=total, shown=len(found), path=PATH, query=chosen)
    ends = wanted is None and leaf.number == MOST_LEAVES - 1 and bool(where.after)
    words = RunningWords(say=say, releases=release_words, now=now)
    ways = (("overdue", near, True), (NEAR, near, False), ("all", far, False))
    rest = brief and bool(where.after)
    return RunningList(
        tasks=tuple(words.task(one) for one in found),
        leafing=replace(where, after="", range="" if brief else where.range)
        if ends or brief
        else where,
        whichever=tuple(
            Link(
                href=_href(due=way, kind=chosen["kind"]),
                name=say.t(
                    f"console.today.which-{way}",
                    n=f"{_count(of, of.one(chosen['kind']), late=only):,}",
                ),
                current=way == chosen["due"] and not brief,
            )
            for way, of, only in ways
        ),
        kinds=tuple(_kinds(say, shown, chosen, late=late)),
        empty=_empty(say, late=late, narrowed=wanted is not None),
        brief=brief,
        rest=Link(href=_href(due=NEAR, kind=""), name=say.t("console.today.rest", n=f"{total:,}"))
        if rest
        else None,
        file=urlencode({name: value for name, value in chosen.items() if value}),
        deeper=say.t("console.today.deeper") if ends else "",
    )


def running_table(
    words: "RunningWords", clocks: Clocks, *, late: bool, kind: str
) -> tuple[list[str], list[list[str]]]:
    """Return the list as it is narrowed, as heads and lines of a file."""
    t, wanted = words.say.t, clocks.one(kind)
    heads = [t(f"console.today.file-{head}") for head in _FILE_HEADS]
    found = clocks.some(0, MOST_IN_A_FILE, late=late, kind=wanted)
    tasks = [words.task(one) for one in found]
    lines = [[one.when, one.status.word, one.name, one.detail, one.left, one.who] for one in tasks]
    return heads, lines


def kind_name(say: Speaker, kind: Kind) -> str:
    """Return what a kind is called."""
    if kind.sort is not None:
        return say.text(kind.sort.text)
    return say.t(f"console.today.kind-{kind.id}")


def _count(clocks: Clocks, kind: Kind | None, *, late: bool) -> int:
    return clocks.count(late=late) if kind is None else kind.count(late=late)


def _kinds(
    say: Speaker, clocks: Clocks, chosen: Mapping[str, str], *, late: bool
) -> Iterator[Link]:
    yield Link(
        href=_href(due=chosen["due"], kind=""),
        name=say.t("console.today.every-kind"),
        current=not chosen["kind"],
    )
    for kind in clocks.kinds:
        count = kind.count(late=late)
        if count or kind.id == chosen["kind"]:
            yield Link(
                href=_href(due=chosen["due"], kind=kind.id),
                name=f"{kind_name(say, kind)} {count:,}",
                current=kind.id == chosen["kind"],
            )


def _href(**narrow: str) -> str:
    said = urlencode({name: value for name, value in narrow.items() if value})
    return f"{PATH}?{said}" if said else PATH


def _empty(say: Speaker, *, late: bool, narrowed: bool) -> Empty:
    if late or narrowed:
        return Empty(
            name=say.t("console.today.none-narrowed"),
            text=say.t("console.today.none-narrowed-text"),
            href=PATH,
            act=say.t("console.today.show-all"),
        )
    return Empty(
        name=say.t("console.today.none-running"),
        text=say.t("console.today.none-running-text"),
        href="/console/board",
        act=say.t("console.board.title"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningWords:
    """Says one line of the list.

    Attributes:
        say: Words.
        releases: Words of releases.
        now: The present.

    """

    say: Speaker
    releases: ReleaseWords
    now: datetime

    def task(self, one: Running) -> Task:
        """Return what has to be done."""
        if isinstance(one.line, RequestLine):
            return self._request(one.line)
        if isinstance(one.line, Seen):
            return self._dossier(one.line)
        return self._release(one.line) if isinstance(one.line, Release) else self._due(one.line)

    def _request(self, line: RequestLine) -> Task:
        say = self.say
        words = RightsWords(lang=say.lang, register=say.register, catalogue=say.catalogue)
        following = NEXT[line.stage]
        return Task(
            status=words.days_of(line),
            name=f"{say.t('console.today.kind-rights')} · {words.right(line.right)}",
            href=href_of(line.id),
            detail=f"{line.id} · {say.text(following.action)}",
            when=line.due.on.isoformat(),
            left=words.stage(line.stage).word,
            who=say.t(f"console.rights.owner.{following.owner}"),
        )

    def _dossier(self, seen: Seen) -> Task:
        say, clock = self.say, seen.next_clock
        if clock is None:
            status, detail, when = Status(kind=StatusKind.NONE, word=""), "", ""
        else:
            path = f"/console/{seen.sort.path}"
            status = late_status(say, seen, clock, self.now, path)
            detail = say.text(clock.sort.text)
            on = clock.deadline.on
            when = moment(clock.deadline.until) if on is None else on.isoformat()
        return Task(
            status=status,
            name=f"{say.text(seen.sort.text)} · {title_of(say, seen)}",
            href=f"/console/{seen.sort.path}/{seen.dossier.id}",
            detail=f"{seen.dossier.id} · {detail}",
            when=when,
            left=say.text(seen.state.text),
            who=_parties(say, seen),
        )

    def _release(self, release: Release) -> Task:
        waits = release.state in UNDECIDED
        return Task(
            status=self.releases.clock(release),
            name=f"{self.say.t('console.today.kind-releases')} · {self.releases.title(release)}",
            href=f"{RELEASES_PATH}/{release.id}",
            detail=self.say.t("console.today.release-practice"),
            when=clock_of(release.submitted_at, self.releases.days).due.isoformat(),
            left=self.releases.state(release).word,
            who=self.say.text((Party.REVIEWER if waits else Party.SERVICE).text),
        )

    def _due(self, due: Due) -> Task:
        say, words = self.say, self.say.row_words(due.row)
        key = "days-over" if due.days_left < 0 else "days-left"
        word = say.t(f"console.today.{key}", n=abs(due.days_left))
        return Task(
            status=with_mend(Status(kind=_kind_of(due.days_left), word=word), due_mend(say, due)),
            name=say.t(f"due.{due.kind}"),
            href=words.href,
            detail=say.row_name(due.row),
            when=due.on.isoformat(),
            left=say.t("console.today.in-register"),
            who=say.text(Party.STAFF.text),
        )


def _kind_of(days_left: int) -> StatusKind:
    if days_left < 0:
        return StatusKind.GRAVE
    if days_left <= _SOON_DAYS:
        return StatusKind.WARN
    return StatusKind.MILD if days_left <= _NEAR_DAYS else StatusKind.NOTE


def _parties(say: Speaker, seen: Seen) -> str:
    """Return who may do something next: those at the desks, or else whoever may."""
    able = [
        party
        for act in seen.sort.acts
        if seen.state.id in act.after
        for party in act.by
        if party is not Party.SERVICE
    ]
    wanted: Sequence[Party] = [one for one in Party if one in DESK and one in able]
    shown = wanted or [one for one in Party if one in able] or [Party.SERVICE]
    return say.t("word.comma").join(say.text(one.text) for one in shown)
