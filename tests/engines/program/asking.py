"""What tests ask of a program: its values, its guards, what is reached."""

import re
from collections.abc import Sequence

from tests.engines.program.units import Class, unit

from chengnuo.engines.program.answers import Answers
from chengnuo.engines.program.code import Code, Codes
from chengnuo.engines.program.conditions import Condition, StoreRule
from chengnuo.engines.program.framework import (
    CallbackRule,
    ComponentRule,
    FrameworkModel,
    StartRule,
    When,
)
from chengnuo.engines.program.guards import Guards
from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.hints import hints_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.links import links_of
from chengnuo.engines.program.looking import Looking
from chengnuo.engines.program.marks import Reached, Root
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.reach import reach

PREFERENCES = "Landroid/content/SharedPreferences;"
GET_BOOLEAN = f"{PREFERENCES}->getBoolean(Ljava/lang/String;Z)Z"
GET_STRING = f"{PREFERENCES}->getString(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;"
GET_INT = f"{PREFERENCES}->getInt(Ljava/lang/String;I)I"
STORES = (
    StoreRule(
        types=frozenset({PREFERENCES.encode()}),
        names=frozenset({b"getBoolean", b"getString", b"getInt", b"contains"}),
        setter_types=frozenset({b"Landroid/content/SharedPreferences$Editor;"}),
        setters=frozenset({b"putBoolean"}),
    ),
)
MODEL = FrameworkModel(
    callbacks=(
        CallbackRule(type=b"Ljava/lang/Runnable;", names=frozenset({b"run"}), when=When.SURELY),
        CallbackRule(
            type=b"Landroid/view/View$OnClickListener;",
            names=frozenset({b"onClick"}),
            when=When.ON_ACTION,
        ),
    ),
    starts=(
        StartRule(
            type=b"Ljava/lang/Thread;", calls=frozenset({b"start"}), starts=frozenset({b"run"})
        ),
    ),
    components=(
        ComponentRule(
            type=b"Landroid/app/Activity;",
            started_by=frozenset({b"startActivity"}),
            entries=frozenset({b"onCreate"}),
            lifecycle=frozenset({b"onDestroy"}),
        ),
    ),
    actions=frozenset({b"onClick"}),
    names=frozenset({b"run"}),
)
_WORDS = re.compile("agree|consent", re.IGNORECASE)


def is_consent(condition: Condition) -> bool:
    return any(_WORDS.search(one) for one in (condition.name, *condition.keys))


def program_of(*classes: Class) -> Program:
    return link([unit(*classes)])


def answers_of(program: Program) -> Answers:
    return Answers(Codes(program), hierarchy_of(program))


def guards_of(program: Program) -> Guards:
    return Guards(answers_of(program), STORES, is_consent)


def looking_of(program: Program) -> Looking:
    answers = answers_of(program)
    hints = hints_of(answers.hierarchy, (b"agree", b"consent"))
    return Looking(Guards(answers, STORES, is_consent, hints), MODEL, hints)


def defined(program: Program, text: str) -> int:
    found = [program.defined_text(one) for one in range(len(program.defined_method))]
    return found.index(text)


def code_of(program: Program, text: str) -> Code:
    code = Codes(program).of(defined(program, text))
    assert code is not None
    return code


def reached(program: Program, starts: Sequence[str], later: Sequence[str] = ()) -> Reached:
    """Return what runs from methods, each called on an object of its class."""
    roots = [
        Root(defined=one, type_id=program.type_of(one), at_start=at_start)
        for texts, at_start in ((starts, True), (later, False))
        for one in (defined(program, text) for text in texts)
    ]
    links = links_of(hierarchy_of(program))
    return reach(links, MODEL, roots, looking_of(program))


def marks(program: Program, found: Reached) -> dict[str, str]:
    """Return the mark of each method as it is shown."""
    return {
        program.defined_text(one): found.mark(one).name
        for one in range(len(program.defined_method))
    }
