"""A shared database that is only looked at stays as it is."""

from sqlalchemy import text

from chengnuo.adapters.postgresql.lease import Lease
from chengnuo.adapters.postgresql.looking import SharedStores, untouched
from chengnuo.adapters.sql.migrating import newest_revision


def test_nothing_is_made_in_an_empty_database(url: str) -> None:
    shared = untouched(url)
    stores = SharedStores(shared)
    assert stores.revisions() is None
    assert (stores.kept_version(), stores.epoch_made(), stores.writer()) == ("", 0, "")
    with shared.database.read() as connection:
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()"
        assert connection.execute(text(tables)).scalar() == 0
    shared.database.close()


def test_it_tells_its_schema_and_who_writes_it(made_url: str) -> None:
    shared = untouched(made_url)
    stores = SharedStores(shared)
    assert stores.revisions() == [newest_revision()]
    assert stores.writer() == ""
    assert stores.is_verified()
    lease = Lease(shared.database, holder="host-a:12", address="")
    assert stores.writer() == "host-a:12"
    lease.close()
    assert stores.writer() == ""
    shared.database.close()
