"""Guardians of a child under fourteen: who is one still, whose no stands, what waits for one.

Who a guardian is stays outside: a keyed tag tells one from another within a child's record, and
nothing else. A relation is stated (by the guardian with the child's code, or by the operator) and
may be ended by the guardian, the child, another guardian or the operator. These are acts on
settings (`guardian:<tag>:<who says it>`), so they come from the log like everything else.

What follows from a relation that ended (PIPL Arts. 15, 31; Civil Code Arts. 27, 34):

- what was given under it ends, whoever says so, because asking anew costs little;
- a no said under it stands on, unless the guardian or the operator says that the relation is
  over: otherwise one guardian could talk the other's no away;
- with a new code of the child's the same guardian may state it anew, unless another guardian or
  the operator has ended it: then the operator alone may.

Of two guardians who disagree the no stands. A no is taken back by whoever said it, and by nobody
else, or falls with their relation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chengnuo.domain.consent.entry import Entry
from chengnuo.domain.consent.event import Act
from chengnuo.domain.consent.setting import Setting
from chengnuo.domain.register.consent_items import ConsentItemId

GUARDIAN: Final = "guardian:"
ASKED: Final = "guardian-asked:"
"""That a child has asked for a guardian's decision on the item that follows; a no while it waits,
a yes once the child has taken the asking back."""
TAG_SIGNS: Final = 32
"""How many hex digits tell one guardian from another."""


class Speaker(StrEnum):
    """Who says that a relation is, or is over."""

    GUARDIAN = "guardian"
    CHILD = "child"
    OTHER = "other"
    """Another guardian of the same child."""
    OPERATOR = "operator"


_FIRM = frozenset({Speaker.OTHER, Speaker.OPERATOR})
_RELEASES = frozenset({Speaker.GUARDIAN, Speaker.OPERATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianRelation:
    """One guardian of a child.

    Attributes:
        tag: Which.
        stands: Whether they may act.
        stated: Position of the record that stated it last; -1 if it was ended only.
        since: When that was, microseconds since 1970; 0 likewise.
        ended_by: Who has said since then that it is over.
        ended_at: When it was said last, microseconds since 1970; None while it stands.

    """

    tag: str
    stands: bool
    stated: int
    since: int
    ended_by: frozenset[Speaker] = frozenset()
    ended_at: int | None = None

    def may_be_stated_by(self, speaker: Speaker) -> bool:
        """Tell whether somebody's word is enough for it to stand (again)."""
        return speaker is Speaker.OPERATOR or not self.ended_by & _FIRM

    @property
    def noes_count(self) -> bool:
        """Whether what they refused still stands in the way of others."""
        return not self.ended_by & _RELEASES


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianAsking:
    """What a child has asked a guardian for and nobody has decided yet.

    Attributes:
        item: The consent item.
        since: Since when, microseconds since 1970.
        position: Position of its record.

    """

    item: ConsentItemId
    since: int
    position: int


def relation_setting(tag: str, speaker: Speaker) -> str:
    """Return the name of the setting under which somebody speaks of a relation."""
    return f"{GUARDIAN}{tag}:{speaker}"


def settings_about(tag: str) -> frozenset[str]:
    """Return the names of all settings about one guardian."""
    return frozenset(relation_setting(tag, speaker) for speaker in Speaker)


def relations_of(settings: Iterable[Setting]) -> dict[str, GuardianRelation]:
    """Return every guardian of a child by their tag, of all names of the child together.

    Args:
        settings: Acts on settings, in any order, however often each; others are passed over.

    """
    said = [one for one in set(settings) if one.what.startswith(GUARDIAN)]
    found: dict[str, GuardianRelation] = {}
    for one in sorted(said, key=lambda each: (each.at, not each.allows, each.position)):
        tag, _, word = one.what.removeprefix(GUARDIAN).partition(":")
        speaker = Speaker(word)
        known = found.get(tag)
        if not one.allows:
            ended = frozenset() if known is None else known.ended_by
            found[tag] = GuardianRelation(
                tag=tag,
                stands=False,
                stated=-1 if known is None else known.stated,
                since=0 if known is None else known.since,
                ended_by=ended | {speaker},
                ended_at=one.at,
            )
        elif known is None or known.may_be_stated_by(speaker):
            found[tag] = GuardianRelation(tag=tag, stands=True, stated=one.position, since=one.at)
    return found


def askings_of(settings: Iterable[Setting], entries: Iterable[Entry]) -> tuple[GuardianAsking, ...]:
    """Return what waits for a guardian, the oldest first.

    An asking waits until the child takes it back or anything is done about the item after it.
    """
    newest: dict[ConsentItemId, Setting] = {}
    for one in settings:
        if one.what.startswith(ASKED):
            item = ConsentItemId(one.what.removeprefix(ASKED))
            if item not in newest or newest[item].position < one.position:
                newest[item] = one
    done: dict[ConsentItemId, int] = {}
    for entry in entries:
        item, position = entry.event.item, entry.event.position
        done[item] = max(done.get(item, -1), position)
    waiting = (
        GuardianAsking(item=item, since=one.at, position=one.position)
        for item, one in newest.items()
        if not one.allows and done.get(item, -1) < one.position
    )
    return tuple(sorted(waiting, key=lambda one: one.position))


def refused_by_another(
    entries: Iterable[Entry],
    relations: Mapping[str, GuardianRelation],
    item: ConsentItemId,
    tag: str,
) -> bool:
    """Tell whether the no of another guardian stands in the way of one guardian's yes.

    Args:
        entries: Every act on consent items under all names of the child.
        relations: Every guardian of the child.
        item: About which item.
        tag: Who wants to agree; guardians without a tag are one.

    """
    last: dict[str, Act] = {}
    acts = [one for one in entries if one.event.item == item and one.guardian is not None]
    acts.sort(key=lambda one: (one.event.at, one.event.act.strictness, one.event.position))
    for one in acts:
        if one.guardian is not None:
            last[one.guardian.who] = one.event.act
    return any(
        act in {Act.REFUSE, Act.WITHDRAW}
        and who != tag
        and (who not in relations or relations[who].noes_count)
        for who, act in last.items()
    )
