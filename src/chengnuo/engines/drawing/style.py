"""How marks and words of drawings look: the one style sheet of every picture.

Colours are names that the page around a picture sets; `alone` puts those of paper in their place,
for a file that has no page around it. Sorts of marks differ by pattern and lightness, so that none
hangs on colour alone.
"""

import re

FONT = "Noto Sans CJK SC"
"""The font of pictures that stand alone: that of the documents."""
_INK = """\
.plot g { font-family: var(--sans); font-size: 14px; fill: var(--ink); }
.plot g { paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; }
.plot .plot-tick { fill: var(--ink-soft); }
.plot .plot-name { font-weight: 700; }
.plot .plot-on { fill: var(--paper); stroke: none; }
.plot .plot-in { stroke: none; }
.plot-axis { fill: none; stroke: var(--ink); stroke-width: 1.25; }
.plot-rule { fill: none; stroke: var(--hairline); stroke-width: 1; }
.plot-limit { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 7 5; }
.plot-line { fill: none; stroke: var(--ink); stroke-width: 2; stroke-linejoin: round; }
.plot-way { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-linejoin: round; }
.plot-area { fill: var(--shade); }
.plot-dots { fill: none; stroke: var(--ink); stroke-width: 7; stroke-linecap: round; }
.plot-hatch { stroke: var(--ink); stroke-width: 3; }
.plot-bar-0 { fill: var(--ink); stroke: var(--ink); stroke-width: 1; }
.plot-bar-1 { stroke: var(--ink); stroke-width: 1; }
.plot-bar-2 { fill: var(--paper); stroke: var(--ink); stroke-width: 1; }
.plot-box { fill: var(--paper); stroke: var(--ink); stroke-width: 1.25; }
.plot-box-own { fill: var(--shade); stroke: var(--ink); stroke-width: 3; }
.plot-box-full { fill: var(--ink); stroke: var(--ink); stroke-width: 1.25; }
.plot-box-open { fill: var(--paper); stroke: var(--ink); stroke-width: 2; stroke-dasharray: 5 4; }
.plot-box-faint { fill: var(--paper); stroke: var(--edge); stroke-width: 1; }
"""
_PLACE = """
.plot { container-type: inline-size; max-width: 60rem; margin-inline: 0; }
.plot-wide, .plot-narrow { width: 100%; height: auto; margin-top: 0.5rem; }
.plot .plot-wide { display: none; }
.plot .plot-narrow { display: block; max-width: 27rem; }
.plot .plot-down { writing-mode: vertical-rl; }
.plot-swatch { width: 1rem; height: 1rem; flex: none; }
ul.plot-legend { list-style: none; padding: 0; margin: 0; max-width: none; }
ul.plot-legend { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.plot-legend li { display: inline-flex; align-items: center; gap: 0.5rem; margin: 0; }
.plot-legend li { min-height: 2.75rem; }
@container (min-width: 46rem) {
  .plot .plot-wide { display: block; }
  .plot .plot-narrow { display: none; }
}
@media print {
  .plot { break-inside: avoid; }
  .plot .plot-wide { display: block; }
  .plot .plot-narrow { display: none; }
}
"""
STYLE = f"/* Pictures, drawn twice: for a page and for a phone. */\n\n{_INK}{_PLACE}"
"""For a page that shows pictures and sets `--ink`, `--ink-soft`, `--paper`, `--shade`,
`--hairline`, `--edge` and `--sans`."""
_ON_PAPER = {
    "ink": "#1b1d1f",
    "ink-soft": "#52565a",
    "paper": "#ffffff",
    "shade": "#f2f0ea",
    "hairline": "#c9c6bd",
    "edge": "#85827a",
    "sans": f"'{FONT}'",
}
# The font of the documents is a variable one, which a PDF leaves at its thinnest where a picture
# asks for the usual weight.
_WEIGHT = ".plot g { font-weight: 500; }\n.plot .plot-name { font-weight: 700; }\n"
ALONE = re.sub(r"var\(--([a-z-]+)\)", lambda one: _ON_PAPER[one[1]], _INK) + _WEIGHT
"""For a picture that stands alone, on white."""
