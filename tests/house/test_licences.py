"""Everything the service runs on has a permissive licence, and NOTICE names it."""

import re
import tomllib
from collections.abc import Iterable
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata, requires

import pytest
from tests.house.sources import ROOT
from tests.house.test_requirements import FOLDER, normal, pins

PERMISSIVE = frozenset(
    {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "PSF-2.0"}
)
# Not permissive in general, and why it is no matter here.
ALLOWED = {
    "certifi": "MPL-2.0",  # weak copyleft by file; a list of certificates, used unmodified
    "manimgx-fonts-cjk": "OFL-1.1",  # a font; documents may embed it
}
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
NOTICED = dict(
    re.findall(
        r"^([a-z0-9-]+) {2,}(\S+(?: OR \S+)*)",
        NOTICE,
        re.MULTILINE,
    )
)
# How distributions that name no SPDX expression say it, in a field or a classifier.
SAYS = {
    "MIT": re.compile(r"\bMIT\b"),
    "Apache-2.0": re.compile(r"Apache"),
    "BSD-2-Clause": re.compile(r"BSD"),
    "BSD-3-Clause": re.compile(r"BSD"),
    "MPL-2.0": re.compile(r"MPL"),
}
COPYLEFT = re.compile(r"\b[AL]?GPL|General Public", re.IGNORECASE)
RUN = sorted({name for name, _ in pins(FOLDER / "run.txt")})


def stated(about: Message) -> str:
    """Return all that a distribution says of its licence, the expression alone if it has one."""
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [
        text for text in about.get_all("Classifier") or [] if text.startswith("License ::")
    ]
    return "\n".join([(about.get("License") or "")[:200], *classifiers])


def reached(names: Iterable[str]) -> set[str]:
    """Return distributions and all that they need here, as far as they are installed."""
    found: set[str] = set()
    waiting = [normal(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            needed = requires(name) or []
        except PackageNotFoundError:
            continue
        found.add(name)
        waiting += [
            normal(re.split(r"[<>=!~\[; (]", line)[0]) for line in needed if "extra" not in line
        ]
    return found


def test_no_part_that_an_extra_brings_is_under_a_licence_that_reaches_the_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [
        re.split(r"[<>=!~\[; ]", one)[0]
        for of in project["optional-dependencies"].values()
        for one in of
    ]
    parts = reached(extras)
    assert {"duckdb", "pyarrow", "boto3", "redis", "pg8000"} <= parts
    said = {name: stated(metadata(name)) for name in parts}
    assert {name: text for name, text in said.items() if COPYLEFT.search(text)} == {}
    assert [name for name, text in said.items() if not text.strip()] == []


def test_notice_names_every_distribution_and_no_other() -> None:
    assert sorted(NOTICED) == RUN


@pytest.mark.parametrize("name", RUN)
def test_a_distribution_has_a_permissive_licence(name: str) -> None:
    noticed = NOTICED[name]
    assert ALLOWED.get(name) == noticed or set(noticed.split(" OR ")) <= PERMISSIVE
    try:
        about = metadata(name)
    except PackageNotFoundError:
        # Locked for another system only; NOTICE was read by a person.
        assert re.search(
            rf"^{name} .*\(Windows only\)$", (ROOT / "NOTICE").read_text(), re.MULTILINE
        )
        return
    said = stated(about)
    assert COPYLEFT.search(said) is None
    if "License-Expression" in about:
        assert set(re.split(r" (?:OR|AND) ", noticed)) <= set(re.split(r" (?:OR|AND) ", said))
    else:
        assert SAYS[noticed.split(" OR ")[0]].search(said)
