"""What is in force: a fold over events that does not care about their order or repetition.

For one name the newest act stands; of acts at one instant a no stands before a yes, so that a
withdrawal wins a tie (PIPL Art. 15). When two names turn out to be one individual's, a no under
either of them stands: consent is never widened by finding out who somebody is. Whatever the
individual does afterwards, under any name, is newer and stands.

This is the plain form, for reading; `usecases` and stores fold with it too, because an individual
has few events.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chengnuo.domain.consent.event import Act, ConsentEvent, Merge
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.consent_form import ConsentForm


@dataclass(frozen=True, slots=True)
class _Group:
    """Names known to be one individual's, and the act that stands for each item."""

    names: frozenset[str]
    stands: dict[ConsentItemId, ConsentEvent]


def standing(
    events: Iterable[ConsentEvent], merges: Iterable[Merge] = ()
) -> dict[ConsentItemId, ConsentEvent]:
    """Return the act that stands for each item, of all names that belong to one individual.

    Args:
        events: Acts under those names, in any order, however often each.
        merges: What joined the names, in any order.

    """
    acts = sorted(set(events), key=lambda one: (one.at, one.act.strictness, one.position))
    joins = sorted(set(merges), key=lambda one: (one.at, one.position))
    groups: dict[str, _Group] = {}
    at = 0
    for join in joins:
        while at < len(acts) and acts[at].at <= join.at:
            _take(groups, acts[at])
            at += 1
        _join(groups, join)
    for act in acts[at:]:
        _take(groups, act)
    found: dict[ConsentItemId, ConsentEvent] = {}
    for group in {id(one): one for one in groups.values()}.values():
        # Names that nothing has joined yet: whoever asks says they are one, so a no stands.
        found = _stricter(found, group.stands)
    return found


def is_in_force(
    act: ConsentEvent | None,
    *,
    accepted: frozenset[str],
    needed: ConsentForm,
    by_guardian: bool,
    at: int,
) -> bool:
    """Tell whether an act is a consent that may be relied on.

    Args:
        act: The act that stands, if any.
        accepted: Fingerprints that count: the item's own, and earlier ones still listed.
        needed: Form that the item asks for.
        by_guardian: Whether a guardian has to have acted (under fourteen), or the individual.
        at: Microseconds since 1970.

    """
    return (
        act is not None
        and act.act is Act.GIVE
        and act.fingerprint in accepted
        and act.form.meets(needed)
        and act.by_guardian == by_guardian
        and (act.until is None or at < act.until)
    )


def _take(groups: dict[str, _Group], act: ConsentEvent) -> None:
    group = groups.get(act.alias)
    if group is None:
        group = groups[act.alias] = _Group(frozenset((act.alias,)), {})
    group.stands[act.item] = act


def _join(groups: dict[str, _Group], join: Merge) -> None:
    empty = _Group(frozenset(), {})
    one, other = groups.get(join.one, empty), groups.get(join.other, empty)
    names = one.names | other.names | {join.one, join.other}
    stands = one.stands if one is other else _stricter(one.stands, other.stands)
    joined = _Group(names, dict(stands))
    for name in names:
        groups[name] = joined


def _stricter(
    one: dict[ConsentItemId, ConsentEvent], other: dict[ConsentItemId, ConsentEvent]
) -> dict[ConsentItemId, ConsentEvent]:
    """Return the stricter of two standings: a no, then an end, then a yes; then the newer."""
    found = dict(one)
    for item, act in other.items():
        known = found.get(item)
        if known is None or _rank(act) > _rank(known):
            found[item] = act
    return found


def _rank(act: ConsentEvent) -> tuple[int, int, int]:
    return act.act.strictness, act.at, act.position
