// A text that could not be saved last time is offered back on the page where it was written, and only there.
function read(key) {
  try { return JSON.parse(localStorage.getItem(key) ?? "null"); } catch { return null; }
}

function fill(form, text) {
  const typed = JSON.parse(text);
  for (const name of new Set(typed.map(([key]) => key))) {
    const values = typed.filter(([key]) => key === name).map(([, value]) => value);
    for (const field of form.elements) {
      if (field.name !== name || field.type === "file") continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0];
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function button(words, css, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: css, textContent: words });
  made.addEventListener("click", act);
  return made;
}

export function start(form, { say }) {
  const key = form.draftKey;
  const copy = read(key);
  const forget = () => { try { localStorage.removeItem(key); } catch { /* a forbidden store */ } };
  if (!copy) return;
  if (copy.text === form.draftText()) return forget();

  const time = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const box = Object.assign(document.createElement("div"), { className: "kept" });
  box.setAttribute("role", "status");
  const line = Object.assign(document.createElement("p"), { textContent: say("kept", { time }) });
  const row = Object.assign(document.createElement("div"), { className: "row tight" });
  const done = () => { box.remove(); form.querySelector("textarea, .input")?.focus(); };
  row.append(
    button(say("use_it"), "btn plain small", () => { fill(form, copy.text); done(); }),
    button(say("drop_it"), "btn ghost small", () => { forget(); done(); }),
  );
  box.append(line, row);
  form.prepend(box);
}
