"""A back end that opens dossiers over HTTP and escalates them, sending everything twice.

    python -m tests.duties.sending_process ADDRESS NAME COUNT, its key of the interface on stdin

It says `dossier` for each that was opened and escalated. An answer that did not come is asked for
again, until the service is there.
"""

import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import httpx

SAID: Mapping[str, object] = {
    "sort": "complaint",
    "what": "take-down",
    "fields": {
        "channel": "letter",
        "received-on": "2026-11-20",
        "cause": "rights",
        "text": "没人理",
    },
}


def sent(client: httpx.Client, path: str, body: Mapping[str, object]) -> httpx.Response:
    while True:
        try:
            answer = client.post(path, json=body)
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        if answer.status_code not in {429, 503}:
            return answer
        time.sleep(0.05)


def one(client: httpx.Client, key: str) -> str:
    opened = [sent(client, "/v1/dossiers", {**SAID, "key": key}) for _ in range(2)]
    assert [each.status_code for each in opened] == [200, 200], opened[0].text
    first, again = (each.json()["id"] for each in opened)
    assert first == again
    escalate = {"dossier": first, "what": "escalate", "fields": {"reason": "again"}}
    done = [sent(client, "/v1/dossiers:act", escalate) for _ in range(2)]
    # Where the answer was lost the act was done, and is refused the second time.
    assert {each.status_code for each in done} <= {200, 409}, done[0].text
    return str(first)


if __name__ == "__main__":
    address, name, how_many = sys.argv[1:4]
    bearer = {"authorization": f"Bearer {sys.stdin.readline().strip()}"}
    with httpx.Client(base_url=address, headers=bearer, timeout=60) as the_client:
        keys = [f"{name}-{number}" for number in range(int(how_many))]
        with ThreadPoolExecutor(8) as pool:
            for dossier in pool.map(lambda key: one(the_client, key), keys):
                sys.stdout.write(f"{dossier}\n")
