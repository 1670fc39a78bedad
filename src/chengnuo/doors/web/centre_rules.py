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
        ways: What changed since the version before, if there is one, and every earlier version.
        archived: Words that say that this is an earlier version, or empty.
        unfolded: Whether every chapter is open.
        fold: The way to the same page with its chapters open or folded; None where none is.

    """

    name: str
    heading: str
    term: str
    lead: str
    document: DocumentView
    files: tuple[Link, ...]
    apps: tuple[Link, ...]
    beside: tuple[Link, ...] = ()
    ways: tuple[Link, ...] = ()
    archived: str = ""
    unfolded: bool = False
    fold: Link | None = None


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
    ways: tuple[Link, ...] = (),
    archived: RegisterVersion | None = None,
    fold: str = "",
    unfolded: bool = False,
) -> PaperPage:
    """Return the page of a document; `paper` is the name of the page.

    `fold` is the address of the same page with its chapters open, or folded where `unfolded`.
    """
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
        ways=ways,
        archived=t("centre.rules.archived", day=moment(archived.at)) if archived else "",
        unfolded=unfolded,
        fold=Link(href=fold, name=t(f"centre.rules.{'fold' if unfolded else 'unfold'}"))
        if fold and document.folded
        else None,
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


def ways_back(versions: Sequence[RegisterVersion], lang: Lang) -> tuple[Link, ...]:
    """Return the ways to the last change, if there is one, and to the archive; newest first."""
    t = wording(lang)
    archive = Link(href="/centre/rules/archive", name=t("centre.rules.archive"))
    changes = last_change(versions)
    if not changes:
        return (archive,)
    name = t("centre.rules.last-change", day=moment(versions[0].at)[:10])
    return Link(href=changes, name=name), archive


def last_change(versions: Sequence[RegisterVersion]) -> str:
    """Return where the last change stands; empty before there was one. Newest first."""
    if len(versions) < 2:  # noqa: PLR2004 (two versions make a change)
        return ""
    return _changes_href(versions[1], versions[0])


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
