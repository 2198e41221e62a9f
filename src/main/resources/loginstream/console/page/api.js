// Requests to the server. The token is asked for once where the server wants one, and kept for this tab only.

const KEPT = "loginstream.console.token";
let token = null;
let asking = null;

/** An answer that is an error; the message is for people. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Learns from the server how to authorize. */
export async function open() {
  const session = await (await fetch("/api/session", { cache: "no-store" })).json();
  token = session.tokenRequired ? sessionStorage.getItem(KEPT) : session.token;
}

export function get(path) {
  return request(path, { method: "GET" });
}

export function post(path, body) {
  return request(path, {
    method: "POST",
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
}

async function request(path, options, again = true) {
  const headers = { ...options.headers };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  const response = await fetch(path, { ...options, headers, cache: "no-store" });
  const answer = await response.json();
  if (response.ok) {
    return answer;
  }
  if (response.status === 401 && again) {
    await renewToken();
    return request(path, options, false);
  }
  throw new Refused(response.status, answer.error);
}

/** After a restart the server hands out another token; one of the settings only people know. */
async function renewToken() {
  const session = await (await fetch("/api/session", { cache: "no-store" })).json();
  if (session.tokenRequired) {
    asking ??= ask().finally(() => { asking = null; });
    await asking;
  } else {
    token = session.token;
  }
}

function ask() {
  const dialog = document.getElementById("login");
  const form = document.getElementById("login-form");
  const problem = document.getElementById("login-problem");
  problem.textContent = token ? "That token is not the right one." : "";
  return new Promise((resolve) => {
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => {
      token = form.elements.token.value.trim();
      sessionStorage.setItem(KEPT, token);
      form.reset();
      resolve();
    }, { once: true });
    dialog.showModal();
  });
}
