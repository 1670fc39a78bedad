"""The tree of our commands, as the pages about it need it."""

from collections.abc import Iterator

import click
from chengnuo.doors.cli.root import chengnuo


def parse(words: list[str]) -> click.Context:
    """Parse a command line down to its command, without running it.

    Raises:
        click.UsageError: There is no such command, option or argument.

    """
    context = chengnuo.make_context("chengnuo", list(words))
    while isinstance(context.command, click.Group):
        group, rest = context.command, context.protected_args + context.args
        name, command, rest = group.resolve_command(context, rest)
        assert command is not None
        context = command.make_context(name, rest, parent=context)
    return context


def leaves(
    command: click.Command = chengnuo, parent: click.Context | None = None, name: str = "chengnuo"
) -> Iterator[click.Context]:
    """Yield the context of every command that runs, in the order that help shows."""
    context = click.Context(command, parent=parent, info_name=name, max_content_width=100)
    context.terminal_width = 100
    if not isinstance(command, click.Group):
        yield context
        return
    for child in command.list_commands(context):
        found = command.get_command(context, child)
        assert found is not None, f"{context.command_path} lists `{child}` and has it not"
        if not found.hidden:
            yield from leaves(found, context, child)
