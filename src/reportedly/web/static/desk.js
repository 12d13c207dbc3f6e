// The desk works without this file. It adds: a slider that moves a whole story at once, files by drag and drop with progress,
// coding without the mouse (keys.js says by which keys), claims by selecting words of a page, and copying. It loads nothing, keeps nothing,
// and writes no HTML of its own but pages of this desk.
"use strict";

const fetched = async (address, signal) => {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
};

const swap = (page) => {
  const opened = new Set([...document.querySelectorAll("details[open]")].map((d) => d.closest("[id]")?.id));
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
    if (fresh) old.replaceWith(document.importNode(fresh, true));
  }
  for (const details of document.querySelectorAll("details")) {
    if (opened.has(details.closest("[id]")?.id)) details.open = true;
  }
  document.title = page.title;
};

const clock = (form) => {
  const days = form.dataset.days.split(" ").filter(Boolean);
  const slide = form.querySelector("#slide");
  const shown = form.querySelector("#slide-day");
  const day = form.querySelector("#as_of");
  let asked = new AbortController();
  let waiting = 0;
  form.querySelector("[data-script]").hidden = days.length < 2;

  const move = async (push) => {
    asked.abort();
    asked = new AbortController();
    const words = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...words]) if (!value) words.delete(name);
    const address = `${location.pathname}?${words}`;
    document.body.classList.add("busy");
    try {
      swap(await fetched(address, asked.signal));
      if (push) history.replaceState(null, "", address + location.hash);
      form.querySelector("[data-announce]").textContent = form.querySelector(".clock-words").textContent;
      document.body.classList.remove("busy");
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };
  const name = () => {
    const at = days[slide.valueAsNumber];
    shown.value = at ?? "everything";
    slide.setAttribute("aria-valuetext", at ?? "everything");
    day.value = at ?? "";
  };
  slide.addEventListener("input", () => {
    name();
    clearTimeout(waiting);
    waiting = setTimeout(() => move(true), 120);
  });
  const place = () => {
    const past = days.filter((other) => other <= day.value).length;
    slide.value = day.value ? Math.max(0, past - 1) : days.length;
    shown.value = day.value || "everything";
  };
  for (const part of [day, form.querySelector("#policy"), form.querySelector("#published")]) {
    part.addEventListener("change", () => { place(); move(true); });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); place(); move(true); });
};

const drop = (form) => {
  const zone = form.querySelector(".drop");
  const input = form.querySelector("input[type=file]");
  const bar = form.querySelector("progress");
  const said = form.querySelector("[data-said]");
  const send = (files) => {
    if (!files.length) return;
    const body = new FormData();
    for (const file of files) body.append("files", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value);
    request.upload.addEventListener("progress", (event) => {
      bar.hidden = false;
      if (event.lengthComputable) { bar.max = event.total; bar.value = event.loaded; }
      said.textContent = `Sending ${files.length} ${files.length === 1 ? "file" : "files"} …`;
    });
    request.addEventListener("load", () => {
      if (request.status < 400) location.assign(request.responseURL);
      else said.textContent = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".lead")?.textContent ?? "This could not be added.";
    });
    request.addEventListener("error", () => { said.textContent = "The desk does not answer."; });
    request.send(body);
  };
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); send([...event.dataTransfer.files]); });
  form.addEventListener("submit", (event) => { event.preventDefault(); send([...input.files]); });
};

const watch = (job) => {
  const look = async () => {
    try {
      swap(await fetched(location.href));
    } catch { /* asked again below */ }
    if (document.querySelector("[data-running]")) setTimeout(look, 700);
  };
  if (job.querySelector("[data-running]")) setTimeout(look, 500);
};

const queue = (list) => {
  const cases = [...list.querySelectorAll(".case")];
  let at = 0;
  const mark = (next) => {
    cases[at].removeAttribute("aria-current");
    at = next;
    cases[at].setAttribute("aria-current", "true");
  };
  const show = (next) => {
    if (!cases.length) return;
    mark(Math.min(Math.max(next, 0), cases.length - 1));
    cases[at].focus({ preventScroll: true });
    cases[at].scrollIntoView({ block: "nearest" });
  };
  const reason = () => cases[at]?.querySelector("input[name=reason]");
  const press = (kind) => cases[at]?.querySelector(`button[value="${kind}"]`)?.click();
  const deeds = {
    accept: () => press("accept"), reject: () => press("reject"), reason: () => reason()?.focus(),
    open: () => cases[at]?.querySelector("a.open-claim")?.click(), amend: () => cases[at]?.querySelector("a.amend-claim")?.click(),
    undo: () => document.querySelector("[data-undo]")?.click(),
  };
  keyboard.on("next", () => show(at + 1), true);
  keyboard.on("previous", () => show(at - 1), true);
  for (const [name, does] of Object.entries(deeds)) keyboard.on(name, () => { does(); });
  // A case that is clicked or tabbed into is the one at hand; a reason is written before the verdict and is none by itself.
  list.addEventListener("focusin", (event) => { const here = cases.indexOf(event.target.closest(".case")); if (here >= 0 && here !== at) mark(here); });
  list.addEventListener("keydown", (event) => {
    if (event.target !== reason() || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    cases[at].focus();
  });
  if (!cases.length) return;
  mark(0);
  const done = document.getElementById("done");
  if (!done) return; // whoever comes here reads the page from its head
  cases[0].setAttribute("aria-describedby", done.id); // after a verdict the next claim is read aloud, and that the last was stored
  cases[0].focus({ preventScroll: true });
};

// Selected words of a page: where they begin in its text, counted in code points, and what they are. Hidden labels do not count.
const spoken = (node) => !node.parentElement.closest(".vh");
const texts = function* (within) {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (spoken(node)) yield node;
};
const selected = (sheet) => {
  const chosen = document.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!sheet.contains(range.commonAncestorContainer)) return null;
  let at = null;
  const words = [];
  for (const passage of sheet.querySelectorAll("[data-at]")) {
    let place = Number(passage.dataset.at);
    let here = "";
    for (const node of texts(passage)) {
      if (range.intersectsNode(node)) {
        const first = node === range.startContainer ? range.startOffset : 0;
        const last = node === range.endContainer ? range.endOffset : node.data.length;
        const piece = node.data.slice(first, last);
        if (piece.trim() && at === null) at = place + [...node.data.slice(0, first + piece.search(/\S/))].length;
        here += piece;
      }
      place += [...node.data].length;
    }
    if (here.trim()) words.push(here.trim());
  }
  return at === null ? null : { at, words: words.join("\n"), box: range.getBoundingClientRect() };
};

const adding = () => {
  const form = document.querySelector("[data-adding]");
  const sheets = [...document.querySelectorAll(form ? ".sheet" : ".sheet[data-add]")];
  if (!sheets.length) return;
  const bar = document.createElement("div");
  bar.className = "marking";
  bar.hidden = true;
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "The selected words are");
  let held = null;
  const take = (part) => {
    if (!held) return;
    if (!form) {
      const to = new URL(held.sheet.dataset.add, location.href);
      to.searchParams.set("content", held.words);
      to.searchParams.set("content_at", held.at);
      to.hash = "add-claim";
      location.assign(to);
      return;
    }
    const fields = [...form.querySelectorAll(`[data-part="${part}"]`)];
    const field = fields.find((one) => !one.value) ?? fields.at(-1);
    field.value = held.words;
    const place = form.querySelector(`[data-at="${part}"]`);
    if (place) { place.disabled = false; place.value = held.at; }
    if (part === "figure") number(field, held.words);
    if (part === "act") field.closest("details").open = true;
    document.getSelection().removeAllRanges();
    bar.hidden = true;
    const section = form.closest("section");
    section.classList.add("beside");
    if (part !== "content") return;
    form.elements.speakers.focus({ preventScroll: true });
    if (getComputedStyle(section).position !== "fixed") section.scrollIntoView();
  };
  const number = (field, words) => {
    const found = words.match(/\d[\d,.\u00a0\u202f ]*/)?.[0].replace(/[,.\s\u00a0\u202f]+(?=\d{3}(?!\d))/g, "").replace(/[,.\s]+$/, "");
    if (!found || !/^\d+$/.test(found)) return;
    const row = field.closest("fieldset");
    for (const name of ["low", "high"]) {
      const bound = row.querySelector(`[name="${name}"]`);
      if (!bound.value) bound.value = found;
    }
  };
  for (const [part, name] of form ? [["content", "A claim"], ["source", "Its source"], ["cue", "Words that report it"], ["figure", "A number"], ["act", "What is done"]] : [["content", "Add as a claim"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    if (part !== "content") button.className = "second";
    button.addEventListener("click", () => take(part));
    bar.append(button);
  }
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // or the selection would go
  const look = () => {
    if (bar.contains(document.activeElement)) return;
    held = null;
    for (const sheet of sheets) {
      const found = selected(sheet);
      if (found) held = { ...found, sheet };
    }
    bar.hidden = !held;
    if (!held) return;
    held.sheet.after(bar);
    const frame = bar.offsetParent?.getBoundingClientRect() ?? { left: 0, top: 0 };
    bar.style.left = `${Math.max(0, Math.min(held.box.left - frame.left, document.documentElement.clientWidth - bar.offsetWidth - frame.left - 8))}px`;
    bar.style.top = `${held.box.bottom - frame.top + 6}px`;
  };
  document.addEventListener("selectionchange", look);
  keyboard.on("claim", () => { if (!held) return false; take("content"); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") bar.hidden = true; });
  if (!form) return;
  if (form.elements.content.value) form.closest("section").classList.add("beside");
  form.querySelector("[data-close]").addEventListener("click", () => form.closest("section").classList.remove("beside"));
  const more = form.querySelector("[data-more]");
  more.hidden = false;
  more.addEventListener("click", () => {
    const rows = form.querySelectorAll("[data-number]");
    const fresh = rows[rows.length - 1].cloneNode(true);
    for (const field of fresh.querySelectorAll("input")) field.value = "";
    rows[rows.length - 1].after(fresh);
    fresh.querySelector("input").focus();
  });
  for (const field of form.querySelectorAll("[data-part]")) {
    field.addEventListener("input", () => { const place = form.querySelector(`[data-at="${field.dataset.part}"]`); if (place && !field.value) place.disabled = true; });
  }
};

keyboard.on("search", () => document.querySelector("[data-search]")?.focus());
for (const [marker, begin] of [["[data-clock]", clock], ["[data-drop]", drop], ["[data-job]", watch], ["[data-queue]", queue]]) {
  document.querySelectorAll(marker).forEach(begin);
}
document.querySelectorAll("[data-script][hidden]:not(.clock-slide)").forEach((part) => { part.hidden = false; });
for (const button of document.querySelectorAll("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.value);
      said.textContent = "Copied.";
    } catch {
      source.select();
      said.textContent = "Selected: copy it with your keys.";
    }
  });
}
const open = () => {
  const aimed = document.getElementById(location.hash.slice(1));
  if (!aimed) return;
  const folded = [aimed, ...document.querySelectorAll("details")].filter((part) => part instanceof HTMLDetailsElement && part.contains(aimed) && !part.open);
  for (const part of folded) part.open = true;
  if (folded.length && folded[0] !== aimed) aimed.scrollIntoView();
  if (aimed instanceof HTMLDetailsElement) aimed.querySelector("select, input:not([type=hidden])")?.focus();
};
addEventListener("hashchange", open);
addEventListener("load", () => setTimeout(open)); // the browser goes to the fragment itself, and takes the focus along
open();
adding();
