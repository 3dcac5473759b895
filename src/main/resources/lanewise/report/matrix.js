"use strict";

/* The confusion matrix, and the figures of each class that follow from it. */
const Matrix = (() => {
  const MAX_CLASSES = 64; // Larger matrices are unreadable.
  const DENSE_FROM = 17;
  const CONFUSIONS = 5;

  const sum = (values) => values.reduce((a, b) => a + b, 0);
  const share = (part, whole) => (whole === 0 ? 0 : part / whole);

  /** The most frequent mistakes. */
  function worst(counts) {
    const pairs = [];
    counts.forEach((row, label) => row.forEach((count, predicted) => {
      if (label !== predicted && count > 0) {
        pairs.push({ label, predicted, count, share: share(count, sum(row)) });
      }
    }));
    return pairs.sort((a, b) => b.count - a.count).slice(0, CONFUSIONS);
  }

  /**
   * Colours a cell: heat 0 to 1. Mistakes by the square root, so that rare ones are visible; correct
   * predictions pale below three fifths of the row, and from there on in almost full colour.
   */
  function heat(cell, right, part, most) {
    const full = part >= 0.6;
    const warmth = !right ? Math.sqrt(share(part, most)) : full ? 0.85 + 0.15 * (part - 0.6) / 0.4 : 0.5 * part;
    Dom.vary(cell, "--heat", warmth.toFixed(3));
    cell.className = right ? `right${full ? "" : " pale"}` : part === 0 ? "zero" : warmth > 0.75 ? "hot" : "";
  }

  function cellText(labels, counts, i, j) {
    const total = sum(counts[i]);
    const part = Format.percent(share(counts[i][j], total), 1);
    return i === j
      ? `${labels[i]} predicted correctly: ${Format.count(counts[i][j])} of ${Format.counted(total, "row")}, ${part}`
      : `${labels[i]} predicted as ${labels[j]}: ${Format.count(counts[i][j])} of ${Format.counted(total, "row")}, ${part}`;
  }

  function body(labels, counts, most) {
    return counts.map((row, i) => Dom.make("tr", { role: "row" },
      Dom.make("th", { scope: "row", role: "rowheader" }, labels[i]),
      ...row.map((count, j) => {
        const cell = Dom.make("td", { role: "gridcell", tabindex: i + j === 0 ? 0 : -1,
          "aria-label": cellText(labels, counts, i, j) }, String(count));
        heat(cell, i === j, share(count, sum(row)), most);
        return cell;
      })));
  }

  /** Describes the cell under the pointer or with the focus; arrow keys move the focus. */
  function interact(table, labels, counts) {
    const detail = Dom.byId("matrix-detail");
    const cells = [...table.tBodies[0].rows].map((row) => [...row.cells].slice(1));
    const heads = [...table.tHead.rows[1].cells].slice(1);
    const at = (cell) => [cell.parentElement.rowIndex - 2, cell.cellIndex - 1];
    const show = (cell) => {
      const [i, j] = at(cell);
      detail.textContent = cellText(labels, counts, i, j);
      heads.forEach((head, column) => head.classList.toggle("on", column === j));
      [...table.tBodies[0].rows].forEach((row, r) => row.classList.toggle("on", r === i));
    };
    const cellOf = (event) => event.target.closest("td");
    table.addEventListener("pointerover", (event) => cellOf(event) && show(cellOf(event)));
    table.addEventListener("focusin", (event) => cellOf(event) && show(cellOf(event)));
    table.addEventListener("keydown", (event) => {
      const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      const cell = cellOf(event);
      if (step && cell) {
        event.preventDefault();
        const [i, j] = at(cell);
        const next = cells[i + step[0]]?.[j + step[1]];
        if (next) {
          cell.tabIndex = -1;
          next.tabIndex = 0;
          next.focus();
        }
      }
    });
  }

  function show(data, name) {
    const { labels } = data;
    const counts = data.summary[name].confusion;
    const box = Dom.byId("matrix-box");
    box.replaceChildren();
    Dom.byId("matrix-detail").textContent = "";
    const pairs = worst(counts);
    Dom.byId("matrix-worst").textContent = pairs.length === 0 ? "All rows were predicted correctly." : `Most often confused: ${
      pairs.map((p) => `${labels[p.label]} predicted as ${labels[p.predicted]} (${Format.count(p.count)})`).join(", ")}.`;
    if (labels.length > MAX_CLASSES) {
      box.append(Dom.make("p", { class: "hint" },
        `${labels.length} classes are too many for a matrix; the table below lists each of them.`));
      return;
    }
    const most = Math.max(...counts.map((row, i) => Math.max(0, ...row.map((c, j) => (i === j ? 0 : share(c, sum(row)))))));
    const table = Dom.make("table", { class: labels.length >= DENSE_FROM ? "matrix dense" : "matrix", role: "grid" },
      Dom.make("caption", {}, `Rows: true class; columns: predicted class; ${Format.counted(data.summary[name].rows, `${name} row`)}`),
      Dom.make("thead", {},
        Dom.make("tr", { role: "row", class: "hidden-text" }, Dom.make("td", {}), Dom.make("th", { scope: "colgroup", colspan: labels.length }, "predicted as")),
        Dom.make("tr", { role: "row" }, Dom.make("td", { class: "zero" }),
          ...labels.map((label) => Dom.make("th", { scope: "col", role: "columnheader" }, label)))),
      Dom.make("tbody", {}, ...body(labels, counts, most)));
    Dom.vary(table, "--classes", labels.length + 1);
    box.append(table);
    interact(table, labels, counts);
  }

  function figures(counts) {
    const columns = counts.map((_, j) => sum(counts.map((row) => row[j])));
    return counts.map((row, i) => {
      const precision = columns[i] === 0 ? null : row[i] / columns[i];
      const recall = sum(row) === 0 ? null : row[i] / sum(row);
      // 2 TP / (2 TP + FP + FN), which is the harmonic mean where both are known.
      const f1 = columns[i] + sum(row) === 0 ? null : 2 * row[i] / (columns[i] + sum(row));
      return { precision, recall, f1, rows: sum(row) };
    });
  }

  function perClass(data) {
    const all = figures(data.summary.test.confusion);
    // As evaluate prints it: over the classes that occur, with precision 0 for one that is never predicted.
    const occurring = all.filter((f) => f.rows > 0);
    const mean = (key) => (occurring.length === 0 ? null : sum(occurring.map((f) => f[key] ?? 0)) / occurring.length);
    const cell = (value) => {
      if (value === null) {
        return Dom.make("td", { title: "undefined: no such rows" }, "–");
      }
      const bar = Dom.make("span", { class: "bar", "aria-hidden": "true" }, Dom.vary(Dom.make("span"), "--share", value));
      return Dom.make("td", {}, Format.percent(value, 1), bar);
    };
    const row = (name, f, scope) => Dom.make("tr", {}, Dom.make("th", { scope }, name),
      cell(f.precision), cell(f.recall), cell(f.f1), Dom.make("td", {}, Format.count(f.rows)));
    const total = { precision: mean("precision"), recall: mean("recall"), f1: mean("f1"), rows: data.summary.test.rows };
    Dom.byId("class-table").append(
      Dom.make("thead", {}, Dom.make("tr", {}, ...["class", "precision", "recall", "F1", "rows"]
        .map((name) => Dom.make("th", { scope: "col" }, name)))),
      Dom.make("tbody", {}, ...all.map((f, i) => row(data.labels[i], f, "row"))),
      Dom.make("tfoot", {}, row("mean", total, "row")));
  }

  function start(data) {
    const names = ["test", "training"].filter((name) => data.summary[name]);
    Dom.choices(Dom.byId("matrix-switch"), names.map((name) => `${name[0].toUpperCase()}${name.slice(1)} rows`),
      (k) => show(data, names[k]));
    show(data, "test");
    perClass(data);
  }

  return { start, figures };
})();
