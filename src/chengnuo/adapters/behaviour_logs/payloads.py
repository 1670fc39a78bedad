"""Messages of Frida scripts as JSON, one a line: camille's, AppScan's, MobSF's and anybody's.

A line may be the payload of `send`, or the message around it, or hold it after other words, as
MobSF's monitor writes. The names of its members differ from script to script.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from chengnuo.adapters.behaviour_logs.json_objects import decoded
from chengnuo.adapters.behaviour_logs.local_times import any_time, zero_based_month
from chengnuo.adapters.behaviour_logs.seen_requests import REQUEST, request_of
from chengnuo.adapters.behaviour_logs.stacks import stack_of
from chengnuo.adapters.behaviour_logs.values import KindsIn, kinds_of, names_of
from chengnuo.domain.observation.runtime_event import Lost, RuntimeEvent

MOBSF: Final = "MobSF-API-Monitor:"
_TIMES: Final = ("time", "timestamp", "ts")
_CLASSES: Final = ("class", "clazz", "cls", "className")
_METHODS: Final = ("method", "fn", "api", "methodName")
_ARGUMENTS: Final = ("args", "arguments", "arg", "params")
_STACKS: Final = ("stack", "stacks", "backtrace", "trace", "calledFrom")
_WORDS: Final = ("action", "messages", "message", "name", "desc")
_CALLS: Final = frozenset(("notice", "method_result"))
"""Types of messages of camille and AppScan that tell of a call; their months count from 0."""
_OF_APPSCAN: Final = _CALLS | {REQUEST}
_OTHERS: Final = frozenset(("app_name", "isHook", "noFoundModule", "loadModule", "error", "log"))


def payload_events(
    lines: Iterable[tuple[int, str]], kinds_in: KindsIn, lost: list[Lost]
) -> Iterator[RuntimeEvent]:
    """Yield an event for each line that tells of a call; other lines are passed over."""
    for number, line in lines:
        begin = line.find("{")
        if begin < 0:
            continue
        cut = decoded(line[begin:].rstrip().rstrip(","))
        if cut.tree is None:
            lost.append(Lost(row=number, why=cut.why))
            continue
        told = payload_of(cut.tree)
        tell = request_of if told.get("type") == REQUEST else call_of
        event = tell(number, told, kinds_in)
        if event is not None:
            yield event


def payload_of(tree: Mapping[str, object]) -> Mapping[str, object]:
    """Return the payload of a message; the message itself where it is one."""
    inner = tree.get("payload")
    if isinstance(inner, dict) and tree.get("type") == "send":
        # What a script sends besides, as octets, stands beside its payload.
        return inner if inner.get("type") != REQUEST else {"data": tree.get("data"), **inner}
    result = tree.get("result")
    if isinstance(result, dict) and result.get("type") in _OF_APPSCAN:  # over its socket
        return result
    return tree


def call_of(row: int, told: Mapping[str, object], kinds_in: KindsIn) -> RuntimeEvent | None:
    """Return the call that a payload tells of; None where it tells of none."""
    kind = told.get("type")
    method, class_name = _text(told, _METHODS), _text(told, _CLASSES)
    if kind in _OTHERS or not (method or kind in _CALLS or _first(told, _STACKS)):
        return None
    time = _first(told, _TIMES)
    arguments = tuple(_texts(_first(told, _ARGUMENTS)))
    words = " ".join(
        one for one in (_text(told, (name,)) for name in _WORDS) if one and len(one) < _LONGEST
    )
    zero_based = kind in _CALLS and isinstance(time, str)
    return RuntimeEvent(
        row=row,
        at=zero_based_month(time) if zero_based and isinstance(time, str) else any_time(time),
        label=_text(told, ("package", "app"))[:80],
        action=words.partition("：")[0][:80],
        signature=f"{class_name}->{method}" if class_name and method else method,
        stack=stack_of(_first(told, _STACKS)),
        names=names_of(arguments),
        kinds=kinds_of(arguments, kinds_in),
    )


_LONGEST: Final = 400


def _first(told: Mapping[str, object], names: Iterable[str]) -> object:
    return next((told[name] for name in names if told.get(name) is not None), None)


def _text(told: Mapping[str, object], names: Iterable[str]) -> str:
    value = _first(told, names)
    return value[:200] if isinstance(value, str) else ""


def _texts(value: object, depth: int = 4) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth:
        for one in value[:64]:
            yield from _texts(one, depth - 1)
    elif isinstance(value, dict) and depth:
        for name, one in list(value.items())[:64]:
            yield from (f"{name}={text}" for text in _texts(one, depth - 1))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
