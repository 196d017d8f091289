// Fills in the browser's time zone where none was chosen yet.
export function start(field) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || field.value && !field.hasAttribute("data-zone-guess")) return;
  if (field.matches("select") && ![...field.options].some((option) => option.value === zone)) return;
  field.value = zone;
}
