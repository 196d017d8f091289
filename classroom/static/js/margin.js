// Where there is room beside the work, each note stands beside its passage. Without room or script: the list below.
const GAP = 20;
const ROOM = matchMedia("(min-width: 62.01rem)");

/** The notes whose passage is marked in the text, in the order of the text, each with its mark. */
function pairs(notes) {
  return [...notes]
    .map((note) => ({ note, mark: document.getElementById(note.id.replace(/^c-/, "passage-")) }))
    .filter(({ mark }) => mark)
    .sort((a, b) => a.mark.getBoundingClientRect().top - b.mark.getBoundingClientRect().top);
}

export function start(section) {
  const desk = section.closest(".desk-work");
  const aside = desk.parentElement.querySelector(".margin");
  const notes = section.querySelectorAll(":scope > .note");
  const placed = pairs(notes);
  if (!placed.length) return;

  function lay() {
    const room = ROOM.matches;
    section.classList.toggle("all-beside", room && placed.length === notes.length);
    desk.classList.toggle("has-margin", room);
    for (const { note } of placed) note.classList.toggle("beside", room);
    desk.style.removeProperty("min-height");
    if (!room) return;
    const from = desk.getBoundingClientRect();
    const column = aside.getBoundingClientRect();
    desk.style.setProperty("--margin-x", `${Math.abs(column.left - from.left)}px`);
    desk.style.setProperty("--margin-width", `${column.width}px`);
    let free = column.top + aside.scrollHeight - from.top + GAP;
    for (const { note, mark } of placed) {
      const wanted = mark.getBoundingClientRect().top - from.top;
      const top = Math.max(wanted, free);
      note.style.setProperty("--margin-y", `${top}px`);
      free = top + note.offsetHeight + GAP;
    }
    desk.style.minHeight = `${free}px`;
  }

  lay();
  ROOM.addEventListener("change", lay);
  // A reply that opens, a picture that arrives, a window that changes: the notes make room for one another.
  const watch = new ResizeObserver(() => requestAnimationFrame(lay));
  for (const { note } of placed) watch.observe(note);
  watch.observe(desk.querySelector(".work"));
  watch.observe(aside);
}
