// Dark, light, or as the system has it.

const KEPT = "loginstream.console.theme";
const CHOICES = ["auto", "light", "dark"];
const listeners = [];

function apply(choice) {
  if (choice === "auto") {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = choice;
  }
  document.getElementById("theme").textContent = `Theme: ${choice}`;
  listeners.forEach((listener) => listener());
}

export function onThemeChange(listener) {
  listeners.push(listener);
}

export function startTheme() {
  let choice = CHOICES.includes(localStorage.getItem(KEPT)) ? localStorage.getItem(KEPT) : "auto";
  document.getElementById("theme").addEventListener("click", () => {
    choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
    localStorage.setItem(KEPT, choice);
    apply(choice);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => apply(choice));
  apply(choice);
}
