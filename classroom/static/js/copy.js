// Takes a text along: the button says so for a moment.
export function start(button, { say, announce }) {
  const field = document.getElementById(button.dataset.copy);
  const label = button.querySelector("span");
  const before = label.textContent;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.focus();
      field.select();
      return;
    }
    label.textContent = say("copied");
    announce(say("copied"));
    setTimeout(() => { label.textContent = before; }, 2500);
  });
}
