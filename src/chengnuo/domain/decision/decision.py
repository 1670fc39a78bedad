"""The answer: permit, ask or refuse, with what made it so.

No permitting rule means no; a rule that cannot be evaluated does not permit. An answer is no truth
value: `ask` is not yes, and whoever writes `if answer:` must be told so.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from chengnuo.domain.decision.rules import Rule
from chengnuo.domain.register.consent_items import ConsentItemId
from chengnuo.law.ids import CategoryId


class Outcome(StrEnum):
    """What may be done."""

    PERMIT = "permit"
    ASK = "ask"
    """Only after the individual has agreed to what `prompt` names."""
    REFUSE = "refuse"


class DutyKind(StrEnum):
    """What has to be done along with a use, or in its place."""

    MASK = "mask"
    """Mask what is shown in public (PIPL Art. 25)."""
    NON_PERSONALISED = "non-personalised"
    """Serve what does not rest on personal characteristics (Art. 24 para. 2)."""
    OFFER_REFUSAL = "offer-refusal"
    """Give an easy way to refuse (Art. 24 para. 2)."""
    EXPLAIN = "explain"
    """Explain the decision on request (Art. 24 para. 3)."""
    HUMAN_REVIEW = "human-review"
    """Let a person look at it on request (Art. 24 para. 3)."""
    NOTIFY_AFTER = "notify-after"
    """Tell the individual once the emergency is over (Art. 18 para. 2)."""
    RECORD_PROVISION = "record-provision"
    """Record what was provided to whom (Art. 55; NDR Art. 12)."""


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """One duty.

    Attributes:
        kind: What has to be done.
        about: Category, recipient or switch it is about; empty for the whole.
        how: How, in the register's words (Chinese); empty where the kind says it all.

    """

    kind: DutyKind
    about: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Ruling:
    """One rule applied to one row.

    Attributes:
        rule: Which rule.
        row: Register row it was applied to: an activity, category, recipient or consent item.
        why: What was found, one word; empty where the rule says it all.

    """

    rule: Rule
    row: str
    why: str = ""


class DecisionIsNoBoolError(TypeError):
    """A decision was used as a truth value."""

    def __init__(self) -> None:
        super().__init__("a decision has three outcomes; compare `outcome`, or use `permits`")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An answer.

    Attributes:
        outcome: Permit, ask or refuse.
        by: The rules that made it so: those that held for a permit, those that failed otherwise.
        duties: What has to be done along with it, or in its place.
        prompt: Consent items to ask for, in the register's order; empty unless `ask`.
        within: Categories whose use could be permitted now, when not all could.

    """

    outcome: Outcome
    by: tuple[Ruling, ...]
    duties: tuple[Duty, ...] = ()
    prompt: tuple[ConsentItemId, ...] = ()
    within: tuple[CategoryId, ...] = ()

    @property
    def permits(self) -> bool:
        """Tell whether the use may go ahead, with its duties."""
        return self.outcome is Outcome.PERMIT

    def __bool__(self) -> NoReturn:
        raise DecisionIsNoBoolError
