"use strict";

/*
 * Helpers for all parts of the page. Elements are created from text, never from HTML, because file
 * names and class names may contain anything.
 */
const Dom = (() => {
  const byId = (id) => document.getElementById(id);

  /** Creates an element with attributes; children are elements or text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  /** Sets a property that the style sheet uses, such as a share. */
  function vary(element, name, value) {
    element.style.setProperty(name, value); // The page's policy forbids "style" attributes.
    return element;
  }

  /** Bytes from Base64. */
  function bytes(base64) {
    const text = atob(base64);
    const all = new Uint8Array(text.length);
    for (let i = 0; i < all.length; i++) {
      all[i] = text.charCodeAt(i);
    }
    return all;
  }

  /** A group of buttons, one of them pressed, initially the first; removed if there is no choice. */
  function choices(box, names, choose) {
    if (names.length < 2) {
      box.remove();
      return;
    }
    const buttons = names.map((name, k) => make("button", { type: "button", "aria-pressed": k === 0 }, name));
    buttons.forEach((button, k) => button.addEventListener("click", () => {
      buttons.forEach((other) => other.setAttribute("aria-pressed", other === button));
      choose(k);
    }));
    box.append(...buttons);
  }

  return { byId, make, vary, bytes, choices };
})();

/* Formats numbers as the program does. */
const Format = (() => {
  const percent = (share, digits = 2) => `${(100 * share).toFixed(digits)} %`;
  const count = (n) => n.toLocaleString("en-US");
  const counted = (n, one) => `${count(n)} ${one}${n === 1 ? "" : "s"}`;
  const loss = (x) => (!Number.isFinite(x) ? "NaN or infinite" : x >= 1e6 ? x.toPrecision(6) : x.toLocaleString("en-US", {
    minimumFractionDigits: x >= 1000 ? 1 : 4, maximumFractionDigits: x >= 1000 ? 1 : 4 }));
  const seconds = (s) => (s < 99.95 ? `${s.toFixed(1)} s`
    : `${Math.floor(Math.round(s) / 60)} min ${Math.round(s) % 60} s`);
  return { percent, count, counted, loss, seconds };
})();
