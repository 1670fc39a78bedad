"""Programs of an operator, on a host of their own: they act, ask, look, and write it all down.

An act whose answer did not come is handed in again, to whatever host answers, until its outcome is
known: that is what the interface says that programs may do, and what would record things twice if
it were wrong. Questions are asked once.
"""

import random
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from time import monotonic_ns, sleep

import httpx
from tests.hosts.history import History, Kind, Operation, Outcome

ACTIVITY, ITEM = "search", "search/general"
ANSWER_S = 3.0
_ACKNOWLEDGED = 200
_LEAST_SERVER_ERROR = 500
_RETRY = frozenset({421, 429})
_STALE = "chengnuo-behind-ms"


class Sender:
    """Sends requests to one of several hosts and tells how each ended."""

    def __init__(self, addresses: Sequence[str], key: str, *, chance: random.Random) -> None:
        """Speak to hosts.

        Args:
            addresses: `http://ADDRESS:PORT` of each.
            key: An API key.
            chance: Which host is asked first, and next.

        """
        self._addresses, self._chance = list(addresses), chance
        self.at = chance.choice(self._addresses)
        self._http = httpx.Client(
            headers={"authorization": f"Bearer {key}"},
            timeout=httpx.Timeout(ANSWER_S, connect=1.0),
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def elsewhere(self) -> None:
        """Ask another host from now on, if there is one."""
        others = [one for one in self._addresses if one != self.at]
        self.at = self._chance.choice(others or self._addresses)

    def send(self, path: str, body: object | None) -> tuple[Outcome, str, httpx.Response | None]:
        """Return how a request ended, a code, and the answer if there was one."""
        url = f"{self.at}{path}"
        try:
            answer = self._http.get(url) if body is None else self._http.post(url, json=body)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            return "unsent", type(error).__name__, None
        except httpx.HTTPError as error:
            return "unknown", type(error).__name__, None
        if answer.status_code == _ACKNOWLEDGED:
            return "ok", "", answer
        code = _code_of(answer)
        if answer.status_code >= _LEAST_SERVER_ERROR or answer.status_code in _RETRY:
            return "unknown", f"{answer.status_code} {code}", answer
        return "refused", f"{answer.status_code} {code}", answer


def _code_of(answer: httpx.Response) -> str:
    try:
        return str(answer.json().get("code", ""))
    except ValueError:
        return ""


class Clients:
    """Everybody who does anything; each runs in a thread of its own.

    Attributes:
        history: Where it is all written down.
        people: The accounts that give and withdraw.

    """

    def __init__(
        self, addresses: Sequence[str], key: str, history: History, *, seed: int, people: int
    ) -> None:
        self.history = history
        self.people = [f"account-{number}" for number in range(people)]
        self.asked: list[str] = []
        self.binding: dict[str, str] = {}
        self._addresses, self._key, self._seed = list(addresses), key, seed
        self._ended = Event()
        self.pause_s = 0.02

    def prepare(self) -> None:
        """Read what has to be shown, and let the people be known."""
        with closing(self._sender("prepare")) as sender:
            shown = self._surely(sender, f"/v1/prompts/{ITEM}", None).json()
            binding = shown["binding"]
            self.binding = {
                "app": shown["app"],
                "notice": binding["notice"]["zh"],
                "fingerprint": binding["fingerprint"],
            }
            for person in self.people:
                known = {"person": person, "birthDate": "1890-01-01", "account": "active"}
                self._surely(sender, "/v1/consents:know", known)

    def end(self) -> None:
        """Let everybody finish what they are at."""
        self._ended.set()

    def roles(self, actors: int, askers: int) -> list[tuple[str, Callable[[], None]]]:
        """Return what the threads do: actors over disjoint people, askers, and two more."""
        people = self.people
        acting = [partial(self._act, people=people[number::actors]) for number in range(actors)]
        roles: list[tuple[str, Callable[[str, Sender], None]]] = [
            *((f"actor-{number}", what) for number, what in enumerate(acting)),
            *((f"asker-{number}", self._ask) for number in range(askers)),
            ("requests", self._request),
            ("watcher", self._look),
        ]
        return [(name, partial(self._play, name, what)) for name, what in roles]

    def _play(self, name: str, what: Callable[[str, Sender], None]) -> None:
        with closing(self._sender(name)) as sender:
            what(name, sender)

    def history_of(self, person: str) -> list[dict[str, object]]:
        """Return the acts of a person as the service tells them, newest first."""
        with closing(self._sender("reader")) as sender:
            found = self._surely(sender, "/v1/consents:history", {"person": person}).json()
        acts: list[dict[str, object]] = found["acts"]
        return acts

    def requests_of(self, account: str) -> tuple[str, ...]:
        """Return the ids of the requests of an account."""
        body = {"person": account, "limit": 100}
        with closing(self._sender("reader")) as sender:
            found = self._surely(sender, "/v1/rights:list", body).json()["requests"]
        return tuple(str(one["id"]) for one in found)

    def _surely(self, sender: Sender, path: str, body: object | None) -> httpx.Response:
        """Send it until it is answered."""
        code = ""
        for _ in range(600):
            outcome, code, answer = sender.send(path, body)
            if outcome == "ok" and answer is not None:
                return answer
            assert outcome != "refused", f"{path}: {code}"
            sender.elsewhere()
            sleep(0.2)
        raise AssertionError(f"{path} is not answered: {code}")

    def _sender(self, name: str) -> Sender:
        chance = random.Random(f"{self._seed} {name}")
        return Sender(self._addresses, self._key, chance=chance)

    def _act(self, name: str, sender: Sender, *, people: Sequence[str]) -> None:
        chance, number = random.Random(f"{self._seed} {name} acts"), 0
        given: dict[str, bool] = {}
        while not self._ended.is_set():
            number += 1
            person = chance.choice(people)
            kind: Kind = "withdraw" if given.get(person) else "give"
            mark = f"{name}-{number}"
            body = self._body(kind, person, mark)
            path = "/v1/consents" if kind == "give" else "/v1/consents:withdraw"
            done = self._until_known(sender, kind, path, body, person=person, mark=mark)
            if done.outcome == "ok":
                given[person] = kind == "give"
            elif "nothing-to-withdraw" in done.code:
                given[person] = False
            sleep(chance.random() * self.pause_s)

    def _request(self, _: str, sender: Sender) -> None:
        number = 0
        while not self._ended.is_set():
            number += 1
            account = f"asking-{number}"
            self.asked.append(account)
            body = {
                "asker": {"person": account},
                "right": "explain-rules",
                "asked": {"kind": "explain"},
                "mark": account,  # it is concluded within a second, and found again all the same
            }
            self._until_known(sender, "request", "/v1/rights:open", body, person=account)
            sleep(0.25)

    def _until_known(  # noqa: PLR0913  who does what, and how it is sent
        self, sender: Sender, kind: Kind, path: str, body: object, *, person: str, mark: str = ""
    ) -> Operation:
        """Hand an act in again and again until somebody says what became of it."""
        began, tries = monotonic_ns(), 0
        may_have_happened = False
        while True:
            tries += 1
            outcome, code, answer = sender.send(path, body)
            may_have_happened |= outcome == "unknown"
            if outcome in {"ok", "refused"} or self._ended.is_set():
                break
            sender.elsewhere()
            sleep(0.05)
        said = answer.json() if outcome == "ok" and answer is not None else {}
        if outcome == "unsent" and may_have_happened:
            outcome = "unknown"
        done = Operation(
            kind=kind,
            host=sender.at,
            person=person,
            mark=mark,
            began=began,
            ended=monotonic_ns(),
            outcome=outcome,
            position=said.get("position"),
            answer=str(said.get("id", "")),
            code=code,
            tries=tries,
        )
        self.history.add(done)
        return done

    def _body(self, kind: Kind, person: str, mark: str) -> dict[str, object]:
        body: dict[str, object] = {"person": person, "item": ITEM, "surface": "android"}
        if kind == "give":
            shown = datetime.now(UTC) - timedelta(seconds=1)  # noqa: TID251  a phone's own clock
            body |= {
                **self.binding,
                "act": "give",
                "lang": "zh",
                "steps": 1,
                "prompt": mark,
                "askedAt": shown.isoformat(),
            }
        return body

    def _ask(self, name: str, sender: Sender) -> None:
        chance = random.Random(f"{self._seed} {name} asks")
        while not self._ended.is_set():
            person = chance.choice(self.people)
            kind: Kind = "record" if chance.random() < 0.15 else "decide"
            body = {
                "person": person,
                "activity": ACTIVITY,
                "recent": 0,
                "evidence": "strict" if kind == "record" else "none",
            }
            began = monotonic_ns()
            outcome, code, answer = sender.send("/v1/decisions", body)
            ended = monotonic_ns()
            told = outcome == "ok" and answer is not None
            said = answer.json() if told and answer is not None else {}
            self.history.add(
                Operation(
                    kind=kind,
                    host=sender.at,
                    person=person,
                    began=began,
                    ended=ended,
                    outcome=outcome,
                    position=said.get("recorded"),
                    answer=str(said.get("outcome", "")),
                    code=code,
                    stale_ns=_stale(answer) if told else 0,
                )
            )
            if chance.random() < 0.3 or not told:
                sender.elsewhere()
            sleep(chance.random() * self.pause_s)

    def _look(self, _: str, sender: Sender) -> None:
        while not self._ended.is_set():
            began = monotonic_ns()
            outcome, code, answer = sender.send("/tlog/checkpoint", None)
            text = answer.text if outcome == "ok" and answer is not None else ""
            self.history.add(
                Operation(
                    kind="look",
                    host=sender.at,
                    began=began,
                    ended=monotonic_ns(),
                    outcome=outcome,
                    code=code,
                    checkpoint=text,
                )
            )
            sender.elsewhere()
            sleep(0.2)


def _stale(answer: httpx.Response | None) -> int:
    """Return how old at most an answer says that it is, nanoseconds."""
    told = "" if answer is None else answer.headers.get(_STALE, "")
    return int(float(told) * 1_000_000) if told else 0
