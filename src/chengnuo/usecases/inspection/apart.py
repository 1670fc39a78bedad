"""Inspecting packages on a cluster: each in a child of its own, as here; reports come back.

A package is named by its path, which has to lead to the same file wherever there is room. It is
inspected in the child that bounds it there; one that cannot be loses only itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chengnuo.domain.finding.package_json import report_json
from chengnuo.ports.batches import BatchUnavailableError, Spread
from chengnuo.ports.package_reports import Failed
from chengnuo.usecases.inspection.inspections import Declared, Inspections
from chengnuo.usecases.inspection.many import REFUSED, Many

Package = tuple[Path, str]
"""Where a package is, with the SHA-256 of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedThere:
    """What is done with one package; pickles.

    Attributes:
        make: Returns the use cases on packages; of the top level of a module.
        declared: What a package is held against.
        on: Civil day on which dates are judged.

    """

    make: Callable[[], Inspections]
    declared: Declared
    on: date

    def __call__(self, package: Package) -> bytes | Failed:
        """Return the report of a package, or why there is none."""
        path, sha256 = package
        inspections = self.make()
        try:
            inspection = inspections.inspect(path, lambda _: None)
        except REFUSED as error:
            return Failed(code=error.code, message=str(error))
        if inspection.package.sha256 != sha256:
            other = BatchUnavailableError("a package is another file there")
            return Failed(code=other.code, message=str(other))
        return report_json(inspections.report(inspection, self.declared, on=self.on))


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyApart:
    """The use case on many packages, with a cluster.

    Attributes:
        many: What is kept where.
        spread: The cluster.
        make: See `ReportedThere`.

    """

    many: Many
    spread: Spread
    make: Callable[[], Inspections]

    def each(self, packages: Mapping[str, Path]) -> Iterator[tuple[str, Failed | None]]:
        """Inspect and judge packages, keep their reports, and yield why there is none of one.

        Args:
            packages: Where each is, by the SHA-256 of the file.

        Raises:
            InspectionNotKeptError: A report cannot be written.
            BatchUnavailableError: The cluster does not answer.

        """
        many, todo = self.many, list[Package]()
        for sha256, path in packages.items():
            if many.is_done(sha256):
                yield sha256, many.one(path, sha256)
            else:
                todo.append((path.absolute(), sha256))
        on = many.on or many.inspections.today()
        work = ReportedThere(make=self.make, declared=many.declared, on=on)
        for (_, sha256), found in zip(todo, self.spread.each(work, todo), strict=True):
            if isinstance(found, Failed):
                yield sha256, found
                continue
            many.shelf.keep(many.out, sha256, found)
            yield sha256, None
