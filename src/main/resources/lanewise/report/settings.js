"use strict";

/* All fields of summary.json, in order, and the command that repeats the run. */
const Settings = (() => {
  const NAMES = { sha256: "SHA-256", jvm: "JVM", os: "system", cpu: "CPU" };
  const SHOWN_ABOVE = new Set(["confusion", "pairs", "importance"]);

  /** trainRows -> train rows. */
  const name = (key) => NAMES[key] ?? key.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
  const title = (key) => { const text = name(key); return text[0].toUpperCase() + text.slice(1); };

  /** Layer sizes as 784-10, other lists as 0.2, 0.5. */
  const value = (key, v) => (Array.isArray(v) ? v.join(key === "network" ? "-" : ", ") || "none" : String(v));

  function list(entries) {
    return Dom.make("dl", {}, ...entries.flatMap(([key, v]) => [
      Dom.make("dt", {}, name(key)), Dom.make("dd", {}, value(key, v))]));
  }

  const isGroup = (v) => v !== null && typeof v === "object" && !Array.isArray(v);

  function facts(summary) {
    const entries = Object.entries(summary).filter(([key]) => !SHOWN_ABOVE.has(key));
    const box = Dom.byId("facts");
    box.append(Dom.make("div", {}, Dom.make("h3", {}, "Run"), list(entries.filter(([, v]) => !isGroup(v)))));
    for (const [key, group] of entries.filter(([, v]) => isGroup(v))) {
      box.append(Dom.make("div", {}, Dom.make("h3", {}, title(key)),
        list(Object.entries(group).filter(([inner]) => !SHOWN_ABOVE.has(inner)))));
    }
  }

  /** Without access to the clipboard, as in old browsers or for local files, the text is selected. */
  async function copy(pre, button) {
    try {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(pre);
      button.textContent = document.execCommand("copy") ? "Copied" : "Selected";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  function start(data) {
    if (data.command) {
      const pre = Dom.byId("command");
      pre.textContent = data.command;
      Dom.byId("again").hidden = false;
      Dom.byId("copy").addEventListener("click", (event) => copy(pre, event.currentTarget));
    }
    facts(data.summary);
    Dom.byId("version").textContent = data.summary.version ?? "";
  }

  return { start, copy };
})();
