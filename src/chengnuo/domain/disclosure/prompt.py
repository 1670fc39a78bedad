"""A prompt as a value: what an individual is asked, and the two answers of equal weight.

Whatever is asked, there are exactly two buttons, one no and one yes; nothing is ticked beforehand
and there is no field in which it could be; closing a prompt is a no (191号文 1.2, 3.4; PIPL Arts.
14, 16). A page and a native screen show the same value.
"""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.digest import Digest
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.document import DocumentKind, Line
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.domain.register.ids import ActivityId, AppId
from chengnuo.domain.register.permission_words import AskedPermission
from chengnuo.law.consent_form import ConsentForm


class PromptKind(StrEnum):
    """On which occasion something is asked."""

    FIRST_RUN = "first-run"
    MOMENT = "just-in-time"
    """One line before the system's own dialog, with the way without it."""
    GENERAL = "general"
    ONE_TIME = "one-time"
    SEPARATE = "separate"
    WRITTEN = "written"
    RENEWAL = "renewal"
    """What was agreed to has changed: only what changed is asked, old beside new."""
    GUARDIAN = "guardian"
    """Asked of a guardian, on the guardian's own device."""


class Says(StrEnum):
    """What a button says."""

    NO = "refuse"
    YES = "give"


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what pressing it says, and the words on it."""

    says: Says
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One part that has changed since the individual agreed, old beside new."""

    what: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """What an answer is bound to.

    Attributes:
        item: Consent item.
        form: Form in which it is given.
        fingerprint: Material fingerprint of the item.
        notices: Hash of the notice in each language in which it can be shown.

    """

    item: ConsentItemId
    form: ConsentForm
    fingerprint: Digest
    notices: tuple[tuple[Lang, Digest], ...]

    def notice(self, lang: Lang) -> Digest:
        """Return the hash of the notice in one language."""
        return dict(self.notices)[lang]


@dataclass(frozen=True, slots=True)
class Relation:
    """How a guardian can be related to a child: the word that is kept, and what is read."""

    id: str
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a child sees while a guardian has not decided: nothing that could be agreed to."""

    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What is asked once.

    Attributes:
        id: `first-run`, `activity/moment-1`, or the id of a consent item.
        kind: The occasion.
        app: App that asks.
        activity: Activity that it is about; None at the first run.
        title: What is asked, as one line.
        lines: What is said first.
        facts: Labels and what they say, in the order in which they are read.
        changes: What has changed; only of a renewal.
        box: Words beside the box of the one matter; None where a button says it all.
        buttons: One no and one yes, in the order in which they stand.
        links: Documents that it leads to.
        otherwise: The way without it; only at a moment.
        permissions: Permissions of the system's dialog that follows; only at a moment.
        binding: What an answer is bound to; None where no consent is recorded.
        relations: What a guardian chooses from, none chosen beforehand; only of a guardian's.
        waiting: What the child sees meanwhile; only of a guardian's.

    """

    id: str
    kind: PromptKind
    app: AppId
    activity: ActivityId | None
    title: Text
    buttons: tuple[Button, Button]
    lines: tuple[Text, ...] = ()
    facts: tuple[tuple[Text, tuple[Line, ...]], ...] = ()
    changes: tuple[Changed, ...] = ()
    box: Text | None = None
    links: tuple[tuple[Text, DocumentKind], ...] = ()
    otherwise: Text | None = None
    permissions: tuple[AskedPermission, ...] = ()
    binding: Binding | None = None
    relations: tuple[Relation, ...] = ()
    waiting: Waiting | None = None

    @property
    def on_escape(self) -> Says:
        """What closing it says, by the Escape key, the back gesture or a tap beside it."""
        return Says.NO

    @property
    def steps(self) -> int:
        """In how many steps a yes is said: each choice, each box, and the button."""
        return 1 + (self.box is not None) + bool(self.relations)
