"use strict";

/* Grey values and weights as small pictures in the colours of the theme. */
const Pictures = (() => {
  const INITIAL_UNITS = 64;

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

  /** 128 is zero; lower levels fade to orange, higher ones to blue. */
  function diverging(colours, level) {
    const t = (level - 128) / 127;
    return mix(colours.zero, t < 0 ? colours.below : colours.above, Math.min(1, Math.abs(t) * 1.25));
  }

  const colours = () => ({ zero: Theme.rgb("--sunk"), below: Theme.rgb("--wrong"), above: Theme.rgb("--accent") });

  function gallery(data, predict) {
    const { mistakes, labels } = data;
    const hint = Dom.byId("mistakes-hint");
    if (!mistakes) {
      hint.textContent = "Unknown: mistakes.json is missing from the directory of the run.";
      return;
    }
    if (mistakes.rows.length === 0) {
      hint.textContent = "All test rows were predicted correctly.";
      return;
    }
    const side = Math.round(Math.sqrt(mistakes.width));
    const pictured = side * side === mistakes.width && side >= 8 && mistakes.rows[0].values !== "";
    const rows = data.summary.test.rows;
    hint.textContent = `${Format.count(mistakes.total)} of ${Format.count(rows)} test rows were misclassified (${
      Format.percent(mistakes.total / rows)}). The ${mistakes.rows.length} most confident mistakes: true class → predicted class.`
      + (pictured ? "" : ` Rows of ${Format.counted(mistakes.width, "value")} are not shown as images.`)
      + (predict && pictured ? " Select one to load it into the drawing pad above." : "");
    for (const mistake of mistakes.rows) {
      const button = Dom.make("button", { type: "button" },
        Dom.make("span", { class: "was" }, labels[mistake.label]), " → ",
        Dom.make("span", { class: "predicted" }, labels[mistake.predicted]),
        Dom.make("span", { class: "share" }, Format.percent(mistake.probability, 1)));
      const words = `Test row ${mistake.row + 1}: true ${labels[mistake.label]}, predicted as ${labels[mistake.predicted]} with ${
        Format.percent(mistake.probability, 1)}; the true class has ${Format.percent(mistake.labelProbability, 1)}`;
      button.setAttribute("aria-label", words);
      button.title = words;
      if (pictured) {
        const values = Dom.bytes(mistake.values);
        const canvas = Dom.make("canvas", { "aria-hidden": "true" });
        button.prepend(canvas);
        Theme.painted(() => grey(canvas, side, values));
        if (predict) {
          button.addEventListener("click", () => predict(values));
        }
      }
      button.disabled = !(predict && pictured);
      Dom.byId("gallery").append(Dom.make("li", {}, button));
    }
  }

  /** Shows one set of pictures of the units of the first layer; returns the function that paints them. */
  function showUnits(data, layer, sentence) {
    const hint = Dom.byId("weights-hint");
    const count = layer.units.length;
    const largest = layer.largest.toPrecision(2);
    const scale = Dom.make("canvas", { class: "scale", "aria-hidden": "true" });
    hint.replaceChildren(`${sentence} Each image shows the ${layer.side} x ${layer.side} weights of a unit; ${
      count < layer.total ? `the ${count} of ${layer.total} units` : `${count} units`}, largest norm first. Colours:`,
      scale, `from -${largest} (orange) to ${largest} (blue).`);
    const images = Dom.bytes(layer.images);
    const size = layer.side * layer.side;
    const names = data.network.sizes.length === 2 ? data.labels : null; // Without hidden layers a unit is a class.
    const items = layer.units.map((unit, k) => {
      const name = `${names ? `class ${names[unit]}` : `unit ${unit}`}, norm ${layer.norms[k].toFixed(2)}`;
      const canvas = Dom.make("canvas", { role: "img", "aria-label": name, title: name });
      const item = Dom.make("li", {}, canvas, ...(names ? [Dom.make("span", {}, names[unit])] : []));
      item.hidden = k >= INITIAL_UNITS;
      return { item, canvas, values: images.subarray(k * size, (k + 1) * size) };
    });
    Dom.byId("units").replaceChildren(...items.map(({ item }) => item));
    const more = Dom.byId("more-units");
    more.hidden = count <= INITIAL_UNITS;
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

  /** The change of the weights in training, if the initial weights are known, and the final weights. */
  function units(data) {
    const { network } = data;
    const box = Dom.byId("weights-switch");
    const sets = [
      ["Change", network.change, "The change of the weights in training: final minus initial weights."],
      ["Final", network.firstLayer, "The final weights."],
    ].filter(([, layer]) => layer);
    if (sets.length === 0) {
      box.remove();
      Dom.byId("weights-hint").textContent = network.sizes
        ? `Rows of ${Format.count(network.sizes[0])} values are not square images, so their weights are not shown as pictures.`
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
