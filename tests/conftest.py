"""What every test shares: how Hypothesis runs, golden files, tools that may be absent."""

pytest_plugins = [
    "tests.plugins.catalogue",
    "tests.plugins.golden",
    "tests.plugins.profiles",
    "tests.plugins.tools",
]
