"use strict";

/*
 * The drawing pad: a pen, the input that its strokes give the network, the prediction.
 *
 * The drawing is an array of its own, not the pixels of the canvas: it is the same in both themes, on
 * every screen and in every browser, and nothing is read back from a canvas.
 */
const Pad = (() => {
  const SIZE = 280;
  const RADIUS = 11; // Strokes about as wide, relative to the digit, as in MNIST.
  const KEY_STEP = 8;

  const ink = new Uint8Array(SIZE * SIZE);
  let pen = null; // Its last position, {x, y}; null while it is up.
  let keyed = null; // The pen of the keyboard, {x, y, down}; null until a key moves it.
  let seen = null; // The input of the network: 28 x 28 bytes, null without ink.
  let probabilities = null;
  let network;
  let divisor; // Grey bytes are divided by it, as in training.
  let labels;

  /** Adds a stroke: the ink of a pixel depends on its distance from the line. */
  function stroke(from, to) {
    const reach = RADIUS + 1;
    const clamp = (v) => Math.max(0, Math.min(SIZE - 1, Math.round(v)));
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const square = dx * dx + dy * dy;
    for (let y = clamp(Math.min(from.y, to.y) - reach); y <= clamp(Math.max(from.y, to.y) + reach); y++) {
      for (let x = clamp(Math.min(from.x, to.x) - reach); x <= clamp(Math.max(from.x, to.x) + reach); x++) {
        const along = square === 0 ? 0
          : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / square));
        const distance = Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
        const grey = Math.round(255 * Math.max(0, Math.min(1, RADIUS + 0.5 - distance)));
        ink[y * SIZE + x] = Math.max(ink[y * SIZE + x], grey);
      }
    }
  }

  function paintPad() {
    const canvas = Dom.byId("pad");
    Pictures.grey(canvas, SIZE, ink);
    const context = canvas.getContext("2d");
    const empty = !ink.some((v) => v > 0);
    if (empty && !keyed) {
      context.fillStyle = Theme.colour("--faint");
      context.font = "500 17px system-ui, sans-serif";
      context.textAlign = "center";
      context.fillText("Draw here", SIZE / 2, SIZE / 2 + 6);
    }
    if (keyed) {
      context.strokeStyle = Theme.colour(keyed.down ? "--wrong" : "--accent");
      context.lineWidth = 2;
      context.beginPath();
      context.arc(keyed.x, keyed.y, RADIUS, 0, 2 * Math.PI);
      context.stroke();
    }
  }

  function paintSeen() {
    Pictures.grey(Dom.byId("seen"), Preprocessing.SIDE, seen ?? new Uint8Array(Preprocessing.SIDE ** 2));
  }

  function showBars() {
    const best = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
    [...Dom.byId("bars").children].forEach((bar, k) => {
      const p = probabilities ? probabilities[k] : 0;
      Dom.vary(bar, "--share", p);
      bar.classList.toggle("best", k === best);
      bar.querySelector(".value").textContent = probabilities ? Format.percent(p, 1) : "";
    });
  }

  /** Announces the prediction when a stroke ends, not at each of its points. */
  function say() {
    const order = probabilities && [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
    Dom.byId("reading").textContent = !order ? "Nothing drawn yet"
      : `Predicted as ${labels[order[0]]}, ${Format.percent(probabilities[order[0]], 1)}`
        + (order.length > 1 ? `; then ${labels[order[1]]}, ${Format.percent(probabilities[order[1]], 1)}` : "");
  }

  function look(pixels) {
    seen = pixels;
    probabilities = seen && network(Array.from(seen, (grey) => Math.fround(grey / divisor)));
    paintSeen();
    showBars();
  }

  function redraw() {
    look(Preprocessing.toMnist(SIZE, SIZE, ink));
    paintPad();
  }

  function clear() {
    ink.fill(0);
    pen = null;
    redraw();
    say();
  }

  /** Shows and classifies a picture that is already 28 x 28. */
  function show(pixels) {
    const side = Preprocessing.SIDE;
    const scale = SIZE / side;
    for (let i = 0; i < ink.length; i++) {
      ink[i] = pixels[Math.floor(Math.floor(i / SIZE) / scale) * side + Math.floor((i % SIZE) / scale)];
    }
    pen = null;
    keyed = null;
    look(pixels);
    paintPad();
    say();
    Dom.byId("draw").scrollIntoView({ block: "start" });
    Dom.byId("pad").focus({ preventScroll: true });
  }

  function usePointer(canvas) {
    const place = (event) => {
      const box = canvas.getBoundingClientRect();
      return { x: (event.clientX - box.left) * SIZE / box.width, y: (event.clientY - box.top) * SIZE / box.height };
    };
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) {
        return;
      }
      event.preventDefault();
      canvas.focus({ preventScroll: true });
      canvas.setPointerCapture(event.pointerId);
      keyed = null;
      pen = place(event);
      stroke(pen, pen);
      redraw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!pen || !event.isPrimary) {
        return;
      }
      // A fast pen moves far between two frames; the event contains the points in between.
      const events = event.getCoalescedEvents?.() ?? [];
      for (const part of events.length > 0 ? events : [event]) {
        const next = place(part);
        stroke(pen, next);
        pen = next;
      }
      redraw();
    });
    const up = (event) => {
      if (pen && event.isPrimary) {
        pen = null;
        say();
      }
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
  }

  function useKeys(canvas) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    canvas.addEventListener("keydown", (event) => {
      const step = steps[event.key];
      if (step) {
        keyed ??= { x: SIZE / 2, y: SIZE / 2, down: false };
        const within = (v) => Math.max(0, Math.min(SIZE - 1, v));
        const next = { ...keyed, x: within(keyed.x + step[0] * KEY_STEP), y: within(keyed.y + step[1] * KEY_STEP) };
        if (keyed.down) {
          stroke(keyed, next);
        }
        keyed = next;
        redraw();
      } else if (event.key === " ") {
        keyed ??= { x: SIZE / 2, y: SIZE / 2, down: false };
        keyed.down = !keyed.down;
        if (keyed.down) {
          stroke(keyed, keyed);
        }
        redraw();
        say();
      } else if (event.key === "Delete" || event.key === "Backspace") {
        clear();
      } else {
        return;
      }
      event.preventDefault();
    });
    canvas.addEventListener("blur", () => {
      keyed = null;
      paintPad();
      say();
    });
  }

  function bars() {
    const list = Dom.byId("bars");
    list.classList.toggle("many", labels.length > 12);
    list.classList.toggle("long-labels", labels.some((label) => label.length > 2));
    list.append(...labels.map((label) => Dom.make("li", {},
      Dom.make("span", { class: "label" }, label),
      Dom.make("span", { class: "track", "aria-hidden": "true" }, Dom.make("div", { class: "fill" })),
      Dom.make("span", { class: "value" }))));
  }

  /** Starts; returns a function that classifies a 28 x 28 picture, null if the network cannot. */
  function start(data) {
    const { sizes, parameters, absent } = data.network;
    labels = data.labels;
    if (!parameters) {
      Dom.byId("draw-hint").textContent = `The drawing pad is not available. ${absent}.`;
      Dom.byId("draw-board").remove();
      return null;
    }
    network = Network.of(sizes, parameters);
    divisor = data.network.divisor;
    Dom.byId("draw-hint").textContent = "This page contains the network of the run and classifies as you draw, with mouse, finger or keys. The drawing is preprocessed in the same way as images for the predict command.";
    Dom.byId("seen-size").textContent = `${Preprocessing.SIDE} x ${Preprocessing.SIDE}`;
    bars();
    const canvas = Dom.byId("pad");
    usePointer(canvas);
    useKeys(canvas);
    Dom.byId("clear").addEventListener("click", clear);
    Theme.painted(() => { paintPad(); paintSeen(); });
    redraw();
    say();
    return show;
  }

  /** For tests: the drawing, the input of the network, the prediction. */
  const state = () => ({ width: SIZE, height: SIZE, ink: Array.from(ink),
    pixels: seen && Array.from(seen), probabilities: probabilities && Array.from(probabilities) });

  return { start, state };
})();
