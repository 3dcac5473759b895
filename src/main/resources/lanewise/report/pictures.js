"use strict";

/* Grey values and weights as small pictures in the theme's colours. */
const Pictures = (() => {
  const UNITS_AT_FIRST = 64;

  const mix = (from, to, t) => from.map((c, i) => c + (to[i] - c) * t);

  /** Paints side x side cells; shade(i) gives a cell's [red, green, blue]. */
  function paint(canvas, side, shade) {
    canvas.width = side;
    canvas.height = side;
    const context = canvas.getContext("2d");
    const image = context.createImageData(side, side);
    for (let i = 0; i < side * side; i++) {
      image.data.set(shade(i), 4 * i);
      image.data[4 * i + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }

  /** Ink on paper: 0 paper, 255 ink. */
  function grey(canvas, side, values) {
    const paper = Theme.rgb("--paper");
    const ink = Theme.rgb("--ink");
    paint(canvas, side, (i) => mix(paper, ink, values[i] / 255));
  }

  /** 128 is zero; below it orange, above it blue, both from the colour of the card. */
  function diverging(colours, level) {
    const t = (level - 128) / 127;
    return mix(colours.zero, t < 0 ? colours.below : colours.above, Math.min(1, Math.abs(t) * 1.25));
  }

  const colours = () => ({ zero: Theme.rgb("--sunk"), below: Theme.rgb("--wrong"), above: Theme.rgb("--accent") });

  function gallery(data, read) {
    const { mistakes, labels } = data;
    const hint = Dom.byId("mistakes-hint");
    if (!mistakes) {
      hint.textContent = "The run's directory has no mistakes.json, which holds them.";
      return;
    }
    if (mistakes.rows.length === 0) {
      hint.textContent = "No test row was read wrong.";
      return;
    }
    const side = Math.round(Math.sqrt(mistakes.width));
    const pictured = side * side === mistakes.width && side >= 8 && mistakes.rows[0].values !== "";
    const rows = data.summary.test.rows;
    hint.textContent = `${Format.count(mistakes.total)} of ${Format.count(rows)} test rows were read wrong (${
      Format.percent(mistakes.total / rows)}). These are the ${mistakes.rows.length} of which the network was most certain: true class → what it read.`
      + (pictured ? "" : ` A row of ${mistakes.width} values is not shown as an image.`)
      + (read && pictured ? " Choose one to have it read above." : "");
    for (const mistake of mistakes.rows) {
      const button = Dom.make("button", { type: "button" },
        Dom.make("span", { class: "was" }, labels[mistake.label]), " → ",
        Dom.make("span", { class: "read" }, labels[mistake.read]),
        Dom.make("span", { class: "share" }, Format.percent(mistake.probability, 1)));
      const words = `Test row ${mistake.row + 1}: true ${labels[mistake.label]}, read as ${labels[mistake.read]} with ${
        Format.percent(mistake.probability, 1)}; the true class got ${Format.percent(mistake.labelProbability, 1)}`;
      button.setAttribute("aria-label", words);
      button.title = words;
      if (pictured) {
        const values = Dom.bytes(mistake.values);
        const canvas = Dom.make("canvas", { "aria-hidden": "true" });
        button.prepend(canvas);
        Theme.painted(() => grey(canvas, side, values));
        if (read) {
          button.addEventListener("click", () => read(values));
        }
      }
      button.disabled = !(read && pictured);
      Dom.byId("gallery").append(Dom.make("li", {}, button));
    }
  }

  /** One set of pictures of the first layer's units; returns the function that paints them. */
  function showUnits(data, layer, sentence) {
    const hint = Dom.byId("weights-hint");
    const count = layer.units.length;
    const largest = layer.largest.toPrecision(2);
    const scale = Dom.make("canvas", { class: "scale", "aria-hidden": "true" });
    hint.replaceChildren(`${sentence} Each image is one unit's ${layer.side} x ${layer.side} weights; ${
      count < layer.total ? `the ${count} of ${layer.total} units` : `${count} units`}, the largest norm first. Colours:`,
      scale, `from -${largest} (orange) to ${largest} (blue).`);
    const images = Dom.bytes(layer.images);
    const size = layer.side * layer.side;
    const names = data.network.sizes.length === 2 ? data.labels : null; // Without hidden layers a unit is a class.
    const items = layer.units.map((unit, k) => {
      const name = `${names ? `class ${names[unit]}` : `unit ${unit}`}, norm ${layer.norms[k].toFixed(2)}`;
      const canvas = Dom.make("canvas", { role: "img", "aria-label": name, title: name });
      const item = Dom.make("li", {}, canvas, ...(names ? [Dom.make("span", {}, names[unit])] : []));
      item.hidden = k >= UNITS_AT_FIRST;
      return { item, canvas, values: images.subarray(k * size, (k + 1) * size) };
    });
    Dom.byId("units").replaceChildren(...items.map(({ item }) => item));
    const more = Dom.byId("more-units");
    more.hidden = count <= UNITS_AT_FIRST;
    more.textContent = `Show all ${count}`;
    more.onclick = () => {
      items.forEach(({ item }) => { item.hidden = false; });
      more.hidden = true;
    };
    return () => {
      const now = colours();
      const shades = Array.from({ length: 256 }, (_, level) => diverging(now, level));
      items.forEach(({ canvas, values }) => paint(canvas, layer.side, (i) => shades[values[i]]));
      scale.width = 255;
      scale.height = 1;
      const context = scale.getContext("2d");
      shades.slice(1).forEach((shade, x) => {
        context.fillStyle = `rgb(${shade.join(" ")})`;
        context.fillRect(x, 0, 1, 1);
      });
    };
  }

  /** What the units have learnt, if it is known where they began, and their weights as they are. */
  function units(data) {
    const { network } = data;
    const box = Dom.byId("weights-switch");
    const sets = [
      ["Learnt", network.learnt, "What training added to the weights that the seed gave."],
      ["As they are", network.firstLayer, "The weights that the network reads with."],
    ].filter(([, layer]) => layer);
    if (sets.length === 0) {
      box.remove();
      Dom.byId("weights-hint").textContent = network.sizes
        ? `A row of ${Format.count(network.sizes[0])} values is not shown as a square image, so there are no pictures of its weights.`
        : `${network.absent}.`;
      return;
    }
    let repaint;
    const show = (set) => { repaint = showUnits(data, set[1], set[2]); };
    show(sets[0]);
    Theme.painted(() => repaint());
    Dom.choices(box, sets.map(([name]) => name), (k) => { show(sets[k]); repaint(); });
  }

  return { grey, gallery, units };
})();
