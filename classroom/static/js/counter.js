// Counts words while you write. Says so only after a pause, and never cuts anything off.
const words = (text) => text.trim().split(/\s+/u).filter(Boolean).length;

function count(text) {
  // Scripts without spaces are counted by the browser's own sense of words.
  if (!/[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff]/u.test(text) || !Intl.Segmenter) return words(text);
  return [...new Intl.Segmenter(undefined, { granularity: "word" }).segment(text)].filter((part) => part.isWordLike).length;
}

export function start(area, { say, announce }) {
  const line = document.getElementById(area.dataset.counter);
  if (!line) return;
  const { most, floor, characters } = area.dataset;
  let pause;

  const describe = () => {
    const n = count(area.value);
    const left = characters ? Number(characters) - [...area.value].length : Infinity;
    if (left < 0) return [say("characters_over", { n: -left }), true];
    if (left < characters * 0.1) return [say("characters_left", { n: left }), false];
    if (!most && !floor && area.dataset.words === undefined) return ["", false];
    if (most && n > most) return [say("words_over", { n: n - most, most }), true];
    if (most) return [say("words_of", { n, most }), false];
    if (floor && n < floor && n) return [say("words_under", { n, floor }), false];
    if (!n) return [area.dataset.first, false];
    return [n === 1 ? say("one_word") : say("words", { n }), false];
  };

  const show = () => {
    const [text, over] = describe();
    line.textContent = text;
    line.classList.toggle("over", over);
    return text;
  };

  area.dataset.first ??= line.textContent;
  area.addEventListener("input", () => {
    show();
    clearTimeout(pause);
    pause = setTimeout(() => announce(line.textContent), 1800);
  });
  if (area.value) show();
}
