"""The peer of `/v1/decisions`: FastAPI and uvicorn with the same body and the same answer.

Run by a Python of its own with nothing of ours. It checks the key, validates the body by a pydantic
model, reads somebody's row in SQLite by key, and answers by a pydantic model from a table that is
given to it on standard input. Its address goes to standard output.
"""

import hashlib
import hmac
import json
import socket
import sqlite3
import sys
from datetime import datetime
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(min_length=1, max_length=120)]


class Ask(BaseModel):
    """What is asked."""

    model_config = ConfigDict(extra="forbid")
    person: Annotated[str, Field(min_length=1, max_length=200)]
    activity: Id
    categories: tuple[Id, ...] | None = None
    operation: str = "use"
    recipient: Id | None = None
    publish: bool = False
    started: bool = False
    gpc: bool = False
    recent: Annotated[int, Field(ge=0)] | None = None
    at: datetime | None = None
    age: str | None = None
    account: str | None = None
    evidence: str = "async"
    explain: bool = False


def model_of(name: str, value: dict[str, object]) -> type[BaseModel]:
    """Return a pydantic model of an answer's form, whatever its members are."""
    from pydantic import create_model  # noqa: PLC0415

    members = {
        key: (type(one) if not isinstance(one, list | dict) and one is not None else object, ...)
        for key, one in value.items()
    }
    return create_model(name, **members)


def main() -> None:
    """Serve on a free port."""
    given = json.loads(sys.stdin.readline())
    answer = given["answer"]
    form = model_of("Answer", answer)
    digest = hashlib.sha256(given["key"].encode()).digest()
    base = sqlite3.connect(":memory:", check_same_thread=False)
    base.execute("create table state (person text primary key, flags int)")
    base.executemany("insert into state values (?, ?)", ((f"account-{n}", 0) for n in range(1000)))
    app = FastAPI()

    @app.post("/v1/decisions", response_model=form)
    async def decide(asked: Ask, authorization: Annotated[str, Header()]) -> BaseModel:
        secret = authorization.removeprefix("Bearer ").encode()
        if not hmac.compare_digest(hashlib.sha256(secret).digest(), digest):
            raise HTTPException(401)
        base.execute("select flags from state where person = ?", (asked.person,)).fetchone()
        if asked.activity != given["activity"]:
            raise HTTPException(404)
        return form(**answer)

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    sys.stdout.write(f"http://127.0.0.1:{port}\n")
    sys.stdout.flush()
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
