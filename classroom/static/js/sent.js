// A text that was sent need not be kept: once its page has led on to another one, the copy on this device goes.
export function start() {
  // An error page is no proof that it arrived.
  if (!document.referrer || document.querySelector(".sorry")) return;
  const from = new URL(document.referrer).pathname;
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith("draft ")) continue;
      const copy = JSON.parse(localStorage.getItem(key));
      if (copy.sent && copy.page === from) localStorage.removeItem(key);
    }
  } catch { /* a forbidden store, or a copy that is none of ours */ }
}
