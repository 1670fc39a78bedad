"""What finds and masks personal information in texts, trees and columns, for programs in Python."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from chengnuo.doors.library.text_columns import in_column, register_in_duckdb
from chengnuo.engines.text.kinds import Hit
from chengnuo.engines.text.masking import Mask, masked
from chengnuo.engines.text.trees import hits_of_each, masked_tree
from chengnuo.usecases.texts import Texts


@dataclass(frozen=True, slots=True)
class Masker:
    """Masks the personal information in what it is given.

    Args:
        texts: The use cases on text.
        mask: What stands in the place of a value.

    """

    texts: Texts
    mask: Mask

    def __call__(self, text: str) -> str:
        """Return a text with its values masked."""
        return masked(text, self.texts.hits(text), self.mask)

    def tree(self, tree: object, *, name: str = "") -> object:
        """Return a tree, as JSON gives one, with its values masked; keys say what values are.

        A number that is masked becomes a text. The tree itself comes back if nothing was found.

        Args:
            tree: Mappings, lists, texts, numbers, booleans and `None`.
            name: The key of the whole tree, if it has one.

        """
        return masked_tree(tree, self.texts.hits, self.mask, name=name)

    def column(self, column: object, *, name: str = "") -> object:
        """Return a column of texts with its values masked, of the sort that was given.

        Args:
            column: A series of pandas, a series or an expression of Polars, an array of Arrow (in
                chunks or not), or a list.
            name: What it is called, if not as its own name says: the name tells what values are.

        Raises:
            TypeError: It is none of these.

        """
        return in_column(column, name, self._masked_values)

    def kinds(self, column: Sequence[object], *, name: str = "") -> list[object]:
        """Return for each value of a column the names of the kinds in it, in alphabetic order.

        Args:
            column: Texts, numbers and `None`.
            name: What the column is called; the name tells what values are.

        """
        found = hits_of_each(list(column), self.texts.hits, name=name)
        return [_names(hits) for hits in found]

    def register(self, connection: object) -> None:
        """Give a connection of DuckDB `pii_mask(text, name)` and `pii_kinds(text, name)`.

        `name` is what the column is called, or an empty text. Needs pyarrow beside DuckDB.
        """
        register_in_duckdb(
            connection, self._masked_values, lambda values, name: self.kinds(values, name=name)
        )

    def _masked_values(self, values: Sequence[object], name: str) -> list[object]:
        new = cast("list[object]", self.tree(list(values), name=name))
        return [None if value is None else str(value) for value in new]


def _names(hits: Sequence[Hit]) -> list[str]:
    return sorted({hit.kind.name.lower() for hit in hits})
