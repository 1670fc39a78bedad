"""What a child has asked a guardian for, as every page concerned shows it (PIPL Art. 31).

It says what waits, since when, and how to take the asking back; a guardian who acts is led to the
decision instead.
"""

from dataclasses import dataclass

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.prompts import prompt_by_id
from chengnuo.doors.texts import moment
from chengnuo.ports.individuals import Visitor
from chengnuo.usecases.consent.desk import ConsentDesk
from chengnuo.usecases.consent.guardian_desk import GuardianDesk
from chengnuo.usecases.register_desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """One matter that waits for a guardian.

    Attributes:
        item: Consent item.
        name: What is asked, in one line.
        since: Since when.
        href: The way to its prompt: what waits, or the decision.
        decides: Whether whoever looks is the guardian who decides.

    """

    item: str
    name: str
    since: str
    href: str
    decides: bool


def waiting_views(
    consents: ConsentDesk, desk: Desk, visitor: Visitor | None, lang: Lang
) -> tuple[WaitingView, ...]:
    """Return what waits for a guardian of whoever has come in; nothing for anybody else."""
    if visitor is None or desk.current() is None:
        return ()
    register = desk.served.register
    return tuple(
        WaitingView(
            item=one.item,
            name=prompt_by_id(register, desk.catalogue, one.item).title.in_lang(lang),
            since=moment(from_us(one.since)),
            href=f"/centre/prompts/{one.item}",
            decides=visitor.guardian is not None,
        )
        for one in GuardianDesk(consents).waiting(visitor.person)
    )
