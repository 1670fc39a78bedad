"""The picture of price audits and probes on the console, and the table that says the same."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.service_kit import start
from tests.duties.duty_kit import SAMPLE

from chengnuo.base.text import Lang
from chengnuo.domain.finding.price_records import AuditSeen, PriceRecords, ProbeSeen, Shown
from chengnuo.domain.register.model import Register
from chengnuo.doors.web.console_price_checks import MOST_ROWS, PriceChecks, price_checks
from chengnuo.doors.web.page_parts import StatusKind
from chengnuo.doors.web.register_words import Speaker
from chengnuo.law.catalogue import Catalogue

TODAY = date(2026, 11, 30)
AUDIT = AuditSeen(position=7, days=3, declares="x", shown=Shown.ABSENT, quotes=12_000)
PROBE = ProbeSeen(
    position=9,
    days=1,
    name="twins",
    activity="pricing",
    of_switch=False,
    of_list=False,
    shown=Shown.FOUND,
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Register, Catalogue]:
    kit = start(tmp_path_factory.mktemp("prices") / "data", demo=True, register=str(SAMPLE))
    desk = kit.service.services.register
    found = desk.served.register, desk.catalogue
    kit.service.close()
    return found


def checks(
    sample: tuple[Register, Catalogue], records: PriceRecords, lang: Lang = Lang.ZH
) -> PriceChecks:
    register, catalogue = sample
    return price_checks(Speaker(lang=lang, register=register, catalogue=catalogue), records, TODAY)


@pytest.mark.parametrize("lang", list(Lang))
def test_a_picture_says_its_numbers_and_the_table_has_each_with_its_record(
    sample: tuple[Register, Catalogue], lang: Lang
) -> None:
    found = checks(sample, PriceRecords(audits=(AUDIT,), probes=(PROBE,)), lang)
    assert found.picture is not None
    assert "1" in found.picture.words
    assert [row.cells[0][0].text for row in found.table.rows] == ["2026-11-29", "2026-11-27"]
    assert [row.cells[-1][0].href for row in found.table.rows] == [
        "/console/evidence/records/9",
        "/console/evidence/records/7",
    ]
    grave = found.table.rows[0].cells[2][0].status
    assert grave is not None
    assert grave.kind is StatusKind.GRAVE
    assert grave.mend is not None
    assert grave.mend.proof.href == "/console/evidence/records/9"


def test_nothing_on_record_says_how_to_check(sample: tuple[Register, Catalogue]) -> None:
    found = checks(sample, PriceRecords())
    assert found.picture is None
    assert found.table.rows == ()
    assert "chengnuo price audit" in found.table.empty.text
    assert found.table.empty.href


@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(Shown)), max_size=80))
def test_every_one_is_in_the_words_and_the_newest_in_the_table(
    sample: tuple[Register, Catalogue], made: list[tuple[int, Shown]]
) -> None:
    audits = tuple(
        replace(AUDIT, position=n, days=days, shown=shown) for n, (days, shown) in enumerate(made)
    )
    found = checks(sample, PriceRecords(audits=audits))
    assert len(found.table.rows) == min(len(made), MOST_ROWS)
    if found.picture is not None:
        for shown in Shown:
            assert str(sum(each is shown for _, each in made)) in found.picture.words
