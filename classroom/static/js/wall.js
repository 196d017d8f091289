// A board before its reveal: looks now and then whether the wall is open, and shows it. What somebody is
// writing is not taken from them: they are told, and go there themselves. Nothing is asked for in the dark.
const EVERY = 20_000;

export function start(line, { announce }) {
  const opened = line.querySelector("[data-opened]");
  const typed = () => [...document.querySelectorAll("textarea")].some((one) => one.value.trim());
  let timer = 0;

  async function look() {
    if (document.hidden) return;
    const answer = await fetch(line.dataset.wall).catch(() => null);
    if (!answer?.ok || answer.redirected || (await answer.text()).includes("data-wall=")) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", look);
    if (!typed()) return void location.replace(line.dataset.wall);
    opened.hidden = false;
    announce(opened.textContent);
  }

  timer = setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
