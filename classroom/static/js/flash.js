// A message stays until it is put away; then the focus goes on to the page.
export function start(message, { announce }) {
  // What stands on a page when it arrives is not read out by itself.
  if (message.closest(".flashes")) announce(message.querySelector("p").textContent);
  message.querySelector("[data-away]")?.addEventListener("click", () => {
    const region = message.parentElement;
    const next = region.querySelector(`[data-flash] ~ [data-flash] [data-away]`);
    message.remove();
    (next ?? document.getElementById("main")).focus();
  });
}
