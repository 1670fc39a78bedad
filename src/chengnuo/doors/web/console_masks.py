"""What staff see of private words in a dossier, and what the program suggests for a complaint.

Numbers of documents, cards, telephones and the like are masked, for they are often other people's
than who complains (PIPL Arts. 6, 51). Whoever needs them opens them with a reason, which is
recorded first.
"""

from collections.abc import Callable
from dataclasses import replace

from chengnuo.domain.dossier.dossier import Act
from chengnuo.domain.dossier.fields import FieldForm, Value
from chengnuo.domain.dossier.sorts.complaint import COMPLAINT
from chengnuo.doors.web.dossier_forms import NOTHING_TYPED, Typed
from chengnuo.doors.web.register_words import Speaker
from chengnuo.usecases.dossier.seen import Seen
from chengnuo.usecases.dossier.suggesting import Suggested, suggested

MAP = "map"


def with_masks(seen: Seen, mask: Callable[[str], str]) -> tuple[Seen, bool]:
    """Return a dossier with what identifies people in its private texts masked, and if any was."""
    acts = tuple(_masked(seen, act, mask) for act in seen.dossier.acts)
    if acts == seen.dossier.acts:
        return seen, False
    return replace(seen, dossier=replace(seen.dossier, acts=acts)), True


def mapping_typed(say: Speaker, seen: Seen, typed: Typed) -> tuple[Typed, str]:
    """Return what stands in the form that maps a complaint, and a line about where it is from.

    What was mapped before stands there, else what the words of the complaint suggest; nothing is
    changed where a form came back.
    """
    offered = any(act.what == MAP for act in seen.acts)
    if seen.sort.id != COMPLAINT.id or not offered or typed is not NOTHING_TYPED:
        return typed, ""
    before = seen.dossier.last(MAP)
    if before is not None:
        given = {name: (str(value),) for name, value in before.fields.items()}
        return Typed(what=MAP, fields=given), ""
    texts = (str(act.fields.get("text", "")) for act in seen.dossier.acts)
    found = suggested("\n".join(texts), say.register, say.catalogue)
    return _prefilled(seen, found), _line(say, found)


def _prefilled(seen: Seen, found: Suggested) -> Typed:
    first = seen.dossier.acts[0].fields
    fields = {
        "cause": _one(first.get("cause"), found.causes),
        "activity": _one(first.get("activity"), found.activities),
        "recipient": found.recipients[:1],
        "list-row": found.list_rows[:1],
    }
    return Typed(what=MAP, fields=fields)


def _one(said: Value | None, found: tuple[str, ...]) -> tuple[str, ...]:
    """Return what whoever complained chose, unless that is nothing in particular."""
    return (said,) if isinstance(said, str) and said != "other" else found[:1]


def _line(say: Speaker, found: Suggested) -> str:
    if not (found.activities or found.recipients or found.list_rows or found.causes):
        return ""
    return say.t("dossier.suggested")


def _masked(seen: Seen, act: Act, mask: Callable[[str], str]) -> Act:
    sort = seen.sort.act(act.what)
    texts = {
        field.name
        for field in (() if sort is None else sort.fields)
        if field.private and field.form is FieldForm.TEXT
    }
    fields = {
        name: mask(value) if name in texts and isinstance(value, str) else value
        for name, value in act.fields.items()
    }
    return act if fields == act.fields else replace(act, fields=fields)
