"""How Hypothesis runs: the same examples every time in `check`, many random ones in `slow`.

`check` is the profile unless `--hypothesis-profile` names another. No profile has a deadline:
a machine that is busy with something else must not fail a test.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "check",
    derandomize=True,
    max_examples=50,
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
settings.load_profile("check")
