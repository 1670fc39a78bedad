"""The check of a package: grouping, stable ids, rows, waivers, baselines, real samples."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.finding.changing import Change, added, changed
from tests.domain.finding.inspection_kit import BAD, BAD_SEEN, UMENG, inspection
from tests.domain.finding.package_cases import UMENG_LISTED, asked, kit, reading, saw
from tests.packages.kit import built
from tests.strategies.clean_register import TODAY

from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.finding.check import check
from chengnuo.domain.finding.finding import Finding, FindingId
from chengnuo.domain.finding.package_check import app_of_package, check_package, new_findings
from chengnuo.domain.finding.package_report import PackageReport, Side
from chengnuo.domain.inspection.inspecting import inspect
from chengnuo.domain.observation.api_catalogue import Role
from chengnuo.domain.observation.inspection import Inspection, PackageKind
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Observation,
    ObservationId,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.domain.register.ids import AppId, RecipientId, SdkWaiverId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import SdkWaiver
from chengnuo.law.catalogue import Catalogue


@pytest.fixture(scope="module")
def checked(knowledge: Knowledge, catalogue: Catalogue) -> "Checking":
    return Checking(knowledge, catalogue)


class Checking:
    """Checks inspections with the knowledge and the law that ship."""

    def __init__(self, knowledge: Knowledge, catalogue: Catalogue) -> None:
        self.knowledge = knowledge
        self.catalogue = catalogue

    def __call__(
        self,
        seen: Inspection,
        register: Register | None = None,
        before: Inspection | None = None,
        on: date = TODAY,
    ) -> PackageReport:
        return check_package(
            seen,
            knowledge=self.knowledge,
            catalogue=self.catalogue,
            today=on,
            register=register,
            before=before,
        )

    def sample(self, name: str) -> Inspection:
        content = built(name).read_bytes()
        return inspect(content, self.knowledge, sha256=sha256_hex(content))


def of_rule(report: PackageReport, rule: str) -> list[Finding]:
    return [one for one in report.findings if one.rule == rule]


def test_one_sdk_that_reads_one_thing_at_ten_places_is_one_finding(checked: Checking) -> None:
    seen = [reading("PI-DEVICE-IMEI", Moment.CERTAIN, UMENG, pc=pc) for pc in range(10)]
    (found,) = of_rule(checked(inspection(seen)), "sdk-reads-before-consent")
    assert len(found.observations) == 10


def test_the_certain_way_tells_the_conditional_one_too(checked: Checking) -> None:
    seen = [
        reading("PI-DEVICE-IMEI", Moment.CERTAIN),
        reading("PI-DEVICE-IMEI", Moment.CONDITIONAL, pc=9),
    ]
    report = checked(inspection(seen))
    (found,) = of_rule(report, "own-code-reads-before-consent")
    assert len(found.observations) == 2
    assert not of_rule(report, "own-code-may-read-before-consent")


def test_the_fix_names_the_sdks_own_way_of_waiting(checked: Checking) -> None:
    (found,) = of_rule(checked(inspection([BAD_SEEN["imei"]])), "sdk-reads-before-consent")
    assert "UMConfigure.preInit" in found.fix.zh
    assert "UMConfigure.preInit" in (found.fix.en or "")
    assert "由应用自身代码调用" not in found.fix.zh


def test_a_kit_that_starts_by_itself_is_taken_out_of_the_manifest(checked: Checking) -> None:
    (found,) = of_rule(checked(inspection([BAD_SEEN["mac"]])), "sdk-may-read-before-consent")
    assert "清单" in found.fix.zh
    assert "JCollectionAuth.setAuth" in found.fix.zh


def test_ids_do_not_move_with_the_code(checked: Checking, clean: Register) -> None:
    moved = replace(BAD, observations=tuple(map(elsewhere, BAD.observations)))
    first, second = checked(BAD, clean), checked(moved, clean)
    assert [one.id for one in first.findings] == [one.id for one in second.findings]


def elsewhere(one: Observation) -> Observation:
    """Return an observation whose code stands at another place of another file."""
    if one.place.pc < 0:
        return one
    place = replace(one.place, file="classes9.dex", pc=one.place.pc + 100)
    path = tuple(replace(step, pc=step.pc + 100) for step in one.path)
    return replace(one, place=place, path=path, id=ObservationId(one.id[::-1]))


def test_ids_do_not_change_when_the_register_is_mended(checked: Checking, clean: Register) -> None:
    listed = changed(clean, *UMENG_LISTED)
    reports = [checked(BAD, register) for register in (None, clean, listed)]
    ids = [[one.id for one in of_rule(each, "sdk-reads-before-consent")] for each in reports]
    assert ids[0] == ids[1] == ids[2]
    assert of_rule(reports[0], "sdk-reads-before-consent")[0].row == RowRef("app", "com.tea.shop")
    assert of_rule(reports[1], "sdk-reads-before-consent")[0].row == RowRef("app", "shop-app")
    assert of_rule(reports[2], "sdk-reads-before-consent")[0].row == RowRef("recipient", "maps")


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_what_was_seen_does_not_matter(
    checked: Checking, clean: Register, random: Random
) -> None:
    seen = list(BAD.observations)
    random.shuffle(seen)
    found = checked(inspection(seen, BAD.sdks, BAD.unread, BAD.not_finished), clean)
    assert found == checked(BAD, clean)


PLACES = st.lists(
    st.tuples(
        st.sampled_from(["PI-DEVICE-IMEI", "PI-DEVICE-AID", "PI-LOC-PRECISE"]),
        st.sampled_from(list(Moment)),
        st.integers(0, 50),
    ),
    max_size=12,
)


@given(PLACES, PLACES)
def test_more_that_is_seen_never_mends_anything(
    checked: Checking, few: list[tuple[str, Moment, int]], more: list[tuple[str, Moment, int]]
) -> None:
    """What is certain in a part of the code is certain in the whole."""
    rules = ("own-code-reads-before-consent", "seen-read-before-consent")  # the surer takes over

    def found(places: list[tuple[str, Moment, int]]) -> int:
        report = checked(inspection(read(places)))
        return sum(len(of_rule(report, rule)) for rule in rules)

    assert found(few) <= found([*few, *more])


def read(places: Iterable[tuple[str, Moment, int]]) -> list[Observation]:
    found = [reading(category, moment, pc=pc) for category, moment, pc in places]
    return [replace(one, id=ObservationId(f"{number:012x}")) for number, one in enumerate(found)]


def waiver(rule: str, granted: date, expires: date) -> Change:
    return Change(
        "sdk_waiver umeng-for-now",
        "",
        SdkWaiver(
            sdk_waiver=SdkWaiverId("umeng-for-now"),
            recipient=RecipientId("maps"),
            rule=rule,
            reason=Text("厂商下个版本修复", "The vendor mends it in its next version"),
            granted=granted,
            expires=expires,
            granted_by=Text("个人信息保护负责人", "Officer"),
        ),
    )


@pytest.mark.parametrize(
    ("rule", "expires", "is_waived"),
    [
        pytest.param("sdk-reads-before-consent", TODAY, True, id="last day"),
        pytest.param("sdk-reads-before-consent", date(2026, 11, 22), False, id="expired"),
        pytest.param("sdk-not-listed", TODAY, False, id="another rule"),
    ],
)
def test_a_waiver_covers_findings_about_its_sdk(
    checked: Checking, clean: Register, rule: str, expires: date, is_waived: bool
) -> None:
    register = changed(clean, *UMENG_LISTED, waiver(rule, date(2026, 11, 1), expires))
    found = of_rule(checked(BAD, register), "sdk-reads-before-consent")
    assert found
    assert all((one.waived is not None) is is_waived for one in found)
    assert not any(one.waived for one in of_rule(checked(BAD, register), "consent-pre-ticked"))


def test_a_waiver_may_name_a_rule_about_packages(clean: Register, catalogue: Catalogue) -> None:
    later = date(2027, 1, 1)
    register = changed(
        clean, *UMENG_LISTED, waiver("sdk-reads-before-consent", date(2026, 11, 1), later)
    )
    rules = {one.rule for one in check(register, catalogue, TODAY).findings}
    assert "waiver-for-unknown-rule" not in rules


def test_only_what_is_new_and_open_counts_against_a_baseline(checked: Checking) -> None:
    report = checked(BAD)
    open_ids = [one.id for one in report.findings if one.is_open]
    assert [one.id for one in new_findings(report, ())] == open_ids
    assert [one.id for one in new_findings(report, open_ids[1:])] == open_ids[:1]
    assert new_findings(report, {*open_ids, FindingId("0" * 12)}) == ()


def test_the_app_is_the_one_named_so_else_the_only_one(clean: Register) -> None:
    other = replace(clean.apps[0], app=AppId("tea"))
    named = replace(other, platforms=replace(other.platforms, android="com.tea.shop"))
    two = replace(clean, apps=(clean.apps[0], named))
    neither = replace(clean, apps=(clean.apps[0], other))
    assert app_of_package(clean, BAD) == clean.apps[0]
    assert app_of_package(two, BAD) == named
    assert app_of_package(two, BAD, AppId("shop-app")) == clean.apps[0]
    assert app_of_package(neither, BAD) is None


def test_without_a_register_nothing_is_said_of_what_is_declared(checked: Checking) -> None:
    report = checked(BAD)
    assert report.drift is None
    assert report.register_version is None
    assert not [one for one in report.findings if "register" in one.rule or "listed" in one.rule]


def test_a_permission_counts_under_its_short_and_its_full_name(
    checked: Checking, clean: Register
) -> None:
    full = changed(
        clean,
        Change("activity face-login", "permissions.android", ("android.permission.CAMERA",)),
    )
    for register in (clean, full):
        report = checked(inspection([asked("CAMERA")]), register)
        assert not of_rule(report, "permission-not-registered")


def test_an_sdk_is_declared_by_id_package_or_name(checked: Checking, clean: Register) -> None:
    maps = "recipient maps"
    unknown = [Change(maps, "sdk.packages", ()), Change(maps, "sdk.name", "别的名字")]
    ways = {
        "id": [*unknown, Change(maps, "sdk.catalogue", "umeng-analytics")],
        "package": [*unknown, Change(maps, "sdk.packages", ("com.umeng.commonsdk",))],
        "name": [*unknown, Change(maps, "name", Text("友盟+ 移动统计 U-App SDK"))],
    }
    case = saw(kits=(kit(UMENG),))
    assert of_rule(checked(case.inspection, changed(clean, *unknown)), "sdk-not-listed")
    for way, changes in ways.items():
        report = checked(case.inspection, changed(clean, *changes))
        assert not of_rule(report, "sdk-not-listed"), way


def test_a_category_of_which_one_is_declared_is_no_other(
    checked: Checking, clean: Register
) -> None:
    """A position may stand for a precise or a rough one: either is enough."""
    one = replace(reading("PI-DEVICE-IMEI"), categories=("PI-DEVICE-IMEI", "PI-LOC-COARSE"))
    report = checked(inspection([one]), clean)
    assert not of_rule(report, "category-not-registered")
    assert report.drift is not None
    agreed = {row.what for row in report.drift.rows if row.side is Side.AGREED}
    assert "PI-LOC-COARSE" in agreed


def test_a_declared_activity_is_the_row_to_mend(checked: Checking, clean: Register) -> None:
    one = replace(
        reading("PI-CONTACTS-BOOK"), permissions=("android.permission.ACCESS_FINE_LOCATION",)
    )
    (found,) = of_rule(checked(inspection([one]), clean), "category-not-registered")
    assert found.row == RowRef("activity", "nearby-stores")
    assert found.field == "items"


def test_a_bad_shop_is_found_bad_and_a_model_app_clean(checked: Checking) -> None:
    bad = checked(checked.sample("whole-bad-shop"))
    rules = {one.rule for one in bad.findings}
    assert rules >= {
        "own-code-reads-before-consent",
        "own-code-may-read-before-consent",
        "sdk-reads-before-consent",
        "consent-pre-ticked",
        "clear-text-address-used",
        "clear-text-allowed",
        "permission-never-used",
        "refusal-leaves-app",
        "starts-by-itself",
    }
    owners = {one.message.zh for one in of_rule(bad, "sdk-reads-before-consent")}
    assert len(owners) >= 5
    model = checked(checked.sample("whole-model-app"))
    assert not [one for one in model.findings if one.is_open]


def test_a_bad_shop_and_a_register_are_apart_both_ways(checked: Checking, clean: Register) -> None:
    seen = checked.sample("whole-bad-shop")
    report = checked(seen, changed(clean, *UMENG_LISTED))
    assert report.drift is not None
    rows = {(row.subject, row.what): row for row in report.drift.rows}
    read = rows[Subject.INFORMATION, "PI-DEVICE-IMEI"]
    assert (read.side, read.rows) == (Side.AGREED, (RowRef("recipient", "maps"),))
    assert rows[Subject.INFORMATION, "PI-DEVICE-APPS"].side is Side.USED_NOT_DECLARED
    assert rows[Subject.INFORMATION, "PI-COMM-AUDIO"].side is Side.DECLARED_NOT_USED
    permission = rows[Subject.PERMISSION, "android.permission.RECORD_AUDIO"]
    assert permission.side is Side.DECLARED_NOT_USED
    assert 0 < report.drift.per_mille <= 1000


def test_the_same_package_gives_the_same_report(checked: Checking, clean: Register) -> None:
    first, second = (checked(checked.sample("whole-bad-shop"), clean) for _ in range(2))
    assert first == second
    assert list(first.findings) == sorted(first.findings, key=lambda one: one.order)
    assert len({one.id for one in first.findings}) == len(first.findings)


def test_many_owners_of_one_reading_are_counted(checked: Checking, clean: Register) -> None:
    owners = [Owner(kind=OwnerKind.LIBRARY, id=f"com.lib.n{number}") for number in range(9)]
    seen = [
        replace(reading("PI-CONTACTS-BOOK", owner=owner, pc=at), owner=owner)
        for at, owner in enumerate(owners)
    ]
    (found,) = of_rule(checked(inspection(seen), clean), "category-not-registered")
    assert "`com.lib.n3` 等 9 方代码可以读取" in found.message.zh
    assert "and 5 more can read" in (found.message.en or "")
    assert "n4" not in found.message.zh
    assert len(found.observations) == 9


def test_a_support_library_counts_only_where_it_runs_at_every_start(
    checked: Checking, clean: Register
) -> None:
    support = Owner(kind=OwnerKind.LIBRARY, id="androidx.core")
    rule = "category-not-registered"
    for moment, count in ((Moment.CONDITIONAL, 0), (Moment.LATER, 0), (Moment.CERTAIN, 1)):
        seen = inspection([reading("PI-CONTACTS-BOOK", moment, support)])
        assert len(of_rule(checked(seen, clean), rule)) == count


def test_what_a_listed_sdk_reads_beside_the_app_is_told_apart(
    checked: Checking, clean: Register
) -> None:
    seen = [reading("PI-DEVICE-MAC", owner=UMENG), reading("PI-DEVICE-MAC", pc=9)]
    report = checked(inspection(seen), changed(clean, *UMENG_LISTED))
    (own,) = of_rule(report, "category-not-registered")
    (sdk,) = of_rule(report, "sdk-reads-more-than-registered")
    assert (own.observations, sdk.observations) == ((seen[1].id,), (seen[0].id,))
    assert own.row == RowRef("app", "shop-app")


def test_what_only_writes_reads_nothing(
    checked: Checking, clean: Register, knowledge: Knowledge
) -> None:
    apis = knowledge.apis.apis
    sink = next(
        id_ for id_, api in apis.items() if api.role is Role.SINK and api.touched.categories
    )
    one = replace(reading("PI-CONTACTS-BOOK", Moment.CERTAIN), what=sink)
    report = checked(inspection([one]), clean)
    assert not of_rule(report, "own-code-reads-before-consent")
    assert not of_rule(report, "category-not-registered")


def test_of_a_library_nothing_is_missed(checked: Checking, clean: Register) -> None:
    """A kit is held against what is declared; that it lacks the rest of the app is no finding."""
    register = changed(clean, *UMENG_LISTED)
    whole = inspection([reading("PI-DEVICE-MAC", Moment.UNKNOWN, UMENG)])
    alone = replace(whole, package=replace(whole.package, kind=PackageKind.AAR, app_id=""))
    report = checked(alone, register)
    assert [one.rule for one in report.findings] == ["sdk-reads-more-than-registered"]
    assert report.drift is not None
    assert {row.side for row in report.drift.rows} == {Side.USED_NOT_DECLARED}


def test_a_recipient_that_gets_more_is_told_in_its_own_row(
    checked: Checking, clean: Register
) -> None:
    register = changed(
        clean,
        *UMENG_LISTED,
        Change("recipient maps", "sdk.versions", added("android 9.6.3")),
    )
    seen = [reading("PI-DEVICE-MAC", owner=UMENG)]
    report = checked(inspection(seen, (kit(UMENG, version="9.6.3"),)), register)
    (found,) = of_rule(report, "sdk-reads-more-than-registered")
    assert (found.row, found.field) == (RowRef("recipient", "maps"), "categories")
    assert not of_rule(report, "category-not-registered")
    assert not of_rule(report, "sdk-version-differs")
