"""The peers of decisions, run by their own Python as a process of its own; nothing of ours here.

`cedar`: policies and requests from standard input; one by one and as a batch, policies and entities
parsed beforehand, which is their best form. `audience`: people and ids; DuckDB and SQLite, both in
memory, both indexed, both warm. `postgres`: rows and ordinals; a prepared statement over a socket.
Standard output: what was measured and what was answered.
"""

import asyncio
import json
import os
import random
import sqlite3
import sys
import time
from importlib.metadata import version


def cedar(given: dict) -> dict:
    """Ask cedarpy."""
    from cedarpy import Decision, Entities, PolicySet, is_authorized, is_authorized_batch  # noqa: PLC0415  only where it is installed  # noqa: PLC0415

    policies, entities = PolicySet.from_str(given["policies"]), Entities.from_json_str("[]")
    requests = given["requests"]
    allowed = [is_authorized(one, policies, entities).decision for one in requests]
    best = batch = 1e9
    for _ in range(given["rounds"]):
        since = time.process_time()
        for one in requests:
            is_authorized(one, policies, entities)
        best = min(best, time.process_time() - since)
        since = time.process_time()
        is_authorized_batch(requests, policies, entities)
        batch = min(batch, time.process_time() - since)
    return {
        "allowed": [one == Decision.Allow for one in allowed],
        "one_us": best / len(requests) * 1e6,
        "batch_us": batch / len(requests) * 1e6,
        "version": version("cedarpy"),
    }


def audience(given: dict) -> dict:
    """Ask DuckDB and SQLite who of some may be used."""
    import duckdb  # noqa: PLC0415  only where it is installed
    import numpy as np  # noqa: PLC0415

    people = np.load(given["people"])
    ids = np.load(given["ids"])
    flags, first, second = people["flags"], people["first"], people["second"]
    rows = np.arange(len(flags))
    where = given["where"]
    duck = duckdb.connect(config={"threads": 1})
    duck.execute(
        "create table state as select * from (select unnest($1) as ordinal,"
        " unnest($2) as flags, unnest($3) as first, unnest($4) as second)",
        [rows, flags, first, second],
    )
    duck.execute("create table ids as select unnest($1) as ordinal", [ids])
    query = f"select s.ordinal from ids join state s using (ordinal) where {where}"  # noqa: S608
    duck_s = 1e9
    for _ in range(10):
        since = time.process_time()
        answer = duck.execute(query).fetchnumpy()["ordinal"]
        duck_s = min(duck_s, time.process_time() - since)
    lite = sqlite3.connect(":memory:")
    lite.execute(
        "create table state (ordinal integer primary key, flags int, first int, second int)"
    )
    lite.executemany(
        "insert into state values (?,?,?,?)",
        zip(rows.tolist(), flags.tolist(), first.tolist(), second.tolist(), strict=True),
    )
    lite.execute("create table ids (ordinal integer)")
    lite.executemany("insert into ids values (?)", ([one] for one in ids.tolist()))
    lite_s = 1e9
    for _ in range(2):
        since = time.process_time()
        found = [one for (one,) in lite.execute(query)]
        lite_s = min(lite_s, time.process_time() - since)
    return {
        "duck_ns": duck_s / len(ids) * 1e9,
        "lite_ns": lite_s / len(ids) * 1e9,
        "duck": [len(answer), int(answer.sum())],
        "lite": [len(found), sum(found)],
        "version": version("duckdb"),
    }


def postgres(given: dict) -> dict:
    """Ask PostgreSQL for rows by their key, by a prepared statement."""
    import asyncpg  # noqa: PLC0415  only where it is installed

    async def measured() -> dict:
        base = await asyncpg.connect(
            host=given["folder"], port=given["port"], user="bench", database="postgres"
        )
        await base.execute("create table state (ordinal int primary key, flags int, bits bytea)")
        flags, bits = given["flags"], [bytes.fromhex(one) for one in given["bits"]]
        rows = [(n, flags[n % len(flags)], bits[n % len(bits)]) for n in range(given["count"])]
        await base.copy_records_to_table("state", records=rows)
        await base.execute("vacuum analyze state")
        prepared = await base.prepare("select flags, bits from state where ordinal = $1")
        server, best = f"/proc/{base.get_server_pid()}/stat", 1e9
        for _ in range(3):
            since, theirs = time.process_time(), _ticks(server)
            total = 0
            for one in given["ordinals"]:
                total += (await prepared.fetchrow(one))["flags"]
            spent = time.process_time() - since + _ticks(server) - theirs
            best = min(best, spent)
        release = (await base.fetchval("show server_version")).split()[0]
        await base.close()
        return {
            "us": best / len(given["ordinals"]) * 1e6,
            "flags": total,
            "server": release,
            "version": version("asyncpg"),
        }

    return asyncio.run(measured())


def _ticks(path: str) -> float:
    with open(path, encoding="ascii") as file:  # noqa: PTH123
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    random.seed(1)
    what = {"cedar": cedar, "audience": audience, "postgres": postgres}[sys.argv[1]]
    sys.stdout.write(json.dumps(what(json.load(sys.stdin))))
