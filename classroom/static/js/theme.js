// Day, lamplight, or as the device says: at once, and the server keeps it for the next page.
export function start(button) {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    const wanted = button.dataset.themeSet;
    document.documentElement.dataset.theme = wanted;
    const scheme = document.querySelector("meta[name='color-scheme']");
    if (scheme) scheme.content = wanted === "auto" ? "light dark" : wanted;
    for (const other of document.querySelectorAll("[data-theme-set]")) {
      other.setAttribute("aria-pressed", String(other.dataset.themeSet === wanted));
    }
    const sent = new FormData(button.form);
    sent.set("theme", wanted);
    // If it cannot be kept now, this page still looks as wished.
    await fetch(button.form.action, { method: "POST", body: sent, redirect: "manual" }).catch(() => null);
  });
}
