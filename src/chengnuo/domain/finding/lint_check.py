"""Whether what is published, or reported to somebody else, holds what must not be in it.

PIPL Art. 25: nothing is published without separate consent; Art. 28: sensitive information only
where strictly needed; Art. 23: a recipient gets what was told. Names of fields and values tell;
that nothing was found proves nothing of what a program adds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding, Severity
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.rule import Hit, RuleWords, duties
from chengnuo.domain.finding.rules.publication import IDENTIFYING
from chengnuo.domain.finding.stores_look import fits
from chengnuo.domain.finding.waivers import NO_WAIVERS
from chengnuo.domain.observation.published import FieldSeen, PublishedFields
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.engines.text.columns import Holding, classified, named_by
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.name_model import NameModel
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

_PUBLIC = duties("PIPL-25", "PIPL-28", "duty-10")
SENSITIVE = RuleWords(
    id="disclosed-sensitive",
    duties=_PUBLIC,
    severity=Severity.HIGH,
    title=Text("对外给出敏感个人信息", "Sensitive information given out"),
    message=Text(
        "{row} 的 `{value}` 是{kind}，属敏感个人信息，对外给出且没有遮盖。",
        "In {row}, `{value}` is of the kind {kind}, sensitive personal information, given out "
        "without a mask.",
    ),
    fix=Text("删去这一字段，或遮盖后再给出。", "Take the field out, or mask it."),
)
VALUES = RuleWords(
    id="disclosed-value-unmasked",
    duties=duties("PIPL-25", "PIPL-6", "duty-10"),
    severity=Severity.HIGH,
    title=Text("对外给出的值没有遮盖", "Values given out unmasked"),
    message=Text(
        "{row} 的 `{value}` 有没有遮盖的{kind}，共 {count} 处。",
        "In {row}, `{value}` holds values of the kind {kind} without a mask: {count}.",
    ),
    fix=Text("按脱敏规则遮盖后再给出。", "Mask the values by the rules of the register."),
)
FIELD = RuleWords(
    id="disclosed-field-unmasked",
    duties=duties("PIPL-25", "PIPL-6", "duty-10"),
    severity=Severity.MEDIUM,
    title=Text("对外给出的字段没有遮盖", "Field given out unmasked"),
    message=Text(
        "{row} 的 `{value}` 按名称是{kind}，没有看到遮盖。",
        "In {row}, `{value}` is {kind} by its name, and no mask was seen.",
    ),
    fix=Text(
        "在模板或接口中遮盖，或确认传入的值已经遮盖。",
        "Mask it in the template or interface, or make sure that it comes masked.",
    ),
)
UNDECLARED = RuleWords(
    id="disclosed-not-declared",
    duties=duties("PIPL-25", "PIPL-23", "PIPL-17"),
    severity=Severity.MEDIUM,
    title=Text("对外给出未登记的信息", "Information given out that is not declared"),
    message=Text(
        "{row} 的 `{value}` 是{kind}（`{category}`），登记簿没有登记对{whom}给出它。",
        "In {row}, `{value}` is of the kind {kind} (`{category}`), which the register does not "
        "declare as given to {whom}.",
    ),
    fix=Text(
        "删去这一字段，或先登记并告知、取得同意。", "Take it out, or declare it and ask first."
    ),
)
LINT_RULES = (SENSITIVE, VALUES, FIELD, UNDECLARED)
_PERSONS = ("user", "person", "people", "member", "customer", "winner", "account", "patient")
_MORE = ("student", "author", "owner", "contact", "receiver", "consignee", "employee", "buyer")
_NO_ROW = RowRef("handler", "")
"""Stands where there is no register."""
_ANYBODY = Text("公众", "the public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """To whom something is given, and what is declared of that.

    Attributes:
        whom: Who that is.
        declared: Categories that may be given; None without a register.
        is_public: Whether it is anybody.
        row: Row of the register that says it.

    """

    whom: Text = _ANYBODY
    declared: frozenset[CategoryId] | None = None
    is_public: bool = True
    row: RowRef


def audience_of(
    register: Register | None,
    *,
    recipient: RecipientId | None = None,
    activity: ActivityId | None = None,
) -> Audience:
    """Return to whom files are given: a recipient, the public by one activity, or by any.

    Raises:
        KeyError: The register has no such row.

    """
    if register is None:
        return Audience(is_public=recipient is None, row=_NO_ROW)
    if recipient is not None:
        row = register.recipient_by_id[recipient]
        return Audience(
            whom=row.name,
            declared=frozenset(row.categories),
            is_public=False,
            row=RowRef("recipient", recipient),
        )
    every = register.activities if activity is None else (register.activity_by_id[activity],)
    shown = (one.disclosure.categories for one in every if one.disclosure is not None)
    return Audience(
        declared=frozenset(category for one in shown for category in one),
        row=RowRef("handler", register.handler.handler)
        if activity is None
        else RowRef("activity", activity),
    )


@dataclass(frozen=True, slots=True)
class DisclosureLint:
    """Looks through files that are given out.

    Attributes:
        knowledge: What text is searched with.
        model: Judges names in running text.
        catalogue: The law.

    """

    knowledge: TextKnowledge
    model: NameModel
    catalogue: Catalogue

    def findings(self, files: Iterable[PublishedFields], audience: Audience) -> tuple[Finding, ...]:
        """Return what is wrong with files, the worst first."""
        hits = [found for file in files for found in self._file(file, audience)]
        made = (
            finding
            for rule in LINT_RULES
            for finding in findings_of(
                rule,
                (hit for of, hit in hits if of is rule),
                catalogue=self.catalogue,
                waivers=NO_WAIVERS,
            )
        )
        return tuple(sorted(made, key=lambda one: one.order))

    def _file(self, file: PublishedFields, audience: Audience) -> Iterator[tuple[RuleWords, Hit]]:
        seen: set[tuple[str, Kind]] = set()
        for one in file.fields:
            kind, unmasked = self._told(one)
            if kind is not None and (one.name, kind) not in seen:
                seen.add((one.name, kind))
                yield from self._judged(file, one, kind, unmasked, audience)
        if file.words:
            yield from self._words(file, audience)

    def _told(self, one: FieldSeen) -> tuple[Kind | None, int | None]:
        """Return of which kind a field is, and how many values are unmasked; None: not known."""
        cues = self.knowledge.cues()
        values = [value for value in one.values if value.strip()]
        if values:
            about = classified(one.name, values, cues)
            if about.holding in {Holding.VALUES, Holding.INSIDE} and about.kind is not None:
                return about.kind, max(about.counts.of(about.kind), 1)
            if about.holding is not Holding.NOTHING:
                return about.kind, 0
        kind = None if _is_thing(one.name) else named_by(one.name, cues)
        # Samples are often made up, so that values that are no such number do not clear a field
        # that is named as a sensitive one.
        if values and kind is not None and not self.knowledge.is_sensitive(kind, self.catalogue):
            kind = None
        return kind, (0 if one.is_masked else None)

    def _judged(
        self,
        file: PublishedFields,
        one: FieldSeen,
        kind: Kind,
        unmasked: int | None,
        audience: Audience,
    ) -> Iterator[tuple[RuleWords, Hit]]:
        known = self.knowledge.of(kind)
        hit = self._hit(file, one, kind, unmasked or 0, audience)
        if unmasked != 0 and self.knowledge.is_sensitive(kind, self.catalogue):
            yield SENSITIVE, hit
        elif unmasked != 0 and audience.is_public and known.category in IDENTIFYING:
            yield (FIELD if unmasked is None else VALUES), hit
        declared = audience.declared
        if declared is not None and not any(fits(kind, known.category, d) for d in declared):
            yield UNDECLARED, hit

    def _words(self, file: PublishedFields, audience: Audience) -> Iterator[tuple[RuleWords, Hit]]:
        """Yield the values that stand in the words of a page, once for each kind."""
        found: dict[Kind, list[int]] = {}
        for hit in self.knowledge.search(self.model).found(file.words):
            found.setdefault(hit.kind, []).append(file.words.count("\n", 0, hit.start) + 1)
        for kind, lines in sorted(found.items()):
            one = FieldSeen(name=kind.name.lower(), line=lines[0])
            yield from self._judged(file, one, kind, len(lines), audience)

    def _hit(
        self, file: PublishedFields, one: FieldSeen, kind: Kind, count: int, audience: Audience
    ) -> Hit:
        known = self.knowledge.of(kind)
        place = f"{file.file}:{one.line}" if one.line else file.file
        return Hit(
            row=audience.row,
            field=file.file,
            value=one.name[:80],
            key=f"{one.name} {known.kind.name}",
            words={
                "row": Text(f"`{place}`"),
                "kind": known.title,
                "category": known.category,
                "count": count,
                "whom": audience.whom,
            },
        )


def _is_thing(name: str) -> bool:
    """Tell whether a bare `name` may be that of a thing: nobody is named before it."""
    before, _, last = name.replace(" ", ".").rpartition(".")
    return last.lower() == "name" and not any(one in before.lower() for one in (*_PERSONS, *_MORE))
