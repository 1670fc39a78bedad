"""Keys that a method itself sets in what is kept, before anybody has agreed.

A test of a flag that the same run sets without being asked (`if (first) { first = false; }`) is no
test of consent, whatever the flag is called: the next start comes out the other way by itself.
"""

from collections.abc import Collection, Iterable

from chengnuo.engines.program.body import Do
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.conditions import StoreRule
from chengnuo.engines.program.values import texts_of, values_at


def set_before(code: Code, alive: Iterable[int], stores: Collection[StoreRule]) -> frozenset[str]:
    """Return the constant keys that blocks of a method set.

    Args:
        code: The method.
        alive: The blocks.
        stores: What is kept from start to start.

    """
    program, starts = code.program, code.flow.starts
    found: set[str] = set()
    for block in alive:
        for one in code.body.instructions[starts[block] : starts[block + 1]]:
            if one.do is not Do.CALL or one.index < 0 or len(one.uses) < 2:  # noqa: PLR2004 - object and key
                continue
            method = int(code.part.methods[one.index])
            owner, name = program.types[program.method_type[method]], program.name_of(method)
            if any(name in rule.setters and owner in rule.setter_types for rule in stores):
                found.update(texts_of(values_at(code, one.uses[1], one.pc)))
    return frozenset(found)
