"""What somebody is about to propose for the register: rows put together, weighed, proposed at once.

One person has at most one such draft, kept as a dossier (`register-change`) that they alone go on
with. It need not hold yet: a row may go before what refers to it was changed. What is proposed is
what was shown: a draft that was gone on with elsewhere has to be looked at again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.sorts.register_change import (
    COLLECT,
    COLLECTING,
    PROPOSE,
    REGISTER_CHANGE,
    WITHDRAW,
)
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.renaming import renamed
from chengnuo.domain.register.row_edit import (
    Edits,
    RowEdit,
    edit_between,
    edits_of,
    row_tree,
    text_of,
    title_of,
    together,
)
from chengnuo.usecases.dossier.seen import Actor, Seen
from chengnuo.usecases.register_changes import RegisterChanges
from chengnuo.usecases.register_weighing import ChangeNotSoundError, ReviewOutdatedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody put together.

    Attributes:
        id: Id of its dossier.
        edits: The changes.
        base: Version that they were made on.
        stamp: Tells it from what it was before and will be later.

    """

    id: DossierId
    edits: Edits
    base: str
    stamp: str

    def of(self, row: RowRef) -> RowEdit | None:
        """Return what becomes of a row; None where nothing does."""
        return next((one for one in self.edits if one.row == row), None)


@dataclass(frozen=True, slots=True)
class Joined:
    """Changes, the version that they are made on, and the stamp of the draft that is in them."""

    edits: Edits
    base: str
    stamp: str = ""


def draft_of(dossier: Dossier) -> Draft:
    """Return a dossier as a draft."""
    return Draft(
        id=dossier.id,
        edits=edits_of(str(dossier.value("change"))),
        base=str(dossier.value("base")),
        stamp=f"{dossier.id}.{len(dossier.acts)}",
    )


@dataclass(frozen=True, slots=True)
class RegisterDrafts:
    """The use cases of drafts."""

    changes: RegisterChanges

    def of(self, actor: Actor) -> Draft | None:
        """Return somebody's draft; None where they have none."""
        sort = REGISTER_CHANGE.id
        found = self.changes.dossiers.queue(actor, [sort], states=((sort, COLLECTING),))
        mine = (one.dossier for one in found if one.dossier.acts[0].by == actor.id)
        return next(map(draft_of, mine), None)

    def register(self, draft: Draft | None) -> Register:
        """Return the register that a draft would make; the one in force if it does not hold."""
        served = self.changes.desk.served.register
        found = None if draft is None else self.changes.weigh(draft.edits, draft.base).register
        return served if found is None else found

    def joined(self, draft: Draft | None, edits: Iterable[RowEdit], base: str) -> Joined:
        """Return changes together with a draft; alone where a row says something else by now."""
        more = tuple(edits)
        weigh = self.changes.weigh
        if more and weigh(more, base).clashes:
            return Joined(more, base)
        if draft is not None and weigh(draft.edits, draft.base).clashes:
            return Joined(more, base)
        found = together(() if draft is None else draft.edits, more)
        stamp = "" if draft is None else draft.stamp
        return Joined(found, self.changes.desk.served.version, stamp)

    def renamed(self, draft: Draft | None, row: RowRef, to: str) -> Edits:
        """Return the changes by which a row has another id, wherever it is referred to."""
        in_force = self.changes.desk.served.register
        after = renamed(self.register(draft), row, to)
        return tuple(edit_between(ref, row_tree(in_force, ref), one) for ref, one in after.items())

    def collect(self, actor: Actor, edits: Edits, base: str, stamp: str) -> Seen:
        """Keep changes as somebody's draft, instead of the one that they have.

        Args:
            actor: Who.
            edits: All of the changes.
            base: Version that they were made on.
            stamp: Of the draft that they were joined with; empty for none.

        Raises:
            ReviewOutdatedError: The draft is another one by now.
            ChangeNotSoundError: A row says something else by now.

        """
        if not edits or self.changes.weigh(edits, base).clashes:
            raise ChangeNotSoundError
        return self._kept(actor, COLLECT, _given(edits, base), stamp)

    def propose(self, actor: Actor, edits: Edits, base: str, why: str, stamp: str) -> Seen:
        """Keep changes that somebody proposes; see `DossierDesk.open` for what it raises.

        Raises:
            ReviewOutdatedError: The draft is another one by now.
            ChangeNotSoundError: The change cannot be made.

        """
        if not all(edits) or not self.changes.weigh(edits, base).is_sound:
            raise ChangeNotSoundError
        return self._kept(actor, PROPOSE, {**_given(edits, base), "why": why}, stamp)

    def again(self, actor: Actor, wanted: DossierId) -> Seen:
        """Put the rows of a proposal together anew, on the register in force.

        What it says of a row takes the place of what their draft says of it.

        Raises:
            NoSuchDossierError: There is none, or none that they may see.
            ChangeNotSoundError: Nothing is left to change.

        """
        dossier = self.changes.one(wanted, actor).dossier
        served, draft = self.changes.desk.served, self.of(actor)
        edits = edits_of(str(dossier.value("change")))
        now = {one.row: row_tree(served.register, one.row) for one in edits}
        after = {one.row: one.of(now[one.row]) for one in edits}
        more = [
            edit_between(row, now[row], after[row])
            for row in after
            if now[row] is not None or after[row] is not None
        ]
        found = self.joined(draft, more, served.version)
        return self.collect(actor, found.edits, found.base, found.stamp)

    def drop(self, actor: Actor, row: RowRef, stamp: str) -> Seen:
        """Take a row out of somebody's draft; without any, the draft is withdrawn.

        Raises:
            ReviewOutdatedError: The draft is another one by now.

        """
        draft = self._checked(self.of(actor), stamp)
        left = tuple(one for one in draft.edits if one.row != row)
        if not left:
            return self.changes.dossiers.act(draft.id, WITHDRAW, actor, {})
        return self._kept(actor, COLLECT, _given(left, draft.base), stamp)

    def _kept(self, actor: Actor, what: str, given: dict[str, str], stamp: str) -> Seen:
        draft, dossiers = self.of(actor), self.changes.dossiers
        if not stamp and (draft is None or what == PROPOSE):
            return dossiers.open(REGISTER_CHANGE.id, what, actor, given)
        return dossiers.act(self._checked(draft, stamp).id, what, actor, given)

    @staticmethod
    def _checked(draft: Draft | None, stamp: str) -> Draft:
        """Return a draft, if it is the one that was looked at."""
        if draft is None or stamp != draft.stamp:
            raise ReviewOutdatedError
        return draft


def _given(edits: Edits, base: str) -> dict[str, str]:
    return {"row": title_of(edits), "base": base, "change": text_of(edits)}
