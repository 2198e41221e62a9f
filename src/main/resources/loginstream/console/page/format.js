// Numbers, times and elements. Text goes into elements as text, never as markup.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "2-digit", day: "2-digit" });

export const count = (number) => whole.format(number);

export const rate = (perSecond) => (perSecond >= 100 ? whole : one).format(perSecond);

/** A rate on an axis: no more digits than it needs. */
export const perSecond = (number) => (Number.isInteger(number) ? whole : one).format(number);

export function millis(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  return value < 1000 ? `${whole.format(value)} ms` : `${one.format(value / 1000)} s`;
}

export function share(part, all) {
  return all === 0 ? "" : `${one.format((100 * part) / all)} %`;
}

/** The time, and the day too where it is not today. */
export function time(value) {
  const date = new Date(value);
  const today = new Date().toDateString() === date.toDateString();
  return today ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`;
}

export function bytes(number) {
  if (number < 0) {
    return "no value";
  }
  return number < 1024 ? `${number} bytes` : `${one.format(number / 1024)} KiB`;
}

/** Makes control characters visible. Line breaks and tabs may stay where the text is shown as a block. */
export function visible(text, block = false) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (character) =>
    block && (character === "\n" || character === "\t")
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** An element with text, a class and children. */
export function element(name, { text, className, ...properties } = {}, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) {
    made.textContent = text;
  }
  if (className) {
    made.className = className;
  }
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** Writes text only where it is another one, so that screen readers and selections are left alone. */
export function write(id, text) {
  const target = document.getElementById(id);
  if (target.textContent !== text) {
    target.textContent = text;
  }
}
