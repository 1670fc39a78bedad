"""A difference between registers on the command line: in words, and as JSON."""

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.register.change_words import (
    REACH_WORDS,
    ChangeInWords,
    changes_in_words,
    consent_in_words,
)
from chengnuo.domain.register.diff import Absent, FieldChange, RegisterDiff
from chengnuo.domain.register.reach import Reach

_NOTHING = Text("两份登记簿相同。", "the two registers are equal")
_CONSENT = Text("同意事项", "Consent items")
_NO_CONSENT = Text("没有需要重新询问的同意事项。", "nobody is asked again")


def diff_as_text(change: RegisterDiff, lang: Lang) -> str:
    """Return a difference for reading: what asks again first, then what is told, then the rest."""
    if not change:
        return _NOTHING.in_lang(lang)
    lines = [f"{short(change.before)} → {short(change.after)}"]
    words = changes_in_words(change)
    for reach in Reach:
        found = [one for one in words if one.reach is reach]
        if found:
            lines += ["", f"{REACH_WORDS[reach].in_lang(lang)} ({len(found)})"]
            lines += [line for one in found for line in _change_lines(one, lang)]
    lines += ["", _CONSENT.in_lang(lang)]
    lines += [f"  {consent_in_words(one).in_lang(lang)}" for one in change.consent]
    if not change.consent:
        lines.append(f"  {_NO_CONSENT.in_lang(lang)}")
    return "\n".join(lines)


def _change_lines(change: ChangeInWords, lang: Lang) -> list[str]:
    return [
        f"  {change.what.in_lang(lang)}",
        f"    - {change.before.in_lang(lang)}",
        f"    + {change.after.in_lang(lang)}",
    ]


def diff_as_tree(change: RegisterDiff) -> Tree:
    """Return a difference as one JSON object; complete, so that it can be applied."""
    return {
        "before": change.before,
        "after": change.after,
        "added": [
            {"kind": row.kind, "id": row.id, "reach": change.reach_of(row).value, "row": tree}
            for row, tree in change.added.items()
        ],
        "removed": [
            {"kind": row.kind, "id": row.id, "reach": change.reach_of(row).value, "row": tree}
            for row, tree in change.removed.items()
        ],
        "changed": [_field_tree(field, change) for field in change.changed],
        "consent": [
            {
                "item": one.id,
                "change": one.kind.value,
                "differs": {key: _sides(was, now) for key, (was, now) in one.differs.items()},
            }
            for one in change.consent
        ],
    }


def _field_tree(field: FieldChange, change: RegisterDiff) -> Tree:
    tree: dict[str, Tree] = {
        "kind": field.row.kind,
        "id": field.row.id,
        "field": field.field,
        "reach": change.reach_of(field.row, field.path).value,
    }
    return tree | _sides(field.before, field.after)


def _sides(was: Tree | Absent, now: Tree | Absent) -> "dict[str, Tree]":
    """Return both sides; a side that is not there has no key."""
    sides: dict[str, Tree] = {}
    if not isinstance(was, Absent):
        sides["before"] = was
    if not isinstance(now, Absent):
        sides["after"] = now
    return sides
