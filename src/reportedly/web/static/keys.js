// Single keys: what each does is told by the page, which key it is by the reader, who can change or turn off every one of them.
// Their choice is kept in this browser's own storage and sent nowhere. Loaded before desk.js.
"use strict";

const keyboard = (() => {
  const PLACE = "reportedly.keys";
  const dialog = document.getElementById("keys");
  const fields = [...(dialog?.querySelectorAll("input[data-plain]") ?? [])];
  const on = dialog?.querySelector("input[name=on]");
  const said = dialog?.querySelector("[data-said]");
  const deeds = new Map(); // name -> what is done
  let chosen = { on: true, keys: {} };

  const remembered = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
      return { on: kept.on !== false, keys: Object(kept.keys) };
    } catch { // it keeps nothing, or something that is not ours
      return { on: true, keys: {} };
    }
  };
  const remember = () => {
    try {
      localStorage.setItem(PLACE, JSON.stringify(chosen));
      return true;
    } catch {
      return false;
    }
  };
  const key = (field) => {
    const own = chosen.keys[field.name];
    return typeof own === "string" && own.length <= 1 ? own : field.dataset.plain;
  };

  // What the page says of its keys follows the reader's choice.
  const show = () => {
    const now = new Map(fields.map((field) => [field.name, chosen.on ? key(field) : ""]));
    for (const mark of document.querySelectorAll("[data-deed]")) {
      mark.textContent = now.get(mark.dataset.deed) ?? "";
      (mark.closest("[data-with-key]") ?? mark).hidden = !mark.textContent;
    }
    for (const words of document.querySelectorAll("[data-keys-off]")) words.hidden = chosen.on;
    const search = document.querySelector("[data-search]");
    if (now.get("search")) search?.setAttribute("aria-keyshortcuts", now.get("search"));
    else search?.removeAttribute("aria-keyshortcuts");
  };
  const fill = () => {
    for (const field of fields) field.value = key(field);
    on.checked = chosen.on;
    said.textContent = "";
  };
  const open = () => {
    if (!dialog || dialog.open) return;
    fill();
    dialog.showModal();
  };
  const clash = () => {
    const seen = new Map();
    for (const field of fields) {
      if (!field.value) continue;
      const other = seen.get(field.value);
      if (other) return [other, field];
      seen.set(field.value, field);
    }
    return null;
  };
  const words = (field) => field.closest("label").querySelector("span").textContent;
  const keep = (event) => {
    for (const field of fields) field.value = field.value.trim();
    const both = clash();
    if (both) {
      event.preventDefault();
      said.textContent = `“${both[0].value}” stands twice: ${words(both[0])}, and ${words(both[1])}.`;
      both[1].focus();
      return;
    }
    const changed = fields.filter((field) => field.value !== field.dataset.plain);
    chosen = { on: on.checked, keys: Object.fromEntries(changed.map((field) => [field.name, field.value])) };
    show();
    if (!remember()) {
      event.preventDefault();
      said.textContent = "This browser keeps nothing for the desk: your keys hold until you leave the page.";
    }
  };

  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
    if (!chosen.on || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const field = fields.find((one) => key(one) === event.key);
    const deed = field && deeds.get(field.name);
    if (!deed) return;
    if (event.repeat && !deed.again) return; // a key held down judges the claim at hand, and not the next page's
    if (deed.does() !== false) event.preventDefault();
  };

  chosen = remembered();
  show();
  if (dialog) {
    document.addEventListener("keydown", pressed);
    dialog.querySelector("form").addEventListener("submit", (event) => { if (event.submitter?.value === "keep") keep(event); });
    dialog.querySelector("[data-reset]").addEventListener("click", () => { for (const field of fields) field.value = field.dataset.plain; on.checked = true; });
    for (const button of document.querySelectorAll("[data-open-keys]")) { button.hidden = false; button.addEventListener("click", open); }
    addEventListener("storage", (event) => { if (event.key === PLACE) { chosen = remembered(); show(); } });
    deeds.set("keys", { does: open });
  }

  return {
    // Says what a key does on this page; where `does` gives false the key is left to the browser. `again`: also while it is held down.
    on: (deed, does, again = false) => { deeds.set(deed, { does, again }); },
  };
})();
