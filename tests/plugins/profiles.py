"""How Hypothesis runs: the same examples every time in `check` and `test`, random ones in `slow`.

`test` is the profile unless `--hypothesis-profile` names another. No profile has a deadline:
a machine that is busy with something else must not fail a test.
"""

from hypothesis import HealthCheck, settings

PROFILES = {"check": 15, "test": 30}
"""By name of a profile that is the same every time, how many examples."""

for name, examples in PROFILES.items():
    settings.register_profile(
        name,
        derandomize=True,
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.register_profile(
    "slow",
    max_examples=2_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("test")
