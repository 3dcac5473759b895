"use strict";

/*
 * Loss and score by epoch, compared with the article's run if the settings are the same, and the
 * learning rate by step if it changes.
 */
const Charts = (() => {
  const HEIGHT = 280;
  const RATE_HEIGHT = 200;
  const POINTS_UP_TO = 12; // With more epochs, the line has no points.

  /** A figure of the validation rows; their loss as if they were as many as the training rows. */
  function validation(data, line, key) {
    if (line.validationLoss === undefined) {
      return null;
    }
    const { trainRows, validationRows } = data.summary.data;
    return key === "score" ? line.validationScore : line.validationLoss * trainRows / validationRows;
  }

  /** The lines of a chart: name, colour and a value per epoch, null if there is none. */
  function lines(data, key) {
    const epochs = data.history.map((line) => line.epoch);
    const lines = [];
    if (data.reference) {
      const by = new Map(data.reference.map((line) => [line.epoch, line[key]]));
      lines.push({ name: "the article", colour: "--faint", dash: [5, 4], width: 1.5,
        values: epochs.map((epoch) => by.get(epoch) ?? null) });
    }
    lines.push({ name: data.reference ? "this run" : "training", colour: "--accent", width: 2,
      values: data.history.map((line) => line[key]) });
    if (data.history.some((line) => line.validationLoss !== undefined)) {
      lines.push({ name: "validation", colour: "--checked", width: 1.5,
        values: data.history.map((line) => validation(data, line, key)) });
    }
    if (key === "score") {
      const test = data.history.map((line) => line.testScore ?? null);
      const kept = epochs.indexOf(data.summary.ending?.keptEpoch ?? epochs.at(-1));
      test[kept] ??= Score.of(data.summary).of(data.summary.test); // The final test belongs to the epoch that was kept.
      lines.push({ name: "test", colour: "--wrong", width: 1.5, points: true, values: test });
    }
    return { epochs, lines };
  }

  /** The learning rate after fractions of epochs. */
  function rates({ stepsPerEpoch, steps, rates }) {
    return { epochs: steps.map((step) => step / stepsPerEpoch), start: 0,
      lines: [{ name: "learning rate", colour: "--accent", width: 2, values: rates }] };
  }

  const epochText = (epoch) => String(+epoch.toFixed(2));

  /** The epoch whose weights are kept, if it is not the last one. */
  function keptEpoch({ ending }) {
    return ending && ending.keptEpoch !== ending.epochs ? ending.keptEpoch : null;
  }

  /** Marks an epoch by a thin line with its name above. */
  function mark({ ctx, bbox, scales: { x: { min, max } }, valToPos }, epoch, name) {
    if (epoch < min || epoch > max) {
      return;
    }
    const x = Math.round(valToPos(epoch, "x", true)) + 0.5;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = Theme.colour("--muted");
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "bottom";
    ctx.fillText(name, Math.min(x, ctx.canvas.width - ctx.measureText(name).width / 2), bbox.top - 3 * devicePixelRatio);
    ctx.restore();
  }

  function options(chart, width) {
    const { lines: series, epochs, start } = chart.content;
    const axis = {
      stroke: Theme.colour("--muted"),
      font: "12px system-ui, sans-serif",
      grid: { stroke: Theme.colour("--grid"), width: 1 },
      ticks: { stroke: Theme.colour("--grid"), width: 1, size: 5 },
    };
    const one = epochs.length === 1;
    // The legend shows the last epoch unless the pointer is on another one.
    const rest = (plot) => plot.cursor.left < 0 && plot.setLegend({ idx: epochs.length - 1 });
    return {
      hooks: { ready: [(plot) => setTimeout(rest, 0, plot)], setCursor: [rest],
        draw: chart.kept === null ? [] : [(plot) => mark(plot, chart.kept, "kept")] },
      ...(chart.kept === null ? {} : { padding: [20, null, null, null] }),
      width,
      height: chart.height,
      cursor: { sync: { key: "epochs" }, drag: { setScale: false, x: false, y: false }, y: false },
      scales: { x: { time: false, range: start !== undefined ? [start, epochs.at(-1)] : one ? [epochs[0] - 1, epochs[0] + 1] : undefined } },
      axes: [
        { ...axis, label: "epoch", labelSize: 18, labelFont: axis.font, size: 34,
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000, 100000] },
        { ...axis, size: 58, values: (_, ticks) => ticks.map(chart.tick) },
      ],
      series: [
        { label: "epoch", value: (_, v) => (v == null ? "" : epochText(v)) },
        ...series.map((line) => ({
          label: line.name,
          stroke: Theme.colour(line.colour),
          width: line.width,
          dash: line.dash,
          spanGaps: true,
          // Many points on whole pixels would make a slope a staircase.
          ...(start === undefined ? {} : { pxAlign: 0 }),
          // Test scores are dots: a line would hide the other one.
          ...(line.points ? { paths: () => null } : {}),
          points: { show: line.points || (epochs.length <= POINTS_UP_TO && !line.dash),
            size: epochs.length > 40 ? 5 : 7, stroke: Theme.colour(line.colour), fill: Theme.colour(line.colour) },
          value: (_, v) => (v == null ? "–" : chart.value(v)),
        })),
      ],
    };
  }

  /** The figures of an epoch as text. */
  function words(chart, index) {
    const { epochs, lines: series } = chart.content;
    const figures = series.filter((line) => line.values[index] != null)
      .map((line) => `${line.name} ${chart.value(line.values[index])}`);
    return `Epoch ${epochText(epochs[index])}: ${figures.join(", ")}`;
  }

  function draw(chart) {
    chart.plot?.destroy();
    const { epochs, lines: series } = chart.content;
    const width = Math.max(200, chart.box.clientWidth);
    const plot = new uPlot(options(chart, width), [epochs, ...series.map((l) => l.values)], chart.box);
    plot.root.querySelector("canvas").setAttribute("aria-hidden", "true");
    chart.plot = plot;
  }

  /** Selects an epoch by key; screen readers announce it as the value of a slider. */
  function choose(chart, index) {
    const { epochs } = chart.content;
    chart.index = Math.max(0, Math.min(epochs.length - 1, index));
    chart.box.setAttribute("aria-valuenow", epochText(epochs[chart.index]));
    chart.box.setAttribute("aria-valuetext", words(chart, chart.index));
  }

  function point(chart) {
    const x = chart.plot.valToPos(chart.content.epochs[chart.index], "x");
    chart.plot.setCursor({ left: x, top: 10 });
  }

  function keys(chart) {
    const last = chart.content.epochs.length - 1;
    const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10,
      Home: -last, End: last };
    chart.box.addEventListener("keydown", (event) => {
      if (event.key in moves) {
        event.preventDefault();
        choose(chart, chart.index + moves[event.key]);
        point(chart);
      }
    });
  }

  function add(title, key, content, kept, height, tick, value) {
    const id = `chart-${key}`;
    const box = Dom.make("div", { class: "plot", id, tabindex: 0, role: "slider",
      "aria-label": `${title} by epoch`, "aria-valuemin": epochText(content.epochs[0]),
      "aria-valuemax": epochText(content.epochs.at(-1)) });
    Dom.byId("charts").append(Dom.make("div", { class: "chart" }, Dom.make("h3", {}, title), box));
    const chart = { box, content, kept, height, tick, value, plot: null, index: 0 };
    choose(chart, content.epochs.length - 1);
    keys(chart);
    Theme.painted(() => draw(chart));
    new ResizeObserver(() => {
      const width = Math.max(200, box.clientWidth);
      if (width !== chart.plot.width) {
        chart.plot.setSize({ width, height });
      }
    }).observe(box);
  }

  function table(data) {
    const score = Score.of(data.summary);
    const tested = data.history.some((line) => line.testScore !== undefined);
    const validated = data.history.some((line) => line.validationLoss !== undefined);
    const names = ["epoch", "loss", score.name, ...(tested ? [`test ${score.name}`] : []),
      ...(validated ? ["validation loss", `validation ${score.name}`] : []), "seconds"];
    const rows = data.history.map((line) => [
      line.epoch,
      line.loss.toFixed(4),
      score.text(line.score),
      ...(tested ? [line.testScore === undefined ? "" : score.text(line.testScore)] : []),
      ...(validated ? [line.validationLoss?.toFixed(4) ?? "",
        line.validationLoss === undefined ? "" : score.text(line.validationScore)] : []),
      line.seconds.toFixed(3),
    ]);
    Dom.byId("epoch-table").append(
      Dom.make("thead", {}, Dom.make("tr", {}, ...names.map((n) => Dom.make("th", { scope: "col" }, n)))),
      Dom.make("tbody", {}, ...rows.map(([epoch, ...figures]) => Dom.make("tr", {},
        Dom.make("th", { scope: "row" }, String(epoch)),
        ...figures.map((figure) => Dom.make("td", {}, figure))))));
  }

  /** Why there are fewer epochs than planned, and whose weights these are. */
  function ending({ ending, settings }) {
    if (!ending) {
      return "";
    }
    const { cause, epochs, keptEpoch } = ending;
    const stopped = cause === "epochs" ? "" : ` Stopped after epoch ${epochs} of ${settings.epochs}`
      + (cause === "early-stop" ? ", as the validation loss had not become lower." : ", at the target accuracy.");
    return stopped + (keptEpoch === epochs ? "" : ` The weights of epoch ${keptEpoch} are kept.`);
  }

  function start(data) {
    const hint = Dom.byId("training-hint");
    if (data.history.length === 0) {
      hint.textContent = data.summary.model
        ? "This page shows an evaluation; it has no record of the training."
        : "No epochs: the results are those of the untrained network.";
      Dom.byId("epochs").remove();
      return;
    }
    hint.textContent = "After each epoch, over all training rows."
      + (data.reference ? " Dashed: the article's run with the same settings; its seed is unknown." : "")
      + (data.summary.data.validationRows
        ? " Validation: rows that are never learnt from; their loss is drawn for as many rows as the training loss." : "")
      + (data.learningRates ? " The learning rate is that of single steps." : "")
      + ending(data.summary)
      + " Point at a chart, or focus it and use the arrow keys, to see the figures of an epoch.";
    const thousands = (v) => (Math.abs(v) >= 1e4 ? `${v / 1000}k` : String(+v.toPrecision(6)));
    const kept = keptEpoch(data.summary);
    add("Loss", "loss", lines(data, "loss"), kept, HEIGHT, thousands, Format.loss);
    const score = Score.of(data.summary);
    add(score.name[0].toUpperCase() + score.name.slice(1), "score", lines(data, "score"), kept, HEIGHT, score.tick, score.text);
    if (data.learningRates) {
      add("Learning rate", "rate", rates(data.learningRates), kept, RATE_HEIGHT, (v) => String(+v.toPrecision(6)),
        (v) => String(+v.toPrecision(4)));
    }
    table(data);
  }

  return { start };
})();
