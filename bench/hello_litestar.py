"""The peer of `serve`: the smallest Litestar application, started the same way."""

import socket
import sys

import uvicorn
from litestar import Litestar, get


@get("/healthz")
async def healthz() -> str:
    """Answer that it is healthy."""
    return "ok"


def main() -> None:
    """Serve on a free port and print the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    sys.stdout.write(f"http://127.0.0.1:{port}\n")
    sys.stdout.flush()
    uvicorn.run(Litestar([healthz]), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main()
