"""A handler's service in a process of its own: the routes for transfers, over a real log.

`python receiving_process.py FOLDER PORT`: prints an offer for a sample individual, serves until its
input ends, then prints the SHA-256 of what it received.
"""

import hashlib
import sys
import threading
from pathlib import Path

import uvicorn
from tests.usecases.evidence.tea_log import OTHER, tea_log
from tests.usecases.rights.transfer_kit import receiver

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.doors.http.transfers import Transfers


def main() -> None:
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    catalogue = load_catalogue(read_catalogue, cache_folder=folder / "law")
    tea = tea_log(folder / "data", catalogue)
    other = receiver(folder, tea, f"http://127.0.0.1:{port}")
    app = Transfers(receiver=other, clock=SystemClock())
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off")  # type: ignore[arg-type]  # raw ASGI
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    print(other.offer(OTHER, SystemClock().now()), flush=True)  # noqa: T201  read by the test
    sys.stdin.read()
    for offer in other.inbox.offers():
        for stream in other.received(offer, OTHER):
            digest = hashlib.sha256(b"".join(stream.read(0, stream.size)))
            print(digest.hexdigest(), flush=True)  # noqa: T201  read by the test
    server.should_exit = True
    thread.join(30)
    tea.opened.close()


if __name__ == "__main__":
    main()
