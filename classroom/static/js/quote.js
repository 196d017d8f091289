// Select a passage of the work, press "Comment on this", and the pen holds the quote and where it stands.
const AROUND = 32;

/** How far into `work` this point is, in characters of its text. */
function offset(work, node, at) {
  const range = document.createRange();
  range.setStart(work, 0);
  range.setEnd(node, at);
  return range.toString().length;
}

function rangeInside(work) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!work.contains(range.commonAncestorContainer) || !range.toString().trim()) return null;
  return range;
}

/** Whole words: a finger is broad, and half a word is found again less well. */
function whole(range) {
  const wide = range.cloneRange();
  const letter = /[\p{L}\p{N}’']/u;
  const { startContainer: first, endContainer: last } = wide;
  let from = wide.startOffset;
  let to = wide.endOffset;
  if (first.nodeType === Node.TEXT_NODE && letter.test(first.data[from] ?? "")) while (from > 0 && letter.test(first.data[from - 1])) from -= 1;
  if (last.nodeType === Node.TEXT_NODE && letter.test(last.data[to - 1] ?? "")) while (to < last.length && letter.test(last.data[to])) to += 1;
  // Scripts without spaces would run on for a whole sentence: there the selection is taken as it is.
  if (wide.startOffset - from > 30 || to - wide.endOffset > 30) return range;
  wide.setStart(first, from);
  wide.setEnd(last, to);
  return wide;
}

/** Put the passage into the pen. Also used by pick.js, through the event "quote:take". */
function take(work, selected, { say, announce }) {
  const range = whole(selected);
  const quoting = document.querySelector("[data-quoting]");
  if (!quoting) return;
  const raw = range.toString();
  const exact = raw.trim();
  const start = offset(work, range.startContainer, range.startOffset) + raw.indexOf(exact);
  const all = work.textContent;
  const parts = { exact, start, before: all.slice(Math.max(0, start - AROUND), start), after: all.slice(start + exact.length, start + exact.length + AROUND) };
  for (const field of quoting.querySelectorAll("[data-quote]")) field.value = parts[field.dataset.quote] ?? "";
  const shown = quoting.querySelector("[data-quote-shown]");
  shown.hidden = false;
  shown.querySelector("blockquote").textContent = exact;
  quoting.querySelector("[data-quote-clear]").hidden = false;
  CSS.highlights?.set("passage", new Highlight(range.cloneRange()));
  quoting.dispatchEvent(new Event("input", { bubbles: true }));
  announce(say("quoted", { quote: exact }));
  document.querySelector("[data-pen-open]")?.dispatchEvent(new CustomEvent("pen:open", { bubbles: true }));
  document.querySelector("[data-pen] textarea")?.focus({ preventScroll: true });
  range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
}

function clear() {
  const quoting = document.querySelector("[data-quoting]");
  for (const field of quoting.querySelectorAll("[data-quote]")) field.value = "";
  quoting.querySelector("[data-quote-shown]").hidden = true;
  quoting.querySelector("[data-quote-clear]").hidden = true;
  CSS.highlights?.delete("passage");
  quoting.dispatchEvent(new Event("input", { bubbles: true }));
  document.querySelector("[data-pen] textarea")?.focus();
}

export function start(work, tools) {
  if (!document.querySelector("[data-quoting]")) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small quote-here no-print", hidden: true, textContent: tools.say("comment_on_this") });
  work.after(button);
  let wait;

  const place = () => {
    const range = rangeInside(work);
    button.hidden = !range;
    if (!range) return;
    const lines = [...range.getClientRects()];
    const last = lines.at(-1);
    const frame = (button.offsetParent ?? document.body).getBoundingClientRect();
    const left = Math.min(last.right - frame.left, frame.width - button.offsetWidth - 8);
    // Below the end of the selection: a phone shows its own menu above.
    button.style.setProperty("left", `${Math.max(0, left - button.offsetWidth / 2)}px`);
    button.style.setProperty("top", `${last.bottom - frame.top + 10}px`);
  };

  document.addEventListener("selectionchange", () => { clearTimeout(wait); wait = setTimeout(place, 180); });
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const range = rangeInside(work);
    if (range) take(work, range, tools);
    button.hidden = true;
    getSelection().removeAllRanges();
  });
  work.addEventListener("quote:take", (event) => take(work, event.detail, tools));
  document.querySelector("[data-quote-clear]").addEventListener("click", clear);
}
