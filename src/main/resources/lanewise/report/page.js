"use strict";

/* Builds the page. */
(() => {
  const data = JSON.parse(Dom.byId("data").textContent);
  const { summary } = data;

  function heading() {
    const trained = data.history.length;
    const sizes = data.network.sizes ?? summary.settings?.network;
    const source = data.source ? ` on ${data.source}` : "";
    Dom.byId("eyebrow").textContent = `Lanewise ${summary.version ?? ""} · ${trained ? "training report" : "report"}`;
    Dom.byId("title").textContent = `${sizes ? sizes.join("-") : "A network"}${source}`;
    const facts = [];
    if (trained) {
      facts.push(Format.counted(trained, "epoch"));
    }
    if (summary.seconds !== undefined) {
      facts.push(Format.seconds(summary.seconds));
    }
    if (summary.engine && summary.machine) {
      facts.push(`${Format.counted(summary.engine.threads, "thread")} on ${summary.machine.cpu}`);
    }
    if (summary.started) {
      facts.push(new Date(summary.started).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
    }
    Dom.byId("lead").textContent = facts.join(" · ");
  }

  function tiles() {
    const { test, training, validation, weights, reference } = summary;
    const tile = (name, figure, note) => Dom.make("div", {}, Dom.make("dt", {}, name),
      Dom.make("dd", {}, figure), ...(note ? [Dom.make("dd", { class: "note" }, note)] : []));
    const article = (figure) => (reference ? `article: ${figure}` : "");
    const box = Dom.byId("tiles");
    const score = Score.of(summary);
    box.append(tile(`Test ${score.name}`, score.text(score.of(test)), test.correct === undefined
      ? Format.counted(test.rows, "row")
      : `${Format.count(test.correct)} of ${Format.counted(test.rows, "row")}` + (reference ? ` · ${article(Format.percent(reference.testAccuracy))}` : "")));
    if (test.rmse !== undefined) {
      box.append(tile("Test RMSE", String(+test.rmse.toPrecision(6)), `in units of ${summary.data.label}`));
    }
    box.append(tile("Test loss", Format.loss(test.loss), score.unit));
    if (training) {
      box.append(tile(`Training ${score.name}`, score.text(score.of(training)),
        reference ? article(Format.percent(reference.accuracy)) : Format.counted(training.rows, "row")));
      box.append(tile("Training loss", Format.loss(training.loss),
        reference ? article(Format.loss(reference.loss)) : score.unit));
    }
    if (validation) {
      box.append(tile(`Validation ${score.name}`, score.text(score.of(validation)), Format.counted(validation.rows, "row")));
    }
    if (weights) {
      box.append(tile("Parameters", Format.count(weights.parameters), `sha256 ${String(weights.sha256).slice(0, 8)}…`));
    }
  }

  function noun() {
    const digits = data.labels.length === 10 && data.labels.every((label, k) => label === String(k));
    Dom.byId("draw-title").textContent = digits ? "Draw a digit" : "Draw a character";
    Dom.byId("classes-title").textContent = `Precision, recall and F1 by ${digits ? "digit" : "class"}`;
  }

  Theme.start();
  heading();
  tiles();
  const shown = Table.start(data);
  Charts.start(data);
  if (shown.classes) {
    Matrix.start(data);
  }
  if (shown.pictures) {
    noun();
    const predict = Pad.start(data);
    Pictures.gallery(data, predict);
    Pictures.units(data);
  }
  Settings.start(data);

  // For tests and for exploring in the browser's console.
  window.lanewise = {
    drawing: () => ({ width: Pad.state().width, height: Pad.state().height, pixels: Pad.state().ink }),
    pixels: () => Pad.state().pixels,
    probabilities: () => Pad.state().probabilities,
  };
})();
