"""Reading a register: every problem at once, each with file, line, value and what was expected."""

from collections.abc import Callable
from datetime import date

import pytest
from tests.domain.register.written import FILES, changed, trees

from chengnuo.domain.register.canonical import tree_of_register, version_of
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.problems import Problem, ProblemCode, RegisterRefusedError
from chengnuo.domain.register.reading import read_register, read_tree, refuse_expired_waivers
from chengnuo.domain.register.store import WhenDeleted
from chengnuo.law.catalogue import Catalogue

Problems = tuple[Problem, ...]


@pytest.fixture(name="refused")
def _refused(catalogue: Catalogue) -> Callable[[dict[str, str]], Problems]:
    def read(files: dict[str, str]) -> Problems:
        with pytest.raises(RegisterRefusedError) as refusal:
            read_register(trees(files), catalogue=catalogue)
        return refusal.value.problems

    return read


def test_a_register_is_read_from_single_files_and_lists(catalogue: Catalogue) -> None:
    loaded = read_register(trees(), catalogue=catalogue)
    register = loaded.register
    assert [service.service for service in register.services] == ["browse", "nearby"]
    assert register.service_by_id["nearby"].requires[0].any_of == ("nearby-stores",)
    assert str(register.activity_by_id["nearby-stores"].retention.keep) == "P30D"
    assert loaded.place_of(RowRef("activity", "nearby-stores"), "items[1].category") is not None


def test_places_are_those_of_the_fields_or_of_what_is_around_them(catalogue: Catalogue) -> None:
    loaded = read_register(trees(), catalogue=catalogue)
    row = RowRef("activity", "nearby-stores")
    places = [
        str(loaded.place_of(row, field))
        for field in ("items[1].category", "items[1].impact", "assessment", "")
    ]
    file = "activities/nearby-stores.yaml"
    assert places == [f"{file}:8", f"{file}:8", f"{file}:1", f"{file}:1"]


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "line", "given"),
    [
        pytest.param(
            "handler.yaml", "address:", "adress:", ProblemCode.UNKNOWN_KEY, 3, "adress", id="key"
        ),
        pytest.param(
            "activities/nearby-stores.yaml",
            "service: nearby\n",
            "service: near-by\n",
            ProblemCode.DANGLING_ID,
            2,
            "near-by",
            id="dangling service",
        ),
        pytest.param(
            "activities/nearby-stores.yaml",
            "PI-LOC-PRECISE",
            "PI-LOC-EXACT",
            ProblemCode.DANGLING_ID,
            7,
            "PI-LOC-EXACT",
            id="category that the law does not know",
        ),
        pytest.param(
            "activities/nearby-stores.yaml",
            "main.location_log",
            "main.locations",
            ProblemCode.DANGLING_ID,
            13,
            "main.locations",
            id="table that the store does not have",
        ),
        pytest.param(
            "activities/nearby-stores.yaml",
            "P30D",
            "30 days",
            ProblemCode.WRONG_VALUE,
            12,
            "30 days",
            id="wrong period",
        ),
        pytest.param(
            "activities/nearby-stores.yaml",
            "basis: consent",
            "basis: legitimate-interests",
            ProblemCode.WRONG_VALUE,
            9,
            "legitimate-interests",
            id="a basis that PIPL does not have",
        ),
        pytest.param(
            "activities/nearby-stores.yaml",
            "at_most: 1 per minute",
            "at_most: often",
            ProblemCode.WRONG_VALUE,
            5,
            "often",
            id="wrong frequency",
        ),
        pytest.param(
            "handler.yaml",
            "working_days: 15",
            "working_days: soon",
            ProblemCode.WRONG_TYPE,
            8,
            "soon",
            id="word for a number",
        ),
        pytest.param(
            "handler.yaml",
            "working_days: 15",
            "working_days: 0",
            ProblemCode.WRONG_VALUE,
            8,
            "0",
            id="number below the limit",
        ),
        pytest.param(
            "services.yaml", "basic: true", "basic: yes", ProblemCode.WRONG_TYPE, 5, "yes", id="yes"
        ),
        pytest.param(
            "services.yaml",
            "service: nearby",
            "service: browse",
            ProblemCode.DUPLICATE_ID,
            6,
            "browse",
            id="two rows with one id",
        ),
        pytest.param(
            "apps/demo.yaml",
            "app: demo\nname: 示例应用",
            "app: demo\nname: ''",
            ProblemCode.WRONG_VALUE,
            2,
            "",
            id="empty text",
        ),
        pytest.param(
            "apps/demo.yaml",
            "2026-10-01",
            "2026-13-01",
            ProblemCode.WRONG_VALUE,
            13,
            "2026-13-01",
            id="no such day",
        ),
        pytest.param(
            "stores/main.yaml",
            "connection: MAIN_DB",
            "connection: sqlite:///main.db",
            ProblemCode.WRONG_VALUE,
            4,
            "sqlite:///main.db",
            id="a connection itself",
        ),
        pytest.param(
            "recipients/map-co.yaml",
            "categories: [PI-LOC-PRECISE]",
            "categories: []",
            ProblemCode.WRONG_VALUE,
            5,
            "[… 0]",
            id="empty list",
        ),
    ],
)
def test_one_mistake_is_one_problem_at_its_line(  # noqa: PLR0913, PLR0917 (columns of the table)
    refused: Callable[[dict[str, str]], Problems],
    name: str,
    old: str,
    new: str,
    code: ProblemCode,
    line: int,
    given: str,
) -> None:
    problems = [
        problem
        for problem in refused(changed(name, old, new))
        # An unknown key leaves the right one missing, and a lost row leaves its users dangling.
        if problem.code is not ProblemCode.MISSING_KEY and problem.given != "nearby"
    ]
    assert [(one.code, str(one.place), one.given) for one in problems] == [
        (code, f"{name}:{line}", given)
    ]


def test_all_problems_are_told_at_once(refused: Callable[[dict[str, str]], Problems]) -> None:
    files = changed("activities/nearby-stores.yaml", "P30D", "soon")
    files["recipients/map-co.yaml"] = FILES["recipients/map-co.yaml"].replace("sdk:", "kit:")
    files["handler.yaml"] = FILES["handler.yaml"].replace("15", "many")
    found = {(problem.place.file, problem.code) for problem in refused(files)}
    assert found == {
        ("activities/nearby-stores.yaml", ProblemCode.WRONG_VALUE),
        ("recipients/map-co.yaml", ProblemCode.UNKNOWN_KEY),
        ("handler.yaml", ProblemCode.WRONG_TYPE),
    }


def test_near_ids_are_offered(refused: Callable[[dict[str, str]], Problems]) -> None:
    (problem,) = refused(changed("activities/nearby-stores.yaml", "[map-co]", "[mapco]"))
    assert "`map-co`" in problem.expected.zh
    assert "`map-co`" in str(problem.expected.en)


def test_a_register_without_a_handler_or_an_app_is_refused(
    refused: Callable[[dict[str, str]], Problems],
) -> None:
    (problem,) = refused({"apps/demo.yaml": FILES["apps/demo.yaml"]})
    assert (problem.code, problem.given) == (ProblemCode.MISSING_KEY, "handler")
    (problem,) = refused({"handler.yaml": FILES["handler.yaml"]})
    assert (problem.code, problem.given) == (ProblemCode.MISSING_KEY, "app")


def test_what_is_written_reads_back_and_keeps_its_version(catalogue: Catalogue) -> None:
    register = read_register(trees(), catalogue=catalogue).register
    again = read_tree(tree_of_register(register), catalogue=catalogue).register
    assert again == register
    assert version_of(again) == version_of(register)


def test_the_layout_of_the_files_does_not_change_the_version(catalogue: Catalogue) -> None:
    one = read_register(trees(), catalogue=catalogue).register
    other = read_register(reversed(trees()), catalogue=catalogue).register
    assert version_of(one) == version_of(other)


def test_a_waiver_counts_on_its_last_day_and_is_refused_the_day_after(
    catalogue: Catalogue,
) -> None:
    waiver = """\
sdk_waiver: map-late
recipient: map-co
rule: sdk-starts-before-consent
reason: 供应商将在下一版本支持延迟初始化
granted: 2026-09-01
expires: 2026-11-30
granted_by: 个人信息保护办公室
"""
    loaded = read_register(trees(FILES | {"waiver.yaml": waiver}), catalogue=catalogue)
    refuse_expired_waivers(loaded, date(2026, 11, 30))
    with pytest.raises(RegisterRefusedError) as refusal:
        refuse_expired_waivers(loaded, date(2026, 12, 1))
    (problem,) = refusal.value.problems
    assert (problem.code, str(problem.place)) == (ProblemCode.EXPIRED_WAIVER, "waiver.yaml:6")


def test_the_word_null_needs_no_quotes_where_it_is_a_choice(catalogue: Catalogue) -> None:
    files = changed("stores/main.yaml", "when_deleted: delete-row", "when_deleted: null")
    register = read_register(trees(files), catalogue=catalogue).register
    assert register.stores[0].tables[0].columns[0].when_deleted is WhenDeleted.NULL


def test_rows_with_long_ids_are_told_apart_and_have_their_places(catalogue: Catalogue) -> None:
    names = ["a" * 59 + end for end in "xy"]
    services = "".join(
        f"  - {{service: {name}, app: demo, name: 服务, basic: false}}\n" for name in names
    )
    files = FILES | {"more.yaml": f"services:\n{services}"}
    loaded = read_register(trees(files), catalogue=catalogue)
    places = [str(loaded.place_of(RowRef("service", name), "basic")) for name in names]
    assert places == ["more.yaml:2", "more.yaml:3"]
