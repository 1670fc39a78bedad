"""Publishing: everything is written, nothing is lost, and the same again changes nothing."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.strategies.told_register import told_register

from chengnuo.adapters.documents.publication_set import publication_writers
from chengnuo.adapters.publication_folder import PublicationFolder
from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.all_documents import DERIVED
from chengnuo.domain.disclosure.public_part import public_part
from chengnuo.domain.register.canonical import canonical_bytes, version_of
from chengnuo.domain.register.draft import UNKNOWN_DAY, to_complete
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.publication_place import PlaceTakenError, PublicationDamagedError
from chengnuo.usecases.disclosure import Publisher, UnfinishedRegisterError

LONGER = (("{keep: P30D, from: collected,", "{keep: P60D, from: collected,"),)


@pytest.fixture(name="publisher", scope="module")
def _publisher(catalogue: Catalogue) -> Publisher:
    """A publisher of every format that takes no process of its own."""
    writers = publication_writers()
    quick = {
        name: writer
        for name, writer in writers.documents.items()
        if writer.format not in writers.costly
    }
    return Publisher(catalogue=catalogue, writers=replace(writers, documents=quick))


def every_file(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_document_is_written_in_both_languages_and_every_format(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    register = told_register(catalogue)
    published = publisher.publish(register, PublicationFolder(tmp_path))
    assert published.is_new
    files = every_file(tmp_path / "current")
    expected = {
        f"tea/{lang}/{kind}{writer.suffix}"
        for lang in ("zh", "en")
        for kind in DERIVED
        for writer in publisher.writers.documents.values()
    }
    tops = {"index.html", "index.en.html", "style.css", "register.json", "manifest.json"}
    assert set(files) == expected | tops
    manifest = json.loads(files["manifest.json"])
    assert manifest["register"] == version_of(register)
    assert manifest["law"] == str(catalogue.version)
    assert {each["path"]: each["sha256"] for each in manifest["files"]} == {
        path: sha256_hex(data) for path, data in files.items() if path != "manifest.json"
    }
    assert files["register.json"] == canonical_bytes(public_part(register)) + b"\n"
    assert every_file(tmp_path / "archive" / published.kept.id) == files


def test_nothing_that_a_draft_left_open_is_told_to_people(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    register = told_register(catalogue)
    first, *others = register.activities
    app, *apps = register.apps
    marked = replace(first, purpose=to_complete(Text("处理目的")))
    undated = replace(app, rules_effective=UNKNOWN_DAY)
    for draft, field in (
        (replace(register, activities=(marked, *others)), "purpose"),
        (replace(register, apps=(undated, *apps)), "rules_effective"),
    ):
        with pytest.raises(UnfinishedRegisterError) as refused:
            publisher.publish(draft, PublicationFolder(tmp_path))
        assert [path for _, path in refused.value.places] == [field]
        assert not every_file(tmp_path)


def test_publishing_the_same_again_changes_nothing(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    place = PublicationFolder(tmp_path)
    publisher.publish(told_register(catalogue), place)
    before = every_file(tmp_path)
    again = publisher.publish(told_register(catalogue), place)
    assert not again.is_new
    assert every_file(tmp_path) == before


def test_an_earlier_publication_stays_and_what_changed_is_told(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    place = PublicationFolder(tmp_path)
    first = publisher.publish(told_register(catalogue), place).kept
    kept = every_file(tmp_path / "archive" / first.id)
    second = publisher.publish(told_register(catalogue, instead=LONGER), place).kept
    assert every_file(tmp_path / "archive" / first.id) == kept
    assert (second.number, second.before) == (2, first.id)
    told = (tmp_path / "current" / "tea" / "zh" / "changes.md").read_text(encoding="utf-8")
    assert f"从版本 {first.register[:12]}" in told
    assert "自收集之日起 60 天" in told
    top = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f'href="archive/{first.id}/index.html"' in top
    assert 'href="current/tea/zh/changes.html"' in top


def test_going_back_to_an_earlier_register_is_a_publication_of_its_own(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    place = PublicationFolder(tmp_path)
    first = publisher.publish(told_register(catalogue), place).kept
    publisher.publish(told_register(catalogue, instead=LONGER), place)
    third = publisher.publish(told_register(catalogue), place)
    assert third.is_new
    assert third.kept.id == f"{first.id}-2"
    assert [one.number for one in publisher.kept(place)] == [1, 2, 3]


def test_two_places_get_the_same_bytes(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    for name in ("one", "other"):
        place = PublicationFolder(tmp_path / name)
        publisher.publish(told_register(catalogue), place)
        publisher.publish(told_register(catalogue, instead=LONGER), place)
    assert every_file(tmp_path / "one") == every_file(tmp_path / "other")


def test_what_a_crash_left_half_exchanged_is_put_right(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    place = PublicationFolder(tmp_path)
    publisher.publish(told_register(catalogue), place)
    whole = every_file(tmp_path)
    (tmp_path / "current").rename(tmp_path / ".chengnuo-old")
    (tmp_path / ".chengnuo-new-00").mkdir()
    (tmp_path / "index.html").unlink()
    publisher.publish(told_register(catalogue), place)
    assert every_file(tmp_path) == whole


def test_a_folder_with_other_things_is_refused_and_left_alone(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PlaceTakenError):
        publisher.publish(told_register(catalogue), PublicationFolder(tmp_path))
    assert every_file(tmp_path) == {"thesis.txt": b"mine"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("register.json", b"{}", id="the public register was changed"),
        pytest.param("manifest.json", b"{}", id="the manifest is another thing"),
        pytest.param("manifest.json", b"\xff", id="the manifest is no JSON"),
    ],
)
def test_a_damaged_publication_is_found_and_nothing_is_written(
    publisher: Publisher, catalogue: Catalogue, tmp_path: Path, name: str, data: bytes
) -> None:
    place = PublicationFolder(tmp_path)
    first = publisher.publish(told_register(catalogue), place).kept
    (tmp_path / "archive" / first.id / name).write_bytes(data)
    before = every_file(tmp_path)
    with pytest.raises(PublicationDamagedError):
        publisher.publish(told_register(catalogue, instead=LONGER), place)
    assert every_file(tmp_path) == before


@pytest.mark.real
def test_pdf_is_published_too(catalogue: Catalogue, tmp_path: Path) -> None:
    made: list[str] = []
    publisher = Publisher(catalogue=catalogue, writers=publication_writers())
    publisher.publish(told_register(catalogue), PublicationFolder(tmp_path), on_file=made.append)
    written = list((tmp_path / "current").rglob("*.pdf"))
    assert len(written) == 2 * len(DERIVED)
    assert all(path.read_bytes().startswith(b"%PDF-") for path in written)
    assert len(made) == 5 * 2 * len(DERIVED)
