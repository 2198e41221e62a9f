// Logins by device type, locale and version, and the lag of each partition: tables with bars.

import { count, element, share, visible } from "./format.js";

const TITLES = { device_type: "Device type", locale: "Locale", app_version: "Version" };
const SHOWN = 6;
let span = "recent";
let latest = null;

export function startBreakdowns() {
  const target = document.getElementById("breakdowns");
  for (const [field, title] of Object.entries(TITLES)) {
    target.append(element("table", { className: "bars", id: `by-${field}` },
      element("caption", { text: title, className: "hidden" }),
      element("thead", {}, element("tr", {},
        element("th", { text: title, scope: "col" }),
        element("th", { text: "Logins", scope: "col", className: "number" }),
        element("th", { text: "Share", scope: "col", className: "number share" }))),
      element("tbody")));
  }
  const buttons = document.querySelectorAll(".segments button");
  buttons.forEach((button) => button.addEventListener("click", () => {
    span = button.dataset.span;
    buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    if (latest) {
      showBreakdowns(latest);
    }
  }));
}

export function showBreakdowns(logins) {
  latest = logins;
  for (const field of Object.keys(TITLES)) {
    const counts = logins[field][span];
    const all = counts.reduce((sum, each) => sum + each.count, 0);
    const rows = counts.slice(0, SHOWN).map(({ value, count: number }) => [visible(value), number]);
    const rest = counts.slice(SHOWN).reduce((sum, each) => sum + each.count, 0);
    if (rest > 0) {
      rows.push([`${counts.length - SHOWN} more`, rest]);
    }
    fill(document.querySelector(`#by-${field} tbody`), rows, all, 3,
      span === "recent" ? "No logins in the last 5 minutes" : "No logins yet");
  }
}

export function showPartitions(partitions) {
  const most = Math.max(1, ...partitions.map((each) => each.lag));
  fill(document.getElementById("partitions"),
    partitions.map(({ topic, partition, lag }) => [`${topic}-${partition}`, lag]), most, 2, "");
  document.getElementById("partitions-empty").hidden = partitions.length > 0;
}

/** Rows stay where they are and only change their text and bar. */
function fill(body, rows, all, columns, empty) {
  if (rows.length === 0) {
    body.replaceChildren(...(empty
      ? [element("tr", {}, element("td", { text: empty, colSpan: columns, className: "empty" }))]
      : []));
    return;
  }
  if (body.querySelector(".empty")) {
    body.replaceChildren();
  }
  while (body.rows.length > rows.length) {
    body.deleteRow(-1);
  }
  rows.forEach(([label, number], i) => {
    const row = body.rows[i] ?? body.appendChild(element("tr", {},
      element("th", { scope: "row" }, element("span", { className: "label" }), element("span", { className: "bar" })),
      element("td", { className: "number" }),
      ...(columns === 3 ? [element("td", { className: "number share" })] : [])));
    const [name, bar] = row.cells[0].children;
    name.textContent = label;
    name.title = label;
    bar.style.width = `${number === 0 ? 0 : Math.max(0.5, (100 * number) / all)}%`;
    row.cells[1].textContent = count(number);
    if (columns === 3) {
      row.cells[2].textContent = share(number, all);
    }
  });
}
