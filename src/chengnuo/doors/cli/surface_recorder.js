// Records what lies over a page and where it leads; `chengnuo surface page` judges it.
// Run it before the page's own scripts, then call `chengnuoSurface()` for the recording.
(() => {
  const CLOSES = /关闭|跳过|略过|取消|以后再说|我知道了|close|skip|dismiss|not now|^[×✕✖xX]$/i;
  const ROUND = 10;
  const layers = new Map();
  const jumps = [];
  let tapped = null;
  const now = () => Math.round(performance.now());
  const box = (one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    return { x, y, width, height };
  };
  const words = (one) =>
    (one.getAttribute("aria-label") || one.innerText || one.title || "").trim().slice(0, 200);
  const isSeen = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && height > 0 && one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const isOver = (one) => {
    if (one.matches("dialog[open], [role=dialog], [role=alertdialog]")) return true;
    if (getComputedStyle(one).position !== "fixed") return false;
    const { width, height } = one.getBoundingClientRect();
    return width * height >= (innerWidth * innerHeight) / 5;
  };
  const isReached = (one) => {
    const { x, y, width, height } = one.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return top !== null && (one === top || one.contains(top));
  };
  const canBeTapped = (one) => one.matches("a, button, [role=button], [role=link], [onclick], input[type=button]");
  const name = (one) => (one.id ? `#${one.id}` : one.tagName.toLowerCase()).slice(0, 200);
  const look = () => {
    for (const one of document.querySelectorAll("body *")) {
      if (!isSeen(one) || !isOver(one)) continue;
      if ([...layers.keys()].some((other) => other !== one && other.contains(one))) continue;
      const layer = layers.get(one) || { name: name(one), appearedMs: now(), controls: new Map() };
      layer.box = box(one);
      layers.set(one, layer);
      for (const control of [one, ...one.querySelectorAll("*")]) {
        if (!canBeTapped(control) || !isSeen(control) || control.disabled) continue;
        const kept = layer.controls.get(control) || { shownMs: now() };
        kept.text = [...control.querySelectorAll("*")].some(canBeTapped) ? "" : words(control);
        kept.box = box(control);
        kept.reachable = isReached(control);
        layer.controls.set(control, kept);
      }
    }
  };
  const jumped = (address) => {
    const host = new URL(address, location.href).host || "(none)";
    const fresh = tapped !== null && now() - tapped.at < 1000;
    const jump = { atMs: now(), by: fresh ? "tap" : "itself", host };
    if (fresh) Object.assign(jump, { x: tapped.x, y: tapped.y });
    jumps.push(jump);
  };
  addEventListener("pointerdown", (event) => {
    look();
    tapped = { at: now(), x: event.clientX, y: event.clientY };
  }, true);
  // What leads away is noted and not followed, so that the recording can still be taken.
  if (window.navigation) {
    navigation.addEventListener("navigate", (event) => {
      if (event.hashChange || event.navigationType === "reload") return;
      jumped(event.destination.url);
      if (event.cancelable) event.preventDefault();
    });
  }
  window.open = (address) => {
    if (address) jumped(String(address));
    return null;
  };
  const every = setInterval(look, 100);
  addEventListener("DOMContentLoaded", look);
  const rounded = (one) =>
    Object.fromEntries(Object.entries(one).map(([key, value]) => [key, Math.round(value * ROUND) / ROUND]));
  const plain = ({ text, box: around, shownMs, reachable }) => ({ text, box: rounded(around), shownMs, reachable });
  window.chengnuoSurface = () => {
    look();
    clearInterval(every);
    return {
      format: "chengnuo-surface",
      version: 1,
      width: innerWidth,
      height: innerHeight,
      watchedMs: now(),
      layers: [...layers.values()].map(({ name: known, appearedMs, box: around, controls }) => {
        const found = [...controls.values()];
        return {
          name: known,
          box: rounded(around),
          appearedMs,
          closes: found.filter((one) => CLOSES.test(one.text)).map(plain),
          leads: found.filter((one) => !CLOSES.test(one.text)).map(plain),
        };
      }),
      jumps: jumps.map((one) => one),
    };
  };
})();
