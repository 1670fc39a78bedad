"""A rule about packages: one row of a table, decidable from what was seen and what is declared.

Its hits group what was seen as people speak of it, by whose code it is and what it does, never
by a place in the code: one SDK that reads one thing at ten places is one finding.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import shortened
from chengnuo.domain.finding.package_look import PackageLook, owner_key
from chengnuo.domain.finding.package_words import joined
from chengnuo.domain.finding.rule import Hit, RuleWords, Word
from chengnuo.domain.observation.observation import Observation, Owner, OwnerKind
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef

_AND = Text("、", ", ")
_MOST_NAMED = 4
"""Owners that are named in one sentence."""

PackageCheck: TypeAlias = Callable[[PackageLook], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageRule(RuleWords):
    """One rule about a package; `check` finds where it does not hold."""

    check: PackageCheck


def package_hit(  # noqa: PLR0913 (the fields of a hit)
    row: RowRef,
    key: str,
    observations: Iterable[Observation] = (),
    *,
    field: str = "",
    value: object = "",
    recipient: RecipientId | None = None,
    words: Mapping[str, Word] | None = None,
    **more_words: Word,
) -> Hit:
    """Return a hit.

    Args:
        row: Row of the register to mend, or the app.
        key: What tells it from another hit of the same rule; holds no place in the code that
            another build of the same source may move.
        observations: What was seen, in the order in which it is shown.
        field: Field of the row.
        value: What was seen, shortened.
        recipient: Recipient whose waiver may cover it.
        words: What the words of the rule are filled in with.
        more_words: The same, by name.

    """
    return Hit(
        row=row,
        field=field,
        value=shortened(value),
        key=key,
        recipient=recipient,
        words={**(words or {}), **more_words},
        observations=tuple(dict.fromkeys(one.id for one in observations)),
    )


def whose(look: PackageLook, owner: Owner) -> Text:
    """Return whose code it is, as a subject of a sentence."""
    name = look.words.owner(owner)
    match owner.kind:
        case OwnerKind.SDK:
            return Text(f"SDK“{name.zh}”", f"SDK {name.en or name.zh}")
        case OwnerKind.LIBRARY:
            return Text(f"代码库 `{owner.id}` ", f"library `{owner.id}`")
        case _:
            return name


def whose_all(look: PackageLook, seen: Iterable[Observation]) -> Text:
    """Return whose code some observations are of, each once, the first few by name."""
    owners = sorted({one.owner for one in seen})
    named = joined((whose(look, owner) for owner in owners[:_MOST_NAMED]), _AND)
    names = Text(named.zh.replace(f" {_AND.zh}", _AND.zh), named.en)
    more = len(owners) - _MOST_NAMED
    if more <= 0:
        return names
    return Text(f"{names.zh.rstrip()} 等 {len(owners)} 方代码", f"{names.en} and {more} more")


def one_each(
    look: PackageLook,
    seen: Iterable[Observation],
    *,
    key: Callable[[Observation], str] = lambda _: "",
    value: Callable[[Observation], object] = lambda one: one.place.class_name or one.place.file,
) -> Iterator[Hit]:
    """Yield a hit for each owner of what was seen, and for each key of its own.

    The words are `owner`, whose code it is, `count`, how many places, and `each`, the key.

    Args:
        look: What the rule looks at.
        seen: What was seen.
        key: What tells hits of one owner from one another.
        value: What is shown of the first observation of a hit.

    """
    groups: dict[tuple[Owner, str], list[Observation]] = {}
    for one in seen:
        groups.setdefault((one.owner, key(one)), []).append(one)
    for (owner, own_key), found in sorted(groups.items(), key=lambda each: each[0]):
        yield package_hit(
            look.row_of(owner),
            f"{owner_key(owner)} {own_key}".rstrip(),
            found,
            value=value(found[0]),
            recipient=look.recipient_id(owner),
            owner=whose(look, owner),
            count=len(found),
            each=own_key,
        )
