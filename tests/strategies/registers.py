"""Registers of any content: every value that the types of the model allow, ids that resolve.

`registers()` makes them from the types themselves, so a field added to the model is filled
without a change here. Texts are hostile: braces, markup, quotes, very long lines, rare scripts.
`small_registers()` are made for proofs: one app, few activities, many consents.
`small_register()` is the least there can be; `clean_register()` of the module beside this one is
one in which no rule finds anything.
"""

import dataclasses
import re
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from hypothesis import strategies as st
from tests.strategies.clean_activities import explained, needed, optional
from tests.strategies.clean_register import APP, HANDLER

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import Requirement, Service
from chengnuo.domain.register.constraints import AtLeast, NotEmpty, Pattern
from chengnuo.domain.register.ids import ActivityId, RecipientId, ServiceId
from chengnuo.domain.register.kinds import HANDLER as HANDLER_KIND
from chengnuo.domain.register.kinds import LISTS, Kind
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.recipient import Recipient
from chengnuo.domain.register.scalars import Frequency, Keep, Per
from chengnuo.domain.register.shapes import Shape, fields_of, shape_of
from chengnuo.domain.register.store import Store, Table
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId

Missing: TypeAlias = frozenset[str]
"""The names of the id types of which there is no id."""

_IDS: dict[str, tuple[str, ...]] = {}
"""The ids that there are in the register being drawn, by the name of their type.

An id is drawn as a number and looked up here, so that the strategies depend only on which ids are
missing altogether: strategies made anew for each register took most of the time of its tests.
"""

MOST = {"app": 2, "service": 3, "activity": 3, "store": 2, "recipient": 3}
HOSTILE = (
    "{row}",
    "{0.__class__}",
    "}{",
    "<script>alert(1)</script>",
    "'; DROP TABLE x; --",
    "`\\`\"'",
    "等",
    "其他",
    "𠮷野家",
    "ﷺ",
)


@cache
def law() -> Catalogue:
    """Return the law catalogue that ships."""
    return load_catalogue(read_catalogue, cache_folder=None)


def small_register() -> Register:
    """Return the least register: a handler and its app."""
    return Register(handler=HANDLER, apps=(APP,))


def texts() -> st.SearchStrategy[str]:
    """Texts as a register may hold them: some character, none of them a control."""
    written = st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn")),
        min_size=1,
        max_size=12,
    ).filter(lambda text: text == text.strip() != "")
    return st.sampled_from(HOSTILE) | written | st.just("很").map(lambda one: one * 3_000)


def bilingual() -> st.SearchStrategy[Text]:
    """Texts with and without English."""
    return st.builds(Text, texts(), st.none() | texts())


def periods() -> st.SearchStrategy[Period]:
    """Periods of one unit or two."""
    counts = st.integers(0, 40)
    return st.builds(Period, years=counts, days=counts).filter(lambda one: one != Period())


DATES = st.dates(date(2020, 1, 1), date(2032, 12, 31)) | st.sampled_from(
    (date(2024, 2, 29), date.min, date.max)
)
_PARSED: dict[Any, st.SearchStrategy[Any]] = {
    Period: periods(),
    Keep: st.builds(Keep, st.none() | periods()),
    Frequency: st.builds(Frequency, st.integers(1, 99), st.sampled_from(Per)),
    date: DATES,
}
_WRITTEN = {r"[A-Z]{2}": ("CN", "US", "HK"), r"[0-9a-f]{64}": ("0" * 64, "f" * 64)}


def values(hint: object, missing: Missing) -> st.SearchStrategy[Any] | None:
    """Return the values of a type; None where it needs an id of which there is none."""
    shape = shape_of(hint)
    if shape.is_list:
        member = values(shape.member, missing)
        least = any(isinstance(rule, NotEmpty) for rule in shape.constraints)
        if member is None:
            return None if least else st.just(())
        found: Any = st.lists(member, min_size=int(least), max_size=2).map(tuple)
    elif shape.is_row:
        found = _rows(shape.bare, missing)
    else:
        found = _words(shape, missing)
    if shape.optional:
        return st.none() if found is None else st.none() | found
    return found


def _words(  # noqa: PLR0911 (one return for each kind of word)
    shape: Shape, missing: Missing
) -> st.SearchStrategy[Any] | None:
    if shape.is_id:
        return None if shape.bare.__name__ in missing else _ids(shape.bare.__name__)
    if shape.bare in _PARSED:
        return _PARSED[shape.bare]
    if shape.is_choice:
        return st.sampled_from(shape.bare)
    if shape.bare is Text:
        return bilingual()
    if shape.bare is bool:
        return st.booleans()
    if shape.bare is int:
        least = next((r.limit for r in shape.constraints if isinstance(r, AtLeast)), -9)
        return st.integers(least, 20) | st.integers(least, 10**9)
    pattern = next((r.regex for r in shape.constraints if isinstance(r, Pattern)), None)
    if pattern is None:
        return st.sampled_from(("TD-K4", "PIPL-55", "sdk-without-version")) | texts()
    known = _WRITTEN.get(pattern)
    return st.sampled_from(known) if known else st.from_regex(re.compile(pattern), fullmatch=True)


@cache
def _ids(name: str) -> st.SearchStrategy[str]:
    return st.integers(0, 5_039).map(lambda number: _IDS[name][number % len(_IDS[name])])


@cache
def _ids_in(hint: object) -> Missing:
    """Return the names of the id types that a type's values may hold."""
    shape = shape_of(hint)
    if shape.is_list:
        return _ids_in(shape.member)
    if shape.is_row:
        return frozenset[str]().union(*(_ids_in(one.hint) for one in fields_of(shape.bare)))
    return frozenset({shape.bare.__name__} if shape.is_id else ())


def _rows(model: type, missing: Missing) -> st.SearchStrategy[Any] | None:
    """Return the values of a model type; None where it needs an id of which there is none."""
    return _rows_without(model, missing & _ids_in(model))


@cache
def _rows_without(model: type, missing: Missing) -> st.SearchStrategy[Any] | None:
    given: dict[str, st.SearchStrategy[Any]] = {}
    for field in fields_of(model):
        found = values(field.hint, missing)
        if found is None:
            if field.required:
                return None
            found = st.just(field.default)
        given[field.name] = found
    made = st.fixed_dictionaries(given).map(lambda drawn: model(**drawn))
    # Deferred, so that the name of the strategy does not spell out the whole model.
    return st.deferred(lambda: made)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Registers of any content in which every id resolves."""
    least = {"app": 1}
    counts = {
        kind.name: draw(st.integers(least.get(kind.name, 0), MOST.get(kind.name, 1)))
        for kind in LISTS
    }
    counts["activity"] *= counts["service"] > 0
    counts["sdk_waiver"] *= counts["recipient"] > 0
    counts["model"] *= counts["activity"] > 0
    names = {
        kind.name: tuple(f"{kind.plural.replace('_', '-')}-{n}" for n in range(counts[kind.name]))
        for kind in LISTS
    }
    tables = tuple(f"t{n}" for n in range(draw(st.integers(0, 2))))
    missing = _there_are(
        {kind.id_type.__name__: names[kind.name] for kind in LISTS}
        | {
            "HandlerId": ("someone",),
            "TableRef": tuple(f"{store}.{table}" for store in names["store"] for table in tables),
            "CategoryId": tuple(law().categories),
            "AppTypeId": tuple(law().app_types),
        }
    )
    handler = draw(_made(HANDLER_KIND.model, missing))
    lists = {
        kind.plural: tuple(_named(draw, kind, name, tables, missing) for name in names[kind.name])
        for kind in LISTS
    }
    return Register(handler=handler, **lists)


def _there_are(ids: dict[str, tuple[str, ...]]) -> Missing:
    """Let the ids be those that there are, and return which there are none of."""
    _IDS.clear()
    _IDS.update(ids)
    every = frozenset[str]().union(*(_ids_in(kind.model) for kind in (HANDLER_KIND, *LISTS)))
    return frozenset(name for name in every if not ids.get(name))


def _named(
    draw: st.DrawFn, kind: Kind, name: str, tables: tuple[str, ...], missing: Missing
) -> object:
    row = dataclasses.replace(draw(_made(kind.model, missing)), **{kind.name: name})
    if not isinstance(row, Store):
        return row
    filled = tuple(
        dataclasses.replace(draw(_made(Table, missing)), table=table) for table in tables
    )
    return dataclasses.replace(row, tables=filled)


_ITEMS = st.sampled_from(
    (
        needed("PI-BASIC-NAME"),
        needed("PI-BASIC-BIRTH"),
        optional("PI-BASIC-EMAIL"),
        optional("PI-BASIC-PHONE"),
        explained(optional("PI-LOC-PRECISE")),
        explained(needed("PI-BIO-FACE")),
        needed("PI-NETID-ACCOUNT"),
    )
)
_KINDS = st.sampled_from(
    (
        PurposeKind.SERVICE,
        PurposeKind.ACCOUNT,
        PurposeKind.ADVERTISING,
        PurposeKind.PUBLICATION,
    )
)


@st.composite
def small_registers(draw: st.DrawFn) -> Register:
    """Registers of one service and a few activities, all shapes of consent among them."""
    parties = tuple(f"party-{n}" for n in range(draw(st.integers(0, 2))))
    service = ServiceId("main")
    missing = _there_are(
        {
            "CategoryId": ("PI-BASIC-NAME", "PI-BASIC-EMAIL", "PI-BASIC-PHONE", "PI-BIO-FACE"),
            "RecipientId": parties,
            "ServiceId": (service,),
            "ActivityId": ("act-0",),
        }
    )
    recipients = tuple(
        dataclasses.replace(draw(_made(Recipient, missing)), recipient=RecipientId(name))
        for name in parties
    )
    names = tuple(ActivityId(f"act-{n}") for n in range(draw(st.integers(1, 4))))
    activities = tuple(
        dataclasses.replace(
            draw(_made(ProcessingActivity, missing)),
            activity=name,
            items=tuple(draw(st.lists(_ITEMS, min_size=1, max_size=3, unique=True))),
            purpose_kind=draw(_KINDS),
            automated=None,
        )
        for name in names
    )
    choices = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)
    requires = draw(st.lists(choices.map(tuple), max_size=3))
    return Register(
        handler=HANDLER,
        apps=(APP,),
        services=(
            Service(
                service=service,
                app=APP.app,
                name=Text("服务", "Service"),
                basic=True,
                app_type=draw(st.none() | st.just(AppTypeId("NPI-06"))),
                requires=tuple(Requirement(any_of=one) for one in requires),
                requires_account=draw(st.booleans()),
            ),
        ),
        activities=activities,
        recipients=recipients,
    )


def _made(model: type, missing: Missing) -> st.SearchStrategy[Any]:
    made = _rows(model, missing)
    assert made is not None, model
    return made
