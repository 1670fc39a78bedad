"""Privacy declarations of fideslang as processing activities, and systems as services.

One declaration is one activity. What a register has to say and a declaration does not (the
scene, the method, what refusing means) is marked to be completed; a declaration that names no
category about people is none of the register's and is noted as lost.
"""

from dataclasses import dataclass

from chengnuo.adapters.formats.fideslang_categories import CategoryTable
from chengnuo.adapters.formats.fideslang_flows import Flows
from chengnuo.adapters.formats.fideslang_manifest import Manifest
from chengnuo.adapters.formats.fideslang_names import Names
from chengnuo.adapters.formats.fideslang_uses import kind_of, name_of
from chengnuo.adapters.formats.fideslang_words import (
    BASES,
    NO_BASIS,
    bilingual,
    read_retention,
)
from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import MinorsRule, PIItem, ProcessingActivity
from chengnuo.domain.register.automated import AutomatedDecisionMaking, AutomatedKind
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.ids import ActivityId, RecipientId, ServiceId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.method import Method, Provider, Trigger
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.retention import Retention, RetentionEnd, RetentionStart
from chengnuo.domain.register.scalars import Keep
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDrafts:
    """Turns declarations into activities.

    Attributes:
        categories: Translates data categories.
        flows: Knows where information goes.
        manifest: Knows the custom data uses.
        ledger: Where it is noted what became of each thing.
        names: Gives out ids.

    """

    categories: CategoryTable
    flows: Flows
    manifest: Manifest
    ledger: Ledger
    names: Names

    def activity(
        self,
        declaration: Entry,
        system: Entry,
        service: ServiceId,
        vendor: RecipientId | None,
    ) -> ProcessingActivity | None:
        """Return the activity of a declaration; None if it names nothing about people.

        Args:
            declaration: The declaration.
            system: The system it stands in.
            service: Service of the activity.
            vendor: The recipient that the system is, if it is one.

        """
        use, name = declaration.needed("data_use"), declaration.word("name")
        if declaration.get("data_categories") is None:
            declaration.needed("data_categories")
        system_key = text_of(system.word("fides_key") or system.spot)
        ref = RowRef("activity", self._id(system_key, name, use))
        items = self._items(declaration, ref)
        if not items:
            self.ledger.lost(declaration.spot, _NOT_PERSONAL)
            return None
        for field, said in _QUESTIONS:
            self.ledger.ask(declaration.spot, ref, field, said)
        basis = self._basis(declaration, ref)
        categories = tuple(item.category for item in items)
        return ProcessingActivity(
            activity=ActivityId(ref.id),
            service=service,
            purpose=self._purpose(name, use, ref),
            purpose_kind=self._purpose_kind(use, ref),
            scene=to_complete(Text("个人在什么情形下会遇到", "when the individual meets it")),
            method=Method(provided_by=Provider.INDIVIDUAL, trigger=Trigger.USER_ACTION),
            items=items,
            basis=basis,
            consent=ConsentForm.GENERAL if basis is LegalBasis.CONSENT else None,
            retention=self._retention(declaration, ref),
            stores=self.flows.stores_of(declaration, system, ref),
            recipients=self.flows.recipients_of(declaration, system, ref, categories, vendor),
            automated=self._automated(system, ref),
            minors_under_14=MinorsRule.NOT_COLLECTED,
        )

    def _id(self, system: str, name: Spot | None, use: Spot | None) -> str:
        said = name or use
        return self.names.give(f"{system}-{text_of(said)}" if said else system)

    def _purpose(self, name: Spot | None, use: Spot | None, ref: RowRef) -> Text:
        what = Text("处理目的", "purpose")
        if name is not None:
            self.ledger.carried(name, ref, "purpose")
            return bilingual(text_of(name), what)
        known = name_of(text_of(use)) if use else None
        return known or (bilingual(text_of(use), what) if use else to_complete(what))

    def _purpose_kind(self, use: Spot | None, ref: RowRef) -> PurposeKind:
        kind = kind_of(text_of(use), self.manifest.use_parents) if use else None
        if use is None:
            return PurposeKind.SERVICE
        if kind is None:
            said = Text(
                "不认识的用途；已暂按提供服务登记", "a use that is not known; a service for now"
            )
            self.ledger.changed(use, ref, "purpose_kind", said)
            self.ledger.ask(use, ref, "purpose_kind", said)
            return PurposeKind.SERVICE
        said = Text(f"`{text_of(use)}` 换成 `{kind}`", f"`{text_of(use)}` is put as `{kind}`")
        self.ledger.changed(use, ref, "purpose_kind", said)
        return kind

    def _items(self, declaration: Entry, ref: RowRef) -> tuple[PIItem, ...]:
        special = declaration.get("processes_special_category_data")
        is_special = declaration.flag("processes_special_category_data") or False
        found: dict[CategoryId, PIItem] = {}
        for spot in declaration.words("data_categories"):
            reading = self.categories.read(text_of(spot))
            if not reading.personal:
                continue
            at = f"items[{len(found)}].category"
            if not reading.categories:
                self.ledger.ask(spot, ref, "items", _UNKNOWN)
                self.ledger.lost(spot, _UNKNOWN)
                continue
            if reading.sure:
                self.ledger.carried(spot, ref, at)
            else:
                listed = " ".join(f"`{one}`" for one in reading.categories)
                said = Text(
                    f"`{text_of(spot)}` 范围较宽，暂取 {listed}，请按实际收窄或补充",
                    f"`{text_of(spot)}` is broad; {listed} for now, narrow or complete it",
                )
                self.ledger.changed(spot, ref, at, said)
                self.ledger.ask(spot, ref, "items", said)
            for category in reading.categories:
                found.setdefault(category, self._item(category, special=is_special))
        if special is not None and found:
            self.ledger.changed(special, ref, "items", _SPECIAL)
        return tuple(found.values())

    def _item(self, category: CategoryId, *, special: bool) -> PIItem:
        return PIItem(
            category=category,
            necessary=False,
            sensitive=True if special and self.categories.depends_on_use(category) else None,
            if_refused=to_complete(Text("拒绝提供会怎样", "what happens without it")),
        )

    def _basis(self, declaration: Entry, ref: RowRef) -> LegalBasis:
        spot = declaration.word("legal_basis_for_processing")
        if spot is None:
            self.ledger.ask(declaration.spot, ref, "basis", NO_BASIS.question or _UNKNOWN)
            return NO_BASIS.basis
        reading = BASES.get(text_of(spot).lower(), NO_BASIS)
        if reading.question is None:
            self.ledger.carried(spot, ref, "basis")
        else:
            self.ledger.changed(spot, ref, "basis", reading.question)
            self.ledger.ask(spot, ref, "basis", reading.question)
        return reading.basis

    def _retention(self, declaration: Entry, ref: RowRef) -> Retention:
        spot = declaration.word("retention_period")
        reading = read_retention(text_of(spot)) if spot else None
        if spot is None or reading is None:
            at = spot or declaration.spot
            self.ledger.ask(at, ref, "retention", _NO_PERIOD)
            why = to_complete(Text("保存期限及其理由", "the period and why so long"))
            if spot is not None:
                self.ledger.changed(spot, ref, "retention.why", _NO_PERIOD)
                why = bilingual(text_of(spot), Text("保存期限", "the period"))
            return Retention(
                keep=Keep(None), from_=RetentionStart.COLLECTED, then=RetentionEnd.DELETE, why=why
            )
        if reading.whole:
            self.ledger.carried(spot, ref, "retention.keep")
        else:
            said = Text(
                f"读作自 `{reading.start}` 起 `{reading.period}`，请确认",
                f"read as `{reading.period}` from `{reading.start}`, confirm it",
            )
            self.ledger.changed(spot, ref, "retention.keep", said)
            self.ledger.ask(spot, ref, "retention", said)
        return Retention(keep=Keep(reading.period), from_=reading.start, then=RetentionEnd.DELETE)

    def _automated(self, system: Entry, ref: RowRef) -> AutomatedDecisionMaking | None:
        spot = system.get("uses_profiling")
        if spot is None or not system.flag("uses_profiling"):
            return None
        self.ledger.changed(spot, ref, "automated", _PROFILING)
        self.ledger.ask(spot, ref, "automated", _PROFILING)
        return AutomatedDecisionMaking(
            kind=AutomatedKind.RECOMMENDATION,
            factors=(to_complete(Text("决策依据的因素", "what the decision looks at")),),
            major_effect=True,
        )


_QUESTIONS = (
    ("scene", Text("个人在什么情形下会遇到？", "when does the individual meet it?")),
    (
        "method",
        Text(
            "信息由谁提供、怎样触发？已暂填“个人提供、由个人操作触发”",
            "who provides it and what sets it off? the individual, by an act, for now",
        ),
    ),
    (
        "items",
        Text(
            "哪些信息是必需的？拒绝会怎样？已暂按非必需登记",
            "which items are necessary, and what does refusing mean? not necessary for now",
        ),
    ),
    (
        "minors_under_14",
        Text(
            "对不满十四周岁的未成年人怎样处理？已暂填不收集",
            "what about children under fourteen? not collected, for now",
        ),
    ),
)
_NOT_PERSONAL = Text(
    "没有涉及个人信息的种类，不属于登记簿", "names no category about people; none of the register's"
)
_UNKNOWN = Text("不认识的信息种类，请补充", "a category that is not known; complete it")
_SPECIAL = Text(
    "GDPR 的特殊种类：按使用情形可能敏感的种类已标为敏感",
    "a special category of the GDPR: what may be sensitive by its use is set sensitive",
)
_NO_PERIOD = Text(
    "保存期限不明；已暂填 forever，检查不会放过",
    "the period is not known; `forever` for now, which the check objects to",
)
_PROFILING = Text(
    "对个人作出有法律影响的画像：请写明决定什么、看什么、怎样拒绝",
    "profiling with a legal effect: say what it decides, by what, and how to refuse",
)
