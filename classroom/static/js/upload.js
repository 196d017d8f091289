// Files may be dropped on the field as well as chosen; what was taken is listed, and may be taken out again.
const size = (bytes) => bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

export function start(zone, { say, announce }) {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector(".files");
  const limit = Number(input.dataset.limit ?? Infinity);

  const set = (files) => {
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    input.files = all.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const row = (file, index) => {
    const item = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "name", textContent: file.name });
    const weight = Object.assign(document.createElement("span"), { className: "quiet numbers", textContent: size(file.size) });
    const away = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: say("remove", { name: file.name }) });
    away.addEventListener("click", () => {
      set([...input.files].filter((_, other) => other !== index));
      input.focus();
    });
    item.append(name, weight, away);
    if (file.size > limit) {
      const over = Object.assign(document.createElement("span"), { className: "error", textContent: say("too_big", { name: file.name, limit: size(limit) }) });
      item.append(over);
    }
    return item;
  };

  input.addEventListener("change", () => {
    list.replaceChildren(...[...input.files].map(row));
    list.hidden = !input.files.length;
    announce(say("files_chosen", { n: input.files.length }));
  });
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => { if (!zone.contains(event.relatedTarget) || kind === "drop") zone.classList.remove("over"); });
  }
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    const dropped = [...event.dataTransfer.files];
    if (dropped.length) set(input.multiple ? [...input.files, ...dropped] : dropped.slice(0, 1));
  });
}
