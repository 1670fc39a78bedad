"""What was read lately is held within a bound of bytes, whatever the size of batches."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.adapters.evidence.batch import Row
from chengnuo.adapters.evidence.batch_cache import BatchCache

_MOST = 4_000


def _batch(number: int, size: int) -> list[Row]:
    return [Row(b"%d" % number, bytes(size), 0, 0, 0)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=40))
def test_a_batch_is_given_as_it_was_read_and_few_bytes_are_held(
    asked: list[tuple[int, int]],
) -> None:
    cache = BatchCache(_MOST)
    for number, place in asked:
        batch = _batch(number, 600 * place)
        assert cache.rows(number, place, partial(list, batch)) == batch
        assert cache.held <= _MOST


def test_batches_larger_than_the_bound_are_held_one_at_a_time() -> None:
    cache = BatchCache(_MOST)
    for number in range(20):
        cache.rows(number, 0, partial(_batch, number, 10 * _MOST))
        assert cache.held < 11 * _MOST


def test_what_was_asked_for_lately_is_not_read_again() -> None:
    cache = BatchCache(_MOST)
    read: list[int] = []

    def reading(number: int) -> list[Row]:
        read.append(number)
        return _batch(number, 1_000)

    for number in (1, 2, 1, 3, 1, 4, 1):
        cache.rows(number, 0, partial(reading, number))
    assert read == [1, 2, 3, 4]
