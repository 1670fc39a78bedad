"""What is said of a table and of each of its columns: why it is there and where it goes.

PIPL Art. 17 para. 1 items 2 and 3 say what an individual is told of every piece of information:
purpose, method, category, retention; Arts. 21 and 23 add the recipients, Art. 47 para. 2 why
something stays. It is derived here once from the register; the archive, the page of the centre and
the API show these values and make up nothing of their own.

Pure: no clock, no store.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.method_words import (
    basis_in_words,
    method_in_words,
    retention_in_words,
    start_in_words,
)
from chengnuo.domain.disclosure.recipient_words import ROLE, recipient_name
from chengnuo.domain.disclosure.saying import both, fill, same
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.consent_items import is_sensitive, provided_categories
from chengnuo.domain.register.ids import ActivityId
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import About, Column, KeepDuty, Store, Table
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import TreatAs
from chengnuo.law.ids import CategoryId, DutyId, FigureId
from chengnuo.law.legal_basis import LegalBasis

NOT_DECLARED = Text(
    "登记簿没有写明，请向我们询问", "the register does not say; please ask us about it"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One activity that handles a category.

    Attributes:
        activity: Id of the activity.
        purpose: What for.
        basis: Legal basis, for machines.
        basis_words: Legal basis, in words (Art. 13).
        source: Where the information comes from, and how.
        recipients: Who else gets this category, with its role.
        period: How long it is kept and what then.

    """

    activity: ActivityId
    purpose: Text
    basis: LegalBasis
    basis_words: Text
    source: Text
    recipients: tuple[Text, ...]
    period: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is said of one column.

    Attributes:
        column: Name of the column.
        category: Category of what it holds; None where it holds nothing personal.
        name: What the category is called; the column's own name where there is none.
        sensitive: Whether it is sensitive in any of its uses (Art. 28).
        uses: Activities that handle it; empty where the register names none.
        kept: Under which duty it stays after a deletion; None where it does not.
        others: Whether it holds somebody else's information.
        exported: Whether the register lets it into a copy.

    """

    column: str
    category: CategoryId | None
    name: Text
    sensitive: bool
    uses: tuple[Use, ...]
    kept: Text | None
    others: bool
    exported: bool

    @property
    def purposes(self) -> tuple[Text, ...]:
        """What it is for, each purpose once."""
        return _once(use.purpose for use in self.uses)

    @property
    def bases(self) -> tuple[Text, ...]:
        """On which legal bases, each once."""
        return _once(use.basis_words for use in self.uses)

    @property
    def sources(self) -> tuple[Text, ...]:
        """Where it comes from, each way once."""
        return _once(use.source for use in self.uses)

    @property
    def recipients(self) -> tuple[Text, ...]:
        """Who else gets it, each party once."""
        return _once(one for use in self.uses for one in use.recipients)

    @property
    def periods(self) -> tuple[Text, ...]:
        """How long it is kept, each period once."""
        return _once(use.period for use in self.uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableExplained:
    """What is said of one table.

    Attributes:
        store: Id of the store.
        store_name: What people call the store.
        table: Name of the table.
        holds: What it holds, in words; the name of the table where nobody wrote any.
        place: In which country and where.
        shared: Why rows may belong to several people; None where they do not.
        columns: Its columns, as asked for.

    """

    store: str
    store_name: Text
    table: str
    holds: Text
    place: Text
    shared: Text | None
    columns: tuple[Explanation, ...]

    def column(self, name: str) -> Explanation:
        """Return the explanation of one column that was asked for."""
        return next(one for one in self.columns if one.column == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Explains tables and columns of one register.

    Attributes:
        register: The register; it has every store and table that is asked about.
        catalogue: The law catalogue; it knows every category that the register names.

    """

    register: Register
    catalogue: Catalogue
    _known: dict[tuple[str, CategoryId], tuple[Use, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def table(self, store: str, table: str, columns: tuple[str, ...] = ()) -> TableExplained:
        """Return what is said of a table.

        Args:
            store: Id of its store.
            table: Its name.
            columns: Columns to explain, in this order; empty for all that hold something personal.

        """
        found = next(one for one in self.register.stores if one.store == store)
        declared = next(one for one in found.tables if one.table == table)
        wanted = columns or tuple(one.column for one in declared.columns)
        return TableExplained(
            store=store,
            store_name=both(found.name),
            table=table,
            holds=same(table) if declared.holds is None else both(declared.holds),
            place=self._place(found),
            shared=None if declared.shared is None else both(declared.shared),
            columns=tuple(self._column(store, declared, name) for name in wanted),
        )

    def _column(self, store: str, table: Table, name: str) -> Explanation:
        column = next((one for one in table.columns if one.column == name), None)
        if column is None:
            return Explanation(
                column=name,
                category=None,
                name=same(name),
                sensitive=False,
                uses=(),
                kept=None,
                others=False,
                exported=True,
            )
        return Explanation(
            column=name,
            category=column.category,
            name=both(self.catalogue.category(column.category).text),
            sensitive=self._sensitive(f"{store}.{table.table}", column),
            uses=self._uses(f"{store}.{table.table}", column.category),
            kept=None if column.keep is None else self._kept(column.keep),
            others=column.about is About.OTHER_PERSON,
            exported=column.export,
        )

    def _uses(self, table: str, category: CategoryId) -> tuple[Use, ...]:
        known = self._known.get((table, category))
        if known is None:
            known = tuple(
                self._use(activity, category) for activity in self._activities(table, category)
            )
            self._known[table, category] = known
        return known

    def _activities(self, table: str, category: CategoryId) -> Iterator[ProcessingActivity]:
        """Yield the activities that keep the category here; where none does, nothing is guessed."""
        for activity in self.register.activities:
            if table in activity.stores and category in activity.categories:
                yield activity

    def _use(self, activity: ProcessingActivity, category: CategoryId) -> Use:
        recipients = (
            self.register.recipient_by_id[name] for name in dict.fromkeys(activity.recipients)
        )
        return Use(
            activity=activity.activity,
            purpose=both(activity.purpose),
            basis=activity.basis,
            basis_words=basis_in_words(activity),
            source=method_in_words(activity.method),
            recipients=tuple(
                fill(
                    "{name}（{role}）",
                    "{name} ({role})",
                    name=recipient_name(one),
                    role=ROLE[one.role],
                )
                for one in recipients
                if category in provided_categories(activity, one)
            ),
            period=retention_in_words(activity.retention),
        )

    def _sensitive(self, table: str, column: Column) -> bool:
        category = self.catalogue.category(column.category)
        if category.is_sensitive or category.treat_as is TreatAs.SENSITIVE:
            return True
        return any(
            item.category == column.category and is_sensitive(item, self.catalogue)
            for activity in self._activities(table, column.category)
            for item in activity.items
        )

    def _kept(self, keep: KeepDuty) -> Text:
        return fill(
            "依据{duty}，{start}保存 {period}",
            "kept {period} {start} under {duty}",
            duty=self.duty_in_words(keep.duty),
            start=start_in_words(keep.from_),
            period=Text(keep.keep.in_words(chinese=True), keep.keep.in_words(chinese=False)),
        )

    def duty_in_words(self, duty: str) -> Text:
        """Return the citation of a duty or figure with its title; its id if nobody knows it."""
        known = self.catalogue.duties.get(DutyId(duty))
        if known is not None:
            title, cite = known.title, self.catalogue.citation
        else:
            figure = self.catalogue.figures.get(FigureId(duty))
            if figure is None:
                return same(duty)
            title, cite = figure.text, self.catalogue.figure_citation
        cited = Text(cite(duty, Lang.ZH), cite(duty, Lang.EN))
        return fill("{cited}（{title}）", "{cited} ({title})", cited=cited, title=both(title))

    def _place(self, store: Store) -> Text:
        country = country_in_words(store.country)
        where = country
        if store.region is not None:
            region = both(store.region)
            where = fill(
                "{country}，{region}", "{country}, {region}", country=country, region=region
            )
        if store.operated_by is None:
            return where
        runner = self.register.recipient_by_id[store.operated_by]
        return fill(
            "{where}，由{runner}受托运行",
            "{where}, run for us by {runner}",
            where=where,
            runner=recipient_name(runner),
        )


def _once(texts: Iterator[Text]) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(texts))
