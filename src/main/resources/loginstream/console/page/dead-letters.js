// The newest dead letters: filter, look at, select, redrive.

import { get, post } from "./api.js";
import { bytes, count, element, time, visible, write } from "./format.js";

const LEAST_BETWEEN_MILLIS = 3000;
const selected = new Set();
let letters = [];
let counted = null;
let loading = null;
let loadedAt = 0;
let took = 0;
let changedMeanwhile = false;

const filters = () => document.getElementById("filters");
const redriveForm = () => document.getElementById("redrive");

export function startDeadLetters() {
  filters().addEventListener("submit", (event) => {
    event.preventDefault();
    load();
  });
  filters().addEventListener("change", () => {
    selected.clear();
    load();
  });
  document.getElementById("select-all").addEventListener("change", (event) => {
    letters.filter(canRedrive).forEach(({ position }) =>
      event.target.checked ? selected.add(position) : selected.delete(position));
    show();
  });
  redriveForm().addEventListener("submit", (event) => {
    event.preventDefault();
    redrive();
  });
  document.getElementById("record-close").addEventListener("click", () => document.getElementById("record").close());
}

/**
 * Looks again where there may be new ones; a look reads the whole topic, so not more often than it can bear. While
 * somebody selects, nothing moves under their hands.
 */
export function refreshDeadLetters(deadLettered) {
  if (selected.size > 0) {
    if (deadLettered > counted) {
      write("letters-count", "There are new ones: Refresh shows them");
    }
    return;
  }
  const rested = Date.now() - loadedAt > Math.max(LEAST_BETWEEN_MILLIS, 10 * took);
  if (deadLettered !== counted && rested && loading === null) {
    counted = deadLettered;
    load();
  }
}

async function load() {
  if (loading !== null) {
    changedMeanwhile = true;
    return;
  }
  const begun = Date.now();
  loading = (async () => {
    const form = new FormData(filters());
    const query = new URLSearchParams({
      failure: form.get("failure"),
      reason: form.get("reason").trim(),
      pending: String(form.has("pending")),
    });
    try {
      const answer = await get(`/api/dead-letters?${query}`);
      letters = answer.letters;
      const more = letters.length === answer.most;
      write("letters-count", letters.length === 0 ? "" : `${more ? "the newest " : ""}${count(letters.length)} shown`);
      empty(letters.length > 0 ? "" : filtered(form) ? "No dead letter matches." : "No dead letters. All is well.");
    } catch (problem) {
      empty(problem.message);
      letters = [];
    }
  })();
  await loading;
  loading = null;
  loadedAt = Date.now();
  took = loadedAt - begun;
  const there = new Set(letters.map(({ position }) => position));
  [...selected].filter((position) => !there.has(position)).forEach((position) => selected.delete(position));
  show();
  if (changedMeanwhile) {
    changedMeanwhile = false;
    await load();
  }
}

function filtered(form) {
  return form.get("failure") !== "" || form.get("reason").trim() !== "";
}

function empty(text) {
  const target = document.getElementById("letters-empty");
  target.hidden = text === "";
  target.textContent = text;
}

function canRedrive(letter) {
  return !letter.redriven;
}

function show() {
  const body = document.getElementById("letters");
  const focused = document.activeElement?.dataset?.focus;
  body.replaceChildren(...letters.map(row));
  if (focused) {
    body.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
  const able = letters.filter(canRedrive).length;
  const all = document.getElementById("select-all");
  all.disabled = able === 0;
  all.checked = able > 0 && selected.size === able;
  all.indeterminate = selected.size > 0 && selected.size < able;
  write("selected", count(selected.size));
  redriveForm().querySelector("button").disabled = selected.size === 0 || redriveForm().dataset.running === "true";
}

function row(letter) {
  const tick = element("input", {
    type: "checkbox",
    checked: selected.has(letter.position),
    disabled: !canRedrive(letter),
    ariaLabel: `Select ${letter.position}`,
  });
  tick.dataset.focus = `tick ${letter.position}`;
  tick.addEventListener("change", () => {
    selected[tick.checked ? "add" : "delete"](letter.position);
    show();
  });
  const look = element("button", { type: "button", className: "quiet", text: "Look", ariaLabel: `Look at ${letter.position}` });
  look.dataset.focus = `look ${letter.position}`;
  look.addEventListener("click", () => openRecord(letter));
  const badge = element("span", { className: "badge", text: visible(letter.failure) });
  badge.dataset.failure = letter.failure;
  const made = element("tr", { className: selected.has(letter.position) ? "chosen" : "" },
    element("td", { className: "tick" }, tick),
    element("td", { className: "when" }, element("time", { dateTime: letter.failed_at, text: time(letter.failed_at) })),
    element("td", {}, badge, ...(letter.redriven ? [element("span", { className: "badge calm", text: "redriven" })] : [])),
    element("td", { className: "reason", text: visible(letter.reason) || "no reason given" }),
    element("td", { className: "source", text: visible(letter.source) }),
    element("td", { className: "look" }, look));
  made.dataset.position = letter.position;
  return made;
}

async function openRecord(letter) {
  const body = document.getElementById("record-body");
  body.replaceChildren(element("p", { className: "empty", text: "Looking…" }));
  write("record-title", letter.position);
  document.getElementById("record").showModal();
  try {
    body.replaceChildren(...record(await get(`/api/dead-letters/${encodeURIComponent(letter.position)}`)));
  } catch (problem) {
    body.replaceChildren(element("p", { className: "problem", text: problem.message }));
  }
}

function record(letter) {
  const fact = (name, value) => [element("dt", { text: name }), element("dd", { text: value })];
  return [
    element("dl", { className: "facts" },
      ...fact("Reason", visible(letter.reason)),
      ...fact("Source", visible(letter.source)),
      ...fact("Failed", `${time(letter.failed_at)}, tried ${count(letter.attempts)} ×, redriven before ${count(letter.redrives)} ×`),
      ...fact("Key", content(letter, "key"))),
    element("h3", { text: `Value, ${bytes(letter.value_bytes)}` }),
    element("pre", { tabIndex: 0, className: "value" }, element("code", { text: content(letter, "value", true) })),
    element("h3", { text: "Headers" }),
    element("dl", { className: "facts headers" },
      ...letter.headers.flatMap((header) => fact(visible(header.name), content(header, "value", true)))),
  ];
}

/** Text as it is, other bytes in Base64. */
function content(json, name, block = false) {
  const text = json[name];
  if (text !== undefined) {
    return text === null ? "none" : visible(String(text), block);
  }
  return `Base64: ${json[`${name}_base64`]}`;
}

async function redrive() {
  const form = redriveForm();
  const edits = form.elements.edits.value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  form.dataset.running = "true";
  form.querySelector("button").disabled = true;
  report("Redriving…");
  try {
    const { number } = await post("/api/redrive", { positions: [...selected], edits });
    let progress;
    do {
      await new Promise((resolve) => setTimeout(resolve, 300));
      progress = await get("/api/redrive");
    } while (progress.number === number && progress.state === "RUNNING");
    report(progress.message, progress.state === "FAILED");
    if (progress.state === "DONE") {
      selected.clear();
    }
  } catch (problem) {
    report(problem.message, true);
  }
  form.dataset.running = "false";
  await load();
}

function report(text, isProblem = false) {
  write("redrive-result", text);
  document.getElementById("redrive-result").classList.toggle("problem", isProblem);
}
