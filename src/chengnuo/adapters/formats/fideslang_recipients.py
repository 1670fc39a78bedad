"""Vendors, third parties and outside systems of fideslang as recipients.

fideslang writes a vendor as a system like one's own. It is taken as a recipient when it carries
a vendor id, a responsibility other than deciding for itself, joint responsibility, or a type
that says so. What a recipient gets gathers from every declaration that names it.
"""

from dataclasses import dataclass, field

from chengnuo.adapters.formats.fideslang_names import Names
from chengnuo.adapters.formats.fideslang_words import RESPONSIBILITIES, bilingual
from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.base.text import Text
from chengnuo.domain.register.draft import UNKNOWN_COUNTRY, to_complete
from chengnuo.domain.register.handler import MAINLAND
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.recipient import Channel, Recipient, RecipientRole
from chengnuo.law.ids import CategoryId

_VENDOR_TYPES = ("third party", "third-party", "third_party", "vendor", "saas", "partner")


@dataclass(slots=True)
class _Gathered:
    at: Spot
    name: Text
    company: Text
    role: RecipientRole = RecipientRole.PROVISION
    contact: str | None = None
    rules_url: str | None = None
    country: str = MAINLAND
    categories: dict[CategoryId, None] = field(default_factory=dict)
    purposes: list[Text] = field(default_factory=list)


class RecipientDrafts:
    """Gathers recipients from systems, flows and free texts."""

    def __init__(self, ledger: Ledger, taken: frozenset[str]) -> None:
        self._ledger = ledger
        self._names = Names(taken)
        self._by_source: dict[str, RecipientId] = {}
        self._gathered: dict[RecipientId, _Gathered] = {}

    def is_vendor(self, entry: Entry) -> bool:
        """Tell whether a system is another party's."""
        kind = entry.word("system_type")
        said = text_of(kind).lower() if kind else ""
        roles = {text_of(spot).lower() for spot in entry.words("responsibility")}
        return (
            entry.word("vendor_id") is not None
            or entry.word("joint_controller_info") is not None
            or (bool(roles) and "controller" not in roles)
            or any(word in said for word in _VENDOR_TYPES)
        )

    def add_vendor(self, entry: Entry, key: str) -> RecipientId:
        """Add a vendor's system as a recipient."""
        found = RecipientId(self._names.give(key))
        self._by_source[f"system {key}"] = found
        ref = RowRef("recipient", found)
        name, company = entry.word("name"), entry.word("legal_name")
        shown = Text(text_of(name) if name else key)
        row = _Gathered(at=entry.spot, name=shown, company=_full_name(company))
        self._gathered[found] = row
        for spot, where in (
            (entry.word("fides_key"), "recipient"),
            (name, "name"),
            (company, "company"),
        ):
            if spot:
                self._ledger.carried(spot, ref, where)
        row.role = self._role(entry, ref)
        row.contact = self._plain(entry, "dpo", ref, "contact")
        row.rules_url = self._plain(entry, "privacy_policy", ref, "rules_url")
        described = entry.word("description")
        if described:
            self._ledger.carried(described, ref, "purpose")
            what = Text("接收方用这些信息做什么", "what the recipient uses it for")
            row.purposes.append(bilingual(text_of(described), what))
        row.country = self._country(entry, ref)
        return found

    def of_system(self, key: str) -> RecipientId | None:
        """Return the recipient that a system of the manifest is, if it is one."""
        return self._by_source.get(f"system {key}")

    def outside(self, spot: Spot) -> RecipientId:
        """Return the recipient for a system that is named in a flow but not in the manifest."""
        return self._named("flow", spot)

    def third_party(self, spot: Spot) -> RecipientId:
        """Return the recipient for a free text about third parties."""
        return self._named("third parties", spot)

    def _named(self, source: str, spot: Spot) -> RecipientId:
        said = text_of(spot)
        key = f"{source} {said}"
        if key not in self._by_source:
            found = RecipientId(self._names.give(said))
            self._by_source[key] = found
            self._gathered[found] = _Gathered(at=spot, name=Text(said), company=_full_name(None))
            self._ledger.ask(spot, RowRef("recipient", found), "role", _WHO)
        self._ledger.carried(spot, RowRef("recipient", self._by_source[key]), "name")
        return self._by_source[key]

    def gets(self, recipient: RecipientId, categories: tuple[CategoryId, ...]) -> None:
        """Note what a recipient gets."""
        self._gathered[recipient].categories |= dict.fromkeys(categories)

    def rows(self) -> list[tuple[Spot, Recipient]]:
        """Return the recipients that get anything, each with the place it comes from."""
        found = []
        for recipient, row in self._gathered.items():
            ref = RowRef("recipient", recipient)
            if not row.categories:
                self._ledger.ask(row.at, ref, "", _GETS_NOTHING)
                continue
            for where, said in _QUESTIONS:
                self._ledger.ask(row.at, ref, where, said)
            found.append((row.at, _recipient(recipient, row)))
        return found

    def used(self, recipient: RecipientId) -> bool:
        """Tell whether a recipient gets anything, and so becomes a row."""
        return bool(self._gathered[recipient].categories)

    def _plain(self, entry: Entry, key: str, ref: RowRef, where: str) -> str | None:
        spot = entry.word(key)
        if spot is None:
            return None
        self._ledger.carried(spot, ref, where)
        return text_of(spot)

    def _role(self, entry: Entry, ref: RowRef) -> RecipientRole:
        joint = entry.word("joint_controller_info")
        roles = entry.words("responsibility")
        found = RecipientRole.PROVISION
        for spot in roles:
            role = RESPONSIBILITIES.get(text_of(spot).lower())
            if role is None:
                self._ledger.lost(spot)
                continue
            self._ledger.changed(spot, ref, "role", _ROLE)
            found = role
        if joint is not None:
            self._ledger.changed(joint, ref, "role", _ROLE)
            return RecipientRole.JOINT
        if not roles:
            self._ledger.ask(entry.spot, ref, "role", _WHO)
        return found

    def _country(self, entry: Entry, ref: RowRef) -> str:
        spot = entry.get("does_international_transfers")
        abroad = entry.flag("does_international_transfers")
        if spot is None or abroad is None:
            return MAINLAND
        if not abroad:
            self._ledger.carried(spot, ref, "country")
            return MAINLAND
        self._ledger.changed(spot, ref, "country", _ABROAD)
        self._ledger.ask(spot, ref, "cross_border", _ABROAD)
        return UNKNOWN_COUNTRY


def _full_name(spot: Spot | None) -> Text:
    what = Text("接收方的公司全称", "full name of the recipient's company")
    return to_complete(what) if spot is None else Text(text_of(spot))


def _recipient(recipient: RecipientId, row: _Gathered) -> Recipient:
    purpose = to_complete(Text("接收方用这些信息做什么", "what the recipient uses it for"))
    return Recipient(
        recipient=recipient,
        role=row.role,
        name=row.name,
        company=row.company,
        contact=Text(row.contact) if row.contact else None,
        rules_url=row.rules_url,
        country=row.country,
        categories=tuple(row.categories),
        purpose=row.purposes[0] if row.purposes else purpose,
        channel=Channel.API,
    )


_QUESTIONS = (
    ("channel", Text("信息怎样到达接收方？已暂填接口", "how does it reach them? an API for now")),
    ("country", Text("信息去往哪个国家或地区？", "to which country does it go?")),
    ("agreement", Text("依据哪份协议？", "under which agreement?")),
)
_WHO = Text(
    "由谁决定目的和方式：受托、共同处理，还是独立的接收方？已暂按独立接收方登记",
    "who decides purpose and method? put as a handler of its own for now",
)
_ROLE = Text(
    "GDPR 的角色换成“受托、共同处理、提供”之一",
    "a role of the GDPR, put as entrusted, joint or provision",
)
_ABROAD = Text(
    "信息出境：请写明国家或地区（暂填 ZZ）与出境路径",
    "the information goes abroad: say to which country (ZZ for now) and by which route",
)
_GETS_NOTHING = Text(
    "没有任何声明说它得到什么信息，未登记为接收方",
    "no declaration says what it gets, so it is not a recipient",
)
