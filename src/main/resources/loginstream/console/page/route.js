// The source of the running route, and its last reload.

import { get } from "./api.js";
import { element, time, write } from "./format.js";

let shown = null;

export async function showRoute(overview) {
  const reload = overview.reload;
  const version = `${overview.startedAt} ${reload ? reload.at : 0}`;
  if (version === shown) {
    return;
  }
  shown = version;
  const files = await get("/api/route");
  document.getElementById("route").replaceChildren(...files.map(({ name, text }, i) =>
    element("details", { open: i === 0 },
      element("summary", { text: name }),
      element("pre", { tabIndex: 0 }, element("code", { text })))));
  showFindings(reload ? reload.findings : []);
  if (!reload) {
    write("reload", files.some(({ name }) => name.endsWith(".yaml")) ? "Not edited since the start" : "Compiled in");
    return;
  }
  const target = document.getElementById("reload");
  target.className = reload.error === null ? "aside" : "aside problem";
  target.textContent = reload.error === null
    ? `Reloaded ${time(reload.at)}`
    : `${verdict(reload)} ${time(reload.at)}: ${reload.findings.length > 0 ? harm(reload) : reload.error}`;
}

const verdict = ({ takenBack }) => takenBack ? "Edit taken back" : "Edit refused";
const harm = ({ takenBack }) => takenBack ? "it harmed logins, which went through the routes before" : "it would harm logins";

/** What an edit does to logins that the routes before pass. */
function showFindings(findings) {
  const rows = findings.map(({ step, logins, of, example, what }) =>
    element("tr", {},
      element("td", { text: step ?? "the routes" }),
      element("td", { className: "number", text: `${logins} of ${of}` }),
      element("td", { text: example ?? "" }),
      element("td", { text: what })));
  const head = ["Step", "Logins", "For example", "What happens"].map((text) => element("th", { scope: "col", text }));
  document.getElementById("findings").replaceChildren(...(rows.length === 0 ? [] : [
    element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...rows))]));
}
