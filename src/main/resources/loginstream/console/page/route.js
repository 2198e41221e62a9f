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
  if (!reload) {
    write("reload", files.some(({ name }) => name.endsWith(".yaml")) ? "Not edited since the start" : "Compiled in");
    return;
  }
  const target = document.getElementById("reload");
  target.className = reload.error === null ? "aside" : "aside problem";
  target.textContent = reload.error === null
    ? `Reloaded ${time(reload.at)}`
    : `Edit refused ${time(reload.at)}: ${reload.error}`;
}
