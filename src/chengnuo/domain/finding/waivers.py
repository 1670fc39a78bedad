"""Waivers of a register: which finding is covered, by which exception, until when.

A waiver covers one rule for one SDK, whether the rule looks at the register or at a package. It
counts from the day on which it was granted to its last day, both included, and never after.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chengnuo.domain.finding.finding import Waived
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import SdkWaiver


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers in force on one day, by rule and recipient."""

    in_force: Mapping[tuple[str, RecipientId], SdkWaiver]

    def of(self, rule: str, recipient: RecipientId | None) -> Waived | None:
        """Return what covers a finding of a rule about a recipient; None where nothing does."""
        if recipient is None:
            return None
        waiver = self.in_force.get((rule, recipient))
        if waiver is None:
            return None
        return Waived(
            waiver=waiver.sdk_waiver,
            reason=waiver.reason,
            granted_by=waiver.granted_by,
            expires=waiver.expires,
        )


NO_WAIVERS = Waivers({})


def waivers_on(register: Register, today: date) -> Waivers:
    """Return the waivers in force on a day, the longest where several cover the same.

    A waiver for a recipient that is no SDK covers nothing.
    """
    found: dict[tuple[str, RecipientId], list[SdkWaiver]] = defaultdict(list)
    for waiver in register.sdk_waivers:
        recipient = register.recipient_by_id[waiver.recipient]
        if recipient.sdk is not None and waiver.granted <= today <= waiver.expires:
            found[waiver.rule, waiver.recipient].append(waiver)
    longest = {key: max(each, key=lambda waiver: waiver.expires) for key, each in found.items()}
    return Waivers(longest)
