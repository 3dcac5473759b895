"use strict";

/* What a table has instead of pictures: which columns matter, predicted against true values. */
const Table = (() => {
  const MAX_COLUMNS = 30;
  const SIDE = 420;
  const MARGIN = { left: 64, right: 14, top: 10, bottom: 44 };
  const SVG = "http://www.w3.org/2000/svg";

  /** Elements of the other sections, which show pictures of rows and of weights. */
  const PICTURES = ["draw", "mistakes", "weights"];

  function importance({ rows, columns }, score) {
    const shown = columns.slice(0, MAX_COLUMNS);
    const most = Math.max(...shown.map((column) => column.decrease), 0);
    Dom.byId("importance-hint").textContent = `How much lower the ${score.name} is on ${Format.counted(rows, "test row")}`
      + " when a column's cells are dealt to other rows at random, the mean of five times. Columns that say the"
      + " same as another one look less important than they are."
      + (shown.length < columns.length ? ` The first ${shown.length} of ${columns.length} columns.` : "");
    const points = (v) => (score.name === "accuracy" ? `${(100 * v).toFixed(2)} points` : v.toFixed(4));
    Dom.byId("importance-bars").append(...shown.map(({ name, decrease }) => Dom.make("li", {},
      Dom.make("span", { class: "label", title: name }, name),
      Dom.make("div", { class: "track", "aria-hidden": "true" },
        Dom.vary(Dom.make("div", { class: "fill" }), "--share", most > 0 ? Math.max(0, decrease / most) : 0)),
      Dom.make("span", { class: "value" }, points(decrease)))));
  }

  function svg(tag, attributes, text) {
    const element = document.createElementNS(SVG, tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    if (text !== undefined) {
      element.textContent = text;
    }
    return element;
  }

  /** About five round numbers within a range. */
  function ticks(min, max) {
    const raw = (max - min) / 5;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw);
    const all = [];
    for (let i = Math.ceil(min / step); i * step <= max; i++) {
      all.push(+(i * step).toPrecision(12));
    }
    return all;
  }

  const short = (v) => (Math.abs(v) >= 1e6 || (v !== 0 && Math.abs(v) < 1e-4) ? v.toExponential(2) : String(+v.toPrecision(6)));

  function scatter({ truth, predicted }, { data, test }) {
    const all = [...truth, ...predicted];
    const low = Math.min(...all);
    const high = Math.max(...all);
    const pad = (high - low || Math.abs(high) || 1) * 0.04;
    const [min, max] = [low - pad, high + pad];
    const x = (v) => MARGIN.left + (v - min) / (max - min) * (SIDE - MARGIN.left - MARGIN.right);
    const y = (v) => SIDE - MARGIN.bottom - (v - min) / (max - min) * (SIDE - MARGIN.top - MARGIN.bottom);
    const figure = svg("svg", { viewBox: `0 0 ${SIDE} ${SIDE}`, role: "img",
      "aria-label": `Predicted against true ${data.label} of ${Format.counted(truth.length, "test row")}` });
    for (const tick of ticks(min, max)) {
      figure.append(
        svg("line", { class: "grid", x1: x(tick), x2: x(tick), y1: y(min), y2: y(max) }),
        svg("line", { class: "grid", x1: x(min), x2: x(max), y1: y(tick), y2: y(tick) }),
        svg("text", { x: x(tick), y: y(min) + 16, "text-anchor": "middle" }, short(tick)),
        svg("text", { x: x(min) - 6, y: y(tick) + 4, "text-anchor": "end" }, short(tick)));
    }
    figure.append(svg("line", { class: "right", x1: x(min), y1: y(min), x2: x(max), y2: y(max) }));
    truth.forEach((value, i) => {
      const dot = svg("circle", { cx: x(value).toFixed(1), cy: y(predicted[i]).toFixed(1), r: truth.length > 300 ? 2 : 3 });
      dot.append(svg("title", {}, `true ${short(value)}, predicted ${short(predicted[i])}`));
      figure.append(dot);
    });
    figure.append(svg("text", { class: "axis", x: x((min + max) / 2), y: SIDE - 6, "text-anchor": "middle" }, `true ${data.label}`),
      svg("text", { class: "axis", "text-anchor": "middle", transform: `translate(14 ${y((min + max) / 2)}) rotate(-90)` }, `predicted ${data.label}`));
    Dom.byId("scatter-box").append(figure);
    Dom.byId("scatter-hint").textContent = `${truth.length < test.rows ? `${Format.count(truth.length)} of ${Format.counted(test.rows, "test row")}` : `All ${Format.counted(test.rows, "test row")}`};`
      + ` on the diagonal the prediction is right. The root of the mean squared error is ${short(test.rmse)}.`;
  }

  /** Removes the sections that do not suit the data; fills those that do. */
  function start({ summary }) {
    const absent = [];
    if (summary.data.label !== undefined) {
      absent.push(...PICTURES);
    }
    if (Score.isRegression(summary)) {
      absent.push("confusion", "classes");
    }
    if (summary.importance?.columns.length > 0) {
      importance(summary.importance, Score.of(summary));
    } else {
      absent.push("importance");
    }
    if (summary.pairs) {
      scatter(summary.pairs, summary);
    } else {
      absent.push("scatter");
    }
    absent.forEach((id) => Dom.byId(id).remove());
    return { pictures: summary.data.label === undefined, classes: !Score.isRegression(summary) };
  }

  return { start };
})();
