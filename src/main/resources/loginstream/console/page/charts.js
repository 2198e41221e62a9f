// The charts of the last five minutes.

import uPlot from "/lib/uPlot.esm.js";
import { millis, perSecond } from "./format.js";
import { onThemeChange } from "./theme.js";

const SPAN_MILLIS = 5 * 60 * 1000;
const HEIGHT = 190;
const points = [];
const charts = [];

/** The value that a colour of the style sheet has now, for the canvas. */
function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** A chart with one line for each series: a value of the point, its label and its colour. */
function chart(id, format, series) {
  const target = document.getElementById(id);
  const made = { target, series, plot: null };
  made.draw = () => {
    made.plot?.destroy();
    made.plot = new uPlot(options(target, format, series), data(series), target);
  };
  made.draw();
  new ResizeObserver(() => made.plot.setSize({ width: target.clientWidth, height: HEIGHT })).observe(target);
  charts.push(made);
}

function options(target, format, series) {
  const axis = {
    stroke: colour("--muted"),
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return {
    width: target.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    padding: [12, 8, 0, 0],
    scales: {
      x: { range: () => [(Date.now() - SPAN_MILLIS) / 1000, Date.now() / 1000] },
      y: { range: (plot, least, most) => [0, most > 0 ? most * 1.15 : 1] },
    },
    axes: [
      { ...axis, grid: { show: false }, space: 70, size: 36, gap: 10, values: (plot, times) => times.map(clock) },
      { ...axis, size: 62, space: 36, values: (plot, values) => values.map(format) },
    ],
    series: [
      {},
      ...series.map(({ colour: name, fill }) => ({
        stroke: colour(name),
        width: 2,
        fill: fill ? colour(fill) : undefined,
        points: { show: true, size: 4, filter: withoutNeighbours },
        spanGaps: false,
      })),
    ],
  };
}

/** Which values of a series no line leads to: where records come seldom, or in batches, they are all there is. */
function withoutNeighbours(plot, series) {
  const values = plot.data[series];
  const isThere = (index) => values[index] !== null && values[index] !== undefined;
  return [...values.keys()].filter((index) => isThere(index) && !isThere(index - 1) && !isThere(index + 1));
}

function clock(seconds) {
  const date = new Date(seconds * 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

function data(series) {
  return [points.map((point) => point.at / 1000), ...series.map(({ value }) => points.map(value))];
}

export function startCharts() {
  chart("throughput", perSecond, [
    { value: (point) => point.rate, colour: "--series-1", fill: "--series-1-fill" },
    { value: (point) => point.deadLetterRate, colour: "--series-2" },
  ]);
  chart("latency", millis, [
    { value: (point) => point.p50, colour: "--series-1" },
    { value: (point) => point.p95, colour: "--series-3" },
    { value: (point) => point.p99, colour: "--series-2" },
  ]);
  onThemeChange(() => charts.forEach((one) => one.draw()));
}

/** When the newest point was made; 0 where there is none. */
export function newestPoint() {
  return points.length === 0 ? 0 : points[points.length - 1].at;
}

/** Another process answers now: what it did not see does not belong here. */
export function forgetPoints() {
  points.length = 0;
}

export function addPoints(more) {
  points.push(...more.filter((point) => point.at > newestPoint()));
  while (points.length > 0 && points[0].at < Date.now() - SPAN_MILLIS) {
    points.shift();
  }
  charts.forEach(({ plot, series }) => plot.setData(data(series)));
}
