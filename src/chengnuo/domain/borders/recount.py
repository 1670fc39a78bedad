"""What the count of a civil year is, said plainly: sets of individuals out of the records.

`counting.py` gives the same by planes. This is what `/v1/provisions:count` runs over every record
of the log where a recount is asked for, and what tests hold the planes equal to.
"""

from collections.abc import Iterable, Mapping

from chengnuo.domain.borders.counting import Heads, Sent, Sort, YearCount, day_of
from chengnuo.domain.register.ids import RecipientId


def recounted(records: Iterable[Sent], year: int, same: Mapping[int, int]) -> YearCount:
    """Return the count of a year.

    Args:
        records: In any order, any of them any number of times.
        year: The civil year at +08:00.
        same: By ordinal, the one that stands for it where it is another name of somebody.

    """
    seen = [
        (record, same.get(record.ordinal, record.ordinal))
        for record in records
        if day_of(record.at).year == year
    ]
    return YearCount(
        year=year,
        counted=_heads((sent, who) for sent, who in seen if sent.scene is None),
        apart={
            scene: _heads((sent, who) for sent, who in seen if sent.scene is scene)
            for scene in sorted({sent.scene for sent, _ in seen if sent.scene is not None})
        },
        by_recipient={
            one: _heads((sent, who) for sent, who in seen if _counted_for(sent, one))
            for one in sorted({sent.recipient for sent, _ in seen if sent.scene is None})
        },
    )


def _counted_for(sent: Sent, recipient: RecipientId) -> bool:
    return sent.scene is None and sent.recipient == recipient


def _heads(seen: Iterable[tuple[Sent, int]]) -> Heads:
    whole = list(seen)
    general, sensitive = (
        len({who for sent, who in whole if sort in sent.sorts})
        for sort in (Sort.GENERAL, Sort.SENSITIVE)
    )
    return Heads(general=general, sensitive=sensitive)
