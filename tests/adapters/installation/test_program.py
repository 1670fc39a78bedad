"""What the program needs is read from its own metadata, and compared by its numbers."""

from importlib.metadata import requires

import pytest

from chengnuo.adapters.installation.program import InstalledProgram, fits, requirement_of


def test_every_requirement_of_ours_is_read_and_what_is_installed_fits() -> None:
    needed = [requirement_of(line) for line in requires("chengnuo") or ()]
    assert len(needed) > 20
    look = InstalledProgram(needs={"price": ("[prices]",)}).program()
    assert look.python_fits
    assert [one for one in look.packages if not one.fits] == []
    assert {one.name for one in look.extras} == {one.extra for one in needed if one.extra}
    assert [one.name for one in look.extras if one.needed_by] == ["price"]


@pytest.mark.parametrize(
    ("given", "bounds", "expected"),
    [
        ("2.10", ">=2.9", True),
        ("2.9", ">=2.10", False),
        ("7.1.0", "<8,>=7.1", True),
        ("8.0", "<8,>=7.1", False),
        ("8.0rc1", "<8", False),
        ("3", ">=3.0.0", True),
        ("1", "", True),
    ],
)
def test_bounds(given: str, bounds: str, *, expected: bool) -> None:
    assert fits(given, bounds) is expected


def test_a_bound_of_another_form_is_not_taken_for_kept() -> None:
    with pytest.raises(ValueError, match="~=2"):
        fits("2.0", "~=2")


@pytest.mark.parametrize("line", ["", "a ; python_version < '3'"])
def test_a_requirement_of_another_form_is_not_read(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        requirement_of(line)
