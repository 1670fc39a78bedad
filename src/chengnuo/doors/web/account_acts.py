"""Acts upon accounts, in words: on the page of people and on one's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.base.text import Lang
from chengnuo.doors.texts import moment, words
from chengnuo.ports.accounts import AccountEvent, AccountId


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One recorded act: when, what, upon whom, by whom, and whether nobody could review it."""

    at: str
    what: str
    upon: str
    by: str
    single: bool


def act_of(
    event: AccountEvent, names: Mapping[AccountId, str], lang: Lang, *, other: str = ""
) -> Act:
    """Return an act in words.

    Args:
        event: The act.
        names: Names of the accounts that may be named.
        lang: The language.
        other: What any other account is called.

    """
    said = words(lang)
    what = said[f"act-{event.act}"]
    if f"role-{event.detail}" in said:
        colon = "：" if lang is Lang.ZH else ": "
        what = f"{what}{colon}{said[f'role-{event.detail}']}"
    return Act(
        at=moment(event.at),
        what=what,
        upon=names.get(event.account, "") if event.account else "",
        by=names.get(event.actor, other) if event.actor else said["by-start"],
        single=event.single_person,
    )
