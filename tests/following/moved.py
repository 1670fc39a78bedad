"""A house that was moved to a database, and writes there: what others follow."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

from tests.servers.over import move_house
from tests.usecases.consent.consent_kit import TeaHouse

_H = TypeVar("_H", bound=TeaHouse)


@contextmanager
def moved(house: _H, url: str) -> Iterator[_H]:
    """Move a house to a database, open it there and record which register is in force."""
    house.close()
    move_house(house.log_place, url)
    house.open()
    with closing(house):
        newest = house.data.versions.latest()
        assert newest is not None
        house.recorder.register_in_force(newest)
        yield house
