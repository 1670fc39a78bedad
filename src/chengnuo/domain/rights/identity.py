"""How well somebody has to have proved who they are, and what is asked for when they have not.

The least that does: for looking, the session of the app; for what takes information out or cannot
be undone, a sign-in of the last ten minutes. More than at registration is never asked for, a face
or an identity document never at all (PIPL Art. 6; 191号文 6.1; draft rules on cancelling accounts).
The rule is put again right before a request is carried out, never taken from its state.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.request import AskedBy
from chengnuo.law.age import AgeBand
from chengnuo.law.rights import Right

RECENT = timedelta(minutes=10)
"""How long ago the sign-in may lie that proves a request."""
AHEAD = timedelta(minutes=1)
"""How far clocks of the operator and of this machine may be apart."""


class Strength(StrEnum):
    """How well an identity has to be proved."""

    SESSION = "session"
    RECENT = "recent"
    CHECKED = "checked"
    """Staff looked at a document, and kept nothing of it."""


class Why(StrEnum):
    """What is lacking."""

    NOT_RECENT = "not-recent"
    GUARDIAN = "guardian"
    """A child under fourteen asks alone; the guardian has to act (PIPL Art. 31)."""
    NOT_A_GUARDIAN = "not-a-guardian"
    NOT_CHECKED = "not-checked"
    NO_MATCH = "no-match"
    AMBIGUOUS = "ambiguous"
    SOMEBODY_ELSE = "somebody-else"


_LOOKING = frozenset({Right.KNOW, Right.ACCESS, Right.EXPLAIN_RULES, Right.EXPLAIN_AUTOMATED})
_SAFE = frozenset({Right.RESTRICT, Right.REFUSE, Right.REFUSE_AUTOMATED, Right.WITHDRAW})
"""What only protects: nobody is kept from it by having to sign in again."""
_OF_THE_DEAD = frozenset({Right.ACCESS, Right.COPY, Right.CORRECT, Right.SUPPLEMENT, Right.DELETE})
"""What close relatives may do (PIPL Art. 49)."""
_ORDER = (
    IdentifierKind.ACCOUNT_NAME,
    IdentifierKind.PHONE,
    IdentifierKind.EMAIL,
    IdentifierKind.OPENID,
    IdentifierKind.DEVICE,
)
"""In which order identifiers are asked for: what the individual knows by heart first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is known of how somebody proved who they are.

    Attributes:
        by: In which role they ask.
        authenticated_at: When they last proved it to the operator; None if not known.
        has_guardian: Whether a guardian acts.
        checked: Whether staff have seen what shows the relation or the power of attorney.

    """

    by: AskedBy
    authenticated_at: datetime | None
    has_guardian: bool = False
    checked: bool = False


def needed(right: Right, by: AskedBy) -> Strength:
    """Return how well an identity has to be proved for a right."""
    if by in {AskedBy.CLOSE_RELATIVE, AskedBy.AGENT}:
        return Strength.CHECKED
    if by in {AskedBy.STAFF, AskedBy.AUTOMATIC} or right in _LOOKING | _SAFE:
        return Strength.SESSION
    return Strength.RECENT


def lacking(right: Right, proof: Proof, age: AgeBand, at: datetime) -> Why | None:
    """Return what is lacking before a request may be planned or carried out; None if nothing.

    Args:
        right: Which right.
        proof: What is known of the one who asks.
        age: Age band of whose information it is.
        at: The instant as of which a sign-in has to be recent: that of the last proof given.

    """
    if proof.by in {AskedBy.STAFF, AskedBy.AUTOMATIC}:
        return None
    if proof.by is AskedBy.GUARDIAN and not proof.has_guardian:
        return Why.NOT_A_GUARDIAN
    if age is AgeBand.UNDER_14 and proof.by is AskedBy.INDIVIDUAL and right not in _SAFE:
        return Why.GUARDIAN
    strength = needed(right, proof.by)
    if strength is Strength.CHECKED:
        return None if proof.checked else Why.NOT_CHECKED
    if strength is Strength.RECENT and not is_recent(proof.authenticated_at, at):
        return Why.NOT_RECENT
    return None


def is_recent(authenticated_at: datetime | None, at: datetime) -> bool:
    """Tell whether a sign-in is recent enough at an instant; one from the future is not."""
    return authenticated_at is not None and -AHEAD <= at - authenticated_at <= RECENT


def may_ask(right: Right, by: AskedBy) -> bool:
    """Tell whether somebody in a role may ask for a right at all (PIPL Art. 49 for relatives)."""
    return by is not AskedBy.CLOSE_RELATIVE or right in _OF_THE_DEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What looking somebody up by identifiers came to.

    Attributes:
        why: `NO_MATCH` or `AMBIGUOUS`; None where exactly one account was found.
        ask_next: The next least identifier that could tell; None where there is none.

    """

    why: Why | None
    ask_next: IdentifierKind | None


def found(
    accounts: int, given: frozenset[IdentifierKind], known: frozenset[IdentifierKind]
) -> Found:
    """Return what so many accounts for the identifiers given mean.

    Args:
        accounts: How many different accounts match all of them.
        given: Kinds of identifier that were given.
        known: Kinds by which the register says that somebody can be found.

    """
    if accounts == 1:
        return Found(why=None, ask_next=None)
    following = next((kind for kind in _ORDER if kind in known - given), None)
    return Found(why=Why.AMBIGUOUS if accounts else Why.NO_MATCH, ask_next=following)


ACTIONS: dict[Why, Text] = {
    Why.NOT_RECENT: Text(
        "请重新登录后在十分钟内确认", "Sign in again and confirm within ten minutes"
    ),
    Why.GUARDIAN: Text(
        "不满十四周岁，请由监护人办理", "Under fourteen: a parent or guardian has to ask"
    ),
    Why.NOT_A_GUARDIAN: Text("请由监护人登录后办理", "The guardian has to come in and ask"),
    Why.NOT_CHECKED: Text(
        "等待工作人员核验关系或授权，材料只看不留",
        "Staff check the relation or the power of attorney; papers are looked at, not kept",
    ),
    Why.NO_MATCH: Text(
        "没有找到对应的账户，请换一种标识", "No account was found; give another identifier"
    ),
    Why.AMBIGUOUS: Text(
        "对应多个账户，请补充一种标识", "Several accounts match; give one identifier more"
    ),
    Why.SOMEBODY_ELSE: Text("不能为他人提出", "This cannot be asked for somebody else"),
}
