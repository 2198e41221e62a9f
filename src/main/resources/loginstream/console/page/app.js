// The page: looks at the pipeline once a second and shows what it finds.

import { get, open } from "./api.js";
import { showBreakdowns, showPartitions, startBreakdowns } from "./breakdown.js";
import { addPoints, forgetPoints, newestPoint, startCharts } from "./charts.js";
import { refreshDeadLetters, startDeadLetters } from "./dead-letters.js";
import { showOverview, showState, startOverview } from "./overview.js";
import { showRoute } from "./route.js";
import { startTheme } from "./theme.js";

const EVERY_MILLIS = 1000;
let startedAt = 0;

async function look() {
  try {
    let overview = await get(`/api/overview?since=${newestPoint()}`);
    if (overview.startedAt !== startedAt) {
      if (startedAt !== 0) {
        forgetPoints();
        overview = await get("/api/overview?since=0");
      }
      startedAt = overview.startedAt;
    }
    showOverview(overview);
    addPoints(overview.history);
    showBreakdowns(overview.logins);
    showPartitions(overview.partitions);
    refreshDeadLetters(overview.deadLettered);
    await showRoute(overview);
  } catch (problem) {
    showState("silent", problem.status ? problem.message : "is the process running?");
  }
}

async function start() {
  startTheme();
  startCharts();
  startBreakdowns();
  startDeadLetters();
  startOverview(look);
  await open().catch(() => {});
  for (;;) {
    await look();
    await new Promise((resolve) => setTimeout(resolve, EVERY_MILLIS));
  }
}

start();
