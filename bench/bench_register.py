"""The register check on 10,000 activities, beside writing the same register as canonical JSON."""

import dataclasses
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TypeVar

from bench.figure import Figure
from tests.strategies.clean_register import clean_register

from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.base.text import Text
from chengnuo.domain.finding.check import check
from chengnuo.domain.register.canonical import canonical_bytes
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.domain.register.model import Register

T = TypeVar("T")

ACTIVITIES = 10_000
RECIPIENTS = 300
LIMIT_S = 10
TODAY = date(2026, 11, 23)


def large_register(activities: int) -> Register:
    """Return the clean register with its activities and recipients repeated under other ids.

    Every hundredth activity has an empty purpose, so that there is something to find.
    """
    clean = clean_register()
    made = list(clean.activities)
    for number in range(activities - len(made)):
        model = clean.activities[number % len(clean.activities)]
        vague = number % 100 == 0
        made.append(
            dataclasses.replace(
                model,
                activity=ActivityId(f"{model.activity}-{number}"),
                purpose=Text("提升用户体验", "Better experience") if vague else model.purpose,
                recipients=tuple(
                    RecipientId(f"{one}-{number % RECIPIENTS}") for one in model.recipients
                ),
            )
        )
    parties = list(clean.recipients)
    used = {recipient for activity in made for recipient in activity.recipients}
    for model in clean.recipients:
        parties += [
            dataclasses.replace(model, recipient=RecipientId(name))
            for name in (f"{model.recipient}-{n}" for n in range(RECIPIENTS))
            if name in used
        ]
    return dataclasses.replace(clean, activities=tuple(made), recipients=tuple(parties))


def seconds(act: Callable[[], T]) -> tuple[float, T]:
    """Return how long a call takes, and its answer."""
    since = time.perf_counter()
    answer = act()
    return time.perf_counter() - since, answer


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the time of a check of a small and of the large register."""
    catalogue = load_catalogue(read_catalogue, cache_folder=None)
    for activities in (ACTIVITIES // 10, ACTIVITIES) if not short else (ACTIVITIES,):
        register = large_register(activities)
        took, report = seconds(partial(check, register, catalogue, TODAY))
        plain, _ = seconds(partial(canonical_bytes, register))
        vague = [one for one in report.findings if one.rule == "vague-purpose"]
        expected = -(-(activities - len(clean_register().activities)) // 100)
        assert len(vague) == expected
        yield Figure(
            aim="check",
            name=f"register check, {activities:,} activities, {report.rules_run} rules",
            ours=took,
            base=plain,
            base_name="canonical JSON of the same register",
            unit="s",
            limit=LIMIT_S * activities / ACTIVITIES,
            checked=f"finds the {expected} planted vague purposes, no more",
        )
