// Wakes each behaviour only on pages that have something for it; the page says where the modules are.
const holder = document.getElementById("words");
const words = JSON.parse(holder?.dataset.words ?? "{}");
const modules = JSON.parse(holder?.dataset.modules ?? "{}");

// Which module looks after what. A selector of "" wakes its module on every page.
const WAKES = {
  busy: "form",
  errors: "[data-problems]",
  flash: "[data-flash]",
  theme: "[data-theme-set]",
  keys: "#keys",
  menu: "[data-menu]",
  relative: "time[data-relative]",
  counter: "[data-counter]",
  reveal: "[data-reveal]",
  sent: "html",
  autosave: "form[data-autosave]",
  kept: "form[data-autosave]",
  pen: "[data-pen]",
  margin: ".desk:has(> .margin) .comments",
  quote: ".work[data-anchorable]",
  pick: "[data-quote-pick]",
  stings: "textarea[data-stings]",
  coach: "[data-coach]",
  upload: "[data-drop]",
  copy: "[data-copy]",
  zone: "input[data-zone], select[data-zone]",
  passkey: "[data-passkey]",
  ticks: "form[data-ticks]",
  wall: "[data-wall]",
};

/** A message in the reader's language: say("saved", {time: "14:02"}). */
function say(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Tell people who listen to the page; the words also stand somewhere on it. */
function announce(text) {
  let region = document.getElementById("announcements");
  if (!region) {
    region = document.createElement("div");
    region.id = "announcements";
    region.className = "unseen";
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  const line = document.createElement("p");
  region.append(line);
  setTimeout(() => { line.textContent = text; }, 60);
  setTimeout(() => line.remove(), 10000);
}

async function wake(root) {
  for (const [name, selector] of Object.entries(WAKES)) {
    if (!modules[name]) continue;
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    if (!found.length) continue;
    // One that does not arrive must not keep the others asleep; the page works without any of them.
    const module = await import(modules[name]).catch(() => null);
    if (!module) continue;
    for (const element of found) {
      const woken = (element.wokenBy ??= new Set());
      if (woken.has(name)) continue;
      woken.add(name);
      module.start(element, { say, announce });
    }
  }
}

wake(document.documentElement).then(() => { document.documentElement.dataset.awake = ""; });
document.addEventListener("htmx:load", (event) => wake(event.detail.elt));

// An answer that says what is wrong (422) or that someone was faster (409) is shown like any other.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([403, 404, 409, 413, 422, 429, 503].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
