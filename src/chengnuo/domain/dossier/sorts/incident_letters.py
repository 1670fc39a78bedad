"""Which letters stand behind what was reported and told in an incident (PIPL Art. 57).

People, minors and guardians are told by letters that were made here, so that every item of Art. 57
stood in them; or it is said why none was used. A hash that is named is that of such a letter.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.making import digest, text
from chengnuo.domain.dossier.sorts.incident_choices import LETTERS
from chengnuo.domain.dossier.sorts.incident_reach import LETTER

Check: TypeAlias = Callable[[Dossier | None, Mapping[str, Value]], Text | None]

TO_PEOPLE, TO_MINORS = ("people",), ("minor", "guardian")
REPORTS = ("authority", "supplement")
LETTER_DIGEST = digest(
    "letter",
    "所用信函的哈希",
    "Hash of the letter that was used",
    hint=Text("由“生成信函”给出。", "As the letter that was made says it."),
)
NO_LETTER = text(
    "no-letter",
    "没有用这里生成的信函的理由",
    "Why no letter made here was used",
    hint=Text(
        "先生成信函；确实来不及或者另有信函的，写明理由。",
        "Make the letter first; say why where there was no time, or another one was used.",
    ),
    must=False,
    private=False,
)
_NAMES = {one.value: one.text for one in LETTERS}


def letters_made(dossier: Dossier | None, kind: str) -> frozenset[str]:
    """Return the hashes of the letters of a kind that were made."""
    acts = () if dossier is None else dossier.acts
    return frozenset(
        str(act.fields["letter"])
        for act in acts
        if act.what == LETTER and act.fields.get("letter-kind") == kind and "letter" in act.fields
    )


def without_letter(
    dossier: Dossier | None, kinds: tuple[str, ...], said: Mapping[str, Value]
) -> Text | None:
    """Say which letter is missing behind an act that gives no reason for it, or None."""
    missing = [kind for kind in kinds if not letters_made(dossier, kind)]
    if not missing or said.get(NO_LETTER.name):
        return None
    zh = "、".join(_NAMES[kind].zh for kind in missing)
    en = ", ".join(_NAMES[kind].en or "" for kind in missing)
    return Text(
        f"还没有生成：{zh}。先生成，或者写明没有用的理由（个人信息保护法第五十七条）。",
        f"not made yet: {en}. Make it first, or say why none was used (PIPL Art. 57).",
    )


def by_letter(kinds: tuple[str, ...], *, needed: bool) -> Check:
    """Return a check that letters of some kinds were made, and that a named hash is of one.

    Args:
        kinds: The kinds.
        needed: Whether one of each must be there, unless it is said why not.

    """

    def check(dossier: Dossier | None, fields: Mapping[str, Value]) -> Text | None:
        missing = without_letter(dossier, kinds, fields) if needed else None
        if missing is not None:
            return missing
        named = fields.get(LETTER_DIGEST.name)
        made = frozenset[str]().union(*(letters_made(dossier, kind) for kind in kinds))
        if named is None or named in made:
            return None
        return Text(
            "这个哈希不是本事件生成的这类信函。",
            "this hash is of no such letter that was made in this incident.",
        )

    return check
