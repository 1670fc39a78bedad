"""The second half of a survey: which of the rows found are others' as well, or hold others up.

A row is shared if it names somebody else, belongs by a row that is not the individual's, is
claimed by a row that is not, hangs on a shared row by any number of steps, or if the register says
that others need it whose rows refer to it. It is referenced if a row that is not the individual's
refers to it.
"""

from collections import Counter
from collections.abc import Sequence

from chengnuo.domain.rights.data_map import DataMap, Edge
from chengnuo.domain.rights.kinds import REFERENCED, SHARED
from chengnuo.domain.rights.owners import Tie, Way
from chengnuo.domain.rights.values import RowKey, decode_key, encode_key
from chengnuo.ports.record_source import MOST_VALUES, Match
from chengnuo.usecases.rights.survey import Survey, walk_of
from chengnuo.usecases.rights.survey_rows import (
    edge_cast,
    is_needed_by_referrers,
    may_follow_up,
    needs_reference,
    reference,
)


def look_for_others(survey: Survey) -> None:
    """Say of each row found how it belongs; to be called once all are found."""
    data = survey.data
    for edge in data.edges:
        if edge.child not in survey.readers or edge.parent not in survey.readers:
            continue
        if may_follow_up(data, edge) and (survey.changes or needs_reference(data, edge)):
            _look_up(survey, edge)
    for edge in data.edges:
        parent = edge.parent in survey.readers
        if (
            parent
            and data.tables[edge.child].store in survey.sources
            and _is_looked_at(survey, edge)
        ):
            _look_down(survey, edge)
    survey.scratch.spread_shared(
        [
            walk_of(data, edge)
            for edge in data.edges
            if edge.parent in survey.readers
            and (may_follow_up(data, edge) or data.tie(edge) is Tie.CLAIMS)
        ]
    )
    survey.scratch.save()


def _look_up(survey: Survey, edge: Edge) -> None:
    """Look whether what rows belong by is there and not the individual's."""
    walk, after = walk_of(survey.data, edge), 0
    parent = survey.data.tables[edge.parent]
    while True:
        texts, last = survey.scratch.unmet(walk, after, MOST_VALUES)
        if last == after:
            return
        after = last
        match = Match(columns=edge.to_columns, values=tuple(decode_key(text) for text in texts))
        width = len(parent.schema.key)
        for page in survey.pages(parent, (*parent.schema.key, *edge.to_columns), match):
            there = {encode_key(row[width:]) for row in page}
            survey.scratch.raise_referring(edge.number, there, SHARED)


def _is_looked_at(survey: Survey, edge: Edge) -> bool:
    data = survey.data
    tie = data.tie(edge)
    if tie is Tie.CLAIMS:
        return not _is_own_account(data, edge)
    return survey.changes and tie is not Tie.OWNS and not _is_own_account(data, edge)


def _is_own_account(data: DataMap, edge: Edge) -> bool:
    """Tell whether whatever refers by an edge to the individual's row names the individual."""
    child, parent = data.tables[edge.child], data.tables[edge.parent]
    return (
        len(edge.columns) == 1
        and edge.columns[0] in child.identity
        and edge.to_columns == parent.identity
        and not parent.may_name_nobody
        and data.way(parent) is Way.IDENTITY
    )


def _look_down(survey: Survey, edge: Edge) -> None:
    """Look for rows that refer to those found and are not among them."""
    walk, after = walk_of(survey.data, edge), 0
    while True:
        texts, last = survey.scratch.names_after(walk.name, after, MOST_VALUES)
        if last == after:
            return
        after = last
        _count(survey, edge, [decode_key(text) for text in texts])


def _count(survey: Survey, edge: Edge, names: Sequence[RowKey]) -> None:
    data, scratch = survey.data, survey.scratch
    child = data.tables[edge.child]
    walk = walk_of(data, edge)
    turn = edge_cast(data, edge)
    claims = data.tie(edge) is Tie.CLAIMS or (
        is_needed_by_referrers(data.tables[edge.parent]) and data.way(child) is not Way.NOBODY
    )
    width, wide = len(child.schema.key), len(edge.columns)
    columns = (*child.schema.key, *edge.columns, *child.identity)
    for page in survey.referring(edge, names, columns):
        keys = [encode_key(row[:width]) for row in page]
        known = scratch.known(edge.child, keys) if edge.child in survey.readers else set()
        others: Counter[str] = Counter()
        claimed: set[str] = set()
        for key, row in zip(keys, page, strict=True):
            if key in known:
                continue
            text = reference(row, lambda one: one[width : width + wide], (), turn)
            if text is None:
                continue
            others[text] += 1
            names_nobody = all(value is None for value in row[width + wide :])
            if claims and not (child.identity and names_nobody):
                claimed.add(text)
        if others:
            scratch.raise_named(walk.name, claimed, SHARED)
            scratch.raise_named(walk.name, others.keys() - claimed, REFERENCED)
            scratch.count_others(walk, others)
