// The pen on a phone: opens over half the page and leaves the passage in view. Without scripts, the link to #pen does it.
export function start(pen) {
  const opener = document.querySelector("[data-pen-open]");
  const close = pen.querySelector("[data-pen-close]");
  const small = () => Boolean(opener?.checkVisibility()) || pen.classList.contains("open");

  const open = (focus) => {
    if (!small()) return;
    pen.classList.add("open", "kept-open");
    if (focus) pen.querySelector("textarea")?.focus({ preventScroll: true });
    document.querySelector(".work mark.now")?.scrollIntoView({ block: "start" });
  };

  const shut = () => {
    pen.classList.remove("open", "kept-open");
    if (location.hash === "#pen") history.replaceState(null, "", location.pathname + location.search);
    // :target stays after replaceState; a hash that names nothing takes it away.
    if (pen.matches(":target")) location.hash = "desk-work";
    opener?.focus({ preventScroll: true });
  };

  opener?.addEventListener("click", (event) => { event.preventDefault(); open(true); });
  opener?.addEventListener("pen:open", () => open(false));
  close?.addEventListener("click", (event) => { event.preventDefault(); shut(); });
  pen.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && close?.checkVisibility()) shut();
  });
  if (pen.querySelector("[data-problems]")) open(false);
}
