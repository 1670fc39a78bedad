"""The leaves of a log as bytes, a run at a time: what `record` gives one by one."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.log_kit import consents, published

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.ports.evidence_log import NoSuchRecordError, Position

SIZE = 12


@pytest.fixture(scope="module")
def log(either_kit_of: KitOf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WritableLog]:
    """A log of batches of several sizes."""
    kit = either_kit_of(tmp_path_factory.mktemp("entries"))
    log = kit.open()
    for batch in (consents(range(3)), [published(7)], consents(range(10, 17)), [published(8)]):
        log.append(batch)
    yield log
    log.close()
    kit.close()


@given(st.integers(0, SIZE), st.integers(0, SIZE))
def test_a_run_is_what_single_records_are(log: WritableLog, first: int, stop: int) -> None:
    one_by_one = [log.record(Position(at)).entry for at in range(first, stop)]
    assert list(log.entries(Position(first), stop)) == one_by_one


def test_what_a_reader_beside_the_writer_has_not_seen_yet_is_looked_for(
    either_kit_of: KitOf, tmp_path: Path
) -> None:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append(consents(range(2)))
    log.publish()
    with closing(kit.reader()) as reader:
        log.append([published(7)])
        assert len(list(reader.entries(Position(0), 3))) == 3
        with pytest.raises(NoSuchRecordError):
            next(iter(reader.entries(Position(0), 4)))
    log.close()
    kit.close()
