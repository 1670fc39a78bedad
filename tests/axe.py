"""The rules of axe-core, tried on a page in a browser.

Measuring contrast takes four fifths of the time of a long page, whose rows look alike. It is
measured on the first texts of each look: an element looks like another if the two, and all that
they stand in, have the same names, classes and computed colours, backgrounds, sizes and places.
"""

import functools
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_MEASURED_OF_EACH_LOOK = 3
_MARK_WHAT_LOOKS_ALIKE = """
(most) => {
  const names = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight",
    "textShadow", "position", "zIndex", "float", "transform", "filter", "mixBlendMode"];
  const looks = new Map([[null, ""]]), numbers = new Map(), seen = new Map();
  const look = (one) => {
    if (!looks.has(one)) {
      const style = getComputedStyle(one);
      const own = [one.localName, one.getAttribute("class"), one.matches(":disabled"),
        one.getAttribute("aria-disabled"), ...names.map((name) => style[name])].join("|");
      const whole = `${look(one.parentElement)}>${own}`;
      if (!numbers.has(whole)) numbers.set(whole, numbers.size);
      looks.set(one, numbers.get(whole));
    }
    return looks.get(one);
  };
  const texts = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE
    && node.data.trim());
  for (const one of document.querySelectorAll("body *")) {
    one.removeAttribute("data-looks-alike");
    if (!texts(one) || !one.checkVisibility({visibilityProperty: true})) continue;
    const count = (seen.get(look(one)) || 0) + 1;
    seen.set(look(one), count);
    if (count > most) one.setAttribute("data-looks-alike", "");
  }
}
"""
_RUN = """
async () => {
  axe.configure({rules: [{id: "color-contrast", selector: ":not([data-looks-alike])"}]});
  const found = await axe.run({resultTypes: ["violations"]});
  return found.violations.map(({id, nodes}) => [id, nodes.map(({html}) => html)]);
}
"""


def violations(page: Page) -> list[str]:
    """Return each rule that the page breaks, with the element that breaks it."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_script())
    page.evaluate(_MARK_WHAT_LOOKS_ALIKE, _MEASURED_OF_EACH_LOOK)
    found: list[tuple[str, list[str]]] = page.evaluate(_RUN)
    return [f"{rule}: {html[:160]}" for rule, nodes in found for html in nodes]


@functools.cache
def _script() -> str:
    script: Any = Axe().axe_script
    return str(script)
