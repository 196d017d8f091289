// Saves a draft while it is written, says when, and never claims more than the server confirmed.
// data-autosave="URL" on the form. The answer: {saved: "14:02", version: 3}; 409 brings both texts as a piece of page.
const AFTER = 1500;
const AT_MOST_EVERY = 4000;
const keyOf = (form) => `draft ${document.documentElement.dataset.person ?? ""} ${form.dataset.autosave}`;

/** What was typed, for comparing and for keeping on this device: no tokens, no files, and never a password. */
function textOf(form) {
  const secret = [...form.querySelectorAll("[type=password], [data-reveal]")].map((field) => field.name || field.dataset.reveal);
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrf_token", "once", "version", "said", ...secret].includes(name));
  return JSON.stringify(typed);
}

export function start(form, { say }) {
  const line = form.querySelector("[data-saved]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "saved", role: "status" }));
  const both = form.querySelector("[data-autosave-both]");
  form.draftKey = keyOf(form);
  form.draftText = () => textOf(form);
  let last = textOf(form);
  let timer;
  let running = null;
  let lastSent = 0;
  let stopped = false;

  const tell = (text, bad = false, link = null) => {
    line.classList.toggle("bad", bad);
    line.replaceChildren(text);
    if (link) line.append(" ", Object.assign(document.createElement("a"), { href: link, target: "_blank", rel: "noopener", textContent: say("sign_in") }));
  };
  const keep = (sent = false) => { try { localStorage.setItem(form.draftKey, JSON.stringify({ text: textOf(form), at: Date.now(), page: location.pathname, sent })); } catch { /* a full or forbidden store */ } };
  const drop = () => { try { localStorage.removeItem(form.draftKey); } catch { /* the same */ } };

  async function heard(answer, sent) {
    if (answer.status === 409) {
      both.innerHTML = await answer.text();
      stopped = true;
      tell(say("two_texts"), true);
    } else if (answer.status === 401 || answer.status === 403 || answer.redirected) {
      tell(say("signed_out"), true, `/sign-in?next=${encodeURIComponent(location.pathname)}`);
    } else if (answer.ok) {
      const said = await answer.json();
      const version = form.querySelector("input[name=version]");
      if (version && said.version !== undefined) version.value = said.version;
      last = sent;
      if (textOf(form) === sent) drop();
      tell(say("saved", { time: said.saved }));
    } else {
      tell(say("unsaved"), true);
      later((Number(answer.headers.get("Retry-After")) || 15) * 1000);
    }
  }

  /** The form without its files, which have a way of their own. */
  function words() {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    return body;
  }

  async function save(leaving = false) {
    clearTimeout(timer);
    const sent = textOf(form);
    if (stopped || running || sent === last || form.dataset.sent) return;
    keep();
    lastSent = Date.now();
    try {
      running = fetch(form.dataset.autosave, { method: "POST", body: words(), keepalive: leaving, headers: { Accept: "application/json", "X-Autosave": "1" } });
      if (!leaving) tell(say("saving"));
      await heard(await running, sent);
    } catch {
      tell(say(navigator.onLine ? "unsaved" : "offline"), true);
      later(15000);
    } finally {
      running = null;
      if (!stopped && textOf(form) !== last && !timer) later();
    }
  }

  function later(wait = AFTER) {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = null; save(); }, Math.max(wait, lastSent + AT_MOST_EVERY - Date.now()));
  }

  // What was typed before this script came, or brought back by the browser, is not saved either.
  if ([...form.elements].some((field) => "defaultValue" in field && field.type !== "file" && field.value !== field.defaultValue)) {
    last = null;
    later();
  }
  form.addEventListener("input", () => { keep(); later(); });
  form.addEventListener("change", () => later());
  // Sent, but perhaps it does not arrive: the copy stays until another page follows (sent.js).
  form.addEventListener("submit", () => { clearTimeout(timer); keep(true); });
  form.addEventListener("htmx:afterRequest", (event) => { if (event.detail.elt === form && event.detail.successful) drop(); });
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
  window.addEventListener("pagehide", () => save(true));
}
