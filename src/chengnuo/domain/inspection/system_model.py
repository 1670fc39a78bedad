"""The knowledge of the system's calls in the words of the engine that follows them."""

from collections.abc import Callable
from functools import cache

from chengnuo.domain.observation.consent_words import ConsentWords, WordRole
from chengnuo.domain.observation.framework_calls import FrameworkCalls
from chengnuo.domain.observation.framework_calls import When as Known
from chengnuo.engines.program.conditions import Condition, ConsentTest, StoreRule
from chengnuo.engines.program.framework import (
    CallbackRule,
    ComponentRule,
    FrameworkModel,
    Screen,
    StartRule,
    When,
    no_screen,
)

_WHEN = {
    Known.SURELY: When.SURELY,
    Known.PERHAPS: When.PERHAPS,
    Known.ON_ACTION: When.ON_ACTION,
}
_GETTERS = (
    "getBoolean",
    "getInt",
    "getLong",
    "getString",
    "contains",
    "containsKey",
    "decodeBool",
    "decodeInt",
    "decodeLong",
    "decodeString",
)
_SETTERS = ("putBoolean", "putInt", "putLong", "putString", "putFloat", "encode")
_SETTER_TYPES = ("Landroid/content/SharedPreferences$Editor;", "Lcom/tencent/mmkv/MMKV;")
_STORES = ("Landroid/content/SharedPreferences;", "Lcom/tencent/mmkv/MMKV;")

STORES = (
    StoreRule(
        types=frozenset(one.encode() for one in _STORES),
        names=frozenset(one.encode() for one in _GETTERS),
        setter_types=frozenset(one.encode() for one in _SETTER_TYPES),
        setters=frozenset(one.encode() for one in _SETTERS),
    ),
)
"""What is kept from one start to the next; at the first one it gives its default."""


def framework_model(
    known: FrameworkCalls, screen: Callable[[int], Screen | None] = no_screen
) -> FrameworkModel:
    """Return the engine's model of the system.

    Args:
        known: What the system calls back.
        screen: Returns what the layout of a resource id makes.

    """
    return FrameworkModel(
        callbacks=tuple(
            CallbackRule(type=one.type_name.encode(), names=_bytes(one.names), when=_WHEN[one.when])
            for one in known.callbacks.values()
        ),
        starts=tuple(
            StartRule(
                type=one.type_name.encode(),
                calls=_bytes(one.calls),
                starts=_bytes(one.starts),
                when=_WHEN[one.when],
            )
            for one in known.starters.values()
        ),
        components=tuple(
            ComponentRule(
                type=one.type_name.encode(),
                started_by=_bytes(one.started_by),
                entries=_bytes(one.entries),
                lifecycle=_bytes((*one.entries, *one.later)),
            )
            for one in known.components.values()
        ),
        actions=_bytes(known.actions),
        names=_bytes(known.names),
        screen=screen,
    )


def consent_test(words: ConsentWords) -> ConsentTest:
    """Return what tells whether a value in code says that somebody agreed.

    The name of the call or field or a key that it is asked for must speak of consent.
    """
    speaks = name_test(words)

    def is_consent(condition: Condition) -> bool:
        return any(speaks(one) for one in (condition.name, *condition.keys) if one)

    return is_consent


def name_test(words: ConsentWords) -> Callable[[str], bool]:
    """Return what tells whether a name or key in code speaks of consent."""

    @cache
    def speaks(name: str) -> bool:
        return words.name(name) is not None

    return speaks


def consent_parts(words: ConsentWords) -> frozenset[bytes]:
    """Return parts in small letters, of which every name that speaks of consent has one."""
    named = (WordRole.NAME, WordRole.WEAK_NAME)
    known = (word for role in named for word in words.words.get(role, ()))
    return frozenset(max(word.split("_"), key=len).encode() for word in known)


def _bytes(names: tuple[str, ...]) -> frozenset[bytes]:
    return frozenset(one.encode() for one in names)
