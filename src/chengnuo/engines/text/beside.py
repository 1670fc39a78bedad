"""What cues say of a value that do not stand right before it."""

from chengnuo.engines.text.cues import Cues
from chengnuo.engines.text.kinds import Evidence
from chengnuo.engines.text.shape import Shape


def evidence_beside(shape: Shape, text: str, start: int, end: int, cues: Cues) -> Evidence | None:
    """Return what a cue right after a value or one before it in its line says of it.

    Args:
        shape: The shape of the value; `None` is the answer if it does not listen to such cues.
        text: The text, folded.
        start: Where the value begins.
        end: The place after its last character.
        cues: The words beside values.

    """
    if not shape.beside:
        return None
    after = cues.after(text, end)
    if after is not None and after.kind in shape.cues:
        return Evidence.KEY
    return Evidence.CONTEXT if cues.around(text, start, shape.kind) else None
