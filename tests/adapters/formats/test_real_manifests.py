"""Manifests that published packages really ship are imported, checked and written again.

The packages are fetched from the registry once, by version and hash, and kept in `.cache`; where
they cannot be had the tests are skipped with the reason.
"""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import pytest
from tests.house.sources import ROOT
from tests.strategies.registers import law

from chengnuo.adapters.formats.fideslang import Fideslang
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.adapters.register_writer import RegisterWriter
from chengnuo.domain.finding.check import check
from chengnuo.domain.register.problems import ProblemCode
from chengnuo.domain.register.reading import read_register
from chengnuo.ports.register_format import Fate, FormatRefusedError, ImportResult

pytestmark = pytest.mark.real

CACHE = ROOT / ".cache" / "manifests"
PACKAGES = {
    "ethyca_fides-2.78.2-py2.py3-none-any.whl": (
        "ethyca-fides==2.78.2",
        "702e5d6bb753ab6abe0d9ead99470012976b0f5552bee7b2a0a1b4a415728ca1",
    ),
    "ethyca_fides-2.10.0-py2.py3-none-any.whl": (
        "ethyca-fides==2.10.0",
        "4bbf8da88dfe8b88650e791921c1debd226ddef8b760dae1c1600bb1e7fa99ad",
    ),
    "fideslang-3.1.4.tar.gz": (
        "fideslang==3.1.4",
        "85a4e9a59b808288f8c7d03b1a65da5f45e9c9c470509497dd163f6c30aab625",
    ),
}
SAMPLES = "fides/data/sample_project/sample_resources/"
FIDES_NOW, FIDES_THEN, FIDESLANG = PACKAGES
SECONDS = 180
# How many YAML files of each package are manifests, and how many are something else.
COUNTS = {FIDES_NOW: (7, 4), FIDES_THEN: (5, 1), FIDESLANG: (13, 9)}


def fetched(name: str) -> Path:
    """Return a package's file, fetched if it is not kept yet."""
    path = CACHE / name
    if path.is_file():
        return path
    CACHE.mkdir(parents=True, exist_ok=True)
    requirement, digest = PACKAGES[name]
    wanted = CACHE / f"{name}.txt"
    wanted.write_text(f"{requirement} --hash=sha256:{digest}\n", encoding="utf-8")
    kind = "--no-binary" if name.endswith(".tar.gz") else "--only-binary"
    python = Path(sys.base_prefix) / "bin" / "python3"
    command = [python, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    try:
        subprocess.run(  # noqa: S603 (our own command)
            [*command, kind, ":all:", "--dest", CACHE, "--requirement", wanted],
            check=True,
            capture_output=True,
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"{requirement} cannot be had from the registry: {type(error).__name__}")
    return path


def members(name: str) -> Iterator[tuple[str, bytes]]:
    """Yield every YAML file of a package."""
    path = fetched(name)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            for member in wheel.namelist():
                if member.endswith((".yml", ".yaml")):
                    yield member, wheel.read(member)
        return
    with tarfile.open(path) as sdist:
        for entry in sdist:
            content = sdist.extractfile(entry) if entry.name.endswith((".yml", ".yaml")) else None
            if content is not None:
                yield entry.name, content.read()


def unpacked(name: str, prefix: str, folder: Path) -> Path:
    """Put the YAML files of a package that lie below a folder of it into one folder."""
    for member, content in members(name):
        if member.startswith(prefix):
            (folder / PurePosixPath(member).name).write_bytes(content)
    return folder


def checked(folder: Path, result: ImportResult, again: Path) -> int:
    """Write a draft, read it strictly, check it and write it for Fides; return what was found."""
    RegisterWriter().write(result.register, again, remarks={}, replace=False)
    files = RegisterFolder().read(again)
    register = read_register(files.trees, catalogue=law(), problems=files.problems).register
    assert register == result.register
    exported = folder.with_suffix(".out.yml")
    exported.write_bytes(Fideslang(law()).write(register))
    back = Fideslang(law()).read(exported)
    assert back.register == register
    assert {note.fate for note in back.notes} == {Fate.CARRIED}
    return len(check(register, law(), date(2026, 11, 23)).open_findings)


@pytest.fixture
def now(tmp_path: Path) -> tuple[Path, ImportResult]:
    folder = tmp_path / "samples"
    folder.mkdir()
    unpacked(FIDES_NOW, SAMPLES, folder)
    return folder, Fideslang(law()).read(folder)


def test_the_sample_project_of_fides_is_imported(now: tuple[Path, ImportResult]) -> None:
    folder, result = now
    assert len(list(folder.iterdir())) == 7
    register = result.register
    assert register.handler.handler == "default-organization"
    assert register.handler.name.en == "Cookie House"
    assert register.handler.contacts.email == "controller@example.com"
    assert [service.service for service in register.services] == [
        "cookie-house",
        "cookie-house-custom-request-fields-database",
        "cookie-house-customer-database",
        "cookie-house-loyalty-database",
        "cookie-house-marketing-system",
        "cookie-house-postgresql-database",
    ]
    assert len(register.activities) == 5
    assert {store.store: len(store.tables) for store in register.stores} == {
        "mongo-test": 9,
        "postgres-example-custom-request-field-dataset": 1,
        "postgres-example-test-dataset": 11,
        "postgres-example-test-extended-dataset": 1,
    }


def test_columns_of_the_sample_project_have_their_categories(
    now: tuple[Path, ImportResult],
) -> None:
    _, result = now
    (postgres,) = (
        each for each in result.register.stores if each.store == "postgres-example-test-dataset"
    )
    tables = {table.table: table for table in postgres.tables}
    customer = {column.column: column.category for column in tables["customer"].columns}
    assert customer == {
        "email": "PI-BASIC-EMAIL",
        "id": "PI-NETID-ACCOUNT",
        "name": "PI-BASIC-NAME",
    }
    assert tables["customer"].identity == ("email",)
    assert tables["customer"].not_personal == ("address_id", "created")
    assert [(each.columns, each.to) for each in tables["orders"].references] == [
        (("customer_id",), "postgres-example-test-dataset.customer"),
        (("shipping_address_id",), "postgres-example-test-dataset.address"),
    ]
    cards = {column.column: column.category for column in tables["payment_card"].columns}
    assert cards["ccn"] == "PI-PROP-BANK"


def test_the_sample_project_can_be_checked_and_written_again(
    now: tuple[Path, ImportResult], tmp_path: Path
) -> None:
    folder, result = now
    assert checked(folder, result, tmp_path / "register") > 20


def test_the_sample_project_loses_nothing_unsaid(now: tuple[Path, ImportResult]) -> None:
    _, result = now
    assert all(note.said for note in result.of(Fate.LOST))
    lost = {note.source.rpartition(".")[2] for note in result.of(Fate.LOST)}
    assert {"primary_key", "data_type", "description", "administrating_department"} <= lost
    (unused,) = (note for note in result.of(Fate.LOST) if note.source.endswith(".data_use"))
    assert unused.source.startswith("system[5].")  # it handles system data only
    # A key that Fides itself does not know, in its own sample: `data_categories` in `fides_meta`.
    assert any("fides_meta.data_categories" in note.source for note in result.of(Fate.LOST))


def test_the_sample_project_of_an_older_fides_is_imported(tmp_path: Path) -> None:
    folder = tmp_path / "samples"
    folder.mkdir()
    unpacked(FIDES_THEN, SAMPLES, folder)
    result = Fideslang(law()).read(folder)
    assert len(result.register.activities) == 4
    assert checked(folder, result, tmp_path / "register") > 20


@pytest.mark.parametrize("package", PACKAGES)
def test_every_file_of_a_package_is_read_or_refused_with_its_line(
    package: str, tmp_path: Path
) -> None:
    read, refused = 0, 0
    for number, (_, content) in enumerate(members(package)):
        path = tmp_path / f"{number}.yml"
        path.write_bytes(content)
        try:
            result = Fideslang(law()).read(path)
        except FormatRefusedError as error:
            refused += 1
            codes = {problem.code for problem in error.problems}
            assert codes <= {ProblemCode.UNKNOWN_KIND, ProblemCode.BROKEN_YAML}
        else:
            read += 1
            checked(path, result, tmp_path / f"register-{number}")
    assert (read, refused) == COUNTS[package]
