"use strict";

/*
 * The theme: light, dark, or that of the system. Colours are defined in the style sheet; whatever is
 * painted on a canvas gets them here and is repainted when they change.
 */
const Theme = (() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const ORDER = ["system", "light", "dark"];
  const painters = [];
  let chosen = "system";
  let printing = false;

  function apply() {
    const theme = printing ? "light" : chosen;
    if (theme === "system") {
      delete root.dataset.theme;
    } else {
      root.dataset.theme = theme;
    }
    Dom.byId("theme").textContent = `Theme: ${chosen}`;
    painters.forEach((paint) => paint());
  }

  /** The current value of a colour in the style sheet: [red, green, blue], 0 to 255. */
  function rgb(name) {
    const probe = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    probe.fillStyle = colour(name);
    probe.fillRect(0, 0, 1, 1);
    return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  }

  /** The same as CSS text. */
  function colour(name) {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const computed = getComputedStyle(probe).color;
    probe.remove();
    return computed;
  }

  /** Paints now and whenever the colours change. */
  function painted(paint) {
    painters.push(paint);
    paint();
  }

  function start() {
    Dom.byId("theme").addEventListener("click", () => {
      chosen = ORDER[(ORDER.indexOf(chosen) + 1) % ORDER.length];
      apply();
    });
    system.addEventListener("change", apply);
    for (const [event, state] of [["beforeprint", true], ["afterprint", false]]) {
      addEventListener(event, () => { printing = state; apply(); });
    }
  }

  return { start, colour, rgb, painted };
})();
