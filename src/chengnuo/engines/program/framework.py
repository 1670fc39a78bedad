"""What the caller knows of the system whose code is not in the package.

An object that is handed to the system may be called back. Which of its methods, and whether for
certain, these rules say: those of a type first, then the general ones by name. What follows from
an action of the individual on the screen is kept apart, and what only the system calls, as the
life of an activity, never follows from being handed over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum


class When(IntEnum):
    """When what was handed over is called."""

    SURELY = 0
    """As soon as it can be, as what an executor runs."""
    PERHAPS = 1
    """When something else happens, as news of a sensor."""
    ON_ACTION = 3
    """When the individual does something on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackRule:
    """Which methods are called of an object that is handed over as a type of the system.

    Attributes:
        type: Descriptor of the type, as `Ljava/lang/Runnable;`.
        names: Names of the methods.
        when: When they are called.

    """

    type: bytes
    names: frozenset[bytes]
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRule:
    """Which methods of an object run because a method that it inherits is called on it.

    Attributes:
        type: Descriptor of the type of the system that declares the method.
        calls: Names of the methods called, as `execute`.
        starts: Names of the methods that run then, as `doInBackground`.
        when: When they run.

    """

    type: bytes
    calls: frozenset[bytes]
    starts: frozenset[bytes]
    when: When = When.SURELY


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRule:
    """A kind of part that the system makes and starts.

    Attributes:
        type: Descriptor of its type, as `Landroid/app/Activity;`.
        started_by: Names of the calls that start it by an intent, as `startActivity`.
        entries: Names of the methods that run then, besides the constructor without arguments.
        lifecycle: Names of methods that only the system calls.

    """

    type: bytes
    started_by: frozenset[bytes]
    entries: frozenset[bytes]
    lifecycle: frozenset[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the system makes and calls when code shows a layout.

    Attributes:
        classes: Descriptors of the views and fragments that it names.
        handlers: Names of the methods that clicks on it call.

    """

    classes: tuple[bytes, ...]
    handlers: tuple[bytes, ...]


def no_screen(_: int) -> Screen | None:
    """Return that a layout makes nothing; for code without resources."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkModel:
    """The system as far as it calls back.

    Attributes:
        callbacks: Rules by type.
        starts: Rules by the method called.
        components: Parts of an app.
        actions: Names of methods that follow from an action of the individual, of any type.
        names: Names of methods that are called back, of any type without rules of its own.
        prefix: So do the names of these begin, followed by a capital letter.
        screen: Returns what the layout of a resource id makes, None if it makes nothing.

    """

    callbacks: tuple[CallbackRule, ...] = ()
    starts: tuple[StartRule, ...] = ()
    components: tuple[ComponentRule, ...] = ()
    actions: frozenset[bytes] = frozenset()
    names: frozenset[bytes] = frozenset()
    prefix: bytes = b"on"
    screen: Callable[[int], Screen | None] = no_screen

    def is_general(self, name: bytes) -> bool:
        """Tell whether a method of this name is called back whatever the type."""
        size = len(self.prefix)
        follows = name.startswith(self.prefix) and name[size : size + 1].isupper()
        return follows or name in self.names or name in self.actions

    def general(self, name: bytes) -> When:
        """Return when a method of this name is called back, by the general rules."""
        return When.ON_ACTION if name in self.actions else When.PERHAPS
