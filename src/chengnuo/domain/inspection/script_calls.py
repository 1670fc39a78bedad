"""Finds calls in scripts by which personal information is read."""

import re
from collections.abc import Iterator

from chengnuo.domain.observation.script_calls import ScriptCall, ScriptCalls


def calls_in(script: bytes, known: ScriptCalls) -> Iterator[tuple[ScriptCall, int]]:
    """Yield each known call that a script names and the line of the first place, in that order."""
    by_text = {text.encode(): one for text, one in known.by_text.items()}
    if not by_text:
        return
    # The module `re` keeps what it compiled, so that each script after the first costs nothing.
    texts = b"|".join(re.escape(one) for one in sorted(by_text))
    seen: set[bytes] = set()
    line, counted = 1, 0
    for match in re.finditer(rb"(?<![\w$])(?:" + texts + rb")(?![\w$])", script):
        if match[0] not in seen:
            seen.add(match[0])
            line += script.count(b"\n", counted, match.start())
            counted = match.start()
            yield by_text[match[0]], line
