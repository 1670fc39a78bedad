"""Where the information of a declaration goes: into which stores, and to whom.

fideslang says it in several places: flows of the system, keys of the declaration, references to
datasets, and a free text about third parties. A flow between the operator's own systems is none
of the register's, which names other parties only.
"""

from dataclasses import dataclass

from chengnuo.adapters.formats.fideslang_categories import CategoryTable
from chengnuo.adapters.formats.fideslang_manifest import Manifest
from chengnuo.adapters.formats.fideslang_recipients import RecipientDrafts
from chengnuo.adapters.formats.fideslang_stores import StoreDrafts
from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.base.text import Text
from chengnuo.domain.register.ids import RecipientId, TableRef
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Finds the stores and recipients of declarations.

    Attributes:
        categories: Translates data categories.
        stores: Knows the tables of datasets.
        drafts: Gathers who gets what.
        manifest: Knows which systems are the operator's own.
        ledger: Where it is noted what became of each thing.

    """

    categories: CategoryTable
    stores: StoreDrafts
    drafts: RecipientDrafts
    manifest: Manifest
    ledger: Ledger

    def stores_of(self, declaration: Entry, system: Entry, ref: RowRef) -> tuple[TableRef, ...]:
        """Return the tables of every dataset that a declaration or its system names."""
        flows = [
            key
            for side in ("ingress", "egress")
            for flow in system.entries(side)
            if (kind := flow.word("type")) and text_of(kind) == "dataset"
            if (key := flow.word("fides_key"))
        ]
        named = [
            *declaration.words("dataset_references"),
            *system.words("dataset_references"),
            *declaration.words("ingress"),
            *flows,
        ]
        found: dict[TableRef, None] = {}
        for spot in named:
            if text_of(spot) in self.stores.store_of:
                self.ledger.changed(spot, ref, "stores", _WHOLE_DATASET)
                found |= dict.fromkeys(self.stores.tables_of(text_of(spot)))
        return tuple(found)

    def recipients_of(
        self,
        declaration: Entry,
        system: Entry,
        ref: RowRef,
        categories: tuple[CategoryId, ...],
        vendor: RecipientId | None,
    ) -> tuple[RecipientId, ...]:
        """Return who gets the information of a declaration, and note what each gets.

        Args:
            declaration: The declaration.
            system: The system it stands in.
            ref: Its activity.
            categories: What the activity handles; what is sent where a flow does not say.
            vendor: The recipient that the system is, if it is one.

        """
        found: dict[RecipientId, tuple[CategoryId, ...]] = {}
        if vendor is not None:
            found[vendor] = categories
        own = {text_of(spot): spot for spot in declaration.words("egress")}
        for flow in system.entries("egress"):
            key, kind = flow.needed("fides_key"), flow.needed("type")
            if key is None or kind is None or text_of(kind) != "system":
                continue
            if own and text_of(key) not in own:
                continue
            to = self._party(key)
            if to is None:
                self.ledger.lost(flow.spot, _OWN_SYSTEM)
                continue
            found[to] = self._sent(flow.words("data_categories"), ref) or categories
            for spot in (key, kind, own.get(text_of(key))):
                if spot is not None:
                    self.ledger.carried(spot, ref, "recipients")
        found |= self._third_parties(declaration, ref, categories, known=bool(found))
        for to, sent in found.items():
            self.drafts.gets(to, sent)
        return tuple(found)

    def _party(self, key: Spot) -> RecipientId | None:
        """Return the recipient that a flow goes to; None if it is one of the own systems."""
        to = self.drafts.of_system(text_of(key))
        if to is None and text_of(key) not in self.manifest.system_keys:
            return self.drafts.outside(key)
        return to

    def _third_parties(
        self, declaration: Entry, ref: RowRef, categories: tuple[CategoryId, ...], *, known: bool
    ) -> dict[RecipientId, tuple[CategoryId, ...]]:
        text = declaration.word("third_parties")
        shared = self._sent(declaration.words("shared_categories"), ref)
        says = declaration.get("data_shared_with_third_parties")
        if says is not None:
            self.ledger.changed(says, ref, "recipients", _SHARED)
            shares = declaration.flag("data_shared_with_third_parties")
            if shares and text is None and not known:
                self.ledger.ask(says, ref, "recipients", _SHARED_WITH_WHOM)
        return {} if text is None else {self.drafts.third_party(text): shared or categories}

    def _sent(self, spots: list[Spot], ref: RowRef) -> tuple[CategoryId, ...]:
        found: dict[CategoryId, None] = {}
        for spot in spots:
            reading = self.categories.read(text_of(spot))
            found |= dict.fromkeys(reading.categories)
            if reading.categories:
                self.ledger.carried(spot, ref, "recipients")
        return tuple(found)


_WHOLE_DATASET = Text(
    "数据集中含个人信息的各张表分别列出",
    "each table of the dataset that holds personal information",
)
_OWN_SYSTEM = Text(
    "自有系统之间的流动；登记簿只记载其他接收方",
    "a flow between your own systems; a register names other parties only",
)
_SHARED = Text("由接收方列表体现", "shown by the recipients")
_SHARED_WITH_WHOM = Text("与哪些第三方共享？", "which third parties get it?")
