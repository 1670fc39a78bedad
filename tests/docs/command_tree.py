"""The tree of our commands, as the pages about it need it."""

from collections.abc import Iterator

import click

from chengnuo.doors.cli.root import root

NAME = "chengnuo"


def parse(words: list[str]) -> click.Context:
    """Parse a command line down to its command, without running it.

    Raises:
        click.UsageError: There is no such command, option or argument.

    """
    context = click.Context(root, info_name=NAME, **root.context_settings)
    command: click.Command = root
    while isinstance(command, click.Group):
        _, rest, _ = command.make_parser(context).parse_args(list(words))
        if not rest:
            message = f"`{context.command_path}` needs a command"
            raise click.UsageError(message, context)
        name, found, words = command.resolve_command(context, rest)
        assert found is not None
        parent, command = context, found
        context = click.Context(command, parent=parent, info_name=name)
    return command.make_context(context.info_name, list(words), parent=context.parent)


def leaves(
    command: click.Command = root, parent: click.Context | None = None, name: str = NAME
) -> Iterator[click.Context]:
    """Yield the context of every command that runs, in the order that help shows."""
    # As `make_context` does; else the help option depends on which command was called first.
    own = {"terminal_width": 100, **command.context_settings}
    context = click.Context(command, parent=parent, info_name=name, **own)
    if not isinstance(command, click.Group):
        yield context
        return
    for child in command.list_commands(context):
        found = command.get_command(context, child)
        assert found is not None, f"{context.command_path} lists `{child}` and has it not"
        if not found.hidden:
            yield from leaves(found, context, child)
