"""The zone of the machine: whatever it is, the law counts in Beijing time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

ZONES = ("UTC", "America/Los_Angeles", "Asia/Shanghai", "Pacific/Kiritimati")


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Let the machine stand in a zone for a while."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        assert time.tzname[0] in {"UTC", "PST", "CST", "+14"}
        yield
    time.tzset()
