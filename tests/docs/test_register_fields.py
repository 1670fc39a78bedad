"""Every field of a register stands on the page about them, with what its docstring says."""

from collections.abc import Callable

from tests.docs.register_fields import page


def test_every_field_of_the_register_has_its_line(golden_page: Callable[[str, str], None]) -> None:
    golden_page("docs/register-fields.md", page())
