"""What every test shares: how Hypothesis runs, golden files, a browser, tools that may lack."""

pytest_plugins = [
    "tests.plugins.browsers",
    "tests.plugins.catalogue",
    "tests.plugins.golden",
    "tests.plugins.profiles",
    "tests.plugins.tools",
]
