"""The sample operator's database: repeatable, whole, and about nobody."""

import re
import sqlite3
from pathlib import Path

import pytest
from make_database import content_digest, main, make
from sample.divisions import DIVISIONS
from sample.identifiers import (
    TEST_CARD_PREFIXES,
    UNASSIGNED_SEGMENTS,
    credit_code,
    id_check_digit,
    luhn_digit,
    masked_name,
)
from sample.moments import AS_OF

DIGEST_OF_200 = "31b043fe3263923f6074a8aae1584d28c8c29c25c0cb22bc6d1c3fe0e508a479"
OLDEST_PERSON_EVER_YEARS = 122


def column(database: sqlite3.Connection, statement: str) -> list[str]:
    return [str(row[0]) for row in database.execute(statement)]


def count(database: sqlite3.Connection, statement: str) -> int:
    return int(database.execute(statement).fetchone()[0])


def test_the_same_seed_gives_the_same_rows_everywhere(small_database: Path) -> None:
    assert content_digest(small_database) == DIGEST_OF_200


def test_another_seed_gives_other_rows(tmp_path: Path, small_database: Path) -> None:
    other = tmp_path / "other.db"
    make(other, customers=200, seed=7)
    assert content_digest(other) != content_digest(small_database)


def test_there_are_as_many_customers_as_asked_for(database: sqlite3.Connection) -> None:
    assert count(database, "SELECT count(*) FROM customers") == 200


def test_no_table_is_empty(database: sqlite3.Connection) -> None:
    tables = column(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    assert len(tables) == 38
    assert [table for table in tables if not count(database, f"SELECT count(*) FROM {table}")] == []  # noqa: S608 - names from the schema


def test_values_fit_the_lengths_that_other_databases_hold_to(database: sqlite3.Connection) -> None:
    for table in column(database, "SELECT name FROM sqlite_master WHERE type = 'table'"):
        for _, name, kind, *_ in database.execute(f"PRAGMA table_info({table})").fetchall():
            if limit := re.fullmatch(r"(?:VAR)?CHAR\((\d+)\)", kind):
                longest = f"SELECT coalesce(max(length({name})), 0) FROM {table}"  # noqa: S608
                assert count(database, longest) <= int(limit[1]), f"{table}.{name}"


def test_every_reference_points_at_a_row(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize(
    ("kind", "table", "key"),
    [
        ("review", "reviews", "review_id"),
        ("refund", "refunds", "refund_id"),
        ("chat_message", "chat_messages", "message_id"),
    ],
)
def test_every_attachment_has_an_owner(
    database: sqlite3.Connection, kind: str, table: str, key: str
) -> None:
    owners = f"SELECT {key} FROM {table}"  # noqa: S608 - names from the test
    lost = f"SELECT count(*) FROM attachments WHERE owner_kind = ? AND owner_id NOT IN ({owners})"  # noqa: S608
    assert database.execute(lost, (kind,)).fetchone() == (0,)


def test_identity_numbers_are_right_and_of_nobody_alive(database: sqlite3.Connection) -> None:
    numbers = column(database, "SELECT id_number FROM real_name_records")
    codes = {division.code for division in DIVISIONS}
    assert len(numbers) >= 10
    for number in numbers:
        assert number[:6] in codes
        assert AS_OF.year - int(number[6:10]) > OLDEST_PERSON_EVER_YEARS
        assert id_check_digit(number[:17]) == number[17]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT identifier FROM login_methods WHERE kind = 'phone'",
        "SELECT recipient_phone FROM addresses",
        "SELECT receiver_phone FROM orders",
        "SELECT virtual_phone FROM shipment_provisions",
        "SELECT contact_phone FROM campaign_participants",
    ],
)
def test_phone_numbers_are_of_segments_without_a_carrier(
    database: sqlite3.Connection, statement: str
) -> None:
    numbers = column(database, statement)
    assert numbers
    assert all(re.fullmatch(r"\d{11}", number) for number in numbers)
    assert {number[:3] for number in numbers} <= set(UNASSIGNED_SEGMENTS)


def test_card_numbers_are_test_cards_and_pass_luhn(tmp_path: Path) -> None:
    make(tmp_path / "more.db", customers=1_000)
    with sqlite3.connect(tmp_path / "more.db") as more:
        cards = column(more, "SELECT card_number FROM refunds WHERE card_number IS NOT NULL")
    more.close()
    assert cards
    for card in cards:
        assert card.startswith(TEST_CARD_PREFIXES)
        assert luhn_digit(card[:-1]) == card[-1]


def test_mail_and_network_addresses_are_those_kept_for_examples(
    database: sqlite3.Connection,
) -> None:
    mails = column(database, "SELECT email FROM invoices")
    mails += column(database, "SELECT email FROM customers WHERE email > ''")
    assert all(mail.endswith("@mail.example") for mail in mails)
    addresses = column(database, "SELECT last_ip FROM device_logins")
    kept = re.compile(r"(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|2001:db8:.+")
    assert all(kept.fullmatch(address) for address in addresses)


# Computed by hand from GB 32100 and GB 11714, GB 11643, and the Luhn rule.
def test_check_digits_agree_with_worked_examples() -> None:
    assert credit_code("350100", "M000100Y").endswith("43")
    assert id_check_digit("11010519491231002") == "X"
    assert luhn_digit("7992739871") == "3"


def test_prices_are_the_same_for_everybody(database: sqlite3.Connection) -> None:
    other = """SELECT count(*) FROM order_items AS item JOIN products USING (product_id)
               WHERE item.unit_price_fen <> products.price_fen"""
    assert count(database, other) == 0


def test_public_names_are_masked(database: sqlite3.Connection) -> None:
    shown = column(database, "SELECT DISTINCT shown_name FROM reviews")
    assert all(name == "匿名" or name[1:].strip("*") == "" for name in shown)
    assert masked_name("欧阳雪") == "欧**"
    unasked = "SELECT count(*) FROM raffle_winners WHERE published_at < publication_agreed_at"
    assert count(database, unasked) == 0


def test_a_cancelled_account_keeps_nothing_that_identifies_it(database: sqlite3.Connection) -> None:
    left = "SELECT customer_id FROM customers WHERE status = 'cancelled'"
    assert count(database, f"SELECT count(*) FROM ({left})") >= 1  # noqa: S608
    for table in ("login_methods", "customer_addresses", "browse_history", "feed_labels", "carts"):
        assert count(database, f"SELECT count(*) FROM {table} WHERE customer_id IN ({left})") == 0  # noqa: S608


@pytest.mark.parametrize(
    ("table", "instant", "days"),
    [
        ("location_log", "located_at", 30),
        ("refunds WHERE card_number > '' AND refunded_at > ''", "refunded_at", 30),
        ("crash_reports", "crashed_at", 90),
        ("browse_history", "seen_at", 183),
        ("search_history", "searched_at", 183),
    ],
)
def test_nothing_is_older_than_the_register_says_it_is_kept(
    database: sqlite3.Connection, table: str, instant: str, days: int
) -> None:
    join = "AND" if "WHERE" in table else "WHERE"
    old = f"SELECT count(*) FROM {table} {join} {instant} < datetime(?, ?)"  # noqa: S608
    assert database.execute(old, (str(AS_OF), f"-{days} days")).fetchone() == (0,)


def test_an_existing_file_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "there.db"
    there.write_bytes(b"mine")
    with pytest.raises(SystemExit) as stop:
        main([str(there)])
    assert stop.value.code == 2
    assert "is there already" in capsys.readouterr().err
    assert there.read_bytes() == b"mine"


@pytest.mark.parametrize("given", ["49", "0", "-3", "many"])
def test_a_wrong_number_of_customers_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(SystemExit) as stop:
        main([str(tmp_path / "new.db"), "--customers", given])
    assert stop.value.code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "new.db"), "--customers", "60"]) == 0
    said = capsys.readouterr().out
    assert "       60  customers" in said
    assert "new.db" in said
