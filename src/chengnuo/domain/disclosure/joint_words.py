"""Joint handlers as people read of them: who does what, where to turn, and who answers for harm.

PIPL Art. 20: what joint handlers agree between them takes nothing from the individual, who may
turn to either; for harm both answer jointly and severally.
"""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Line, line, link
from chengnuo.domain.disclosure.recipient_words import BEARER, recipient_contact, recipient_name
from chengnuo.domain.disclosure.saying import both, fill, same
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.recipient import Recipient, RecipientRole

TOGETHER = Text("共同处理者", "Handled together with")
EITHER = Text(
    "您可以向其中任何一方要求行使权利；侵害您的权益造成损害的，双方依法承担连带责任。",
    "You may exercise your rights against either; for harm both are jointly and severally liable.",
)


def joint_handlers(declared: Declared, activity: ProcessingActivity) -> tuple[Recipient, ...]:
    """Return who decides purpose and method of an activity together with the handler."""
    return tuple(
        one for one in declared.register.recipients_of(activity) if one.role is RecipientRole.JOINT
    )


def joint_lines(declared: Declared, recipient: Recipient) -> tuple[Line, ...]:
    """Return what has to be known of a joint handler before a consent, line by line."""
    found = [
        line(fill("名称：{x}", "Name: {x}", x=recipient_name(recipient))),
        line(
            fill("联系方式：{x}", "Contact: {x}", x=recipient_contact(recipient, declared.handler))
        ),
    ]
    if recipient.rules_url is not None:
        address = link(same(recipient.rules_url), recipient.rules_url)
        found.append(line(Text("其个人信息处理规则：", "Its processing rules: "), address))
    return (*found, *shared_out(declared, recipient), line(EITHER))


def shared_out(declared: Declared, recipient: Recipient) -> Iterator[Line]:
    """Yield who does what and how liability is shared, as the agreement says; nothing without."""
    if recipient.agreement is None:
        return
    agreement = declared.register.agreement_by_id[recipient.agreement]
    for duty in agreement.duties:
        yield line(
            fill("{who}：{what}", "{who}: {what}", who=BEARER[duty.borne_by], what=both(duty.duty))
        )
    if agreement.liability is not None:
        yield line(fill("责任：{x}", "Liability: {x}", x=both(agreement.liability)))
