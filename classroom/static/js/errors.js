// After a refused form the reader lands on the summary; its links lead into the fields.
export function start(summary) {
  summary.focus({ preventScroll: false });
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.closest("details:not([open])")?.setAttribute("open", "");
    const label = field.closest(".field")?.querySelector("label, legend");
    (label ?? field).scrollIntoView({ block: "center" });
    const control = field.matches("input, select, textarea, button") ? field : field.querySelector("input, select, textarea");
    (control ?? field).focus({ preventScroll: true });
  });
}
