// Back from the kindness step: the words that may hurt lie selected in the pen, and typing replaces them.
export function start(field) {
  const text = field.value.toLowerCase();
  const found = JSON.parse(field.dataset.stings).map((words) => [text.indexOf(words.toLowerCase()), words.length]);
  const [at, long] = found.filter(([start]) => start >= 0).sort(([one], [other]) => one - other)[0] ?? [];
  field.focus({ preventScroll: true });
  if (at === undefined) return;
  // Chromium scrolls a field to its cursor when that is set while the field shows its end.
  field.setSelectionRange(at, at);
  field.blur();
  field.focus({ preventScroll: true });
  field.setSelectionRange(at, at + long);
}
