"""What every test shares: how Hypothesis runs, memory, golden files, a browser, servers, tools."""

pytest_plugins = [
    "tests.plugins.browsers",
    "tests.plugins.catalogue",
    "tests.plugins.doctests",
    "tests.plugins.golden",
    "tests.plugins.long",
    "tests.plugins.memory",
    "tests.plugins.order",
    "tests.plugins.profiles",
    "tests.plugins.scratch",
    "tests.plugins.servers",
    "tests.plugins.tools",
]
