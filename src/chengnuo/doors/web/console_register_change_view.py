"""The page of a change of the register: its difference, the lines of the file, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chengnuo.domain.dossier.sorts.register_change import (
    APPROVE,
    APPROVED,
    COLLECT,
    COLLECTING,
    PROPOSE,
    PROPOSED,
    REFUSE,
    WITHDRAW,
)
from chengnuo.domain.register.change_words import changes_in_words, row_in_words
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.row_edit import text_of
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_register_draft_view import (
    RowView,
    draft_link,
    problem_links,
    row_views,
    title,
)
from chengnuo.doors.web.console_register_follows import sections
from chengnuo.doors.web.console_register_patch import PatchView, patch_of, patch_view
from chengnuo.doors.web.console_versions import change_row
from chengnuo.doors.web.dossier_view import state_of
from chengnuo.doors.web.four_eyes import FourEyes
from chengnuo.doors.web.page_parts import Empty, Fact, Section, Status, Table, Words
from chengnuo.doors.web.register_edit_href import CHANGES_PATH, edit_href
from chengnuo.doors.web.register_words import Speaker
from chengnuo.doors.web.rendering import Link
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.register_changes import RegisterChanges
from chengnuo.usecases.register_drafts import Draft, draft_of
from chengnuo.usecases.register_weighing import Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """The form that proposes changes that were looked at, or keeps them until there are more.

    Attributes:
        change: The changes, as they are kept.
        base: Version that they were made on.
        stamp: Of the draft that they were joined with; empty for none.
        row: The row that was just changed; None where all of them are looked at.
        back: Where its form is, or empty.
        why: What was typed.
        error: What was wrong with it.
        proposes: Whether they can be proposed as they stand.
        collects: Whether they can be kept.

    """

    change: str
    base: str
    stamp: str = ""
    row: RowRef | None = None
    back: str = ""
    why: str = ""
    error: str = ""
    proposes: bool = True
    collects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What whoever looks may do with a change.

    Attributes:
        href: Address of the change.
        version: Version that it was weighed against.
        digest: Digest of the lines.
        approves: Whether it can be approved.
        writes: Whether it is written with the approval.
        puts: Whether an approved one can be put in force.
        refuses: Whether it can be refused.
        withdraws: Whether it can be withdrawn.
        refills: Where the form can be filled in from it, or empty.
        again: Whether its rows can be put together anew.
        eyes: Who proposed it and who may approve it, while it waits for that.
        error: What went wrong, or empty.
        reasons: What was typed as reasons.
        reasons_error: What was wrong with them.

    """

    href: str
    version: str = ""
    digest: str = ""
    approves: bool = False
    writes: bool = False
    puts: bool = False
    refuses: bool = False
    withdraws: bool = False
    refills: str = ""
    again: bool = False
    eyes: FourEyes | None = None
    error: str = ""
    reasons: str = ""
    reasons_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """A change of the register.

    Attributes:
        title: Which rows.
        lead: What it is, in a sentence.
        status: Where it stands; None before it is proposed.
        facts: Who proposed it, when, and why.
        notes: What to know first.
        draft: Where what they put together is, or None.
        rows: The rows, where there are several, or somebody puts them together.
        problems: Why it cannot be made, each with the form where it can be mended.
        differences: The difference in words; None where there is none.
        patch: The lines of the files; None where they cannot be told.
        patch_error: Why they cannot.
        sections: What follows.
        propose: The form that proposes it; None where it is proposed.
        acts: What can be done; None before it is proposed.
        dossier: Where its acts and proofs stand, or empty.

    """

    title: str
    lead: str
    status: Status | None = None
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    draft: Link | None = None
    rows: tuple[RowView, ...] = ()
    problems: tuple[Link, ...] = ()
    differences: Table | None = None
    patch: PatchView | None = None
    patch_error: str = ""
    sections: tuple[Section, ...] = ()
    propose: Propose | None = None
    acts: Acts | None = None
    dossier: str = ""


def preview_page(
    say: Speaker,
    changes: RegisterChanges,
    weighed: Weighed,
    propose: Propose,
    draft: Draft | None = None,
) -> ChangePage:
    """Return what would follow from changes that nobody has proposed."""
    patch, error = patch_of(say, changes, weighed)
    alone = draft is not None and not propose.stamp
    notes = (say.t("reg-draft.alone"),) if alone else ()
    return ChangePage(
        title=title(say, weighed.edits),
        lead=say.t("reg-change.preview-lead"),
        notes=(*_notes(say, weighed), *notes),
        draft=draft_link(say, draft),
        rows=row_views(say, weighed.edits, own=False) if len(weighed.edits) > 1 else (),
        problems=problem_links(say, weighed),
        differences=_differences(say, weighed),
        patch=None if patch is None else patch_view(say, patch),
        patch_error=error,
        sections=_follows(say, changes, weighed),
        propose=replace(
            propose,
            proposes=weighed.is_sound,
            collects=not weighed.clashes and not alone,
        ),
    )


def change_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    changes: RegisterChanges,
    seen: Seen,
    me: Actor,
    names: Mapping[str, str],
    *,
    eyes: FourEyes,
    single: bool,
    error: str = "",
    reasons: str = "",
    reasons_error: str = "",
) -> ChangePage:
    """Return a change that was proposed, or that somebody puts together."""
    dossier = seen.dossier
    is_open = not seen.state.final
    weighed = changes.weighed_of(dossier)
    href = f"{CHANGES_PATH}/{dossier.id}"
    patch, why = patch_of(say, changes, weighed) if is_open else (None, "")
    may = {act.what for act in seen.acts}
    own = dossier.acts[0].by == me.id
    collecting = own and seen.state.id == COLLECTING
    edits, several = weighed.edits, len(weighed.edits) > 1
    stands = weighed.before[edits[0].row] is not None
    works = is_open and bool(may) and seen.state.id != COLLECTING
    acts = Acts(
        href=href,
        version=weighed.version,
        digest="" if patch is None else patch.digest,
        approves=patch is not None and APPROVE in may and (single or not own),
        writes=patch is not None and patch.why_not is None,
        puts=seen.state.id == APPROVED and bool(may),
        refuses=REFUSE in may,
        withdraws=WITHDRAW in may and own,
        refills=f"{edit_href(edits[0].row.kind, edits[0].row.id)}?proposed={dossier.id}"
        if works and stands and not several
        else "",
        again=works and several,
        eyes=eyes if seen.state.id == PROPOSED else None,
        error=error,
        reasons=reasons,
        reasons_error=reasons_error,
    )
    message = changes.message(dossier, weighed)
    return ChangePage(
        title=title(say, edits),
        lead=str(dossier.value("why") or say.t("reg-draft.lead")),
        status=state_of(say, seen),
        facts=_facts(say, seen, names),
        notes=_notes(say, weighed) if is_open else (),
        rows=row_views(say, edits, own=collecting) if several or collecting else (),
        problems=problem_links(say, weighed) if is_open else (),
        differences=_differences(say, weighed) if is_open else None,
        patch=None if patch is None else patch_view(say, patch, f"{href}/patch", message),
        patch_error=why,
        sections=_follows(say, changes, weighed) if is_open else (),
        propose=Propose(
            change=text_of(edits),
            base=str(dossier.value("base")),
            stamp=draft_of(dossier).stamp,
            proposes=weighed.is_sound,
        )
        if collecting
        else None,
        acts=acts,
        dossier=f"/console/{seen.sort.path}/{dossier.id}",
    )


def _facts(say: Speaker, seen: Seen, names: Mapping[str, str]) -> tuple[Fact, ...]:
    facts = []
    last = seen.dossier.last(COLLECT)
    for act in seen.dossier.acts:
        if act.what == COLLECT and act is not last:
            continue
        sort = seen.sort.act(act.what)
        notes = [moment(act.at)]
        if act.single_person:
            notes.append(say.t("reg-change.single-mark"))
        reasons = act.fields.get("reasons")
        if isinstance(reasons, str):
            notes.append(reasons)
        name = say.t("reg-change.by") if act.what == PROPOSE else ""
        facts.append(
            Fact(
                name=name or ("" if sort is None else say.text(sort.text)),
                value=(Words(text=names.get(act.by, act.by), notes=tuple(notes)),),
            )
        )
    return tuple(facts)


def _notes(say: Speaker, weighed: Weighed) -> tuple[str, ...]:
    if weighed.clashes and len(weighed.edits) == 1:
        return (say.t("reg-change.clash"), say.t("reg-change.clash-text"))
    if weighed.clashes:
        rows = say.joined(say.text(row_in_words(one)) for one in weighed.clashes)
        return (say.t("reg-draft.clash", rows=rows), say.t("reg-draft.clash-text"))
    return (say.t("reg-change.later"),) if weighed.later else ()


def _differences(say: Speaker, weighed: Weighed) -> Table | None:
    if weighed.diff is None:
        return None
    heads = ("what", "before", "after", "reach")
    return Table(
        caption=say.t("reg-change.differences"),
        heads=tuple(say.t(f"console.diff.{head}") for head in heads),
        rows=tuple(change_row(say.lang, one) for one in changes_in_words(weighed.diff)),
        empty=Empty(
            name=say.t("reg-change.no-difference"),
            text=say.t("empty.no-difference"),
            href="/console/register",
            act=say.t("nav.register"),
        ),
    )


def _follows(say: Speaker, changes: RegisterChanges, weighed: Weighed) -> tuple[Section, ...]:
    found = changes.consequences(weighed)
    return () if found is None else sections(say, changes.asked(weighed), found)
