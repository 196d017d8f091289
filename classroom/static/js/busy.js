// A pressed button says that it works, and a second press does no harm.
export function start(form, { say, announce }) {
  const rest = () => {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll(".busy")) {
      button.classList.remove("busy");
      button.removeAttribute("aria-disabled");
    }
  };

  form.addEventListener("submit", (event) => {
    if (form.method === "get" || event.defaultPrevented && !event.detail?.htmx) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter ?? form.querySelector("button[type=submit]");
    if (button) {
      button.classList.add("busy");
      button.setAttribute("aria-disabled", "true");
    }
    announce(say("sending"));
    // A file that is downloaded, or a network that drops, leaves the page standing: it must not stay locked.
    setTimeout(rest, 15000);
  }, { capture: true });

  form.addEventListener("htmx:afterRequest", rest);
  window.addEventListener("pageshow", rest);
}
