"""What a person has to decide in a register, in the order of risk, and what is decided already.

Nothing is kept for it: a question about a row is open while a finding of the check speaks against
its fields, or a line that a draft wrote above the row still asks about them. It is decided when the
register has changed so that neither does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.finding.deciding_topics import TOPICS, Risk, Topic
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive
from chengnuo.domain.register.kinds import KIND_BY_NAME, RowRef, rows
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.row_remark import RowRemark, root_of
from chengnuo.law.catalogue import Catalogue

Remarks = Mapping[RowRef, tuple[RowRemark, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """One question about one row.

    Attributes:
        row: The row.
        topic: The question.
        risk: What goes wrong if it is left, with what was found.
        findings: What the check says against it, the worst first.
        asking: Lines above the row that still ask about it.
        sources: Lines above the row that tell what was seen.

    """

    row: RowRef
    topic: Topic
    risk: Risk
    findings: tuple[Finding, ...]
    asking: tuple[RowRemark, ...]
    sources: tuple[RowRemark, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be decided."""
        return bool(self.findings or self.asking)

    @property
    def is_only_asked(self) -> bool:
        """Tell whether nothing is wrong, so that somebody only has to say that it is so."""
        return bool(self.asking) and not self.findings

    @property
    def is_alike(self) -> bool:
        """Tell whether one answer may be given to it and to the same question about other rows.

        What is forbidden or sensitive is decided row by row: necessity and effect are told of each
        by itself (PIPL Art. 30).
        """
        return self.topic.together and self.risk not in {Risk.PROHIBITED, Risk.SENSITIVE}

    @property
    def field(self) -> str:
        """The field to begin with; empty for the row."""
        for one in self.findings:
            if one.field:
                return one.field
        fields = (field for remark in self.asking for field in remark.fields)
        return next((field for field in fields if root_of(field) in self.topic.fields), "")

    @property
    def key(self) -> str:
        """What names it on a page: kind, id and question."""
        return f"{self.row.kind}.{self.row.id}.{self.topic.id}"

    @property
    def order(self) -> tuple[int, int, str, RowRef]:
        """Sort key: the gravest first, then what the check says most against."""
        worst = min((one.severity.rank for one in self.findings), default=len(Severity))
        return (self.risk.rank, worst, self.topic.id, self.row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """All questions of a register.

    Attributes:
        every: Each of them, open or not, in the order of risk.

    """

    every: tuple[ToDecide, ...]

    @property
    def open(self) -> tuple[ToDecide, ...]:
        """Those that are still to be decided."""
        return tuple(one for one in self.every if one.is_open)

    @property
    def decided(self) -> int:
        """How many are decided."""
        return len(self.every) - len(self.open)

    def counts(self) -> Mapping[Risk, int]:
        """Return how many are open, by risk, the gravest first."""
        found = dict.fromkeys(Risk, 0)
        for one in self.open:
            found[one.risk] += 1
        return found

    def one(self, key: str) -> ToDecide | None:
        """Return the question of a key; None if the register has none such."""
        return next((one for one in self.every if one.key == key), None)


def deciding(
    register: Register, findings: Iterable[Finding], remarks: Remarks, law: Catalogue
) -> Deciding:
    """Return what has to be decided in a register.

    Args:
        register: The register.
        findings: What the check found.
        remarks: The comment lines above its rows; empty where there is no folder.
        law: The law; it says which categories are sensitive.

    """
    against: dict[RowRef, list[Finding]] = {}
    for one in findings:
        if one.is_open:
            against.setdefault(one.row, []).append(one)
    every = [
        question
        for ref, row in rows(register).items()
        for question in _questions(ref, row, against.get(ref, ()), remarks.get(ref, ()), law)
    ]
    return Deciding(every=tuple(sorted(every, key=lambda one: one.order)))


def topics_of(kind: str) -> tuple[Topic, ...]:
    """Return the questions about rows of a kind."""
    return _BY_KIND.get(kind) or (_WHOLE[kind],)


def topic_of(kind: str, field: str) -> Topic:
    """Return the question that a field belongs to; of no field, the one about the whole row."""
    found = topics_of(kind)
    name = root_of(field) or kind
    return next((one for one in found if name in one.fields), found[-1])


def _questions(
    ref: RowRef,
    row: object,
    findings: Sequence[Finding],
    remarks: Sequence[RowRemark],
    law: Catalogue,
) -> Iterator[ToDecide]:
    asking = [one for one in remarks if one.asks]
    sources = [one for one in remarks if not one.asks]
    for topic in topics_of(ref.kind):
        found = tuple(one for one in findings if topic_of(ref.kind, one.field) is topic)
        asked = tuple(
            one
            for one in asking
            if any(topic_of(ref.kind, field) is topic for field in one.fields or ("",))
        )
        if topic.always or found or asked:
            yield ToDecide(
                row=ref,
                topic=topic,
                risk=_risk(topic, row, found, law),
                findings=found,
                asking=asked,
                sources=tuple(_seen(topic, sources)),
            )


def _risk(topic: Topic, row: object, findings: Sequence[Finding], law: Catalogue) -> Risk:
    if any(one.severity is Severity.CRITICAL for one in findings):
        return Risk.PROHIBITED
    if topic.id == "items" and isinstance(row, ProcessingActivity):
        return Risk.SENSITIVE if any(is_sensitive(one, law) for one in row.items) else topic.risk
    return topic.risk


def _seen(topic: Topic, sources: Iterable[RowRemark]) -> Iterator[RowRemark]:
    """Yield what tells of a question: what names a field of it, and what names none."""
    for one in sources:
        about = root_of(one.about)
        if about in topic.fields or (not about and topic.id in _SHOWN_WITH):
            yield one


_SHOWN_WITH = frozenset({"items", "sensitive", "role", "abroad", "purpose", "whole", "service"})
"""Questions that the source of a whole row tells something of."""


_BY_KIND = {
    kind: tuple(one for one in TOPICS if one.kind == kind)
    for kind in dict.fromkeys(one.kind for one in TOPICS)
}
_WHOLE_RISKS = {
    "store": Risk.RETENTION,
    "agreement": Risk.RECIPIENTS,
    "sdk_waiver": Risk.RECIPIENTS,
    "assessment": Risk.SENSITIVE,
    "model": Risk.SENSITIVE,
}
_WHOLE = {
    name: Topic(
        id="row",
        kind=name,
        risk=_WHOLE_RISKS.get(name, Risk.WORDING),
        fields=frozenset({name}),
        asked=Text(
            f"{kind.title.zh}这样写对吗？", f"Is this {(kind.title.en or '').lower()} right?"
        ),
        careful=Text("照检查结果改", "as the check says"),
    )
    for name, kind in KIND_BY_NAME.items()
    if name not in _BY_KIND
}
