// The state, the figures at the top, and pause and resume.

import { post } from "./api.js";
import { count, millis, rate, share, write } from "./format.js";

const STATES = { running: "Running", pausing: "Pausing", paused: "Paused", troubled: "Not ready" };
const isPaused = (name) => name === "paused" || name === "pausing";
let state = "connecting";
let busy = false;

export function startOverview(afterwards) {
  const button = document.getElementById("pause");
  button.addEventListener("click", async () => {
    busy = true;
    button.disabled = true;
    try {
      await post(isPaused(state) ? "/api/resume" : "/api/pause");
      notice("");
    } catch (problem) {
      notice(problem.message);
    }
    busy = false;
    await afterwards();
  });
}

export function showOverview(overview) {
  showState(overview.state, overview.trouble);
  write("way", overview.way);
  write("rate", rate(overview.rate));
  const all = overview.processed + overview.filtered + overview.deadLettered;
  write("processed", count(overview.processed));
  write("processed-share", share(overview.processed, all));
  write("filtered", count(overview.filtered));
  write("filtered-share", share(overview.filtered, all));
  write("dead-lettered", count(overview.deadLettered));
  write("dead-lettered-share", share(overview.deadLettered, all));
  write("lag", count(overview.lag));
  write("p99", millis(overview.latency.p99));
  write("latency-rest", overview.latency.p50 === null
    ? "no records in 5 minutes"
    : `p50 ${millis(overview.latency.p50)} · p95 ${millis(overview.latency.p95)}`);
}

export function showState(name, trouble) {
  const pill = document.getElementById("state");
  const button = document.getElementById("pause");
  if (state !== name || button.disabled) {
    state = name;
    pill.dataset.state = name;
    button.textContent = isPaused(name) ? "Resume" : "Pause";
    button.classList.toggle("primary", isPaused(name));
    button.disabled = busy || !(name in STATES);
  }
  write("state", trouble ? `${STATES[name] ?? "No answer"}: ${trouble}` : STATES[name] ?? "No answer");
}

export function notice(text) {
  const target = document.getElementById("notice");
  target.hidden = text === "";
  target.textContent = text;
}
