"""A copy from the sample shop's own database holds what the database holds, and nobody else's."""

import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.usecases.evidence.tea_log import ONE, TeaLog
from tests.usecases.rights.copy_kit import AT, explainer, exports, request, whole

from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.rights.planner_values import Surroundings
from chengnuo.wiring.rights import planner

pytestmark = pytest.mark.real
MAKER = Path(__file__).parents[3] / "examples" / "shop" / "make_database.py"
OWN = {
    "customers": "customer_id",
    "orders": "customer_id",
    "search_history": "customer_id",
    "reviews": "customer_id",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "shop.db"
    subprocess.run(  # noqa: S603  our own program
        [sys.executable, str(MAKER), str(made), "--customers", "60"],
        check=True,
        capture_output=True,
    )
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    monkeypatch.setenv("SHOP_DB", f"sqlite:///{made}")
    monkeypatch.setenv("SHOP_UPLOADS", uploads.as_uri())
    return made


def test_a_copy_holds_the_rows_of_the_database(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, shop: Path
) -> None:
    database = sqlite3.connect(shop)
    database.row_factory = sqlite3.Row
    account = str(
        database.execute(
            "SELECT customer_id FROM orders GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1"
        ).fetchone()[0]
    )
    said, made, asked = explainer(catalogue), exports(tmp_path / "exports", tea), request()
    around = Surroundings(register=said.register, version="0" * 64, law=catalogue)
    with planner(said.register, None) as plans, made.gathering(asked, AT) as taker:
        plan = plans.plan(asked, account, AT, around, taker=taker)
    assert not plan.is_blocked
    done = made.make(plan, said, ONE, AT)
    assert done.rows > 10
    with zipfile.ZipFile(io.BytesIO(whole(made))) as archive:
        index = json.loads(archive.read("export.json"))
    tables = {one["table"]: one for one in index["tables"]}
    assert sum(one["rows"] for one in tables.values()) == done.rows
    for table, column in OWN.items():
        kept = database.execute(
            f"SELECT * FROM {table} WHERE {column} = ?",  # noqa: S608  names of the test
            (account,),
        ).fetchall()
        shown = tables[table]["data"] if table in tables else []
        names = [one["column"] for one in tables[table]["columns"]] if table in tables else []
        expected = [{name: row[name] for name in names} for row in kept]
        assert sorted(map(json.dumps, shown)) == sorted(map(json.dumps, expected))
    database.close()
    given = {
        (one["table"], column["column"]) for one in tables.values() for column in one["columns"]
    }
    assert ("login_methods", "password_hash") not in given
    assert ("children_profiles", "call_name") not in given
