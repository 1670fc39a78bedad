"""The table of drift: what agrees is counted, what is apart comes first, nothing is rounded up."""

from datetime import date

import pytest

from chengnuo.domain.finding.drift import (
    DriftLine,
    DriftSource,
    SourceRead,
    Thing,
    drift_table,
    percent,
)
from chengnuo.domain.finding.drift_json import stated_tree, table_tree
from chengnuo.domain.finding.drift_lines import UseCount, record_lines
from chengnuo.domain.finding.drift_words import summary
from chengnuo.domain.finding.package_report import Side
from chengnuo.domain.register.model import Register

ON = date(2026, 11, 28)


def line(what: str, side: Side, source: DriftSource = DriftSource.LOGS) -> DriftLine:
    return DriftLine(source=source, thing=Thing.HOST, what=what, side=side)


def test_the_share_is_rounded_down_and_is_whole_only_where_nothing_is_apart() -> None:
    agreed = [line(f"{n}.example", Side.AGREED) for n in range(1999)]
    table = drift_table("ab" * 32, ON, (), [*agreed, line("x", Side.USED_NOT_DECLARED)])
    assert (table.share(), percent(table.share())) == (999, "99.9%")
    assert drift_table("ab" * 32, ON, (), agreed).share() == 1000
    assert drift_table("ab" * 32, ON, (), ()).share() is None
    assert table.lines[0].what == "x"


def test_each_source_has_its_own_figure() -> None:
    lines = [
        line("a", Side.AGREED),
        line("b", Side.DECLARED_NOT_USED, DriftSource.PACKAGE),
        line("c", Side.AGREED, DriftSource.PACKAGE),
    ]
    read = [SourceRead(source=DriftSource.PACKAGE, name="app.apk", digest="cd" * 32)]
    table = drift_table("ab" * 32, ON, read, lines)
    assert table.share(DriftSource.LOGS) == 1000
    assert table.share(DriftSource.PACKAGE) == 500
    assert table.read == (DriftSource.PACKAGE,)
    tree = table_tree(table)
    assert (tree["agreed"], tree["total"], tree["perMille"]) == (2, 3, 666)
    assert stated_tree(table)["lines"] == [one for one in tree["lines"] if one["side"] != "agreed"]
    assert "一致 2 项（66.6%）" in summary(table).zh


def test_activities_that_were_used_never_or_not_declared(clean: Register) -> None:
    first, *others = sorted(str(one.activity) for one in clean.activities)
    uses = [
        UseCount(activity=first, count=3),
        UseCount(activity=first, recipient="nobody", count=2),
        UseCount(activity="unheard-of", count=1),
    ]
    lines = {(one.thing, one.what): one for one in record_lines(clean, uses)}
    assert lines[Thing.ACTIVITY, first].side is Side.AGREED
    assert lines[Thing.ACTIVITY, first].proof == ("5",)
    assert lines[Thing.ACTIVITY, "unheard-of"].side is Side.USED_NOT_DECLARED
    assert {lines[Thing.ACTIVITY, one].side for one in others} == {Side.DECLARED_NOT_USED}
    assert lines[Thing.RECIPIENT, f"{first} → nobody"].side is Side.USED_NOT_DECLARED


def test_a_recipient_that_the_activity_names_agrees(clean: Register) -> None:
    activity = next(one for one in clean.activities if one.recipients)
    given = UseCount(
        activity=str(activity.activity), recipient=str(activity.recipients[0]), count=1
    )
    found = [one for one in record_lines(clean, [given]) if one.thing is Thing.RECIPIENT]
    assert [(one.side, len(one.rows)) for one in found] == [(Side.AGREED, 2)]


def test_without_records_nothing_is_said(clean: Register) -> None:
    assert list(record_lines(clean, [])) == []


@pytest.mark.parametrize("source", sorted(DriftSource))
def test_sources_and_things_have_words(source: DriftSource) -> None:
    assert source.text.en
    assert all(one.text.en for one in Thing)
