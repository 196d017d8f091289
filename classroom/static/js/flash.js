// A message stays until it is put away; then the focus goes on to the page.
export function start(message) {
  message.querySelector("[data-away]")?.addEventListener("click", () => {
    const region = message.parentElement;
    const next = region.querySelector(`[data-flash] ~ [data-flash] [data-away]`);
    message.remove();
    (next ?? document.getElementById("main")).focus();
  });
}
