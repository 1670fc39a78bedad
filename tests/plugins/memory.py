"""What importing and collecting leave behind is never walked by the collector of garbage.

Thousands of tests and every module of the project stay alive to the end. Walking them again and
again at each full collection took a sixth of the processor time of the fast tests. Only what the
tests themselves make is walked, and seldom: putting a service together makes objects by the ten
thousand that stay, and walking them all the while took a sixth of the time of its tests.
"""

import gc

import pytest

SELDOM = (10_000, 20, 20)
"""Objects made since the last walk of the youngest, and walks before one of those older."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Let nothing be walked while modules are imported and tests collected."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Collect once, set aside what is left, and walk from then on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
