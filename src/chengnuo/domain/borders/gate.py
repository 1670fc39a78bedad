"""What keeps information from going abroad, beside what a decision about each individual says.

Blocked by default: it goes only where nothing stands in the way. The count looked at is the one
that would be reached. A batch is never split at a line: what would reach it is refused as a
whole, before any of it goes, with the count it would come to (网信办令第16号 5 to 8).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chengnuo.base.text import Text
from chengnuo.domain.borders.counting import Sort
from chengnuo.domain.borders.route import Demanded, Reason, Special
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import CrossBorder, Recipient
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId, DutyId
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.law.transfer_route import TransferRoute

BASES: Final = {
    TransferRoute.EXEMPT_CONTRACT: LegalBasis.CONTRACT,
    TransferRoute.EXEMPT_HR: LegalBasis.CONTRACT,
    TransferRoute.EXEMPT_EMERGENCY: LegalBasis.EMERGENCY,
}
"""On which basis an activity has to rest for an occasion to exempt it (Art. 13(1)(2), (4))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """One thing that stands in the way.

    Attributes:
        rule: Its id, which never changes: one of ours, or of a rule of the decisions.
        row: Row of the register it was found at.
        article: Duty of the catalogue.
        text: What is asked for.
        why: What was found, one word; may be empty.
        reasons: For a line: what would be reached.
        individuals: How many of the batch it keeps back; 0 for all.
        places: Their places in the batch, from 0, the first hundred.

    """

    rule: str
    row: str
    article: DutyId
    text: Text
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    individuals: int = 0
    places: tuple[int, ...] = ()


def sorts_of(
    categories: frozenset[CategoryId],
    activity: ProcessingActivity,
    catalogue: Catalogue,
    *,
    is_child: bool = False,
) -> frozenset[Sort]:
    """Return which sorts of information some categories are for an activity.

    All information of a child under fourteen is sensitive (Art. 28).
    """
    items = [item for item in activity.items if item.category in categories]
    if is_child:
        return frozenset({Sort.SENSITIVE} if items else ())
    return frozenset(
        Sort.SENSITIVE if is_sensitive(item, catalogue) else Sort.GENERAL for item in items
    )


def special_of(register: Register, recipient: Recipient) -> Special:
    """Return what the register says that asks for an assessment whatever the number."""
    border = recipient.cross_border
    return Special(
        critical=register.handler.critical_infrastructure,
        important=border is not None and border.important_data,
    )


def scene_of(recipient: Recipient, activity: ProcessingActivity) -> TransferRoute | None:
    """Return by which occasion providing to a recipient is exempt; None if it is counted.

    An occasion counts only where the activity rests on the basis that it needs.
    """
    border = recipient.cross_border
    if border is None or not border.route.is_scene or border.important_data:
        return None
    needed = BASES.get(border.route)
    return border.route if needed in {None, activity.basis} else None


def barriers(
    activity: ProcessingActivity, recipient: Recipient, demanded: Demanded
) -> tuple[Barrier, ...]:
    """Return what stands in the way of providing to a recipient abroad.

    Whether there is a route in force and an assessment, a decision about each individual tells.

    Args:
        activity: What it is for.
        recipient: To whom.
        demanded: The route asked for by whoever would be counted then.

    """
    border = recipient.cross_border
    return () if border is None else tuple(_barriers(activity, recipient, border, demanded))


def _barriers(
    activity: ProcessingActivity, recipient: Recipient, border: CrossBorder, demanded: Demanded
) -> Iterator[Barrier]:
    row = recipient.recipient
    if border.route.needs_filing and border.reference is None:
        yield Barrier(rule="route-filed", row=row, article=_PIPL_38, text=_FILED)
    if border.route.is_scene:
        if scene_of(recipient, activity) is None:
            why = "important-data" if border.important_data else activity.basis.value
            yield Barrier(rule="route-occasion", row=row, article=_XB, text=_OCCASION, why=why)
    elif not demanded.met_by(border.route):
        yield Barrier(
            rule="route-suffices",
            row=row,
            article=_XB,
            text=_SUFFICES,
            why=demanded.demand.value,
            reasons=demanded.reasons,
        )
    for name, value in (
        ("contact", recipient.contact),
        ("method", recipient.method),
        ("rights", border.rights),
    ):
        if value is None:
            yield Barrier(rule="notice-whole", row=row, article=_PIPL_39, text=_NOTICE, why=name)
    if border.safeguards is None:
        yield Barrier(rule="recipient-standard", row=row, article=_PIPL_38, text=_STANDARD)


_PIPL_38, _PIPL_39, _XB = DutyId("PIPL-38"), DutyId("PIPL-39"), DutyId("XB-2024")
_FILED = Text("出境路径有备案、证书或批准编号", "the route has the number of its document")
_OCCASION = Text(
    "豁免情形与活动的依据相符，且不含重要数据",
    "the exempt occasion fits the basis of the activity, without important data",
)
_SUFFICES = Text(
    "累计人数未超出所走的路径", "the route is enough for the number of people it would come to"
)
_NOTICE = Text("出境告知的六项齐全", "the notice has all six items")
_STANDARD = Text(
    "有措施保障接收方达到本法标准", "measures hold the recipient to the standard of the law"
)
