// Shows a password while you check what you typed; hides it again before it is sent.
export function start(button, { say }) {
  const field = document.getElementById(button.dataset.reveal);
  const set = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    button.querySelector("span").textContent = say(shown ? "hide" : "show");
  };
  button.addEventListener("click", () => set(field.type === "password"));
  field.form?.addEventListener("submit", () => set(false));
}
