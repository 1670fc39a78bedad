"""Counting whom an incident concerns: from stores, the log and the register, into its dossier.

The figures, where they are from and the hash of the list of pseudonyms are an act of the dossier;
the list itself is kept sealed, to tell people by. No account id is kept or shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.instant import to_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.dossier.dossier import Dossier, DossierId
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.sorts.incident_reach import COUNT, SCOPE
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.incident.affected import Affected, Found, Source, affected
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.store import Table
from chengnuo.law.age import (
    ADULT_FROM_YEARS,
    GUARDIAN_CONSENT_BELOW_YEARS,
    AgeBand,
    first_birth_date_below,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.civil import after, civil_date
from chengnuo.ports.consents import ConsentStore
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.people_lists import NoPeopleListError, PeopleLists
from chengnuo.ports.store_look import StoreLooks
from chengnuo.usecases.dossier.desk import DossierDesk
from chengnuo.usecases.dossier.guarding import SERVICE
from chengnuo.usecases.dossier.seen import Seen
from chengnuo.usecases.evidence.evidence_window import Window
from chengnuo.usecases.incident.counting_records import RecordCount
from chengnuo.usecases.incident.counting_stores import StoreCount

_MOST_METHOD = 2_400
"""Signs of one language in the field of the act; the answer to whoever asks has everything."""
_NOT_DECLARED = Text("登记簿里没有", "the register does not have it")
_MOST_LINE = 200


class NoScopeError(InvalidInputError):
    """Nobody said yet what an incident reached, so nobody can be counted."""

    code = "incident-no-scope"

    def __init__(self) -> None:
        super().__init__("the incident has no scope yet; say first which stores and when")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an incident reached.

    Attributes:
        stores: Ids of stores.
        tables: `store.table` of those alone; all of the stores if empty.
        recipients: Ids of recipients.
        activities: Ids of activities.
        start: Its first instant.
        end: Its last instant.

    """

    stores: tuple[str, ...]
    tables: tuple[str, ...]
    recipients: tuple[str, ...]
    activities: tuple[str, ...]
    start: datetime
    end: datetime


def scope_of(dossier: Dossier) -> Scope:
    """Return what an incident reached, as it was said last.

    Raises:
        NoScopeError: Nobody said it.

    """
    act = dossier.last(SCOPE)
    if act is None:
        raise NoScopeError
    said = act.fields
    start, end = (datetime.fromisoformat(str(said[name])) for name in ("from", "to"))
    given = str(said.get("tables", "")).replace("，", ",").replace("、", ",")
    return Scope(
        stores=_ids(said, "stores"),
        tables=tuple(one.strip() for one in given.split(",") if one.strip()),
        recipients=_ids(said, "recipients"),
        activities=_ids(said, "activities"),
        start=min(start, end),
        end=max(start, end),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A count, and the dossier that has it."""

    seen: Seen
    affected: Affected


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectedDesk:
    """Counts whom incidents concern.

    Attributes:
        desk: The desk of dossiers.
        records: Counts by the log.
        in_force: Returns the register in force and its version, or None.
        catalogue: The law catalogue.
        looks: Opens the stores of a register.
        person: Turns an account id into the key under which somebody is known here.
        consents: Knows birth dates.
        lists: Keeps the lists of pseudonyms.

    """

    desk: DossierDesk
    records: RecordCount
    in_force: Callable[[], tuple[Register, str] | None]
    catalogue: Catalogue
    looks: Callable[[Register], StoreLooks]
    person: Callable[[str], PersonKey]
    consents: ConsentStore
    lists: PeopleLists

    def count(self, dossier: DossierId, *, by: str) -> Counted:
        """Count, and enter what was found into the dossier; durable and recorded on return.

        Args:
            dossier: The incident.
            by: Who asked for it: an account id or `cli`.

        Raises:
            NoSuchDossierError: There is none.
            NoScopeError: Nobody said what it reached.
            DossierStateError: It is closed.
            LogUnavailableError: It is kept, and will be recorded before anything follows.

        """
        seen = self.desk.one(dossier, SERVICE)
        found = self.look(scope_of(seen.dossier))
        kept = self.lists.keep(dossier, found.people)
        fields = {**_fields(found), "people": kept, "asked-by": by}
        return Counted(seen=self.desk.act(dossier, COUNT, SERVICE, fields), affected=found)

    def look(self, scope: Scope) -> Affected:
        """Return whom something concerns; nothing is kept."""
        served = self.in_force()
        register = None if served is None else served[0]
        tables, categories = _reach(register, scope)
        records = self.records.of(
            scope.recipients,
            scope.activities,
            Window(start=to_us(scope.start), end=to_us(scope.end)),
        )
        found = [*self._stores(register, tables, scope), *records.found]
        return affected(
            _known_then(found, records.known),
            self._ages(civil_date(scope.end)),
            categories=tuple(categories),
            sensitive=any(self.catalogue.category(one).is_sensitive for one in categories),
        )

    def people(self, dossier: DossierId) -> frozenset[bytes]:
        """Return the pseudonyms of the last count.

        Raises:
            NoSuchDossierError: There is none.
            NoPeopleListError: Nobody was counted, or the list was erased.

        """
        seen = self.desk.one(dossier, SERVICE)
        act = seen.dossier.last(COUNT)
        if act is None:
            raise NoPeopleListError
        return self.lists.read(dossier, str(act.fields.get("people", "")))

    def erase_over(self) -> int:
        """Erase the lists of incidents whose private fields are due to go; return how many."""
        now, gone = self.desk.clock.now(), 0
        for name in self.lists.dossiers():
            dossier = self.desk.store.one(name)
            sort = None if dossier is None else self.desk.sorts.get(dossier.sort)
            if dossier is not None and sort is not None and sort.kept is not None:
                over = after(to_us(dossier.acts[-1].at), sort.kept)
                if not state_of(sort, dossier).final or to_us(now) < over:
                    continue
            self.lists.erase(name)
            gone += 1
        return gone

    def _stores(
        self, register: Register | None, tables: Mapping[str, frozenset[str]], scope: Scope
    ) -> Iterator[Found]:
        if register is None:
            yield from (Found(source=Source.UNSEEN, where=one) for one in scope.stores)
            return
        count = StoreCount(looks=self.looks(register), person=self.person)
        for store in register.stores:
            if tables.get(store.store):
                yield from count.of(store, tables[store.store], scope.end)
        reached = frozenset().union(*tables.values())
        missing = (one for one in scope.tables if one not in reached)
        empty = (one for one in scope.stores if not tables.get(one))
        for one in (*missing, *empty):
            yield Found(source=Source.UNSEEN, where=one, why=_NOT_DECLARED)

    def _ages(self, day: date) -> dict[AgeBand, frozenset[bytes]]:
        child = first_birth_date_below(GUARDIAN_CONSENT_BELOW_YEARS, day)
        minor = first_birth_date_below(ADULT_FROM_YEARS, day)
        spans = {
            AgeBand.UNDER_14: (child, date.max),
            AgeBand.FROM_14_TO_17: (minor, child),
            AgeBand.ADULT: (date(1, 1, 1), minor),
        }
        return {
            band: frozenset(map(bytes.fromhex, self.consents.born_between(*span)))
            for band, span in spans.items()
        }


def _known_then(found: list[Found], known: frozenset[bytes]) -> Iterator[Found]:
    """Yield the places; who had a record by the end of the period was there, whatever the store."""
    for one in found:
        if one.source is not Source.STORE_MAYBE:
            yield one
            continue
        then = one.people & known
        if then:
            yield replace(one, source=Source.STORE, people=then, why=None)
        if one.people - then:
            yield replace(one, people=one.people - then)


def _reach(register: Register | None, scope: Scope) -> tuple[dict[str, frozenset[str]], list[str]]:
    """Return the tables of each store in scope, and the categories that are concerned."""
    if register is None:
        return {}, []
    chosen = [one for one in register.activities if one.activity in scope.activities]
    named = frozenset(scope.tables)
    if not scope.stores:
        named |= {str(one) for activity in chosen for one in activity.stores}
    stores = {*scope.stores, *(one.partition(".")[0] for one in named)}
    tables = {
        str(store.store): frozenset(
            ref
            for one in store.tables
            if (ref := f"{store.store}.{one.table}") in named or not _has(named, store.store)
        )
        for store in register.stores
        if store.store in stores
    }
    found: list[str] = []
    for store in register.stores:
        for table in store.tables:
            if f"{store.store}.{table.table}" in tables.get(store.store, ()):
                found += _categories(table)
    for recipient in register.recipients:
        if recipient.recipient in scope.recipients:
            found += recipient.categories
    for activity in chosen:
        found += activity.categories
    return tables, sorted(set(found))


def _has(named: frozenset[str], store: str) -> bool:
    return any(one.startswith(f"{store}.") for one in named)


def _categories(table: Table) -> list[str]:
    return [str(one.category) for one in table.columns]


def _ids(said: Mapping[str, Value], name: str) -> tuple[str, ...]:
    found = said.get(name)
    return found if isinstance(found, tuple) else ()


def _fields(found: Affected) -> dict[str, Value]:
    fields: dict[str, Value] = {
        "at-least": found.at_least,
        "under-14": found.bands[AgeBand.UNDER_14],
        "from-14-to-17": found.bands[AgeBand.FROM_14_TO_17],
        "adults": found.bands[AgeBand.ADULT],
        "age-unknown": found.bands[AgeBand.UNKNOWN],
        "sensitive-found": found.sensitive,
        "kinds-found": _shortened(found.categories),
        "method": "\n".join(_cut(method_lines(found, lang)) for lang in Lang),
    }
    if found.at_most is not None:
        fields["at-most"] = found.at_most
    return fields


def _shortened(ids: tuple[str, ...]) -> str:
    said = " ".join(ids)
    return said if len(said) <= _MOST_LINE else said[: _MOST_LINE - 2].rpartition(" ")[0] + " …"


def _cut(lines: Iterable[str]) -> str:
    """Return lines as one text, without those for which there is no room."""
    kept, length, left = list[str](), 0, 0
    for one in lines:
        length += len(one) + 1
        if length <= _MOST_METHOD:
            kept.append(one)
        else:
            left += 1
    return "\n".join([*kept, f"… +{left}"] if left else kept)


def method_lines(found: Affected, lang: Lang) -> Iterator[str]:
    """Yield what cannot be known, and where each figure is from."""
    yield from (one.in_lang(lang) for one in found.cannot)
    for one in found.found:
        said = f"{one.where} · {one.source.text.in_lang(lang)}"
        if one.source is not Source.UNSEEN:
            said = f"{said} · {len(one.people) or one.count}"
        yield said if one.why is None else f"{said} · {one.why.in_lang(lang)}"
