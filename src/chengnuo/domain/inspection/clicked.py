"""The methods of activities that a layout names to be run on a click (`android:onClick`).

Android developer documentation, `View`: the method takes the view and belongs to the activity
that shows the layout. Several activities may have one of the name.
"""

from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.domain.inspection.listeners import Listener
from chengnuo.engines.program.mutf8 import bytes_of

_ACTIVITY = "Landroid/app/Activity;"


def named_by_layout(code: CodeTexts, method: str, file: str) -> list[Listener]:
    """Return the methods of activities that a layout names; of those that show it, if any."""
    hierarchy = code.opened.followed.hierarchy
    program = hierarchy.program
    activity = program.type_id(_ACTIVITY)
    named = program.methods_named(bytes_of(method), proto=b"(Landroid/view/View;)V").tolist()
    found = [
        Listener(int(program.definition[one]), int(program.method_type[one]))
        for one in named
        if program.definition[one] >= 0
        and activity >= 0
        and hierarchy.is_below(int(program.method_type[one]), activity)
    ]
    showing = [one for one in found if file in code.screens_of(one.defined)]
    return showing or found
