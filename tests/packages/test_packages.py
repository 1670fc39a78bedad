"""That the sample packages are those of their sources, and that their answers hang together."""

import tomllib
import zipfile

import pytest
from tests.packages.kit import (
    BUILT,
    SOURCES,
    Expected,
    built,
    digest_of_sites,
    digest_of_sources,
    expected,
    names,
    recipe,
    seals,
    sha256_of,
)

from chengnuo.domain.observation.moment import Moment

NAMES = names()
MOST = 2_000_000
MOST_EACH = 30_000


def test_there_is_a_built_package_for_each_source_and_no_other() -> None:
    files = {path.name for path in BUILT.iterdir()} - {"seals.toml"}
    assert files == {built(name).name for name in NAMES}
    assert tuple(seals()) == NAMES


def test_no_source_changed_since_its_package_was_built() -> None:
    stale = [name for name in NAMES if seals()[name].sources != digest_of_sources(name)]
    assert not stale, "run `python tests/packages/build.py` with these names"


def test_no_built_package_was_changed_by_hand() -> None:
    changed = [
        name for name in NAMES if seals()[name].package != sha256_of(built(name).read_bytes())
    ]
    assert not changed


def test_every_expected_site_was_seen_in_the_built_code() -> None:
    unseen = [name for name in NAMES if seals()[name].sites != digest_of_sites(expected(name))]
    assert not unseen, "build these anew: dexdump then looks for their sites"


def test_the_packages_stay_small() -> None:
    sizes = {name: built(name).stat().st_size for name in NAMES}
    assert sum(sizes.values()) < MOST
    assert [name for name, size in sizes.items() if size > MOST_EACH] == []


def test_every_package_opens_and_has_no_damaged_file() -> None:
    for name in NAMES:
        with zipfile.ZipFile(built(name)) as archive:
            assert archive.testzip() is None, name


@pytest.mark.parametrize("name", NAMES)
def test_the_answers_say_why_and_name_each_place_once(name: str) -> None:
    wanted = expected(name)
    assert wanted.about
    assert len({site.key for site in wanted.sites}) == len(_twice_by_category(wanted))
    assert all(site.why for site in wanted.sites)
    assert all(site.moment not in site.tolerated for site in wanted.sites)
    assert all(one.why for one in (*wanted.seen, *wanted.not_seen))
    said = {(one.subject, one.what, one.where) for one in wanted.seen}
    assert said.isdisjoint({(one.subject, one.what, one.where) for one in wanted.not_seen})


def _twice_by_category(wanted: Expected) -> set[tuple[str, ...]]:
    return {(*site.key, site.category) for site in wanted.sites}


def test_every_moment_that_code_alone_tells_is_shown_by_some_package() -> None:
    of_code = {moment for moment in Moment if not moment.is_seen}
    assert {site.moment for name in NAMES for site in expected(name).sites} == of_code


def test_the_manifest_of_every_source_names_the_application_expected() -> None:
    for name in NAMES:
        text = (SOURCES / name / "AndroidManifest.xml").read_text("utf-8")
        assert f'package="{expected(name).app_id}"' in text, name


def test_twenty_packages_hold_no_sdk_at_all() -> None:
    assert len([name for name in NAMES if expected(name).no_sdk]) >= 20


def test_every_recipe_is_one_that_the_builder_knows() -> None:
    for name in NAMES:
        made = recipe(name)
        assert len(made.groups) == len(made.dex_names), name
        assert set(made.omitted) <= set(made.groups), name


def test_a_changed_source_changes_its_digest() -> None:
    text = (SOURCES / "guard-prefs" / "expected.toml").read_text("utf-8")
    row = tomllib.loads(text)["site"][0]
    assert (row["class"], row["method"], row["calls"]) == expected("guard-prefs").sites[0].key
