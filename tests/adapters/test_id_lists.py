"""Lists of ids: the same list in every form, whole or not at all, and no id in any message."""

from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chengnuo.adapters.id_lists import FileIdLists
from chengnuo.ports.id_lists import IdListError, IdListUnavailableError

LISTS = FileIdLists()
FORMS = (".txt", ".csv", ".parquet")
SECRET = "u-13800138000"  # noqa: S105  an account id that no message may name
IDS = st.lists(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=12
    ).filter(lambda one: one.strip("﻿") == one)
)


def read(file: Path, column: str = "") -> list[str]:
    return [one for batch in LISTS.read(file, column=column) for one in batch]


@pytest.mark.parametrize("form", FORMS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(ids=IDS)
def test_what_is_written_is_read(tmp_path: Path, form: str, ids: list[str]) -> None:
    file = tmp_path / f"ids{form}"
    LISTS.write(file, [ids[:2], [], ids[2:]], column="account id")
    assert read(file) == ids
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("form", [".csv", ".parquet"])
def test_the_column_named_is_read_and_another_is_no_list(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"ids{form}"
    LISTS.write(file, [["a", "b"]], column='odd "name"')
    assert read(file, 'odd "name"') == ["a", "b"]
    with pytest.raises(IdListError, match="no column `id`"):
        read(file, "id")


def test_numbers_in_a_parquet_file_are_ids_all_the_same(tmp_path: Path) -> None:
    with closing(duckdb.connect()) as database:
        rows = "SELECT * FROM (VALUES ('x', 7), ('y', 8)) AS rows (name, id)"
        database.execute(f"COPY ({rows}) TO '{tmp_path / 'a.parquet'}' (FORMAT PARQUET)")
    assert read(tmp_path / "a.parquet", "id") == ["7", "8"]


@pytest.mark.parametrize("value", ["7::DOUBLE", "7.5::FLOAT", "true"])
def test_numbers_that_lost_their_form_are_no_ids(tmp_path: Path, value: str) -> None:
    """A data frame makes `7.0` of 7 beside a gap, and of somebody `7.0` nothing is known."""
    with closing(duckdb.connect()) as database:
        rows = f"SELECT {value} AS id"
        database.execute(f"COPY ({rows}) TO '{tmp_path / 'a.parquet'}' (FORMAT PARQUET)")
    with pytest.raises(IdListError):
        read(tmp_path / "a.parquet")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", f"id,x\n{SECRET}\n".encode()),
        ("a.csv", f'id\n"{SECRET}'.encode()),
        ("a.csv", f"id\n{SECRET}\n{'u' * 201}\n".encode()),
        ("a.csv", f'id\n{SECRET}\n""\n'.encode()),
        ("a.txt", SECRET.encode() + b"\xff"),
        ("a.txt", b"u" * 5000),
        ("a.parquet", SECRET.encode()),
        ("a.parquet", b""),
        ("a.xlsx", SECRET.encode()),
    ],
)
def test_what_is_no_list_is_refused_without_naming_an_id(
    tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(IdListError) as caught:
        read(file)
    assert caught.value.code == "id-list"
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize("form", FORMS)
def test_a_list_that_breaks_off_leaves_what_was_there(tmp_path: Path, form: str) -> None:
    file = tmp_path / f"out{form}"
    LISTS.write(file, [["before"]], column="")

    def breaking() -> list[list[str]]:
        raise IdListError("in.txt", "broken")

    with pytest.raises(IdListError):
        LISTS.write(file, (breaking() for _ in range(1)), column="")  # type: ignore[arg-type]
    assert read(file) == ["before"]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_not_there_is_no_list(tmp_path: Path, form: str) -> None:
    with pytest.raises(IdListError, match="no such file"):
        read(tmp_path / f"none{form}")
    with pytest.raises(IdListUnavailableError):
        LISTS.write(tmp_path / "none" / f"a{form}", [], column="")
