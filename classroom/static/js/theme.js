// Day, lamplight, or as the device says. The choice is kept in a cookie, so the server draws the page right at once.
export function start(button) {
  button.addEventListener("click", () => {
    const wanted = button.dataset.themeSet;
    document.documentElement.dataset.theme = wanted;
    const scheme = document.querySelector("meta[name='color-scheme']");
    if (scheme) scheme.content = wanted === "auto" ? "light dark" : wanted;
    document.cookie = `theme=${wanted};path=/;max-age=31536000;samesite=lax`;
    for (const other of document.querySelectorAll("[data-theme-set]")) {
      other.setAttribute("aria-pressed", String(other.dataset.themeSet === wanted));
    }
  });
}
