"""What a probe is to do, fixed before its first request: endpoint, twins, margin, bounds.

Twins are two profiles that ought to be treated alike: accounts of the operator's own that differ
in one thing, which is named. The margin is fixed here, before anything was looked at; the digest
of the whole specification stands in the report. Format: `docs/rooms/pricing.md`.
"""

from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Final
from urllib.parse import urlsplit

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Text

Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9-]{0,59}\Z")]
Pointer = Annotated[str, msgspec.Meta(pattern=r"\A(/[^/]*)*\Z", max_length=200)]
_Share = Annotated[float, msgspec.Meta(gt=0, lt=1)]
_Alpha = Annotated[float, msgspec.Meta(ge=0.0001, le=0.2)]
_Count = Annotated[int, msgspec.Meta(ge=1, le=100_000)]
_Seed = Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{64})?\Z")]
Field = str | int | bool

_CLIP_OF_PRICES, _CLIP_OF_DISTANCES = 0.06, 0.25
_TAIL_OF_PRICES, _TAIL_OF_DISTANCES = 0.05, 0.2
_SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key"})
_RESERVED: Final = frozenset({"item", "switch"})


class ProbeSpecError(InvalidInputError):
    """The specification of a probe is not one; the message names the field."""

    code = "probe-spec"

    def __init__(self, what: str) -> None:
        super().__init__(f"the specification of the probe does not hold: {what}")
        self.what = what


class Aim(StrEnum):
    """What is to be shown."""

    TWINS = "twins"
    """Profiles that ought to be treated alike get the same."""
    OFF_SWITCH = "off-switch"
    """With personalisation switched off, answers do not depend on the profile."""


class Outcome(StrEnum):
    """What is compared between two answers."""

    PRICE = "price"
    """A price, by the logarithm of its ratio."""
    LIST = "list"
    """A ranked list, by its distance."""
    TERMS = "terms"
    """Any other part of the answer, by whether it is the same."""

    @property
    def is_distance(self) -> bool:
        """Tell whether answers are compared by a distance, that has no sign."""
        return self is not Outcome.PRICE

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _OUTCOME_TEXTS[self]


_OUTCOME_TEXTS = {
    Outcome.PRICE: Text("价格", "price"),
    Outcome.LIST: Text("排序列表", "ranked list"),
    Outcome.TERMS: Text("其他交易条件", "other terms"),
}


class Stopping(StrEnum):
    """When a probe may stop."""

    ANY_TIME = "any-time"
    """After any pair, as soon as the verdict stands."""
    FIXED = "fixed"
    """After the number of pairs that was fixed; a difference is found by flipping signs."""


class Twin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two profiles that ought to be treated alike.

    Attributes:
        one: Name of a profile.
        other: Name of the other; a positive difference means that this one pays more.
        varied: What they differ in, in words.

    """

    one: Name
    other: Name
    varied: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The request, with `{item}`, `{switch}` and fields of the profile as placeholders.

    Attributes:
        url: Its address; no placeholder before the path.
        method: `GET` or `POST`.
        headers: Its headers.
        body: Sent as JSON with `POST`; a text that is one placeholder takes the field's type.
        own: Hosts that are the operator's own beside the loopback, and the networks in which
            each must lie.

    `{env:NAME}` in a header, in the body or in a profile takes what the environment holds.

    """

    url: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
    method: Annotated[str, msgspec.Meta(pattern=r"\A(GET|POST)\Z")] = "GET"
    headers: dict[str, str] = {}
    body: dict[str, object] = {}
    own: dict[str, tuple[str, ...]] = {}


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where in the JSON answer the outcome stands (JSON Pointer, RFC 6901).

    Attributes:
        value: The price, the array of the list, or the terms.
        entry: Within each entry of the array, its id; empty where the entry is the id.
        currency_at: Where the currency stands; empty not to look.
        currency: The currency expected there.
        item_at: Where the item stands, which must be the one asked for; empty not to look.

    """

    value: Pointer
    entry: Pointer = ""
    currency_at: Pointer = ""
    currency: str = "CNY"
    item_at: Pointer = ""


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Bounds that are never passed.

    Attributes:
        requests: The most requests in all.
        per_second: The most requests a second, taken over any two rounds.
        gap_ms: The least time between two rounds.
        timeout_s: The most time for one answer.
        answer_bytes: The largest answer that is taken.

    """

    requests: _Count
    per_second: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 2.0
    gap_ms: Annotated[int, msgspec.Meta(ge=0, le=3_600_000)] = 0
    timeout_s: Annotated[float, msgspec.Meta(gt=0, le=120)] = 10.0
    answer_bytes: Annotated[int, msgspec.Meta(ge=1, le=16 << 20)] = 1 << 20


class Switch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The switch of personalisation, as the request says it at `{switch}`.

    Attributes:
        off: What stands there for off.
        on: What stands there for on.
        repeats: How often "off" is probed; each must hold.
        pause_s: Time before each repetition.
        on_pairs: Pairs that are asked with the switch on, between the first and the second "off";
            they are told and not judged.

    """

    off: Field = "off"
    on: Field = "on"
    repeats: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 3
    pause_s: Annotated[float, msgspec.Meta(ge=0, le=86_400)] = 0.0
    on_pairs: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 20


class ProbeSpec(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A probe.

    Attributes:
        name: Its name.
        activity: Id of the activity of the register that the endpoint serves.
        outcome: What is compared.
        twins: The pairs of profiles; each gets a verdict of its own.
        profiles: Fields of each profile, by name.
        items: What is asked for; one is drawn for each round.
        endpoint: The request.
        answer: Where the outcome stands.
        limits: Bounds.
        margin: What counts as no difference: of a price in logarithms (0.01 is about 1 %), of a
            distance as it is.
        aim: What is to be shown.
        switch: The switch, if its being off is to be shown.
        alpha: Chance of a false verdict, of either sort.
        pairs: The most pairs for a twin, or the number where it is fixed.
        stopping: When to stop.
        least: A mean difference of at most this is not called found (rounding); a quarter of the
            margin if left out.
        clip: What differences are cut to; 0.06 for prices, 0.25 for distances.
        tail: A single difference beyond this is a large one; 0.05 for prices, 0.2 for distances.
        tail_share: Large ones must be shown to be rarer than this.
        repeat_share: Share of rounds in which a profile is asked twice (prices only; with
            distances each round asks one profile again).
        most_errors: Share of rounds without an answer beyond which nothing is said.
        most_noise: Mean distance between two answers to the same profile beyond which nothing
            is said.
        seed: 64 hex digits that everything is drawn from; empty draws one.

    """

    name: Name
    activity: Name
    outcome: Outcome
    twins: Annotated[tuple[Twin, ...], msgspec.Meta(min_length=1, max_length=20)]
    profiles: dict[Name, dict[str, Field]]
    items: Annotated[tuple[str, ...], msgspec.Meta(min_length=1, max_length=1000)]
    endpoint: Endpoint
    answer: Reading
    limits: Limits
    margin: _Share
    aim: Aim = Aim.TWINS
    switch: Switch | None = None
    alpha: _Alpha = 0.05
    pairs: Annotated[int, msgspec.Meta(ge=6, le=20_000)] = 500
    stopping: Stopping = Stopping.ANY_TIME
    least: Annotated[float, msgspec.Meta(ge=0)] | None = None
    clip: _Share | None = None
    tail: _Share | None = None
    tail_share: _Share = 0.05
    repeat_share: Annotated[float, msgspec.Meta(ge=0.05, le=0.9)] = 0.2
    most_errors: Annotated[float, msgspec.Meta(ge=0, le=0.5)] = 0.1
    most_noise: _Share = 0.5
    seed: _Seed = ""

    @property
    def dust(self) -> float:
        """The mean difference that is not called found."""
        return self.margin / 4 if self.least is None else self.least

    @property
    def cut(self) -> float:
        """What differences are cut to."""
        default = _CLIP_OF_DISTANCES if self.outcome.is_distance else _CLIP_OF_PRICES
        return default if self.clip is None else self.clip

    @property
    def large(self) -> float:
        """Beyond what a single difference is a large one."""
        default = _TAIL_OF_DISTANCES if self.outcome.is_distance else _TAIL_OF_PRICES
        return default if self.tail is None else self.tail

    @property
    def digest(self) -> str:
        """SHA-256 of the specification as JSON, members sorted, without its seed."""
        blank = msgspec.structs.replace(self, seed="")
        return sha256(msgspec.json.encode(blank, order="sorted")).hexdigest()


def spec_of(tree: object) -> ProbeSpec:
    """Return the specification that a tree of TOML or JSON holds.

    Raises:
        ProbeSpecError: It holds none, or one that contradicts itself.

    """
    try:
        spec = msgspec.convert(tree, type=ready(ProbeSpec), strict=False)
    except msgspec.ValidationError as error:
        raise ProbeSpecError(str(error)) from error
    for what, is_wrong in _contradictions(spec):
        if is_wrong:
            raise ProbeSpecError(what)
    return spec


def _contradictions(spec: ProbeSpec) -> tuple[tuple[str, bool], ...]:
    names = [name for twin in spec.twins for name in (twin.one, twin.other)]
    missing = [name for name in names if name not in spec.profiles]
    fields = [field for profile in spec.profiles.values() for field in profile]
    bare = [
        name
        for name, value in spec.endpoint.headers.items()
        if name.lower() in _SECRET_HEADERS and "{" not in value
    ]
    off = spec.aim is Aim.OFF_SWITCH
    return (
        (f"`twins`: there is no profile {missing[:3]}", bool(missing)),
        ("`twins`: a profile is its own twin", any(t.one == t.other for t in spec.twins)),
        ("`profiles`: `item` and `switch` are taken", not _RESERVED.isdisjoint(fields)),
        ("`endpoint.url`: placeholders stand in path and query only", _has_open_host(spec)),
        ("`endpoint.body`: is sent with POST only", bool(spec.endpoint.body) and not _posts(spec)),
        (f"`endpoint.headers`: {bare} comes from the environment, `{{env:NAME}}`", bool(bare)),
        ("`margin`: is below `clip`", spec.margin >= spec.cut),
        ("`least`: is below `margin`", spec.dust >= spec.margin),
        ("`switch`: goes with the aim `off-switch`", off is not (spec.switch is not None)),
        ("`limits.requests`: is too small for six pairs of each twin", _is_too_small(spec)),
    )


def _has_open_host(spec: ProbeSpec) -> bool:
    try:
        parts = urlsplit(spec.endpoint.url)
    except ValueError:
        return True
    return "{" in parts.scheme + parts.netloc or not parts.hostname or bool(parts.fragment)


def _posts(spec: ProbeSpec) -> bool:
    return spec.endpoint.method == "POST"


def _is_too_small(spec: ProbeSpec) -> bool:
    return spec.limits.requests < 6 * len(spec.twins) * (3 if spec.outcome.is_distance else 2)
