"""What a sheet of 办理权利 asks: as little as it can, and nothing ticked beforehand that widens.

Looking takes everything unless one chooses less; deleting takes nothing unless one says what.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.disclosure.recipient_words import recipient_name
from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import About, Column, Store, Table
from chengnuo.domain.rights.request import Ground
from chengnuo.doors.web.centre_rights_cards import Card
from chengnuo.doors.web.centre_rights_given import Given
from chengnuo.doors.web.centre_rights_words import RightsSpeaker
from chengnuo.doors.web.wording import texts
from chengnuo.law.ids import CategoryId
from chengnuo.law.rights import Right

FORMATS = ("html", "xlsx", "csv", "json", "json-ld")
PARTS_MIB = (20, 100, 512)
MOST_WORDS = 500
GROUNDS = (Ground.PURPOSE, Ground.WITHDRAWN, Ground.ENDED, Ground.UNLAWFUL)
"""Those that an individual names; the fifth comes with cancelling the account."""
RESTRICTING = (Right.RESTRICT, Right.REFUSE, Right.REFUSE_AUTOMATED)
EXPLAINING = (Right.EXPLAIN_RULES, Right.EXPLAIN_AUTOMATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose: its value, its name, a line in small type, whether it is chosen."""

    value: str
    name: str
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """One field of a form.

    Attributes:
        kind: `radio`, `ticks`, `select`, `text` or `area`.
        name: Its name in the form.
        label: What it asks.
        hint: What to know about it.
        options: What can be chosen.
        value: What was written before.
        error: What was wrong with it.
        group: Heading of the fields from here on; empty where it goes on.
        folded: Whether it stands folded until it is opened.
        optional: Whether it may stay empty.

    """

    kind: str
    name: str
    label: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    value: str = ""
    error: str = ""
    group: str = ""
    folded: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correctable:
    """A column that an individual may correct."""

    store: Store
    table: Table
    column: Column

    @property
    def at(self) -> str:
        """The table, `store.table`."""
        return f"{self.store.store}.{self.table.table}"


def correctables(register: Register, table: str = "") -> Iterator[Correctable]:
    """Yield what can be corrected: of one table, else of those that name the individual."""
    for store in register.stores:
        for one in store.tables:
            at = f"{store.store}.{one.table}"
            if at != table and (table or not one.identity):
                continue
            for column in one.columns:
                if column.correctable and column.about is About.INDIVIDUAL:
                    yield Correctable(store=store, table=one, column=column)


def fields_of(
    say: RightsSpeaker, app: App, card: Card, given: Given, errors: dict[str, str]
) -> tuple[FieldView, ...]:
    """Return the fields of a sheet.

    Args:
        say: Says things in one language.
        app: App that the individual came from.
        card: Which sheet.
        given: What was given before.
        errors: What was wrong, by the name of the field.

    """
    return tuple(_Form(say, app, given, errors).of(card))


def kinds_of(register: Register, app: App) -> tuple[CategoryId, ...]:
    """Return the categories that an app handles, each once."""
    activities = register.activities_of(app.app)
    return tuple(dict.fromkeys(one for each in activities for one in each.categories))


@dataclass(frozen=True, slots=True)
class _Form:
    say: RightsSpeaker
    app: App
    given: Given
    errors: dict[str, str]

    def of(self, card: Card) -> Iterator[FieldView]:
        """Yield the fields of a card."""
        match card:
            case Card.ACCESS:
                yield from self._scope("all")
            case Card.COPY:
                yield from self._scope("all")
                yield from self._files()
            case Card.TRANSFER:
                yield self._written("area", "offer")
                yield from self._scope("all")
            case Card.CORRECT:
                yield from self._values()
            case Card.DELETE:
                yield from self._scope("")
                grounds = [(each.value, each.value) for each in GROUNDS]
                yield self._choice("radio", "ground", grounds, "")
            case Card.RESTRICT:
                yield from self._restricting()
            case Card.EXPLAIN:
                whats = [(each.value, each.value) for each in EXPLAINING]
                yield self._choice("radio", "what", whats, EXPLAINING[0])
                yield self._about("about", recipients=False)
                yield self._written("area", "question", optional=True)

    def _scope(self, default: str) -> Iterator[FieldView]:
        yield self._choice("radio", "scope", [("all", "all"), ("some", "some")], default)
        some = self.given.one("scope") != "all"
        chosen = set(self.given.many("category")) if some else set()
        yield FieldView(
            kind="ticks",
            name="category",
            label=self._t("category"),
            hint=self._t("category-hint"),
            options=tuple(
                Option(value=one, name=self.say.category(one), chosen=one in chosen)
                for one in kinds_of(self.say.register, self.app)
            ),
            error=self.errors.get("category", ""),
            folded=not chosen and "category" not in self.errors,
            optional=True,
        )

    def _files(self) -> Iterator[FieldView]:
        chosen = self.given.many("format") or FORMATS[:1]
        yield FieldView(
            kind="ticks",
            name="format",
            label=self._t("format"),
            options=tuple(
                Option(
                    value=one,
                    name=self._t(f"format-{one}"),
                    note=self._t(f"format-{one}-note"),
                    chosen=one in chosen,
                )
                for one in FORMATS
            ),
            error=self.errors.get("format", ""),
        )
        size = self.given.one("part", str(PARTS_MIB[-1]))
        yield FieldView(
            kind="select",
            name="part",
            label=self._t("part"),
            hint=self._t("part-hint"),
            options=tuple(
                Option(value=str(one), name=f"{one} MiB", chosen=str(one) == size)
                for one in PARTS_MIB
            ),
        )
        chosen_code = "yes" in self.given.many("code")
        yield FieldView(
            kind="ticks",
            name="code",
            label=self._t("code"),
            hint=self._t("code-hint"),
            options=(Option(value="yes", name=self._t("code-yes"), chosen=chosen_code),),
            optional=True,
        )

    def _values(self) -> Iterator[FieldView]:
        what = [("correct", "correct"), ("supplement", "supplement")]
        yield self._choice("radio", "what", what, "correct")
        before = ""
        for one in correctables(self.say.register, self.given.one("table")):
            name = f"set:{one.at}:{one.column.column}"
            yield FieldView(
                kind="text",
                name=name,
                label=self.say.category(one.column.category),
                hint=self._t("column", column=one.column.column),
                value=self.given.one(name),
                error=self.errors.get(name, ""),
                group="" if one.at == before else self._table_name(one),
                optional=True,
            )
            before = one.at
        yield self._written("area", "reason", optional=True, group=self._t("reason-group"))

    def _table_name(self, one: Correctable) -> str:
        return self.say.text(one.table.holds) or one.table.table

    def _restricting(self) -> Iterator[FieldView]:
        whats = [(each.value, each.value) for each in RESTRICTING]
        yield self._choice("radio", "what", whats, RESTRICTING[0])
        yield self._about("target", recipients=True)
        yield self._choice("radio", "on", [("set", "set"), ("lift", "lift")], "set")

    def _about(self, name: str, *, recipients: bool) -> FieldView:
        chosen, register = self.given.one(name), self.say.register
        activities = tuple(register.activities_of(self.app.app))
        options = [("", self._t(f"{name}-all"))]
        options += [(f"activity:{one.activity}", self.say.text(one.purpose)) for one in activities]
        if recipients:
            wanted = dict.fromkeys(each for one in activities for each in one.recipients)
            options += [(f"recipient:{each}", self._provision(each)) for each in wanted]
        return FieldView(
            kind="select",
            name=name,
            label=self._t(name),
            hint=self._t(f"{name}-hint"),
            options=tuple(
                Option(value=value, name=words, chosen=value == chosen) for value, words in options
            ),
            error=self.errors.get(name, ""),
        )

    def _provision(self, recipient: RecipientId) -> str:
        known = self.say.register.recipient_by_id[recipient]
        return self._t("target-recipient", name=self.say.text(recipient_name(known)))

    def _choice(
        self, kind: str, name: str, options: list[tuple[str, str]], default: str
    ) -> FieldView:
        chosen = self.given.one(name, default)
        return FieldView(
            kind=kind,
            name=name,
            label=self._t(name),
            hint=self._known(f"{name}-hint"),
            options=tuple(
                Option(
                    value=value,
                    name=self._t(f"{name}-{words}"),
                    note=self._known(f"{name}-{words}-note"),
                    chosen=value == chosen,
                )
                for value, words in options
            ),
            error=self.errors.get(name, ""),
        )

    def _written(
        self, kind: str, name: str, *, optional: bool = False, group: str = ""
    ) -> FieldView:
        return FieldView(
            kind=kind,
            name=name,
            label=self._t(name),
            hint=self._t(f"{name}-hint"),
            value=self.given.one(name),
            error=self.errors.get(name, ""),
            group=group,
            optional=optional,
        )

    def _t(self, key: str, /, **places: object) -> str:
        return self.say.t(f"centre.rights.form.{key}", **places)

    def _known(self, key: str) -> str:
        return texts(self.say.lang).get(f"centre.rights.form.{key}", "")
