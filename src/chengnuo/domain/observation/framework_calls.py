"""What the system calls in an app: the life of its parts, and objects that it got hold of.

The code of the system is not in a package. Without this table, what a thread, a handler or a
click runs would be reached from nowhere. `engines/program` reads it as its model of the system.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

FrameworkId = NewType("FrameworkId", str)


class When(StrEnum):
    """When the system calls an object that it got hold of."""

    SURELY = "surely"
    """Soon, in this thread or another, without anybody's doing."""
    PERHAPS = "perhaps"
    """When something happens to the device or the app."""
    ON_ACTION = "on-action"
    """When the individual does something on the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of an app that the system makes and starts.

    Attributes:
        id: Stable id.
        type_name: Descriptor of its type, as `Landroid/app/Activity;`.
        started_by: Names of the calls that start it by an intent.
        entries: Names of the methods that run then, in their order; the static initialiser and
            the constructor without arguments come before them.
        later: Names of other methods that only the system calls.

    """

    id: FrameworkId
    type_name: str
    started_by: tuple[str, ...] = ()
    entries: tuple[str, ...]
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """What the system calls on an object that was handed to it.

    Attributes:
        id: Stable id.
        type_name: Descriptor of the type that it was handed over as.
        names: Names of the methods.
        when: When it calls them.

    """

    id: FrameworkId
    type_name: str
    names: tuple[str, ...]
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """What runs on an object because an inherited method of it is called.

    Attributes:
        id: Stable id.
        type_name: Descriptor of the type of the system that declares the method.
        calls: Names of the methods that are called, as `execute`.
        starts: Names of the methods that run then, as `doInBackground`.
        when: When they run.

    """

    id: FrameworkId
    type_name: str
    calls: tuple[str, ...]
    starts: tuple[str, ...]
    when: When


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkCalls:
    """The rows of each sort, by id, and names that hold for any type.

    Attributes:
        components: Parts of an app.
        callbacks: What is called on objects that were handed over.
        starters: What runs because a method is called.
        actions: Names of methods, of any type, that follow from an action of the individual.
        names: Names of methods that are called back, of any type without a row of its own.

    """

    components: Mapping[FrameworkId, Component]
    callbacks: Mapping[FrameworkId, Callback]
    starters: Mapping[FrameworkId, Starter]
    actions: tuple[str, ...]
    names: tuple[str, ...]
