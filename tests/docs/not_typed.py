"""The commands of pages that are not typed as they stand, by how they begin, and why."""

import re

from tests.docs.walks import Typed

NOT_TYPED = {
    r"make (run|test)$": "the two commands of a newcomer: CI types both",
    r"python3 -m venv|\. ~/chengnuo|\. \.venv/|pip install": "brings packages from a registry",
    r"sudo ": "installs on a machine; test_operating and test_deploy hold what is installed",
    r"journalctl ": "a machine that systemd has started",
    r"chengnuo serve": "runs until it is stopped; the tests of the service start it",
    r"python examples/host-webview/host.py serve": "runs until it is stopped; see test_host_apps",
    r"kill ": "a signal to a running service; test_serve sends it",
    r"git add": "opens an editor for the message",
    r"python -m (tests|bench)\.": "measures for minutes; the page says what came out, and when",
    r"spark-submit|export PYSPARK_PYTHON": "needs a cluster",
    r"chengnuo .*--engine spark": "starts a Spark of its own; the tests of it do",
    r"chengnuo stores scan .* -o stores.json": "shows a register made wrong for the page",
    r"chengnuo doctor": "tells of the machine it is typed on; test_doctor types it",
    r"chengnuo evidence shards": "needs the logs of several services; test_shards has them",
    r"curl .*https://privacy\.example\.com": "asks a running service; test_pages_ask does",
    r"chengnuo-verify receipt.json": "a receipt comes from a running service, as in test_receipts",
}
TYPED_AS = {
    # Without a terminal nothing is asked; the service that it would start runs until it is stopped.
    r"^(chengnuo init(?!.*--no-serve|.*--answers).*)$": r"\1 --yes --no-serve",
    r"^(chengnuo init(?!.*--no-serve).*)$": r"\1 --no-serve",
    # The page says in words where what it prints goes.
    r"^(chengnuo backup key .*)$": r"\1 > backup.pub",
    # By then what was restored lies in the place of the data, with its epoch key.
    r"^(chengnuo backup sweep .*)\./data$": (
        r"cp data/keys/epoch.key restored/keys/epoch.key && \1./restored"
    ),
}


def why_not_typed(act: Typed) -> str:
    """Return why a command is not typed, or nothing."""
    found = (why for start, why in NOT_TYPED.items() if re.match(start, act.words, re.DOTALL))
    return next(found, "")


def typed_as(act: Typed) -> Typed:
    """Return what is typed for a command."""
    words = act.words
    for pattern, other in TYPED_AS.items():
        words = re.sub(pattern, other, words, flags=re.DOTALL)
    return Typed(line=act.line, words=words, status=act.status, printed=act.printed)
