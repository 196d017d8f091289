// Single keys for people who like them; off in any field, with any modifier, and by choice of the person.
const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

function step(forward) {
  const items = [...document.querySelectorAll("[data-item]")].filter((item) => item.checkVisibility());
  if (!items.length) return;
  const here = items.findIndex((item) => item.contains(document.activeElement));
  const next = here < 0 ? (forward ? 0 : items.length - 1) : here + (forward ? 1 : -1);
  const item = items[Math.min(Math.max(next, 0), items.length - 1)];
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const item = document.activeElement.closest("[data-item]");
  // A key of a row acts on the row one is in, never on the first one that happens to be there.
  const found = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key && (element.closest("[data-item]") === item));
  found?.click();
  if (found?.matches("details[open] > summary")) found.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
  return Boolean(found);
}

export function start(dialog) {
  const root = document.documentElement;
  const open = () => dialog.showModal();
  for (const button of document.querySelectorAll("[data-keys-open]")) button.addEventListener("click", open);
  dialog.querySelector("[data-keys-close]").addEventListener("click", () => dialog.close());

  const ACTS = {
    j: () => step(true),
    k: () => step(false),
    "?": open,
    "/": () => document.querySelector("[data-search]")?.focus(),
    c: () => {
      const pen = document.querySelector("[data-pen]");
      document.querySelector("[data-pen-open]")?.dispatchEvent(new CustomEvent("pen:open", { bubbles: true }));
      pen?.querySelector("textarea")?.focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      if (form && event.target.matches("textarea, input")) {
        event.preventDefault();
        form.requestSubmit(form.querySelector("button[type=submit]:not([formnovalidate])"));
      }
      return;
    }
    if (root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (press(event.key)) event.preventDefault();
    else if (Object.hasOwn(ACTS, event.key)) {
      event.preventDefault();
      ACTS[event.key]();
    }
  });
}
