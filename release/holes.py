"""Asks a list of known holes (OSV, which has the advisories of PyPI) about every locked version.

    python -m release.holes     (part of `make audit`)

Exit status: 0 none is known, 1 some are, 3 the list could not be asked, so that nothing is known.
The names and versions asked about are those of the public files of requirements, nothing else.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import httpx
from release.locked import ROOT, Pin, pins

SERVICE = "https://api.osv.dev"
FILES = ("run.txt", "build.txt", "uv.txt")
_AT_ONCE = 500
_TIMEOUT_S = 30.0


class UnansweredError(Exception):
    """The list could not be asked; the text says what happened."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A known hole of a pinned version."""

    pin: Pin
    advisory: str


def known(asked: Sequence[Pin], service: str) -> list[Hole]:
    """Return the known holes of some versions, in their order.

    Args:
        asked: What is asked about.
        service: Address of the list.

    Raises:
        UnansweredError: It did not answer, or not in its form (`/v1/querybatch` of OSV).

    """
    holes: list[Hole] = []
    with httpx.Client(base_url=service, timeout=_TIMEOUT_S) as client:
        for start in range(0, len(asked), _AT_ONCE):
            holes += _page(client, asked[start : start + _AT_ONCE])
    return holes


def _page(client: httpx.Client, asked: Sequence[Pin]) -> list[Hole]:
    queries = [
        {"package": {"name": pin.name, "ecosystem": "PyPI"}, "version": pin.version}
        for pin in asked
    ]
    try:
        answer = client.post("/v1/querybatch", json={"queries": queries})
        answer.raise_for_status()
        results = answer.json()["results"]
        told = [[str(one["id"]) for one in result.get("vulns", ())] for result in results]
    except httpx.HTTPError as error:
        raise UnansweredError(f"{type(error).__name__}: {error}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnansweredError("the answer has another form") from error
    if len(told) != len(asked):
        raise UnansweredError("the answer is about another number of versions")
    return [
        Hole(pin, advisory)
        for pin, advisories in zip(asked, told, strict=True)
        for advisory in advisories
    ]


def main(service: str) -> int:
    """Ask about everything that a person installs or builds with, and say what is known."""
    found = {pin.purl: pin for name in FILES for pin in pins(ROOT / "requirements" / name)}
    asked = list(found.values())
    try:
        holes = known(asked, service)
    except UnansweredError as error:
        print(f"audit: NOTHING WAS CHECKED: {service} did not answer ({error})", file=sys.stderr)
        return 3
    for hole in holes:
        print(f"{hole.pin.name} {hole.pin.version}: {hole.advisory}")
    print(f"audit: {len(asked)} locked versions, {len(holes)} known holes")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main(os.environ.get("CHENGNUO_OSV", SERVICE)))
