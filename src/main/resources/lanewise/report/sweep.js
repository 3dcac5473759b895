"use strict";

/* The page of a sweep: a chart for each numeric option, and a table that can be sorted. */
(() => {
  const data = JSON.parse(Dom.byId("data").textContent);
  const { columns, options, rows } = data;
  const HEIGHT = 260;
  const FIRST_ROWS = 200; // A browser takes long to lay out a table of 10,000 rows.
  const MORE_ROWS = 1000;
  const WHOLE = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((digit) => digit * 10 ** power)).flat();
  const LOG_FROM = 20; // The largest value, in smallest ones, from which the axis is logarithmic.

  const column = (name) => columns.indexOf(name);
  const failed = rows.filter(({ cells }) => cells[column("problem")] !== "").length;
  const hidden = new Set(failed ? ["command"] : ["command", "problem"]);
  const isNumber = (text) => text !== "" && Number.isFinite(Number(text));
  const numeric = columns.map((_, c) => rows.every(({ cells }) => cells[c] === "" || isNumber(cells[c])));

  /** What to choose by: the score on the validation rows or, without these, on the test rows. */
  const score = columns.find((name) => /^validation_/.test(name)) ?? columns.find((name) => /^test_/.test(name));
  const isShare = (name) => name.endsWith("_accuracy");
  const scored = rows.filter(({ cells }) => cells[column(score)] !== "");

  function figure(name, text) {
    if (text === "") {
      return "";
    }
    if (isShare(name)) {
      return Format.percent(Number(text));
    }
    if (name === "sha256") {
      return text.slice(0, 8);
    }
    return /^(train_loss|.*_r2|test_rmse)$/.test(name) ? String(+Number(text).toPrecision(6)) : text;
  }

  /** Rows by a column; those without a value last. */
  function sorted(c, descending) {
    const compare = numeric[c] ? (a, b) => Number(a) - Number(b) : (a, b) => a.localeCompare(b);
    const sign = descending ? -1 : 1;
    return rows.toSorted((one, other) => {
      const [a, b] = [one.cells[c], other.cells[c]];
      return a === "" || b === "" ? (a === "") - (b === "") : sign * compare(a, b);
    });
  }

  const Runs = (() => {
    const body = Dom.make("tbody");
    const heads = [];
    let order = rows;
    let shown = 0;

    function choose({ cells }, line) {
      body.querySelector(".chosen")?.classList.remove("chosen");
      line.classList.add("chosen");
      const sha256 = cells[column("sha256")];
      Dom.byId("again-hint").textContent = `Run ${cells[0]} gives ${sha256 ? `weights with SHA-256 ${sha256}` : "no network"}, with any number of threads, on any machine.`;
      Dom.byId("command").textContent = cells[column("command")];
      Dom.byId("again").hidden = false;
    }

    function line(row) {
      const button = Dom.make("button", { type: "button", class: "quiet" }, row.cells[0]);
      const head = Dom.make("th", { scope: "row" }, button);
      if (row.page) {
        head.append(" ", Dom.make("a", { href: row.page }, "page"));
      }
      const cells = columns.map((name, c) => (c === 0 ? head : hidden.has(name) ? ""
        : Dom.make("td", name === "problem" ? { class: "problem" } : {}, figure(name, row.cells[c]))));
      const line = Dom.make("tr", {}, ...cells);
      button.addEventListener("click", () => choose(row, line));
      return line;
    }

    function more(count) {
      body.append(...order.slice(shown, shown + count).map(line));
      shown = Math.min(order.length, shown + count);
      Dom.byId("more").hidden = shown === order.length;
      Dom.byId("more").textContent = `Show more (${Format.count(order.length - shown)} left)`;
    }

    function sort(c, descending) {
      order = sorted(c, descending);
      heads.forEach((head, k) => (k === c ? head.setAttribute("aria-sort", descending ? "descending" : "ascending") : head.removeAttribute("aria-sort")));
      body.replaceChildren();
      shown = 0;
      more(FIRST_ROWS);
    }

    function start() {
      columns.forEach((name, c) => {
        const button = Dom.make("button", { type: "button" }, name.replaceAll("_", " "));
        heads[c] = Dom.make("th", { scope: "col" }, button);
        // Scores are best from the top.
        const first = /accuracy$|r2$/.test(name);
        button.addEventListener("click", () => sort(c, heads[c].hasAttribute("aria-sort") ? heads[c].getAttribute("aria-sort") === "ascending" : first));
      });
      Dom.byId("run-table").append(
        Dom.make("thead", {}, Dom.make("tr", {}, ...heads.filter((_, c) => !hidden.has(columns[c])))), body);
      Dom.byId("more").addEventListener("click", () => more(MORE_ROWS));
      Dom.byId("copy").addEventListener("click", (event) => Settings.copy(Dom.byId("command"), event.currentTarget));
      sort(column(score), true);
    }

    return { start };
  })();

  /** Each run as a point, and a line through the mean of each value. */
  function points(name) {
    const pairs = scored.map(({ cells }) => [Number(cells[column(name)]), Number(cells[column(score)])])
      .sort(([a], [b]) => a - b);
    const means = new Map();
    for (const [x, y] of pairs) {
      const { sum, count } = means.get(x) ?? { sum: 0, count: 0 };
      means.set(x, { sum: sum + y, count: count + 1 });
    }
    const seen = new Set();
    const line = pairs.map(([x]) => (seen.has(x) ? null : (seen.add(x), means.get(x).sum / means.get(x).count)));
    return { x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y), line, values: means.size };
  }

  function plotOptions(name, { x }, width) {
    const axis = { stroke: Theme.colour("--muted"), font: "12px system-ui, sans-serif",
      grid: { stroke: Theme.colour("--grid"), width: 1 }, ticks: { stroke: Theme.colour("--grid"), width: 1, size: 5 } };
    const [least, most] = [x[0], x.at(-1)];
    const log = least > 0 && most / least >= LOG_FROM;
    const pad = 0.05 * (most - least);
    const whole = !log && x.every(Number.isInteger);
    return {
      width,
      height: HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, distr: log ? 3 : 1, range: log ? [least / 1.3, most * 1.3] : [least - pad, most + pad] } },
      axes: [{ ...axis, label: name, labelSize: 18, labelFont: axis.font, size: 34,
        ...(whole ? { incrs: WHOLE } : {}),
        values: (_, ticks) => ticks.map((v) => (v == null ? "" : String(+v.toPrecision(6)))) },
      { ...axis, size: 64, values: (_, ticks) => ticks.map((v) => (isShare(score) ? `${+(100 * v).toFixed(4)} %` : String(+v.toPrecision(6)))) }],
      series: [{},
        { paths: () => null, points: { show: true, size: 6, stroke: Theme.colour("--accent"), fill: Theme.colour("--accent") } },
        { stroke: Theme.colour("--wrong"), width: 2, spanGaps: true, points: { show: false } }],
    };
  }

  function chart(name, content) {
    const box = Dom.make("div", { class: "plot", role: "img",
      "aria-label": `${score.replaceAll("_", " ")} of ${Format.counted(content.x.length, "run")} by ${name}` });
    Dom.byId("charts").append(Dom.make("div", { class: "chart" }, Dom.make("h3", {}, name), box));
    let plot = null;
    const wide = () => Math.max(200, box.clientWidth);
    Theme.painted(() => {
      plot?.destroy();
      plot = new uPlot(plotOptions(name, content, wide()), [content.x, content.y, content.line], box);
    });
    new ResizeObserver(() => wide() !== plot.width && plot.setSize({ width: wide(), height: HEIGHT })).observe(box);
  }

  function charts() {
    const shown = scored.length === 0 ? [] : options.filter((name) => numeric[column(name)])
      .map((name) => [name, points(name)]).filter(([, content]) => content.values > 1);
    Dom.byId("effects").hidden = shown.length === 0;
    Dom.byId("effects-hint").textContent = `Each point is a run: its ${score.replaceAll("_", " ")}. The line joins the means.`;
    shown.forEach(([name, content]) => chart(name, content));
  }

  function heading() {
    Dom.byId("eyebrow").textContent = `Lanewise ${data.version} · sweep`;
    Dom.byId("version").textContent = data.version;
    Dom.byId("title").textContent = options.join(", ");
    const best = sorted(column(score), true)[0];
    const facts = [Format.counted(rows.length, "run")];
    if (failed) {
      facts.push(`${Format.count(failed)} diverged`);
    }
    if (scored.length > 0) {
      facts.push(`best ${score.replaceAll("_", " ")} ${figure(score, best.cells[column(score)])}: run ${best.cells[0]}`);
    }
    Dom.byId("lead").textContent = facts.join(" · ");
  }

  Theme.start();
  heading();
  charts();
  Runs.start();
})();
