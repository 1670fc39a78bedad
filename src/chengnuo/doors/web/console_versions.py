"""The history of the register: every version kept, and what changed between any two, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from chengnuo.base.digest import short
from chengnuo.base.text import Lang
from chengnuo.domain.register.change_words import (
    CONSENT_WORDS,
    REACH_WORDS,
    ChangeInWords,
    changes_in_words,
    consent_in_words,
)
from chengnuo.domain.register.diff import ConsentChangeKind, RegisterDiff
from chengnuo.domain.register.reach import Reach
from chengnuo.doors.texts import moment
from chengnuo.doors.web.page_parts import (
    Empty,
    Figure,
    Row,
    Status,
    StatusKind,
    Table,
    Words,
    said,
)
from chengnuo.doors.web.wording import wording
from chengnuo.ports.versions import RegisterVersion

_REACH_KINDS = {
    Reach.ASK: StatusKind.WARN,
    Reach.TELL: StatusKind.NOTE,
    Reach.INTERNAL: StatusKind.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A version to choose in a form."""

    value: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage:
    """All versions, newest first, and a form to compare two."""

    table: Table
    options: tuple[Option, ...]
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffPage:
    """What changed between two versions.

    Attributes:
        old: Id of the older version, whole.
        new: Id of the newer version, whole.
        figures: How many changes reach how far.
        consent: The consent items concerned; nothing is more important about a change.
        changes: Every change in words.
        options: Versions to choose from.
        of_whom: Where it stands how many are asked anew, or empty: it is told of a change from
            the register in force.

    """

    old: str
    new: str
    figures: tuple[Figure, ...]
    consent: Table
    changes: Table
    options: tuple[Option, ...]
    of_whom: str = ""


def versions_page(lang: Lang, versions: Sequence[RegisterVersion]) -> VersionsPage:
    """Return the history; `versions` newest first."""
    t = wording(lang)
    older = {one.id: before.id for one, before in pairwise(versions)}
    rows = tuple(
        Row(
            anchor=f"version-{version.position}",
            cells=(
                said(str(version.position)),
                (Words(text=short(version.id), hash=True),),
                said(moment(version.at), t("console.versions.by", by=_by(lang, version.by))),
                said(version.note or "—"),
                (
                    Words(
                        text=t("console.versions.compare-last"),
                        href=_diff_href(older[version.id], version.id),
                    ),
                )
                if version.id in older
                else said(t("console.versions.first")),
            ),
        )
        for version in versions
    )
    heads = ("position", "version", "kept", "note", "change")
    return VersionsPage(
        table=Table(
            caption=t("console.versions.title"),
            heads=tuple(t(f"console.versions.{head}") for head in heads),
            rows=rows,
            empty=Empty(
                name=t("console.versions.empty"),
                text=t("console.versions.empty-text"),
                href="/console/register",
                act=t("nav.register"),
            ),
        ),
        options=_options(lang, versions),
        old=versions[1].id if len(versions) > 1 else "",
        new=versions[0].id if versions else "",
    )


def diff_page(
    lang: Lang, change: RegisterDiff, versions: Sequence[RegisterVersion], *, in_force: str = ""
) -> DiffPage:
    """Return what changed between two versions, the consent items first.

    Args:
        lang: Language of the page.
        change: What changed.
        versions: Versions to choose from.
        in_force: Version of the register in force, or empty.

    """
    t = wording(lang)
    words = changes_in_words(change)
    reaches = {reach: sum(one.reach is reach for one in words) for reach in Reach}
    order = list(Reach)
    return DiffPage(
        old=change.before,
        new=change.after,
        figures=(
            Figure(
                name=CONSENT_WORDS[ConsentChangeKind.RENEWED].in_lang(lang),
                count=str(len(change.asks_again)),
                measure=True,
            ),
            *(
                Figure(name=REACH_WORDS[reach].in_lang(lang), count=str(count), measure=True)
                for reach, count in reaches.items()
            ),
        ),
        consent=Table(
            caption=t("console.diff.consent"),
            heads=(t("console.diff.consent-item"), t("console.diff.consent-what")),
            rows=tuple(
                Row(
                    cells=(
                        said(consent_in_words(each).in_lang(lang)),
                        said(CONSENT_WORDS[each.kind].in_lang(lang)),
                    )
                )
                for each in change.consent
            ),
            empty=Empty(
                name=t("console.diff.no-consent"),
                text=t("console.diff.no-consent-text"),
                href="/console/consents",
                act=t("nav.consents"),
            ),
        ),
        changes=Table(
            caption=t("console.diff.changes"),
            heads=tuple(t(f"console.diff.{head}") for head in ("what", "before", "after", "reach")),
            rows=tuple(
                change_row(lang, each)
                for each in sorted(words, key=lambda one: order.index(one.reach))
            ),
            empty=Empty(
                name=t("console.diff.empty"),
                text=t("console.diff.empty-text"),
                href="/console/versions",
                act=t("nav.versions"),
            ),
        ),
        options=_options(lang, versions),
        of_whom=f"/console/consents/change?version={short(change.after)}"
        if change.before == in_force and change.after != in_force
        else "",
    )


def change_row(lang: Lang, change: ChangeInWords) -> Row:
    """Return one change in words: what, before, after, and how far it reaches."""
    status = Status(kind=_REACH_KINDS[change.reach], word=REACH_WORDS[change.reach].in_lang(lang))
    return Row(
        cells=(
            said(change.what.in_lang(lang)),
            said(change.before.in_lang(lang)),
            said(change.after.in_lang(lang)),
            (Words(status=status),),
        )
    )


def _by(lang: Lang, by: str) -> str:
    t = wording(lang)
    known = {"cli": t("console.versions.by-cli"), "service": t("console.versions.by-service")}
    return known.get(by, t("console.versions.by-staff"))


def _diff_href(old: str, new: str) -> str:
    return f"/console/versions/diff?old={short(old)}&new={short(new)}"


def _options(lang: Lang, versions: Sequence[RegisterVersion]) -> tuple[Option, ...]:
    t = wording(lang)
    return tuple(
        Option(
            value=version.id,
            name=f"{t('console.versions.number', n=version.position)} · "
            f"{short(version.id)} · {moment(version.at)}",
        )
        for version in versions
    )
