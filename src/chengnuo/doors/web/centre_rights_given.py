"""What a form of 办理权利 brought: every field as text, cut to lengths, nothing trusted."""

from dataclasses import dataclass

from chengnuo.doors.web.showing import Asked

_MOST_FIELDS = 300
_MOST_LENGTH = 4_096
_NOT_OURS = frozenset({"csrf_token", "lang"})
_IN_ADDRESSES = frozenset({"scope", "category", "table", "what", "target", "about"})
"""What a link may begin a sheet with: names of the register, never anything of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The fields of a form in their order; a name may come several times."""

    pairs: tuple[tuple[str, str], ...] = ()

    def one(self, name: str, default: str = "") -> str:
        """Return the first value of a name without space around it."""
        return next((value.strip() for key, value in self.pairs if key == name), default)

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a name."""
        return tuple(value for key, value in self.pairs if key == name)

    def under(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """Return the rest of each name that begins so, with its value where there is one."""
        return tuple(
            (key.removeprefix(prefix), value.strip())
            for key, value in self.pairs
            if key.startswith(prefix) and value.strip()
        )


async def given_of(request: Asked) -> Given:
    """Return what the form brought; files and what is beyond all use are left out."""
    form = await request.form()
    pairs = tuple(
        (key, value[:_MOST_LENGTH])
        for key, value in form.multi_items()
        if isinstance(value, str) and key not in _NOT_OURS
    )
    return Given(pairs=pairs[:_MOST_FIELDS])


def given_in_address(request: Asked) -> Given:
    """Return what a link begins a sheet with; nothing is asked for until the form is sent.

    A link that names kinds of information means these and no others.
    """
    pairs = [
        (key, value[:_MOST_LENGTH])
        for key, value in request.query_params.multi_items()
        if key in _IN_ADDRESSES
    ]
    names = {key for key, _ in pairs}
    if "category" in names and "scope" not in names:
        pairs.append(("scope", "some"))
    return Given(pairs=tuple(pairs[:_MOST_FIELDS]))
