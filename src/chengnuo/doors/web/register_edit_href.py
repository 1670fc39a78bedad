"""Where the form of a row of the register is, and where in it a field stands."""

import re
from urllib.parse import quote, urlencode

from chengnuo.domain.register.kinds import KIND_BY_NAME

EDIT_PATH = "/console/register/edit"
NEW_PATH = "/console/register/new"
CHANGES_PATH = "/console/register/changes"

_STEPS = re.compile(r"[^A-Za-z0-9_]+")
_LAST = re.compile(r"\[[0-9]+\]$")


def edit_href(kind: str, row: str, field: str = "") -> str:
    """Return the address of the form of a row, at a field.

    Args:
        kind: Name of the kind of row, as `activity`.
        row: Its id.
        field: The field as it is written in places and findings, as `items[0].category`; empty
            for the whole row. One of several, as `personal_factors[0]`, stands in the control of
            them all.

    """
    href = f"{EDIT_PATH}/{KIND_BY_NAME[kind].plural}/{quote(row, safe='')}"
    if not field:
        return href
    whole = _LAST.sub("", field)
    return f"{href}?{urlencode({'field': whole})}#{anchor_of(whole)}"


def new_href(kind: str) -> str:
    """Return the address of the form of a new row."""
    return f"{NEW_PATH}/{KIND_BY_NAME[kind].plural}"


def anchor_of(field: str) -> str:
    """Return the id that a field has on the page of the form: `f-items-0-category`."""
    return "f-" + _STEPS.sub("-", field).strip("-")
