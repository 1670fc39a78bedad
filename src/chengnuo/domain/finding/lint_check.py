"""Whether what is published, or reported to somebody else, holds what must not be in it.

PIPL Art. 25: nothing is published without separate consent; Art. 28: sensitive information only
where strictly needed; Art. 23: a recipient gets what was told. Names of fields and values tell;
that nothing was found proves nothing of what a program adds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Finding
from chengnuo.domain.finding.lint_rules import FIELD, MASK, SENSITIVE, UNDECLARED, VALUES
from chengnuo.domain.finding.making import findings_of
from chengnuo.domain.finding.mask_kept import shows_more
from chengnuo.domain.finding.rule import Hit, RuleWords
from chengnuo.domain.finding.rules.publication import IDENTIFYING
from chengnuo.domain.finding.stores_look import fits
from chengnuo.domain.finding.waivers import NO_WAIVERS
from chengnuo.domain.observation.published import FieldSeen, PublishedFields
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.publication import Mask
from chengnuo.engines.text.columns import Holding, classified, named_by
from chengnuo.engines.text.kinds import Kind
from chengnuo.engines.text.name_model import NameModel
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

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
        masks: How values are to be masked.
        row: Row of the register that says it.

    """

    whom: Text = _ANYBODY
    declared: frozenset[CategoryId] | None = None
    is_public: bool = True
    masks: tuple[Mask, ...] = ()
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
    shown = [one.disclosure for one in every if one.disclosure is not None]
    return Audience(
        declared=frozenset(category for one in shown for category in one.categories),
        masks=tuple(mask for one in shown for mask in one.masks),
        row=RowRef("handler", register.handler.handler)
        if activity is None
        else RowRef("activity", activity),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A finding and where it stands in its file; 0 for a line or column that there is none of."""

    finding: Finding
    line: int
    column: int


class _Told(NamedTuple):
    """What a rule says of one place."""

    rule: RuleWords
    hit: Hit
    line: int
    column: int


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
        return tuple(one.finding for one in self.located(files, audience))

    def located(self, files: Iterable[PublishedFields], audience: Audience) -> tuple[Located, ...]:
        """Return what is wrong with files and where it stands, the worst first."""
        told = [one for file in files for one in self._file(file, audience)]
        places: dict[str, list[_Told]] = {}
        for one in told:
            places.setdefault(one.rule.id, []).append(one)
        made = (
            Located(finding=finding, line=one.line, column=one.column)
            for of_rule in places.values()
            for one, finding in zip(
                of_rule,
                findings_of(
                    of_rule[0].rule,
                    (one.hit for one in of_rule),
                    catalogue=self.catalogue,
                    waivers=NO_WAIVERS,
                ),
                strict=True,
            )
        )
        return tuple(sorted(made, key=lambda one: one.finding.order))

    def _file(self, file: PublishedFields, audience: Audience) -> Iterator[_Told]:
        seen: set[tuple[str, Kind]] = set()
        for one in file.fields:
            kind, unmasked = self._told(one)
            for rule, hit in self._beyond(file, one, kind, audience):
                yield _Told(rule, hit, one.line, one.column)
            if kind is not None and (one.name, kind) not in seen:
                seen.add((one.name, kind))
                for rule, hit in self._judged(file, one, kind, unmasked, audience):
                    yield _Told(rule, hit, one.line, one.column)
        if file.words:
            yield from self._words(file, audience)

    def _beyond(
        self, file: PublishedFields, one: FieldSeen, kind: Kind | None, audience: Audience
    ) -> Iterator[tuple[RuleWords, Hit]]:
        """Yield values that show more than the mask of their column or category leaves."""
        last = one.name.replace(" ", ".").rpartition(".")[2]
        category = None if kind is None else self.knowledge.of(kind).category
        mask = next(
            (each for each in audience.masks if last in each.columns or each.category == category),
            None,
        )
        if mask is None:
            return
        values = (value.strip() for value in one.values)
        count = sum(bool(value) and shows_more(value, mask) for value in values)
        if count:
            yield (
                MASK,
                Hit(
                    row=audience.row,
                    field=file.file,
                    value=one.name[:80],
                    key=f"{one.name} {mask.category}",
                    words={"row": _place(file, one), "count": count, "rule": mask.rule},
                ),
            )

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

    def _words(self, file: PublishedFields, audience: Audience) -> Iterator[_Told]:
        """Yield the values that stand in the words of a page, once for each kind."""
        found: dict[Kind, list[int]] = {}
        for hit in self.knowledge.search(self.model).found(file.words):
            found.setdefault(hit.kind, []).append(hit.start)
        for kind, starts in sorted(found.items()):
            line = file.words.count("\n", 0, starts[0]) + 1
            column = starts[0] - file.words.rfind("\n", 0, starts[0])
            one = FieldSeen(name=kind.name.lower(), line=line, column=column)
            for rule, judged in self._judged(file, one, kind, len(starts), audience):
                yield _Told(rule, judged, line, column)

    def _hit(
        self, file: PublishedFields, one: FieldSeen, kind: Kind, count: int, audience: Audience
    ) -> Hit:
        known = self.knowledge.of(kind)
        return Hit(
            row=audience.row,
            field=file.file,
            value=one.name[:80],
            key=f"{one.name} {known.kind.name}",
            words={
                "row": _place(file, one),
                "kind": known.title,
                "category": known.category,
                "count": count,
                "whom": audience.whom,
            },
        )


def _place(file: PublishedFields, one: FieldSeen) -> Text:
    return Text(f"`{file.file}:{one.line}`" if one.line else f"`{file.file}`")


def _is_thing(name: str) -> bool:
    """Tell whether a bare `name` may be that of a thing: nobody is named before it."""
    before, _, last = name.replace(" ", ".").rpartition(".")
    return last.lower() == "name" and not any(one in before.lower() for one in (*_PERSONS, *_MORE))
