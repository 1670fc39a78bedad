"""What can be refused of machines: decisions of major effect, and nothing else (PIPL Art. 24)."""

from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.request import Asked, RestrictionAsked
from chengnuo.law.rights import Right


def is_of_machines(register: Register, right: Right, asked: Asked) -> bool:
    """Tell whether a refusal of machines names no recipient, and what decides with major effect.

    What asks for another right passes.
    """
    if right is not Right.REFUSE_AUTOMATED or not isinstance(asked, RestrictionAsked):
        return True
    if asked.recipient is not None:
        return False
    if asked.decision is not None or asked.activity is None:
        return True
    return register.decides_majorly(asked.activity)
