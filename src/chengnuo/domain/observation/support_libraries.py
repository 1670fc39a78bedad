"""Libraries around the system's own calls, which nearly every app carries; they are no kits."""

_PACKAGES = (
    "android.arch",
    "android.support",
    "androidx",
    "com.google.android.material",
    "kotlin",
    "kotlinx",
)


def is_support(name: str) -> bool:
    """Tell whether a class or package, with dots, is of such a library.

    >>> is_support("androidx.startup.InitializationProvider"), is_support("androidxx.Main")
    (True, False)

    """
    return any(name == one or name.startswith(f"{one}.") for one in _PACKAGES)
