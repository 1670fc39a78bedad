"""What a follower looks at: everything of one moment, and what was said in the order of commits."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from tests.adapters.evidence.batches import batch_of

from chengnuo.adapters.evidence.kept_keys import KeptKeys
from chengnuo.adapters.evidence.key_holder_file import FileKeyHolder
from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.fence import LeaseLostError, SchemaChangedError
from chengnuo.adapters.postgresql.key_rows import PostgresqlKeyRows
from chengnuo.adapters.postgresql.lease import Lease, LeaseHeldError
from chengnuo.adapters.postgresql.log_batches import LogBatches
from chengnuo.adapters.postgresql.outlook import FollowedKeyRows, Outlooks
from chengnuo.adapters.sql.consents import SqlConsents
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import KeyClass
from chengnuo.ports.consents import KnownOfIndividual
from chengnuo.ports.evidence_keys import Erasure, KeyHolderError
from chengnuo.ports.following import Holder
from chengnuo.ports.individuals import PersonKey

pytestmark = pytest.mark.real
ONE, TWO = PersonKey("1a" * 32), PersonKey("2b" * 32)


def born(year: int) -> KnownOfIndividual:
    return KnownOfIndividual(birth_date=date(year, 5, 1))


def test_a_look_tells_how_far_everything_is(made_url: str, tmp_path: Path) -> None:
    with (
        closing(PostgresqlDatabase(made_url)) as database,
        closing(PostgresqlDatabase(made_url)) as other,
    ):
        keys = KeptKeys(
            PostgresqlKeyRows(database), FileKeyHolder(tmp_path / "epoch", in_data_folder=False)
        )
        followed = FollowedKeyRows(other)
        outlooks = Outlooks(other, followed, mine="right")
        first = outlooks.look()
        assert (first.size, first.said, first.holder) == (0, 0, None)
        lease = Lease(database, holder="left", address="http://left")
        batches = LogBatches(database, "chengnuo.test/log")
        batches.recover()
        batches.append(batch_of(0, 3), 3)
        SqlConsents(database).know(ONE, born(1990))
        before = followed.changes
        keys.ready([ONE, TWO], content=True)
        made = outlooks.look()
        assert (made.size, made.said, made.holder) == (3, 1, Holder(fence=1, address="http://left"))
        assert made.destroyed == first.destroyed
        assert followed.changes > before
        erasure = Erasure(key=KeyClass.CONTENT, at=from_us(10), under="PIPL-47", position=2)
        keys.erase({ONE: erasure})
        assert outlooks.look().destroyed != first.destroyed
        lease.close()
        assert outlooks.look().holder is None


def test_who_follows_finishes_and_makes_nothing_of_the_keys(
    made_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(holder: FileKeyHolder, epoch: int) -> None:
        raise KeyHolderError(f"{holder.place} {epoch}")

    holder = FileKeyHolder(tmp_path / "epoch", in_data_folder=False)
    with (
        closing(PostgresqlDatabase(made_url)) as database,
        closing(PostgresqlDatabase(made_url)) as other,
    ):
        with pytest.raises(KeyHolderError, match="first key"):
            KeptKeys(FollowedKeyRows(other), holder, follows=True)
        assert holder.epochs() == ()
        keys = KeptKeys(PostgresqlKeyRows(database), holder)
        proof = keys.ready([ONE, TWO], content=True)[TWO].proof
        erasure = Erasure(key=KeyClass.CONTENT, at=from_us(10), under="PIPL-47", position=2)
        with monkeypatch.context() as patch:
            patch.setattr(FileKeyHolder, "make", stopped)
            with pytest.raises(KeyHolderError):
                keys.erase({ONE: erasure})
        rows = PostgresqlKeyRows(database)
        with rows.reading():
            before = rows.state(), rows.changes_of_others()
        followed = KeptKeys(FollowedKeyRows(other), holder, follows=True)
        found = followed.find(TWO)
        with rows.reading():
            assert (rows.state(), rows.changes_of_others()) == before
        assert holder.epochs() == (1,)
        assert found is not None
        assert found.proof == proof


def test_what_was_said_comes_in_order_and_only_the_newest_of_each(made_url: str) -> None:
    with closing(PostgresqlDatabase(made_url)) as database:
        consents = SqlConsents(database)
        outlooks = Outlooks(database, FollowedKeyRows(database), mine="")
        consents.know(ONE, born(1990))
        consents.know(TWO, born(1991))
        consents.know(ONE, born(1992))
        consents.know(ONE, KnownOfIndividual())  # says nothing
        consents.know(TWO, born(1991))  # and this nothing new
        told = [(one.number, one.person, one.known) for one in outlooks.said_since(0)]
        assert told == [(2, TWO, born(1991)), (3, ONE, born(1992))]
        assert [one.number for one in outlooks.said_since(2)] == [3]
        everybody = {one.person: one.known for one in outlooks.said_of_everybody()}
        assert everybody == {ONE: born(1992), TWO: born(1991)}


def test_a_database_from_before_there_were_followers_gets_the_table(made_url: str) -> None:
    with closing(PostgresqlDatabase(made_url)) as database, database.write() as connection:
        connection.exec_driver_sql("DROP TABLE individual_change")
    with closing(PostgresqlDatabase(made_url)) as database:
        SqlConsents(database).know(ONE, born(1990))
        told = Outlooks(database, FollowedKeyRows(database), mine="").said_since(0)
        assert [one.person for one in told] == [ONE]


def test_one_takes_the_lease_and_may_again_whose_answer_was_lost(
    made_url: str, tmp_path: Path
) -> None:
    with (
        closing(PostgresqlDatabase(made_url)) as database,
        closing(PostgresqlDatabase(made_url)) as other,
    ):
        holder = FileKeyHolder(tmp_path / "epoch", in_data_folder=False)
        KeptKeys(PostgresqlKeyRows(database), holder)
        taken = Lease(database, holder="left", address="http://left")
        assert taken.fence == 1
        with pytest.raises(LeaseHeldError):
            Lease(other, holder="right", address="http://right")
        # The answer may have been lost: it keeps whoever took it from nothing.
        keys = FollowedKeyRows(database)
        assert Outlooks(database, keys, mine="left").look().holder is None
        assert Outlooks(database, keys, mine="right").look().holder is not None
        again = Lease(database, holder="left", address="http://left")
        assert again.fence == 2
        with pytest.raises(LeaseLostError):
            taken.renew()
        again.close()


def test_a_program_that_is_older_than_the_tables_looks_at_nothing(
    made_url: str, tmp_path: Path
) -> None:
    with closing(PostgresqlDatabase(made_url)) as database:
        holder = FileKeyHolder(tmp_path / "epoch", in_data_folder=False)
        KeptKeys(PostgresqlKeyRows(database), holder)
        outlooks = Outlooks(database, FollowedKeyRows(database), mine="")
        assert outlooks.look().size == 0
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(SchemaChangedError) as refused:
            outlooks.look()
        assert refused.value.found == "9999"
