// Passkeys: asks the browser for one, and sends its answer with the form like any other field.
// <button hidden data-passkey="add|use" data-question="URL" data-origin="https://…">; a field named `credential` beside it.
const REFRESH = 240000; // a question is good for five minutes
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** What the server asks, as browsers take it: bytes where JSON has text. */
function unpacked(question) {
  const each = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));
  const publicKey = { ...question, challenge: bytes(question.challenge) };
  if (question.user) publicKey.user = { ...question.user, id: bytes(question.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) if (question[list]) publicKey[list] = each(question[list]);
  return publicKey;
}

/** What the browser answers, as JSON takes it. Some password managers bring no toJSON. */
function packed({ id, rawId, type, authenticatorAttachment, response }) {
  const answer = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) answer[part] = text(response[part]);
  }
  if (response.getTransports) answer.transports = response.getTransports();
  return JSON.stringify({ id, rawId: text(rawId), type, authenticatorAttachment, response: answer });
}

export function start(button, { say }) {
  const { passkey: act, question, origin, again } = button.dataset;
  if (!window.PublicKeyCredential || location.origin !== origin) return;
  const { form } = button;
  const line = form.querySelector("[data-passkey-line]");
  let waiting = null;

  const ask = async (signal, mediation) => {
    const answer = await fetch(question, { headers: { Accept: "application/json" } });
    if (answer.status === 403 || answer.status === 401) location.assign((await answer.json()).again ?? location.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const publicKey = unpacked(await answer.json());
    return act === "add" ? navigator.credentials.create({ publicKey, signal }) : navigator.credentials.get({ publicKey, signal, mediation });
  };

  const send = (credential) => {
    form.elements.credential.value = packed(credential);
    button.dataset.answered = "";
    form.requestSubmit(button);
    delete button.dataset.answered;
  };

  /** Offers passkeys where the address is typed, for as long as the page stands open. */
  const offer = async () => {
    if (act !== "use" || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const mine = waiting = new AbortController();
    const old = setTimeout(() => mine.abort("old"), REFRESH);
    const chosen = await ask(mine.signal, "conditional").catch(() => null);
    clearTimeout(old);
    if (chosen) send(chosen);
    else if (mine.signal.reason === "old") offer();
  };

  button.addEventListener("click", async (event) => {
    if ("answered" in button.dataset) return;
    event.preventDefault();
    if (button.disabled) return;
    waiting?.abort("pressed");
    line.textContent = say("passkey_asking");
    button.disabled = true;
    try {
      const credential = await ask(new AbortController().signal);
      button.disabled = false;
      line.textContent = "";
      send(credential);
    } catch (error) {
      button.disabled = false;
      button.focus();
      line.textContent = say({ InvalidStateError: "passkey_known", NotAllowedError: "passkey_none" }[error.name] ?? "passkey_failed");
      offer();
    }
  });

  button.hidden = false;
  line.textContent = "";
  offer();
}
