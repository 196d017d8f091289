// Keeps "in 3 hours" true while the page stands open. The server wrote the first one.
const UNITS = [["year", 31536000], ["month", 2592000], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
const speak = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });

function words(moment) {
  const seconds = (moment - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length * 1.2) ?? UNITS.at(-1);
  return speak.format(Math.round(seconds / size), unit);
}

export function start(time) {
  const style = time.dataset.relative;
  const moment = Date.parse(time.dateTime);
  if (style === "absolute" || Number.isNaN(moment)) return;
  const said = time.textContent;
  const comma = said.lastIndexOf(", ");
  const before = style === "relative" ? "" : said.slice(0, comma + 2);
  if (style !== "relative" && comma < 0) return;
  setInterval(() => {
    if (!document.hidden && time.isConnected) time.textContent = before + words(moment);
  }, 30000);
}
