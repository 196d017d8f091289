// Ticking many: all of the page with one press, and how many they are. The boxes may stand outside the form.
export function start(form, { say }) {
  const find = (selector) => [...form.elements].filter((element) => element.matches(selector));
  const boxes = find("[data-tick]");
  const [whole] = find("[data-tick-filter]");
  const [page] = find("[data-tick-page]");
  const count = form.querySelector("[data-tick-count]");

  function show() {
    const ticked = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.disabled = Boolean(whole?.checked);
    if (page) {
      page.disabled = Boolean(whole?.checked);
      page.checked = ticked > 0 && ticked === boxes.length;
      page.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    if (count) count.textContent = say("ticked", { n: whole?.checked ? whole.dataset.tickFilter : ticked });
  }

  page?.addEventListener("change", () => {
    for (const box of boxes) box.checked = page.checked;
    show();
  });
  document.addEventListener("change", (event) => {
    if (event.target.form === form) show();
  });
  window.addEventListener("pageshow", show);
  show();
}
