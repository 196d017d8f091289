// A message stays until it is put away; then the focus goes on to the page.
export function start(message, { announce }) {
  // What stands on a page when it arrives is not read out by itself.
  const said = [...message.querySelectorAll("p, .one button")].map((one) => one.textContent).join(" ");
  if (message.closest(".flashes")) announce(said);
  message.querySelector("[data-away]")?.addEventListener("click", () => {
    const region = message.parentElement;
    const next = region.querySelector(`[data-flash] ~ [data-flash] [data-away]`);
    message.remove();
    (next ?? document.getElementById("main")).focus();
  });
  if (message.dataset.undo) setTimeout(() => tooLate(message.querySelector(".one")), message.dataset.undo * 1000);
}

// The server would refuse it by now. It is not taken from under the finger of whoever is about to press it.
function tooLate(press) {
  if (!press) return;
  if (press.matches(":focus-within, :hover")) setTimeout(() => tooLate(press), 1000);
  else press.remove();
}
