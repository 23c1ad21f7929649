// The form of an entry: saves each field by itself, keeps in the browser what the server does not
// have yet. Without it the same form is saved and sent by its buttons.
"use strict";

const form = document.querySelector("[data-entry-form]");
const state = form.querySelector("[data-save-state]");
const STORE = `entry:${location.pathname.replace(/^\/\w\w\//, "/")}`;
const words = form.dataset;
const saves = "autosave" in words;
const waiting = new Set();
let isSending = false;
let timer = 0;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || {};
  } catch {
    return {};
  }
}

function keep(values) {
  try {
    if (Object.keys(values).length) localStorage.setItem(STORE, JSON.stringify(values));
    else localStorage.removeItem(STORE);
  } catch {
    // Without storage what is typed lives in the page alone.
  }
}

function inputs(name) {
  return [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
}

function same(one, other) {
  const plain = (texts) => JSON.stringify(texts.map((text) => text.replace(/\r\n?/g, "\n").trim()));
  return plain(one) === plain(other);
}

function values(name) {
  return new FormData(form).getAll(name).filter((one) => typeof one === "string");
}

function put(name, texts) {
  for (const input of inputs(name)) {
    if (input.type === "checkbox" || input.type === "radio") input.checked = texts.includes(input.value);
    else input.value = texts[0] ?? "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function isText(input) {
  return input.name && input.type !== "hidden" && input.type !== "file" && !input.name.startsWith("seen.");
}

function say(text, mood = "saved") {
  state.hidden = false;
  state.dataset.state = mood;
  if (state.textContent !== text) state.textContent = text;
}

function place(name) {
  const input = inputs(name)[0];
  return input && input.closest(".field");
}

function tell(name, text) {
  const field = place(name);
  if (!field) return;
  field.querySelector(".error:not([data-said])")?.remove();
  let line = field.querySelector("[data-said]");
  if (!line) {
    line = document.createElement("p");
    line.className = "error";
    line.dataset.said = "";
    field.append(line);
  }
  line.textContent = text;
  line.hidden = !text;
  field.classList.toggle("field--error", Boolean(text));
}

function button(text, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet button--small";
  made.textContent = text;
  made.addEventListener("click", deed);
  return made;
}

function offerChoice(name, stored) {
  const field = place(name);
  field.querySelector("[data-choice]")?.remove();
  const box = document.createElement("div");
  box.className = "notice notice--warn stack";
  box.dataset.choice = "";
  box.setAttribute("role", "alert");
  const said = document.createElement("p");
  said.textContent = words.tConflict;
  const other = document.createElement("blockquote");
  other.className = "entry-other";
  other.textContent = stored.text;
  const seen = form.elements[`seen.${name}`];
  const mine = button(words.tMine, () => {
    seen.value = stored.seen;
    box.remove();
    soon(name);
  });
  const theirs = button(words.tTheirs, () => {
    seen.value = stored.seen;
    box.remove();
    const several = inputs(name).length > 1;
    put(name, several ? stored.text.split(",") : [stored.text]);
    waiting.delete(name);
    forget(name);
  });
  box.append(said, other, mine, theirs);
  field.append(box);
}

function forget(name) {
  const all = kept();
  delete all[name];
  keep(all);
}

function showAnswer(name, texts, answer) {
  for (const [key, print] of Object.entries(answer.seen || {})) {
    if (!(key in (answer.conflicts || {}))) form.elements[`seen.${key}`].value = print;
  }
  tell(name, (answer.problems || {})[name] || "");
  for (const [key, stored] of Object.entries(answer.conflicts || {})) offerChoice(key, stored);
  for (const [key, html] of Object.entries(answer.files || {})) {
    const list = form.querySelector(`[data-files="${CSS.escape(key)}"]`);
    if (list) list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  }
  const isSame = same(values(name), texts);
  const isClean = !Object.keys(answer.conflicts || {}).length && !answer.refused.length;
  if (isSame && isClean && (answer.seen || {})[name]) forget(name);
  if (isClean) say(answer.words);
  else say(words.tError, "offline");
}

async function post(name) {
  const body = new FormData();
  const texts = values(name);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("field", name);
  for (const text of texts) body.append(name, text);
  const seen = form.elements[`seen.${name}`];
  if (seen) body.append(seen.name, seen.value);
  for (const input of inputs(name)) {
    for (const file of input.files || []) body.append(name, file);
  }
  if (name === "file_consent" && form.elements.consent_public?.checked) body.append("consent_public", "yes");
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), inputs(name)[0]?.type === "file" ? 180000 : 15000);
  try {
    const response = await fetch(location.pathname, {
      method: "POST", body, signal: stop.signal, credentials: "same-origin", redirect: "manual",
      headers: { "X-Requested-With": "fetch" },
    });
    if (response.type === "opaqueredirect" || response.status === 403 || response.status === 404) return "out";
    if (response.status >= 500) throw new Error(String(response.status));
    if (!response.ok) return "refused";
    showAnswer(name, texts, await response.json());
    return "saved";
  } finally {
    clearTimeout(late);
  }
}

async function sendWaiting() {
  if (isSending || !waiting.size) return;
  isSending = true;
  clearTimeout(timer);
  try {
    for (const name of [...waiting]) {
      say(words.tSaving, "saving");
      waiting.delete(name);
      let outcome = "";
      try {
        outcome = await post(name);
      } catch {
        waiting.add(name);
        say(words.tOffline, "offline");
        timer = setTimeout(sendWaiting, 5000);
        return;
      }
      if (outcome === "out") {
        waiting.add(name);
        say(words.tOut, "offline");
        timer = setTimeout(sendWaiting, 30000);
        return;
      }
      if (outcome === "refused") say(words.tError, "offline");
      for (const input of inputs(name)) if (input.type === "file") input.value = "";
    }
  } finally {
    isSending = false;
  }
  if (waiting.size) timer = setTimeout(sendWaiting, 300);
}

function soon(name, wait = 800) {
  if (!saves) return;
  waiting.add(name);
  clearTimeout(timer);
  timer = setTimeout(sendWaiting, wait);
}

function onTyped(event) {
  const input = event.target;
  if (!isText(input)) return;
  const all = kept();
  all[input.name] = values(input.name);
  keep(all);
  if (event.type === "change") showCategory();
  soon(input.name, event.type === "change" ? 0 : 800);
}

function showCategory() {
  const chosen = form.elements.category;
  if (!chosen) return;
  for (const part of form.querySelectorAll("[data-only-category]")) {
    part.hidden = part.dataset.onlyCategory !== chosen.value;
  }
}

function offerKept() {
  const all = kept();
  const lost = Object.keys(all).filter(
    (name) => inputs(name).length && !same(all[name], values(name)),
  );
  if (!lost.length) return keep({});
  const box = form.querySelector("[data-restore]");
  const said = document.createElement("p");
  said.textContent = words.tRestore;
  const list = document.createElement("ul");
  for (const name of lost) {
    const item = document.createElement("li");
    item.textContent = String(all[name].join(", ")).slice(0, 200) || "—";
    list.append(item);
  }
  const done = () => {
    box.hidden = true;
    box.replaceChildren();
  };
  box.append(
    said, list,
    button(words.tTake, () => {
      for (const name of lost) {
        put(name, all[name]);
        soon(name);
      }
      done();
    }),
    button(words.tDrop, () => {
      keep({});
      done();
    }),
  );
  box.hidden = false;
}

form.addEventListener("input", onTyped);
form.addEventListener("change", onTyped);
form.addEventListener("change", (event) => {
  if (event.target.type === "file" && event.target.files.length) soon(event.target.name, 0);
});
window.addEventListener("online", sendWaiting);
offerKept();
