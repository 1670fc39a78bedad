"""The sample register: whole, bilingual, true to the sample's database, and without a finding."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path

import pytest

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.text import Text
from chengnuo.domain.finding.check import check
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import read_register
from chengnuo.domain.register.store import Table, WhenDeleted
from chengnuo.law.catalogue import Catalogue

SHOP = Path(__file__).parents[2] / "examples" / "shop"
DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(read_catalogue, cache_folder=None)


@pytest.fixture(scope="module")
def register(catalogue: Catalogue) -> Register:
    files = RegisterFolder().read(SHOP)
    return read_register(files.trees, catalogue=catalogue, problems=files.problems).register


@pytest.fixture(scope="module")
def schema() -> dict[str, dict[str, bool]]:
    """The columns of every table, each with whether it may be null."""
    connection = sqlite3.connect(":memory:")
    connection.executescript((SHOP / "schema.sql").read_text(encoding="utf-8"))
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE sql > ''")]
    found = {
        table: {
            row[1]: not row[3] and not row[5]
            for row in connection.execute(f"PRAGMA table_info({table})")
        }
        for table in tables
    }
    connection.close()
    return {table: columns for table, columns in found.items() if columns}


def undeclared(schema: dict[str, dict[str, bool]], tables: dict[str, Table]) -> set[str]:
    """The columns of a database that a register neither calls personal nor clears."""
    missing: set[str] = set()
    for table, columns in schema.items():
        declared = tables.get(table)
        known: set[str] = set()
        if declared is not None:
            known = {one.column for one in declared.columns} | set(declared.not_personal)
        missing |= {f"{table}.{column}" for column in columns if column not in known}
    return missing


def tables_of(register: Register) -> dict[str, Table]:
    (main,) = (store for store in register.stores if store.store == "main")
    return {table.table: table for table in main.tables}


def texts(value: object) -> Iterator[Text]:
    """Every bilingual text within a value."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from texts(member)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def test_every_column_of_the_database_is_declared(
    register: Register, schema: dict[str, dict[str, bool]]
) -> None:
    assert undeclared(schema, tables_of(register)) == set()


def test_a_new_column_is_noticed(register: Register, schema: dict[str, dict[str, bool]]) -> None:
    grown = {**schema, "orders": {**schema["orders"], "gift_card_text": True}}
    assert undeclared(grown, tables_of(register)) == {"orders.gift_card_text"}


def test_no_column_is_declared_that_the_database_has_not(
    register: Register, schema: dict[str, dict[str, bool]]
) -> None:
    for name, table in tables_of(register).items():
        declared = [one.column for one in table.columns] + list(table.not_personal)
        assert sorted(declared) == sorted(schema[name]), name
        assert set(table.identity) <= {one.column for one in table.columns}, name


def test_only_columns_that_may_be_empty_are_emptied(
    register: Register, schema: dict[str, dict[str, bool]]
) -> None:
    emptied = {
        f"{name}.{one.column}": schema[name][one.column]
        for name, table in tables_of(register).items()
        for one in table.columns
        if one.when_deleted is WhenDeleted.NULL
    }
    assert emptied
    assert [column for column, may_be_null in emptied.items() if not may_be_null] == []


def test_what_is_kept_after_deletion_names_its_duty(register: Register) -> None:
    kept = [
        one
        for table in tables_of(register).values()
        for one in table.columns
        if one.when_deleted is WhenDeleted.KEEP
    ]
    assert len(kept) >= 20
    assert all(one.keep is not None for one in kept)


def test_a_row_is_deleted_whole_or_not_at_all(register: Register) -> None:
    for name, table in tables_of(register).items():
        ways = {one.when_deleted for one in table.columns}
        assert WhenDeleted.DELETE_ROW not in ways or ways == {WhenDeleted.DELETE_ROW}, name


def test_every_table_with_personal_columns_belongs_to_an_activity(register: Register) -> None:
    named = {table for activity in register.activities for table in activity.stores}
    personal = {f"main.{name}" for name, table in tables_of(register).items() if table.columns}
    assert personal - named == set()


def test_no_recipient_gets_what_no_activity_handles(register: Register) -> None:
    for recipient in register.recipients:
        handled = {
            category
            for activity in register.activities_with(recipient.recipient)
            for category in activity.categories
        }
        assert handled >= set(recipient.categories), recipient.recipient


def test_every_text_is_there_in_both_languages(register: Register) -> None:
    found = list(texts(register.handler))
    for kind in fields(register):
        found += list(texts(getattr(register, kind.name)))
    assert len(found) > 500
    chinese = re.compile("[一-鿿]")
    assert [text.zh for text in found if text.en is None and chinese.search(text.zh)] == []


def test_it_shows_what_a_specialist_looks_for(register: Register) -> None:
    assert len(register.activities) >= 14
    assert sum(recipient.sdk is not None for recipient in register.recipients) >= 10
    assert any(recipient.is_overseas and recipient.sdk for recipient in register.recipients)
    assert any(recipient.role == "joint" for recipient in register.recipients)
    assert any(activity.minors_under_14 == "guardian-consent" for activity in register.activities)
    assert any(
        activity.disclosure and activity.disclosure.masks for activity in register.activities
    )
    assert any(activity.face and activity.face.alternatives for activity in register.activities)
    (pricing,) = (
        activity.automated
        for activity in register.activities
        if activity.automated and activity.automated.kind == "pricing"
    )
    assert pricing.personal_factors == ()


@pytest.mark.parametrize("day", [DAY, date(2027, 11, 1)], ids=["today", "a year on"])
def test_the_check_finds_nothing(register: Register, catalogue: Catalogue, day: date) -> None:
    report = check(register, catalogue, day)
    assert [(str(one.row), one.rule, one.field) for one in report.findings] == []
