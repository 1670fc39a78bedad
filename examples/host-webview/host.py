"""A host app's back end, as small as it can be: it opens the privacy centre for its account.

    python examples/host-webview/host.py keys FOLDER
    python examples/host-webview/host.py serve FOLDER --centre http://127.0.0.1:8700 --app jishi-app
    python examples/host-webview/host.py serve FOLDER --decide-with KEY_FILE

`keys` makes the key with which the back end signs, and the key set that the centre reads
(`[individuals] jwks`). `serve` answers on loopback: `/` is the page in `--pages`, and
`/open?to=/centre/consents` does what a real back end does:

1. sign a token for the account that is signed in: one use, five minutes, never in an address;
2. hand it to the centre from back end to back end, and get a code for one use within a minute;
3. send the browser to the centre with the code and the screen that is wanted.

With `--decide-with`, a file holding an API key of the scope `decide`, `/nearby` asks before it uses
the place: permitted it shows the shops; where consent is missing it opens the prompt in the view of
the centre and asks again when the person comes back; refused, or without an answer, it goes on
without the place and asks nobody.

A real back end knows from its own session who is signed in; here everybody is one invented account.
"""

import argparse
import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

ISSUER = "https://host.example"
ACCOUNT = "tea-guest-7"
_KEY, _KEY_SET, _KEY_ID = "host-key.pem", "jwks.json", "host-1"
_PASSED_ON = ("lang", "size")
_USE = {"person": ACCOUNT, "activity": "nearby-stores", "recent": 0}
_WORDS = {
    "permit": "按距离列出的门店：城南店 300 米，城北店 2 公里",
    "ask": "按距离排序要用到您的位置，先请您看一看",
    "refuse": "没有使用您的位置，请手动选择城市",
}
_PROMPT = '<p><a href="/open?to={to}" target="centre">查看并决定</a></p>'


def make_keys(folder: Path) -> None:
    """Write the key of the back end and the key set for the centre."""
    folder.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / _KEY).touch(mode=0o600)
    (folder / _KEY).write_bytes(pem)
    public = OKPAlgorithm.to_jwk(key.public_key(), as_dict=True)
    keys = {"keys": [{**public, "kid": _KEY_ID, "use": "sig"}]}
    (folder / _KEY_SET).write_text(json.dumps(keys, indent=2) + "\n", "utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """What the back end knows.

    Attributes:
        centre: Address of the service that has the centre, without a slash at the end.
        app: Id of the app in the register.
        key: Key that signs the tokens.
        page: The page of the app's settings.
        decide_with: API key with which it asks; empty if it has none.
        nearby: The page of shops nearby, with `{words}` and `{prompt}` to fill in.

    """

    centre: str
    app: str
    key: bytes
    page: bytes
    decide_with: str = ""
    nearby: str = ""

    def shops_nearby(self, *, tapped: bool) -> bytes:
        """Return the page of shops nearby, as far as the person's place may be used now.

        `tapped` says that the person has just asked for it; after a no nobody else is asked again.
        """
        outcome, to = "refuse", ""
        known = {"started": tapped, "account": "active", "age": "18+", "evidence": "strict"}
        headers = {"authorization": f"Bearer {self.decide_with}"}
        try:
            asked = httpx.post(f"{self.centre}/v1/decisions", json=_USE | known, headers=headers)
            answer = asked.raise_for_status().json()
        except httpx.HTTPError:
            pass  # no answer is no yes
        else:
            outcome = answer["outcome"]
            if outcome == "ask":
                unasked = "" if tapped else "?unasked=yes"
                to = quote(f"/centre/prompts/{answer['prompt'][0]}{unasked}", safe="")
        prompt = _PROMPT.format(to=to) if to else ""
        filled = self.nearby.replace("{words}", _WORDS[outcome]).replace("{prompt}", prompt)
        return filled.encode()

    def way_in(self, asked: str) -> str:
        """Return where to send the browser; `asked` is the query of `/open`."""
        wanted = parse_qs(asked)
        answer = httpx.post(f"{self.centre}/v1/individuals/codes", json={"token": self._token()})
        code = answer.raise_for_status().json()["code"]
        passed = {name: wanted[name][0] for name in ("to", *_PASSED_ON) if name in wanted}
        return f"{self.centre}/centre/enter?{urlencode({'code': code, **passed})}"

    def _token(self) -> str:
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": self.app,
            "sub": ACCOUNT,
            "jti": secrets.token_urlsafe(16),
            "iat": now,
            "exp": now + 300,
            "auth_time": now,
            "birth_date": "1890-05-04",
        }
        return jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": _KEY_ID})


def serve(host: Host, port: int) -> None:
    """Answer on loopback until the process ends."""

    class Answers(BaseHTTPRequestHandler):
        """The addresses of the host."""

        def do_GET(self) -> None:
            """Give the page, or send the browser into the centre."""
            parts = urlsplit(self.path)
            if parts.path == "/open":
                try:
                    place = host.way_in(parts.query)
                except httpx.HTTPError:
                    self.send_error(502, "the privacy centre does not answer")
                    return
                self.send_response(303)
                self.send_header("location", place)
                self.send_header("cache-control", "no-store")
                self.end_headers()
                return
            tapped = parts.query != "back=yes"
            nearby = partial(host.shops_nearby, tapped=tapped)
            pages = {"/": lambda: host.page} | ({"/nearby": nearby} if host.nearby else {})
            page = pages.get(parts.path)
            self.send_response(404 if page is None else 200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            if page is not None:
                self.wfile.write(page())

        def log_message(self, *_: object) -> None:
            """Keep addresses out of the log: they hold codes."""

    with ThreadingHTTPServer(("127.0.0.1", port), Answers) as server:
        print(f"host at http://127.0.0.1:{server.server_address[1]}", flush=True)
        server.serve_forever()


def main(arguments: Sequence[str] | None = None) -> None:
    """Make keys, or serve."""
    parser = argparse.ArgumentParser(description="A host app's back end, for trying the centre.")
    acts = parser.add_subparsers(dest="act", required=True)
    keys = acts.add_parser("keys")
    serving = acts.add_parser("serve")
    for one in (keys, serving):
        one.add_argument("folder", type=Path)
    serving.add_argument("--centre", default="http://127.0.0.1:8700")
    serving.add_argument("--app", default="jishi-app")
    serving.add_argument("--port", type=int, default=8710)
    serving.add_argument("--pages", type=Path, default=Path(__file__).parent)
    serving.add_argument("--decide-with", type=Path, metavar="KEY_FILE")
    given = parser.parse_args(arguments)
    if given.act == "keys":
        make_keys(given.folder)
        return
    decides = given.decide_with is not None
    host = Host(
        centre=given.centre.rstrip("/"),
        app=given.app,
        key=(given.folder / _KEY).read_bytes(),
        page=(given.pages / "index.html").read_bytes(),
        decide_with=given.decide_with.read_text("utf-8").strip() if decides else "",
        nearby=(Path(__file__).parent / "nearby.html").read_text("utf-8") if decides else "",
    )
    serve(host, given.port)


if __name__ == "__main__":
    main()
