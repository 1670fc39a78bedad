"""`chengnuo price audit --second-opinion`: told beside the audit, in both forms and languages."""

import json
from pathlib import Path

import pytest

from chengnuo.base.text import Lang
from chengnuo.domain.pricing.second_opinion import Estimate, OpinionRow, SecondOpinion
from chengnuo.domain.pricing.spec import Family
from chengnuo.doors.cli.root import run
from chengnuo.doors.cli.second_opinion_text import second_opinion_lines
from chengnuo.wiring.program import Program

SECOND = SecondOpinion(
    rows=(
        OpinionRow(
            regressor="band=top",
            attribute="band",
            family=Family.HABIT,
            cells=Estimate(effect=0.01, low=0.005, high=None),
            compared=Estimate(effect=0.011, low=0.004, high=0.018),
            outside=None,
        ),
    ),
    compared=1200,
    outside=34,
    unseen=5,
)


def test_it_says_that_it_decides_nothing_and_what_it_lacks() -> None:
    head, row = second_opinion_lines(SECOND, Lang.EN)
    assert "decides nothing" in head
    assert "1,200" in head
    assert row.strip() == (
        "band=top: in cells +1.00% (+0.50% to none); by the local price +1.10% (+0.40% to +1.80%),"
        " outside of cells none"
    )
    head, row = second_opinion_lines(SECOND, Lang.ZH)
    assert "不参与结论" in head
    assert "单元外 无" in row


@pytest.mark.real
def test_it_is_told_if_asked_for_and_moves_no_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log, spec = tmp_path / "quotes.parquet", tmp_path / "quotes.toml"
    words = ["price", "simulate", "--scenario", "big-spenders", "--quotes", "3000", "-o", str(log)]
    assert run(Program(lang=Lang.EN), words) == 0
    said = []
    for option in ([], ["--second-opinion"]):
        capsys.readouterr()
        status = run(
            Program(lang=Lang.EN), ["price", "audit", str(spec), str(log), "--json", *option]
        )
        said.append((status, json.loads(capsys.readouterr().out)))
    (one, without), (two, with_it) = said
    assert one == two
    assert without["second_opinion"] is None
    assert without["verdict"] == with_it["verdict"]
    assert without["configuration"] == with_it["configuration"]
    assert len(with_it["second_opinion"]["rows"]) == 10
