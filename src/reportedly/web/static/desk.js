// The desk works without this file. It adds: a slider that moves a whole story at once, files by drag and drop with progress,
// and keys for coding. It loads nothing, keeps nothing, and writes no HTML of its own but pages of this desk.
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
  const show = (next) => {
    if (!cases.length) return;
    cases[at].removeAttribute("aria-current");
    at = Math.min(Math.max(next, 0), cases.length - 1);
    cases[at].setAttribute("aria-current", "true");
    cases[at].focus({ preventScroll: true });
    cases[at].scrollIntoView({ block: "nearest" });
  };
  const press = (kind) => cases[at]?.querySelector(`button[value="${kind}"]`)?.click();
  const keys = {
    j: () => show(at + 1), k: () => show(at - 1), a: () => press("accept"), r: () => press("reject"),
    o: () => cases[at]?.querySelector("a.open-claim")?.click(), e: () => cases[at]?.querySelector("a.amend-claim")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  show(0);
};

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select") && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.querySelector('[data-key="/"]')?.focus();
  }
});
for (const [marker, begin] of [["[data-clock]", clock], ["[data-drop]", drop], ["[data-job]", watch], ["[data-queue]", queue]]) {
  document.querySelectorAll(marker).forEach(begin);
}
