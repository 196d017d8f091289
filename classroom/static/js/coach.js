// The coach's answer stands below the words. Who listens to the page hears only what is new, once the typing rests.
const REST = 1200;

export function start(box, { announce }) {
  const step = () => box.querySelector("[data-step]")?.textContent.trim() ?? "";
  let heard = step();
  let timer;

  // Only an answer of the coach replaces the last one: no error, no sign-in page, and nothing under the reader's hand.
  box.addEventListener("htmx:beforeSwap", (event) => {
    event.stopPropagation();
    const { xhr, serverResponse } = event.detail;
    event.detail.shouldSwap = xhr.status === 200 && serverResponse.includes("data-coach-said") && !box.contains(document.activeElement);
    event.detail.isError = false;
  });

  box.addEventListener("htmx:afterSwap", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = step();
      if (now && now !== heard) announce(now);
      heard = now;
    }, REST);
  });
}
