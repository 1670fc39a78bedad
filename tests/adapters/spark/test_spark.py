"""Spark gives what this process gives: the same rows, counts and reports, by another way."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.adapters.spark.lake import LAKE, lay
from tests.usecases.decision.deciding_kit import ADULT
from tests.usecases.decision.test_audience import (
    NOBODY,
    PEOPLE,
    Town,
    any_statement,
    live,
    opened_house,
    requests,
)

from chengnuo.adapters.connectors.opening import ConnectedStores
from chengnuo.adapters.name_weights import read_name_model
from chengnuo.adapters.spark.cluster import SparkBatch
from chengnuo.base.canonical import Tree
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.request import Request
from chengnuo.doors.cli.root import EXIT_FINDINGS, run
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.batches import ListedIds, Standing
from chengnuo.ports.id_lists import IdListError, IdListUnavailableError
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.audience import AudienceDesk, Tally
from chengnuo.usecases.decision.audience_batch import AudienceBatch, all_known
from chengnuo.usecases.stores.scanning import StoreScans, Wanted
from chengnuo.wiring.batching import Batching
from chengnuo.wiring.knowledge import text_knowledge
from chengnuo.wiring.program import Program
from chengnuo.wiring.stores import LOOKS

BUILT = Path(__file__).parents[2] / "packages" / "built"
SHOP = str(Path(__file__).parents[3] / "examples" / "shop" / "register")

pytestmark = [
    pytest.mark.real,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


@pytest.fixture(scope="module", name="town")
def made_town(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Town]:
    house = opened_house(tmp_path_factory.mktemp("town") / "house", catalogue)
    live(house, Random(11))
    yield Town(house)
    house.close()


def listed_in(folder: Path, ids: Sequence[str]) -> Path:
    """Write ids as a folder of files, one of them of one row, in groups of rows."""
    folder.mkdir()
    for number, part in enumerate((ids[:60], ids[60:61], ids[61:])):
        file = folder / f"{number}.parquet"
        parquet.write_table(pa.table({"account": part}), file, row_group_size=25)
    return folder


def compared(spark: SparkBatch, town: Town, request: Request, stated: Stated, place: Path) -> Tally:
    """Filter a list here and on Spark, and return what came out of both."""
    keys = {f"a-{number}": key for number, key in enumerate([*PEOPLE, NOBODY])}
    ids = Random(3).choices(list(keys), k=150)
    state = town.house.consents
    assert state.level() is not None
    desk = AudienceDesk(desk=town.desk(state), state=state)
    here = Tally()
    pairs = [(one, keys[one]) for one in ids]
    permitted = list(chain(*desk.permitted([pairs], request, here, stated=stated)))
    known = list(all_known(town.house.data.consents, town.house.opened.payloads))
    listed = ListedIds(
        source=listed_in(place / "ids", ids),
        column="account",
        out=place / "out",
        person=keys.__getitem__,
    )
    apart = AudienceBatch(batch=spark, desk=desk, known=known)
    assert apart.filtered(listed, request, stated) == here
    files = sorted(listed.out.glob("*.parquet"))
    rows = pa.concat_tables([parquet.read_table(one) for one in files])
    assert rows.column_names == ["account"]
    assert rows["account"].to_pylist() == permitted
    assert sorted(one.name for one in place.iterdir()) == ["ids", "out"]
    return here


def telling(town: Town, stated: Stated) -> list[Request]:
    """Return all requests; those come first by which some are permitted and others not."""
    state = town.house.consents
    assert state.level() is not None

    def tells(request: Request) -> tuple[bool, int]:
        _, tally = town.sifted(request, state, state, stated)
        return 0 < tally.permitted < tally.size, len(tally.reasons)

    return sorted(requests(town), key=tells, reverse=True)


def test_a_list_comes_out_as_if_it_had_been_gone_through(
    spark: SparkBatch, town: Town, tmp_path: Path
) -> None:
    found = compared(spark, town, telling(town, ADULT)[0], ADULT, tmp_path)
    assert found.size == 150
    assert 0 < found.permitted < found.size
    assert found.reasons


@pytest.mark.slow
def test_any_list_for_any_request_comes_out_so(
    spark: SparkBatch, town: Town, tmp_path: Path
) -> None:
    random, counts = Random(7), Counter[Outcome]()
    for number, request in enumerate(telling(town, ADULT)[::5]):
        place = tmp_path / str(number)
        place.mkdir()
        stated = any_statement(random) if number % 2 else ADULT
        counts += compared(spark, town, request, stated, place).outcomes
    assert counts.keys() == set(Outcome)


def elsewhere(account: str) -> PersonKey:
    """Return a key, but not for all."""
    if account == "b":
        raise IdListError(account, "it is known elsewhere")
    return PersonKey(account)


@pytest.mark.slow
def test_what_is_no_list_is_told(spark: SparkBatch, tmp_path: Path) -> None:
    def told(file: Path, column: str = "") -> str:
        out = tmp_path / "out"
        listed = ListedIds(source=file, column=column, out=out, person=PersonKey)
        with pytest.raises(IdListError) as raised:
            spark.filtered(listed, [], Standing(Outcome.REFUSE))
        assert not out.exists()
        return raised.value.what

    out = tmp_path / "kept"
    out.mkdir()
    (out / "letters.txt").touch()
    listed = ListedIds(source=tmp_path, column="", out=out, person=PersonKey)
    with pytest.raises(IdListUnavailableError):
        spark.filtered(listed, [], Standing(Outcome.REFUSE))
    assert (out / "letters.txt").exists()

    file = tmp_path / "ids.parquet"
    assert told(file) == "there is no such file"
    parquet.write_table(pa.table({"id": ["a", None], "share": [0.5, 1.0]}), file)
    assert told(file) == "id 2 is empty or over 200 signs"
    assert told(file, "name") == "it has no column `name`"
    parquet.write_table(pa.table({"id": ["a", "b"], "share": [0.5, 1.0]}), file)
    listed = ListedIds(source=file, column="id", out=tmp_path / "out", person=elsewhere)
    with pytest.raises(IdListError, match="`b`"):  # stands for what no key can be made of
        spark.filtered(listed, [], Standing(Outcome.REFUSE))
    assert told(file, "share") == "the column holds neither texts nor whole numbers"


def test_a_lake_is_scanned_as_it_is_here(spark: SparkBatch, tmp_path: Path) -> None:
    lay(tmp_path / "lake")
    looks = ConnectedStores((LAKE,), {"LAKE": (tmp_path / "lake").as_uri()}, LOOKS)
    scans = StoreScans(
        knowledge=text_knowledge(), model=read_name_model(), today=lambda: date(2026, 11, 30)
    )
    apart = replace(scans, counting=Batching().counted(spark, looks))
    whole = scans.scan([LAKE], looks, Wanted(rows=None), lambda *_: None)
    assert apart.scan([LAKE], looks, Wanted(rows=None), lambda *_: None) == whole
    tables = {one.table: one for one in whole.stores[0].tables}
    assert set(tables) == {"orders/*.parquet", "visits/*.csv", "events/*.jsonl", "torn/*.jsonl"}
    assert {one.column for one in tables["orders/*.parquet"].columns} >= {
        "mobile",
        "remark",
        "ext.gift.to",
        "ext.late",
        "ext.mail",
    }
    assert tables["torn/*.jsonl"].trouble is not None
    assert tables["orders/*.parquet"].oldest


@pytest.mark.slow
def test_a_store_of_files_is_scanned_as_it_is_here(
    spark: SparkBatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert spark.session is not None
    lay(tmp_path / "lake", seed=9)
    connections = tmp_path / "connections.toml"
    connections.write_text(f'SHOP_UPLOADS = "{(tmp_path / "lake").as_uri()}"\n')
    options = ["--register", SHOP, "--connections", str(connections), "--store", "uploads"]

    def scanned(*more: str) -> tuple[int, Tree]:
        status = run(Program(), ["stores", "scan", *options, "--json", *more])
        return status, json.loads(capsys.readouterr().out)

    for how in ((), ("--whole",)):
        here = scanned(*how)
        assert here[0] == EXIT_FINDINGS
        assert scanned(*how, "--engine", "spark") == here


def test_a_folder_of_packages_is_inspected_as_it_is_here(
    spark: SparkBatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert spark.session is not None
    folder = tmp_path / "packages"
    folder.mkdir()
    for name in ("net-cleartext.apk", "sdk-oaid.apk"):
        shutil.copy(BUILT / name, folder)
    whole = (BUILT / "read-clipboard.apk").read_bytes()
    (folder / "damaged.apk").write_bytes(whole[: len(whole) // 2])
    shutil.copy(folder / "sdk-oaid.apk", folder / "again.apk")

    def inspected(out: Path, *more: str) -> tuple[int, str, dict[str, bytes]]:
        line = ["inspect", str(folder), "--on", "2026-11-28", "-o", str(out)]
        status = run(Program(), [*line, "--json", *more])
        said = capsys.readouterr().out.replace(str(out), "OUT")
        files = (one for one in out.rglob("*") if one.is_file())
        return status, said, {str(one.relative_to(out)): one.read_bytes() for one in files}

    here = inspected(tmp_path / "here")
    assert here[0] == EXIT_FINDINGS
    told = {one["name"]: one["error"] is None for one in json.loads(here[1])["packages"]}
    assert sorted(told) == sorted(one.name for one in folder.iterdir())
    assert [name for name, is_told in told.items() if not is_told] == ["damaged.apk"]
    assert inspected(tmp_path / "there", "--engine", "spark") == here
