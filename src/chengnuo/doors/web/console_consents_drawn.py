"""The pictures of consent over time: acts and decisions by day, and what stands."""

from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.engines.drawing.parts import Drawing, Told
from chengnuo.engines.drawing.plot import Course, course_plot, days_plot
from chengnuo.usecases.consent.day_figures import DayFigures
from chengnuo.usecases.consent.figures import Overview


def standing_drawing(say: ConsentWords, found: Overview) -> Drawing | None:
    """Return how many consents stood at the end of every day; None where none ever did."""
    counts = [count for _, count in found.standing]
    if not any(counts):
        return None
    words = say.t(
        "consents.standing-words",
        start=found.first,
        end=found.last,
        first=f"{counts[0]:,}",
        last=f"{counts[-1]:,}",
        most=f"{max(counts):,}",
    )
    title = say.t("consents.standing-picture")
    return course_plot(
        Told(key="standing", title=title, words=words, lang=say.lang),
        Course(points=list(enumerate(counts)), start=found.first, end=found.last, steps=True),
    )


def days_drawing(
    say: ConsentWords,
    key: str,
    days: tuple[DayFigures, ...],
    names: list[str],
    totals: list[int],
) -> Drawing | None:
    """Return acts or decisions by day, the first sort above the line; None for nothing."""
    counts = say.t("consents.between").join(
        f"{name} {total:,}" for name, total in zip(names, totals, strict=True)
    )
    told = Told(
        key=key,
        title=say.t(f"consents.{key}-picture"),
        words=say.t("consents.picture", start=days[0].day, end=days[-1].day, counts=counts),
        lang=say.lang,
    )
    return days_plot(told, [(one.day, one.counts) for one in days])
