"""From the fields of a sheet to what is asked for; whatever is not offered is not taken."""

from dataclasses import dataclass, field

from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.rights.request import (
    EVERYTHING,
    Asked,
    ColumnChange,
    CorrectionAsked,
    DeletionAsked,
    ExplanationAsked,
    Ground,
    ReadAsked,
    RestrictionAsked,
    Scope,
    TransferAsked,
)
from chengnuo.doors.web.centre_rights_cards import Card
from chengnuo.doors.web.centre_rights_fields import (
    EXPLAINING,
    FORMATS,
    GROUNDS,
    MOST_WORDS,
    PARTS_MIB,
    RESTRICTING,
    correctables,
    kinds_of,
)
from chengnuo.doors.web.centre_rights_given import Given
from chengnuo.law.rights import Right
from chengnuo.usecases.rights.machines import is_of_machines

_MOST_ROW = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for under which right."""

    right: Right
    asked: Asked


@dataclass(slots=True, kw_only=True)
class Reader:
    """Reads one form.

    Attributes:
        register: What can be asked for.
        app: App that the individual came from.
        given: The fields.
        errors: What was wrong: keys of texts by the name of the field.

    """

    register: Register
    app: App
    given: Given
    errors: dict[str, str] = field(default_factory=dict)

    def read(self, card: Card) -> Wish | None:
        """Return what is asked for; None with `errors` filled where something is amiss."""
        right, asked = self._of(card)
        return None if self.errors else Wish(right=right, asked=asked)

    def _of(self, card: Card) -> tuple[Right, Asked]:  # noqa: PLR0911  one case a card
        match card:
            case Card.ACCESS:
                return card.right, ReadAsked(scope=self._scope())
            case Card.COPY:
                return card.right, self._copy()
            case Card.TRANSFER:
                return card.right, TransferAsked(scope=self._scope(), offer=self._offer())
            case Card.CORRECT:
                return self._correction()
            case Card.DELETE:
                return card.right, DeletionAsked(ground=self._ground(), scope=self._scope())
            case Card.RESTRICT:
                return self._restriction()
            case Card.EXPLAIN:
                right = self._one_of("what", EXPLAINING)
                activity, _ = self._target("about")
                question = self.given.one("question")[:MOST_WORDS]
                return right, ExplanationAsked(about=activity, question=question)

    def _scope(self) -> Scope:
        chosen = self.given.one("scope")
        if chosen == "all":
            return EVERYTHING
        offered = {str(one): one for one in kinds_of(self.register, self.app)}
        wanted = tuple(offered[one] for one in self.given.many("category") if one in offered)
        if chosen != "some":
            self.errors["scope"] = "scope"
        elif not wanted:
            self.errors["category"] = "category"
        return Scope(categories=wanted)

    def _copy(self) -> ReadAsked:
        formats = tuple(one for one in FORMATS if one in self.given.many("format"))
        if not formats:
            self.errors["format"] = "format"
        size = self.given.one("part")
        mib = int(size) if size in map(str, PARTS_MIB) else PARTS_MIB[-1]
        return ReadAsked(
            scope=self._scope(),
            formats=formats,
            part_bytes=mib << 20,
            with_code="yes" in self.given.many("code"),
        )

    def _offer(self) -> str:
        offer = self.given.one("offer")
        if not offer:
            self.errors["offer"] = "offer"
        return offer

    def _ground(self) -> Ground:
        chosen = self.given.one("ground")
        found = next((one for one in GROUNDS if one.value == chosen), None)
        if found is None:
            self.errors["ground"] = "ground"
        return found or Ground.PURPOSE

    def _correction(self) -> tuple[Right, CorrectionAsked]:
        table, row = self.given.one("table"), self.given.one("row")[:_MOST_ROW]
        offered = {(one.at, one.column.column) for one in correctables(self.register, table)}
        changes = []
        for name, value in self.given.under("set:"):
            at, _, column = name.rpartition(":")
            if (at, column) not in offered:
                continue
            if len(value) > MOST_WORDS:
                self.errors[f"set:{name}"] = "too-long"
            changes.append(ColumnChange(table=at, row=row, column=column, value=value))
        if not changes:
            self.errors["what"] = "changes"
        right = self._one_of("what", (Right.CORRECT, Right.SUPPLEMENT))
        reason = self.given.one("reason")[:MOST_WORDS]
        return right, CorrectionAsked(changes=tuple(changes), reason=reason)

    def _restriction(self) -> tuple[Right, RestrictionAsked]:
        right = self._one_of("what", RESTRICTING)
        activity, recipient = self._target("target")
        on = self.given.one("on") != "lift"
        asked = RestrictionAsked(on=on, activity=activity, recipient=recipient)
        if not is_of_machines(self.register, right, asked):
            self.errors["target"] = "target-machines"
        return right, asked

    def _one_of(self, name: str, rights: tuple[Right, ...]) -> Right:
        chosen = self.given.one(name)
        return next((one for one in rights if one.value == chosen), rights[0])

    def _target(self, name: str) -> tuple[ActivityId | None, RecipientId | None]:
        kind, _, named = self.given.one(name).partition(":")
        activity, recipient = ActivityId(named), RecipientId(named)
        if kind == "activity" and activity in self.register.activity_by_id:
            return activity, None
        if kind == "recipient" and recipient in self.register.recipient_by_id:
            return None, recipient
        if kind:
            self.errors[name] = "target"
        return None, None
