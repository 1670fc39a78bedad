"""The page of a change of the register: its difference, the lines of the file, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.base.errors import ConflictError, InvalidInputError
from chengnuo.domain.dossier.sorts.register_change import (
    APPROVE,
    APPROVED,
    PROPOSE,
    PROPOSED,
    REFUSE,
    WITHDRAW,
)
from chengnuo.domain.register.change_words import changes_in_words, row_in_words
from chengnuo.domain.register.kinds import RowRef
from chengnuo.doors.error_texts import error_text
from chengnuo.doors.texts import moment
from chengnuo.doors.web.console_register_follows import sections
from chengnuo.doors.web.console_versions import change_row
from chengnuo.doors.web.dossier_view import state_of
from chengnuo.doors.web.page_parts import Empty, Fact, Section, Status, Table, Words
from chengnuo.doors.web.register_edit_href import CHANGES_PATH, edit_href, new_href
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.register_changes import RegisterChanges
from chengnuo.usecases.register_weighing import Patch, Weighed

_SIGNS = {"+": "added", "-": "removed", "@": "place", "\\": "place"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """The form that proposes a change that was looked at.

    Attributes:
        change: The change, as it is kept.
        base: Version that it was made on.
        row: The row.
        why: What was typed.
        error: What was wrong with it.

    """

    change: str
    base: str
    row: RowRef
    why: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatchView:
    """The lines of the file.

    Attributes:
        lead: Which file.
        lines: Each with its sort: added, removed, place, or empty.
        why_not: Why the service does not write it itself, or empty.
        message: Message for the operator's own version control, or empty.
        href: Where it is downloaded, or empty.

    """

    lead: str
    lines: tuple[tuple[str, str], ...]
    why_not: str
    message: str
    href: str


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
        own: Whether it is their own, so that another person has to approve it.
        single: Whether there is nobody else.
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
    own: bool = False
    single: bool = False
    error: str = ""
    reasons: str = ""
    reasons_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """A change of the register.

    Attributes:
        title: Which row.
        lead: What it is, in a sentence.
        status: Where it stands; None before it is proposed.
        facts: Who proposed it, when, and why.
        notes: What to know first.
        problems: Why it cannot be made.
        differences: The difference in words; None where there is none.
        patch: The lines of the file; None where they cannot be told.
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
    problems: tuple[str, ...] = ()
    differences: Table | None = None
    patch: PatchView | None = None
    patch_error: str = ""
    sections: tuple[Section, ...] = ()
    propose: Propose | None = None
    acts: Acts | None = None
    dossier: str = ""

    @property
    def back(self) -> str:
        """Where the form of the row is, to which one goes back before anything is proposed."""
        if self.propose is None:
            return ""
        is_new = '"way":"add"' in self.propose.change
        row = self.propose.row
        return new_href(row.kind) if is_new else edit_href(row.kind, row.id)


def preview_page(
    say: Speaker, changes: RegisterChanges, weighed: Weighed, propose: Propose
) -> ChangePage:
    """Return what would follow from a change that nobody has proposed."""
    patch, error = _patch(say, changes, weighed)
    return ChangePage(
        title=say.text(row_in_words(propose.row)),
        lead=say.t("reg-change.preview-lead"),
        notes=_notes(say, weighed),
        problems=_problems(say, weighed),
        differences=_differences(say, weighed),
        patch=None if patch is None else _patch_view(say, patch, "", ""),
        patch_error=error,
        sections=_follows(say, changes, weighed),
        propose=propose,
    )


def change_page(  # noqa: PLR0913  what the page is made from
    say: Speaker,
    changes: RegisterChanges,
    seen: Seen,
    me: Actor,
    names: Mapping[str, str],
    *,
    single: bool,
    error: str = "",
    reasons: str = "",
    reasons_error: str = "",
) -> ChangePage:
    """Return a change that was proposed."""
    dossier = seen.dossier
    is_open = not seen.state.final
    weighed = changes.weighed_of(dossier)
    href = f"{CHANGES_PATH}/{dossier.id}"
    patch, why = _patch(say, changes, weighed) if is_open else (None, "")
    may = {act.what for act in seen.acts}
    own = dossier.acts[0].by == me.id
    acts = Acts(
        href=href,
        version=weighed.version,
        digest="" if patch is None else patch.digest,
        approves=patch is not None and APPROVE in may and (single or not own),
        writes=patch is not None and patch.why_not is None,
        puts=seen.state.id == APPROVED and bool(may),
        refuses=REFUSE in may,
        withdraws=WITHDRAW in may and own,
        refills=f"{edit_href(weighed.edit.row.kind, weighed.edit.row.id)}?proposed={dossier.id}"
        if is_open and bool(may) and weighed.before is not None
        else "",
        own=own and seen.state.id == PROPOSED and APPROVE in may and not single,
        single=single,
        error=error,
        reasons=reasons,
        reasons_error=reasons_error,
    )
    message = changes.message(dossier, weighed)
    return ChangePage(
        title=say.text(row_in_words(weighed.edit.row)),
        lead=str(dossier.value("why")),
        status=state_of(say, seen),
        facts=_facts(say, seen, names),
        notes=_notes(say, weighed) if is_open else (),
        problems=_problems(say, weighed) if is_open else (),
        differences=_differences(say, weighed) if is_open else None,
        patch=None if patch is None else _patch_view(say, patch, f"{href}/patch", message),
        patch_error=why,
        sections=_follows(say, changes, weighed) if is_open else (),
        acts=acts,
        dossier=f"/console/{seen.sort.path}/{dossier.id}",
    )


def _facts(say: Speaker, seen: Seen, names: Mapping[str, str]) -> tuple[Fact, ...]:
    facts = []
    for act in seen.dossier.acts:
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
    if weighed.clash:
        return (say.t("reg-change.clash"), say.t("reg-change.clash-text"))
    return (say.t("reg-change.later"),) if weighed.later else ()


def _problems(say: Speaker, weighed: Weighed) -> tuple[str, ...]:
    return tuple(
        f"{one.where}: " + say.t("reg-edit.given", given=one.given, expected=say.text(one.expected))
        for one in weighed.problems
    )


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


def _patch(say: Speaker, changes: RegisterChanges, weighed: Weighed) -> tuple[Patch | None, str]:
    if not weighed.is_sound:
        return None, ""
    try:
        return changes.patch(weighed), ""
    except (ConflictError, InvalidInputError) as error:
        return None, error_text(error.code, say.lang)


def _patch_view(say: Speaker, patch: Patch, href: str, message: str) -> PatchView:
    edit = patch.edit
    way = "file-new" if edit.before is None else "file-gone" if edit.after is None else "file-lead"
    return PatchView(
        lead=say.t(f"reg-change.{way}", file=edit.name),
        lines=tuple(
            (_SIGNS.get(line[:1], ""), "".join(map(_visible, line)))
            for line in patch.text.split("\n")
            if line and not line.startswith(("--- ", "+++ "))
        ),
        why_not=say.text(patch.why_not),
        message=message if patch.in_git and href else "",
        href=href,
    )


def _visible(sign: str) -> str:
    """Return a sign, or its number where it does not show."""
    return sign if sign.isprintable() or sign == "\t" else f"⟨U+{ord(sign):04X}⟩"
