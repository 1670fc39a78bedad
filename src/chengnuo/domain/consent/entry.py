"""One act on a consent item with all that its record binds it to.

The record says what was shown (hash and language of the notice), where and in how many steps, and
for a child which guardian acted, how related and how known to be so (PIPL Arts. 14, 31, 69).
"""

from dataclasses import dataclass

from chengnuo.domain.consent.event import ConsentEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """A guardian who acts for a child; who it is stays with the operator.

    Attributes:
        relation: How they are related, as `parent`.
        method: How that was made sure of, as `own-device`.
        who: Tells one guardian of the child from another, and nothing else; empty where the
            operator did not say.

    """

    relation: str
    method: str
    who: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An act as it is kept.

    Attributes:
        event: What was done, to which item, when, under which name.
        notice: Hash of the notice shown; empty for what came to pass without anybody's doing.
        lang: Its language; empty likewise.
        surface: Where it was done; empty likewise.
        steps: In how many steps; 0 likewise.
        guardian: The guardian who acted, if one did.
        reason: Why, one word, as `undo`, `expired`; may be empty.
        prompt: Id of the prompt that was answered; empty where none was.
        register: Register version of the record.
        law: Version of the law catalogue.

    """

    event: ConsentEvent
    notice: str = ""
    lang: str = ""
    surface: str = ""
    steps: int = 0
    guardian: Guardian | None = None
    reason: str = ""
    prompt: str = ""
    register: str = ""
    law: str = ""
