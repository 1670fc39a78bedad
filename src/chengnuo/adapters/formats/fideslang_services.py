"""Systems of fideslang as services of the app, each with the activities of its declarations.

An own system is a service. What a vendor's system declares is done for the app as a whole, so
those activities share one service.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chengnuo.adapters.formats.fideslang_activities import ActivityDrafts
from chengnuo.adapters.formats.fideslang_names import Names
from chengnuo.adapters.formats.fideslang_recipients import RecipientDrafts
from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.base.text import Text
from chengnuo.domain.register.app import Service
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.ids import AppId, RecipientId, ServiceId
from chengnuo.domain.register.kinds import RowRef

if TYPE_CHECKING:
    from chengnuo.domain.register.activity import ProcessingActivity


class ServiceDrafts:
    """Turns systems into services, activities and recipients."""

    def __init__(
        self,
        app: str,
        activities: ActivityDrafts,
        recipients: RecipientDrafts,
        ledger: Ledger,
        names: Names,
    ) -> None:
        self._app = AppId(app)
        self._drafts = activities
        self._recipients = recipients
        self._ledger = ledger
        self._names = names
        self._shared: ServiceId | None = None
        self.services: list[tuple[Spot, Service]] = []
        self.activities: list[tuple[Spot, ProcessingActivity]] = []

    def add(self, systems: Sequence[Entry]) -> None:
        """Turn systems into rows: the vendors first, so that flows to them are found."""
        vendors: dict[str, RecipientId] = {}
        for entry in systems:
            key = entry.word("fides_key")
            if key is not None and self._recipients.is_vendor(entry):
                vendors[text_of(key)] = self._recipients.add_vendor(entry, text_of(key))
        for entry in systems:
            key = entry.word("fides_key")
            if key is not None:
                self._system(entry, key, vendors.get(text_of(key)))

    def _system(self, entry: Entry, key: Spot, vendor: RecipientId | None) -> None:
        declarations = entry.entries("privacy_declarations")
        if not declarations:
            return
        service = self._own(entry, key) if vendor is None else self._for_all(entry)
        found = [
            (declaration.spot, activity)
            for declaration in declarations
            if (activity := self._drafts.activity(declaration, entry, service, vendor))
        ]
        self.activities += found

    def _own(self, entry: Entry, key: Spot) -> ServiceId:
        ref = RowRef("service", self._names.give(text_of(key)))
        name = entry.word("name")
        called = Text(text_of(name or key))
        self._ledger.carried(key, ref, "service")
        if name is not None:
            self._ledger.carried(name, ref, "name")
        self._ask(entry, ref)
        service = Service(service=ServiceId(ref.id), app=self._app, name=called, basic=False)
        self.services.append((entry.spot, service))
        return service.service

    def _for_all(self, entry: Entry) -> ServiceId:
        if self._shared is None:
            ref = RowRef("service", self._names.give(f"{self._app}-whole"))
            name = to_complete(Text("使用第三方的服务", "the service that uses third parties"))
            self._ask(entry, ref)
            service = Service(service=ServiceId(ref.id), app=self._app, name=name, basic=False)
            self.services.append((entry.spot, service))
            self._shared = service.service
        return self._shared

    def _ask(self, entry: Entry, ref: RowRef) -> None:
        self._ledger.ask(entry.spot, ref, "basic", _BASIC)


_BASIC = Text(
    "用户眼中这是哪项服务？是否为基本业务功能？已暂按扩展功能登记",
    "which service is it to people, and is it basic? an extended one for now",
)
