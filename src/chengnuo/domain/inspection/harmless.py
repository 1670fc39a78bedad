"""Types of the system whose methods only make and change values, and write to the log.

A call of them reads nothing of the phone, keeps nothing, sends nothing and checks nothing.
"""

_HARMLESS = (
    *(
        b"Ljava/lang/Object;",
        b"Ljava/lang/String",
        b"Ljava/lang/CharSequence;",
        b"Ljava/lang/Enum;",
    ),
    *(b"Ljava/lang/Integer;", b"Ljava/lang/Long;", b"Ljava/lang/Boolean;", b"Ljava/lang/Float;"),
    *(b"Ljava/lang/Double;", b"Ljava/lang/Byte;", b"Ljava/lang/Short;", b"Ljava/lang/Character;"),
    *(
        b"Ljava/lang/Number;",
        b"Ljava/lang/Math;",
        b"Ljava/lang/Iterable;",
        b"Ljava/lang/Throwable;",
    ),
    *(b"Ljava/util/", b"Landroid/util/Log;", b"Lkotlin/", b"Landroid/os/Bundle;"),
)
_HARMFUL = (b"Ljava/util/Timer", b"Ljava/util/ServiceLoader;", b"Ljava/util/concurrent/")
_FAILURES = (b"Exception;", b"Error;")


def is_harmless(descriptor: bytes) -> bool:
    """Tell whether calls of a type have no effect beyond values; errors made are values too."""
    if descriptor.startswith(_HARMFUL):
        return False
    return descriptor.startswith(_HARMLESS) or descriptor.endswith(_FAILURES)
