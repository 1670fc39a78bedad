"""The frame of the benches: every bench is found, a figure is fair, a server is really timed."""

import importlib
import inspect
import sys
from pathlib import Path

import pytest
from bench.bench_serve import PEER, once
from bench.figure import HEAD, Figure
from bench.run import names, table
from bench.started import NotHealthyError

FIGURE = Figure(
    aim="U1",
    name="import",
    ours=0.2,
    base=0.1,
    base_name="nothing",
    unit="s",
    limit=0.2,
    checked="the answer",
)


@pytest.mark.parametrize("name", names())
def test_a_bench_measures_in_a_short_and_a_long_form(name: str) -> None:
    measure = importlib.import_module(f"bench.bench_{name}").measure
    assert list(inspect.signature(measure).parameters) == ["short"]


def test_a_figure_shows_the_ratio_and_whether_the_aim_is_reached() -> None:
    assert FIGURE.row()[2:7] == ("0.2 s", "0.1 s (nothing)", "2", "<= 0.2 s", "yes")
    assert len(FIGURE.row()) == len(HEAD)
    assert table([FIGURE], markdown=True).splitlines()[1].startswith("| --- |")


@pytest.mark.real
def test_the_peer_is_started_timed_and_stopped() -> None:
    server = once(PEER)
    assert 0 < server.seconds < 60
    assert server.rss_bytes > 10_000_000


@pytest.mark.real
def test_a_server_that_ends_is_not_healthy() -> None:
    with pytest.raises(NotHealthyError, match="ended"):
        once([sys.executable, "-c", "print('ended')"])


def test_the_figures_page_has_a_row_for_every_aim_measured() -> None:
    page = Path(__file__).parents[2] / "docs" / "figures.md"
    assert all(f"| {aim} |" in page.read_text(encoding="utf-8") for aim in ("U1", "U2", "U3"))
