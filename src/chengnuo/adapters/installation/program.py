"""The program as it is installed: its Python, its packages, whether it can set a page.

What it needs is read from its own metadata, so nothing is listed twice. Versions are compared by
their numbers; a bound of ours has no more than numbers (a test holds them to that).
"""

import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from chengnuo.adapters.documents.pdf import set_pages
from chengnuo.adapters.packages.standing import standing
from chengnuo.base.canonical import Tree
from chengnuo.ports.installation import Extra, Layer, Package, ProgramLook

NAME = "chengnuo"
_REQUIREMENT = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*(?P<bounds>[^;]*)"
    r"(?:;\s*extra\s*==\s*['\"](?P<extra>[^'\"]+)['\"])?\s*"
)
_BOUND = re.compile(r"(?P<how>>=|<)\s*(?P<than>\d+(?:\.\d+)*)")
_NUMBERS = re.compile(r"\d+")
_PAPER: dict[str, Tree] = {
    "kind": "check",
    "lang": "zh-CN",
    "title": "承诺",
    "facts": {"handler": "承诺", "app": "", "register": "", "effective": ""},
    "head": [["一", "二"], ["三", "四"]],
    "blocks": [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One line of what a package needs: `extra` is empty for what it always needs."""

    name: str
    bounds: str
    extra: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledProgram:
    """`ProgramParts` over what is installed.

    Attributes:
        needs: Settings that need an extra, by its name.

    """

    needs: Mapping[str, tuple[str, ...]]

    def program(self) -> ProgramLook:
        """See `ProgramParts.program`."""
        python, wanted = platform.python_version(), metadata(NAME)["Requires-Python"]
        needed = [requirement_of(line) for line in requires(NAME) or ()]
        extras = sorted({one.extra for one in needed if one.extra})
        return ProgramLook(
            python=python,
            python_wanted=wanted,
            python_fits=fits(python, wanted),
            packages=tuple(_packages(one for one in needed if not one.extra)),
            extras=tuple(
                Extra(
                    name=extra,
                    missing=tuple(
                        one.name
                        for one in _packages(one for one in needed if one.extra == extra)
                        if not one.fits
                    ),
                    needed_by=self.needs.get(extra, ()),
                )
                for extra in extras
            ),
        )

    def paper(self) -> None:
        """See `ProgramParts.paper`."""
        set_pages(_PAPER, date(2000, 1, 1))

    def layers(self) -> tuple[Layer, ...]:
        """See `ProgramParts.layers`."""
        return standing()


def requirement_of(line: str) -> Requirement:
    """Return a line of what a package needs.

    Raises:
        ValueError: It has a form that is not read here.

    """
    found = _REQUIREMENT.fullmatch(line)
    if found is None:
        raise ValueError(line)
    return Requirement(
        name=found["name"], bounds=found["bounds"].strip(), extra=found["extra"] or ""
    )


def fits(given: str, bounds: str) -> bool:
    """Tell whether a version keeps to bounds such as `<8,>=7.1`.

    Raises:
        ValueError: A bound has a form that is not read here.

    """
    return all(_keeps(given, bound.strip()) for bound in bounds.split(",") if bound.strip())


def _keeps(given: str, bound: str) -> bool:
    found = _BOUND.fullmatch(bound)
    if found is None:
        raise ValueError(bound)
    is_at_least = _numbers(given) >= _numbers(found["than"])
    return is_at_least if found["how"] == ">=" else not is_at_least


def _numbers(version_text: str) -> list[int]:
    """Return the numbers of a version, without zeros at its end: `2.10` is after `2.9`."""
    numbers = [int(one) for one in _NUMBERS.findall(re.split(r"[^0-9.]", version_text)[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def _packages(needed: Iterable[Requirement]) -> Iterator[Package]:
    for one in needed:
        try:
            found = version(one.name)
        except PackageNotFoundError:
            found = ""
        yield Package(
            name=one.name,
            wanted=one.bounds,
            found=found,
            fits=bool(found) and fits(found, one.bounds),
        )
