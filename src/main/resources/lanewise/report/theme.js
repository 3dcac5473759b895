"use strict";

/*
 * Light, dark, or as the system has it. Colours live in the style sheet; what is painted on a canvas
 * asks for them here and is painted again when they change.
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

  /** What a colour of the style sheet is now: [red, green, blue], 0 to 255. */
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
