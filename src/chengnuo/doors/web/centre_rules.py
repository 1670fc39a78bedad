"""The pages of documents: lists, rules, prompts, earlier versions and what changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.register.app import App
from chengnuo.domain.register.model import Register
from chengnuo.doors.texts import moment
from chengnuo.doors.web.document_view import DocumentView
from chengnuo.doors.web.page_parts import Empty, Row, Table, Words, said
from chengnuo.doors.web.rendering import Link
from chengnuo.doors.web.wording import wording
from chengnuo.ports.versions import RegisterVersion

_RULES = frozenset({"rules", "minors", "changes"})
_TOGETHER = (
    ("rules", "summary", "minors"),
    ("recipients", "responsibility"),
    ("prompts", "first-run", "moments"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """A page that shows one document.

    Attributes:
        name: What a person calls it.
        heading: Heading of the page: the title of the rules, the name of anything else.
        term: What the law calls it.
        lead: What it is, in a sentence or two.
        document: The document.
        files: The files that it can be had as.
        apps: One link an app, where there are several.
        beside: Pages that belong with this one.
        since: The version before this one, if there is one.
        archived: Words that say that this is an earlier version, or empty.

    """

    name: str
    heading: str
    term: str
    lead: str
    document: DocumentView
    files: tuple[Link, ...]
    apps: tuple[Link, ...]
    beside: tuple[Link, ...] = ()
    since: Link | None = None
    archived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePage:
    """All versions that were ever published."""

    table: Table


def paper_page(  # noqa: PLR0913 (what one page shows)
    paper: str,
    document: DocumentView,
    lang: Lang,
    *,
    files: tuple[Link, ...],
    apps: tuple[Link, ...],
    since: Link | None = None,
    archived: RegisterVersion | None = None,
) -> PaperPage:
    """Return the page of a document; `paper` is the name of the page."""
    t = wording(lang)
    name = t(f"centre.{paper}.name")
    return PaperPage(
        name=name,
        heading=document.title if paper in _RULES else name,
        term=t(f"centre.{paper}.term"),
        lead=t(f"centre.{paper}.lead"),
        document=document,
        files=files,
        apps=apps,
        beside=beside(paper, lang),
        since=since,
        archived=t("centre.rules.archived", day=moment(archived.at)) if archived else "",
    )


def beside(paper: str, lang: Lang) -> tuple[Link, ...]:
    """Return the pages that belong with the page of a document."""
    group = next((each for each in _TOGETHER if paper in each), ())
    t = wording(lang)
    return tuple(
        Link(href=f"/centre/{each}", name=t(f"centre.{each}.tab"), current=each == paper)
        for each in group
    )


def app_links(register: Register, chosen: App, path: str, lang: Lang) -> tuple[Link, ...]:
    """Return a link to the same page for every app; nothing if there is one app only."""
    if len(register.apps) == 1:
        return ()
    return tuple(
        Link(href=f"{path}?app={app.app}", name=app.name.in_lang(lang), current=app is chosen)
        for app in register.apps
    )


def since_last(versions: Sequence[RegisterVersion], lang: Lang) -> Link | None:
    """Return the way to what changed since the version before; `versions` newest first."""
    if len(versions) < 2:  # noqa: PLR2004 (two versions make a change)
        return None
    newest, before = versions[0], versions[1]
    t = wording(lang)
    return Link(
        href=_changes_href(before, newest),
        name=t("centre.rules.last-change", day=moment(newest.at)[:10]),
    )


def archive_page(versions: Sequence[RegisterVersion], lang: Lang) -> ArchivePage:
    """Return the archive; `versions` newest first."""
    t = wording(lang)
    rows = tuple(
        Row(
            cells=(
                (
                    Words(
                        text=moment(version.at),
                        href=f"/centre/rules/archive/{short(version.id)}",
                    ),
                ),
                (Words(text=short(version.id), hash=True),),
                (
                    Words(
                        text=t("centre.rules.archive-diff"),
                        href=_changes_href(versions[index + 1], version),
                    ),
                )
                if index + 1 < len(versions)
                else said(t("centre.rules.archive-first")),
            )
        )
        for index, version in enumerate(versions)
    )
    heads = ("archive-read", "archive-version", "archive-what")
    table = Table(
        caption=t("centre.rules.archive"),
        heads=tuple(t(f"centre.rules.{head}") for head in heads),
        rows=rows,
        empty=Empty(name=t("centre.empty"), text=t("centre.empty-text")),
    )
    return ArchivePage(table=table)


def _changes_href(old: RegisterVersion, new: RegisterVersion) -> str:
    return f"/centre/rules/changes?old={short(old.id)}&new={short(new.id)}"
