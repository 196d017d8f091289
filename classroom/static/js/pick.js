// Choosing a passage by keyboard: the sentences of the work, one after another.
function sentences(work) {
  const found = [];
  const blocks = [...work.querySelectorAll("p, li, h1, h2, h3, h4, blockquote, pre, td, th")].filter((block) => !block.querySelector("p, li"));
  const cut = Intl.Segmenter && new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" });
  for (const block of blocks.length ? blocks : [work]) {
    const text = block.textContent;
    const parts = cut ? [...cut.segment(text)] : [{ index: 0, segment: text }];
    for (const { index, segment } of parts) {
      if (segment.trim()) found.push({ block, from: index, to: index + segment.trimEnd().length });
    }
  }
  return found;
}

/** The text node and the place in it, `at` characters into `block`. */
function point(block, at) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = at;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (left <= node.length) return [node, left];
    left -= node.length;
  }
  return [block, block.childNodes.length];
}

function rangeOf(first, last) {
  const range = document.createRange();
  range.setStart(...point(first.block, first.from));
  range.setEnd(...point(last.block, last.to));
  return range;
}

export function start(button, { say, announce }) {
  const work = document.querySelector(".work[data-anchorable]");
  if (!work) return void button.remove();

  button.addEventListener("click", () => {
    const all = sentences(work);
    if (!all.length) return;
    let from = 0;
    let to = 0;
    work.tabIndex = -1;
    work.classList.add("picking");
    work.focus({ preventScroll: true });

    const show = () => {
      const range = rangeOf(all[from], all[to]);
      CSS.highlights?.set("passage", new Highlight(range));
      range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
      announce(range.toString());
      return range;
    };
    const stop = () => {
      work.classList.remove("picking");
      work.removeEventListener("keydown", onKey);
      work.removeEventListener("blur", stop);
    };
    function onKey(event) {
      const move = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (move && event.shiftKey) to = Math.min(Math.max(to + move, from), all.length - 1);
      else if (move) from = to = Math.min(Math.max((move > 0 ? to : from) + move, 0), all.length - 1);
      else if (event.key === "Enter") { stop(); work.dispatchEvent(new CustomEvent("quote:take", { detail: rangeOf(all[from], all[to]) })); }
      else if (event.key === "Escape") { stop(); CSS.highlights?.delete("passage"); button.focus(); }
      else return;
      event.preventDefault();
      event.stopPropagation();
      if (move) show();
    }
    work.addEventListener("keydown", onKey);
    work.addEventListener("blur", stop);
    show();
    announce(say("picking"));
  });
}
