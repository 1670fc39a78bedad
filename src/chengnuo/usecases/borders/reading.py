"""What a record of provision counts as.

What a record says of itself is taken in once. Where its content was erased before that, as when the
planes are made anew, it counts as all that the register of its day let it be: sensitive if any of
it could be, and never exempt by an occasion that cannot be shown.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.domain.borders.counting import Sent, Sort
from chengnuo.domain.borders.gate import scene_of, sorts_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.consent_items import provided_categories
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.transfer_route import TransferRoute
from chengnuo.ports.evidence_log import LogReader, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.versions import UnknownVersionError


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What records of provision are read by.

    Attributes:
        log: The log.
        payloads: Opens payloads.
        register_of: Returns the register of a kept version; raises `UnknownVersionError`.
        catalogue: The law.

    """

    log: LogReader
    payloads: Payloads
    register_of: Callable[[str], LoadedRegister]
    catalogue: Catalogue

    def size(self) -> int:
        """Return how many records there are."""
        newest = next(self.log.newest(), None)
        return 0 if newest is None else newest.position + 1

    def sent(self, record: Record) -> tuple[Sent | None, bool]:
        """Return what a record counts as, and whether that is only at the most.

        None where it tells of nothing that went abroad.
        """
        leaf = record.leaf
        if leaf.kind != Kind.PROVISION.value or not record.ordinal or not leaf.recipient:
            return None, False
        opened = self.payloads.opened(record).payload
        if opened is None:
            found = self._at_most(record)
            return found, found is not None
        return _said(record, json.loads(opened)), False

    def _at_most(self, record: Record) -> Sent | None:
        leaf = record.leaf
        register = self._register(leaf.register)
        sorts, scene = frozenset(Sort), None
        if register is not None:
            activity = register.activity_by_id.get(ActivityId(leaf.activity))
            recipient = register.recipient_by_id.get(RecipientId(leaf.recipient))
            if recipient is not None and not recipient.is_overseas:
                return None
            if activity is not None and recipient is not None:
                provided = frozenset(provided_categories(activity, recipient))
                sorts = sorts_of(provided, activity, self.catalogue)
                scene = scene_of(recipient, activity)
        return _sent(record, sorts, scene)

    def _register(self, version: str) -> Register | None:
        try:
            return self.register_of(version).register
        except UnknownVersionError:
            return None


def _said(record: Record, said: Mapping[str, Tree]) -> Sent | None:
    route, sorts = said.get("route"), said.get("sorts")
    if not isinstance(route, str) or not isinstance(sorts, list):
        return None
    found = TransferRoute(route)
    return _sent(
        record, frozenset(Sort(str(one)) for one in sorts), found if found.is_scene else None
    )


def _sent(record: Record, sorts: frozenset[Sort], scene: TransferRoute | None) -> Sent:
    leaf = record.leaf
    return Sent(
        ordinal=record.ordinal,
        at=leaf.at,
        recipient=RecipientId(leaf.recipient),
        sorts=sorts,
        scene=scene,
    )
