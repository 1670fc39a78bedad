"""R-H2: questions on their way together over the unix socket, beside one HTTP round trip each."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure

from chengnuo.client.answers import Answer
from chengnuo.client.client import Client
from chengnuo.client.questions import Question
from chengnuo.client.unix_socket import SocketClient

ROOT = Path(__file__).parents[1]
REGISTER = ROOT / "examples" / "shop" / "register"
COMMAND = str(Path(sys.executable).with_name("chengnuo"))


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Path, str]]:
    """Run a service, and yield its address, its socket and a key."""
    path = folder / "decide.sock"
    settings = folder / "settings.toml"
    settings.write_text(f'decision_socket = "{path}"\n')
    data = folder / "data"
    serve = [COMMAND, "serve", "--register", str(REGISTER), "--data", str(data)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [*serve, "--settings", str(settings)], stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        assert process.stdout is not None
        address = next(word for line in process.stdout for word in line.split() if "://" in word)
        made = subprocess.run(  # noqa: S603
            [COMMAND, "keys", "make", "bench", "--scope", "decide", "--data", str(data)],
            check=True,
            capture_output=True,
            text=True,
        )
        key = next(word for word in made.stdout.split() if word.startswith("chengnuo_"))
        yield address.rstrip(";"), path, key
    finally:
        process.terminate()
        process.wait(timeout=30)


def measure(*, short: bool) -> Iterator[Figure]:
    """Yield the figure of R-H2."""
    count = 300 if short else 3000
    questions = [Question(person=f"account-{n}", activity="search") for n in range(count)]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as (address, path, key):
        with Client(address, key, timeout_s=30) as http:
            http.decide(questions[0], evidence="none")
            begun = time.perf_counter()
            over_http = [http.decide(one, evidence="none") for one in questions]
            http_s = time.perf_counter() - begun
        with SocketClient(path, key, timeout_s=30) as pipe:
            pipe.decide(questions[0], evidence="none")
            begun = time.perf_counter()
            over_pipe = list(pipe.decide_each(questions, evidence="none"))
            pipe_s = time.perf_counter() - begun
    for one, other in zip(over_http, over_pipe, strict=True):
        assert isinstance(other, Answer)
        assert (one.outcome, one.by) == (other.outcome, other.by)
    yield Figure(
        aim="R-H2",
        name="a decision over the socket, pipelined",
        ours=pipe_s / count * 1e6,
        base=http_s / count * 1e6,
        base_name="one HTTP round trip",
        unit="us",
        limit=http_s / count * 1e6 / 10,
        checked="every outcome and reason equal",
    )
