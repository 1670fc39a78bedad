"""What a privacy policy was read to say: rows, parties, fields, each with its place in the text.

Nothing here is judged. A place counts characters of the policy's plain text, so that whatever is
said of a policy can be shown in it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Lang, Text
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.law.ids import CategoryId


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a policy: the plain text from `start` to `end`."""

    words: str
    start: int
    end: int


class Necessity(StrEnum):
    """Whether the function goes without an item, as the policy says."""

    NECESSARY = "necessary"
    OPTIONAL = "optional"
    UNSAID = "unsaid"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _NECESSITY_TEXTS[self]


_NECESSITY_TEXTS = {
    Necessity.NECESSARY: Text("必要", "necessary"),
    Necessity.OPTIONAL: Text("可以拒绝", "may be refused"),
    Necessity.UNSAID: Text("未说明", "not said"),
}


class ReadFrom(StrEnum):
    """What form of text a row was read from."""

    TABLE = "table"
    LINES = "lines"
    """Lines of the form `key：value`."""
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedItem:
    """One kind of information that the policy says is collected, for one purpose.

    Attributes:
        item: The words for it.
        category: Category of the catalogue; None if no word for one was known.
        purpose: What for.
        scene: When, or in which function.
        method: How.
        necessity: Whether the function goes without it.
        sensitive: Whether the policy calls it sensitive; None if it does not say.
        retention: How long it is kept.
        recipients: Who gets it, as the same sentence says.
        read_from: What form of text it was read from.

    """

    item: Said
    category: CategoryId | None
    purpose: Said | None = None
    scene: Said | None = None
    method: Said | None = None
    necessity: Necessity = Necessity.UNSAID
    sensitive: bool | None = None
    retention: Said | None = None
    recipients: tuple[Said, ...] = ()
    read_from: ReadFrom


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedParty:
    """One third party that the policy names, and what it gets.

    Attributes:
        name: The words for it.
        company: The company behind it, where another name is given for it.
        sdk: The SDK of the catalogue that it is; None if none is known by that name.
        categories: What it gets, each once.
        items: The words for what it gets.
        purpose: What for.
        scene: When.
        method: How it handles it, or how it gets it.
        contact: How it is reached.
        link: Address of its own rules.
        country: Where information goes, as a policy says in this row.
        role: What it is called: entrusted, joint, handler of its own.
        read_from: What form of text it was read from.

    """

    name: Said
    company: Said | None = None
    sdk: SdkId | None = None
    categories: tuple[CategoryId, ...] = ()
    items: tuple[Said, ...] = ()
    purpose: Said | None = None
    scene: Said | None = None
    method: Said | None = None
    contact: Said | None = None
    link: Said | None = None
    country: Said | None = None
    role: Said | None = None
    read_from: ReadFrom


class PolicyFieldKind(StrEnum):
    """What a field of a policy tells."""

    HANDLER = "handler"
    UPDATED = "updated"
    EFFECTIVE = "effective"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    RESPONSE = "response"
    RETENTION = "retention"
    STORED = "stored"
    ABROAD = "abroad"
    MINOR_AGE = "minor-age"
    COMPLAINT = "complaint"
    SUMMARY = "summary"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _FIELD_TEXTS[self]


_FIELD_TEXTS = {
    PolicyFieldKind.HANDLER: Text("个人信息处理者", "Handler"),
    PolicyFieldKind.UPDATED: Text("更新日期", "Updated on"),
    PolicyFieldKind.EFFECTIVE: Text("生效日期", "In effect from"),
    PolicyFieldKind.EMAIL: Text("电子邮箱", "E-mail"),
    PolicyFieldKind.PHONE: Text("电话", "Telephone"),
    PolicyFieldKind.ADDRESS: Text("地址", "Address"),
    PolicyFieldKind.RESPONSE: Text("答复期限", "Answered within"),
    PolicyFieldKind.RETENTION: Text("保存期限", "Kept for"),
    PolicyFieldKind.STORED: Text("存储地点", "Stored in"),
    PolicyFieldKind.ABROAD: Text("出境", "Goes abroad to"),
    PolicyFieldKind.MINOR_AGE: Text("未成年人年龄", "Age of minors"),
    PolicyFieldKind.COMPLAINT: Text("投诉渠道", "Complaints"),
    PolicyFieldKind.SUMMARY: Text("摘要（字符数）", "Summary (characters)"),
}


class ContactRole(StrEnum):
    """Whose contact one is."""

    GENERAL = "general"
    OFFICER = "officer"
    COMPLAINTS = "complaints"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _ROLE_TEXTS[self]


_ROLE_TEXTS = {
    ContactRole.GENERAL: Text("联系", "contact"),
    ContactRole.OFFICER: Text("个人信息保护负责人", "protection officer"),
    ContactRole.COMPLAINTS: Text("投诉", "complaints"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyField:
    """One fact that a policy states by the way.

    Attributes:
        kind: What it tells.
        value: The fact in one form: a day `2026-10-20`, days `15 working days` as `15`, an age in
            years, a period `P3Y`, else the words.
        said: Where it says so.
        role: Of a contact, whose it is.
        heading: The nearest heading above it.

    """

    kind: PolicyFieldKind
    value: str
    said: Said
    role: ContactRole = ContactRole.GENERAL
    heading: str = ""


class Standing(StrEnum):
    """Whether a policy says what a duty asks for."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCLEAR = "unclear"

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _STANDING_TEXTS[self]


_STANDING_TEXTS = {
    Standing.PRESENT: Text("已写明", "said"),
    Standing.ABSENT: Text("未写明", "not said"),
    Standing.UNCLEAR: Text("不能确定，请核对", "unclear, please check"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySaid:
    """Whether a policy says what one duty asks for.

    Attributes:
        duty: Name of the duty among those that are looked for.
        standing: Whether it says so.
        quotes: The sentences that say so, the surest first.

    """

    duty: str
    standing: Standing
    quotes: tuple[Said, ...] = ()


class SummaryGap(StrEnum):
    """How the summary of a policy differs from the rest of it."""

    MORE = "more"
    """It names a kind of information that the full rules do not."""
    OMITS = "omits"
    """Its table leaves out a kind of information that the full rules collect."""
    OTHER_WAY = "other-way"
    """It tells another way of collecting than the full rules do."""
    OTHER_SCENE = "other-scene"
    """It names a scene whose words are nowhere in the full rules."""


@dataclass(frozen=True, slots=True)
class SummaryDiffers:
    """One item in which the summary of a policy and its full rules differ.

    Attributes:
        gap: How.
        item: The item: of the full rules where the summary omits it, else of the summary.
        words: The words that are apart.

    """

    gap: SummaryGap
    item: CollectedItem
    words: str


@dataclass(frozen=True, kw_only=True)
class PolicyReading:
    """What a policy was read to say.

    Attributes:
        file: Name of the file.
        sha256: SHA-256 of the file, 64 hex digits.
        characters: Length of its plain text.
        langs: The languages that it is in; none where it is in neither that is read here.
        is_whole: Whether it was read to its end.
        collected: What it says is collected, by place.
        parties: Third parties that it names, by place.
        fields: Facts that it states, by place.
        duties: Whether it says what the duties ask for.
        summary_differs: Where its summary differs from the rest; nothing without a summary.

    """

    file: str
    sha256: str
    characters: int
    langs: tuple[Lang, ...]
    is_whole: bool = True
    collected: tuple[CollectedItem, ...]
    parties: tuple[NamedParty, ...]
    fields: tuple[PolicyField, ...]
    duties: tuple[DutySaid, ...] = ()
    summary_differs: tuple[SummaryDiffers, ...] = ()

    def fields_of(self, kind: PolicyFieldKind) -> tuple[PolicyField, ...]:
        """Return the fields of a kind, by place."""
        return tuple(one for one in self.fields if one.kind is kind)

    def day(self, kind: PolicyFieldKind) -> date | None:
        """Return the first day of a kind (`UPDATED`, `EFFECTIVE`)."""
        return next((date.fromisoformat(one.value) for one in self.fields_of(kind)), None)
