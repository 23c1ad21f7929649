// A section of a questionnaire: saves each answer by itself, keeps on the device what the server
// does not have yet. Without it the same form is saved by its button.
"use strict";

const form = document.querySelector("[data-questionnaire]");
const state = document.querySelector("[data-save-state]");
const ADDRESS = form.getAttribute("action");
const STORE = `questionnaire:${ADDRESS.replace(/^\/\w\w\//, "/")}`;
const words = form.dataset;
const waiting = new Set();
let isSending = false;
let isOut = false;
let timer = 0;

const box = (pk) => form.querySelector(`[data-question="${CSS.escape(pk)}"]`);
const inputs = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
const plain = (text) => text.replace(/\r\n?/g, "\n").trim();

function kept() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || {};
  } catch {
    return {};
  }
}

function keep(all) {
  try {
    if (Object.keys(all).length) localStorage.setItem(STORE, JSON.stringify(all));
    else localStorage.removeItem(STORE);
  } catch {
    // Without storage what is typed lives in the page alone.
  }
}

function forget(pk) {
  const all = kept();
  delete all[pk];
  keep(all);
}

function typed(pk) {
  const data = new FormData(form);
  return {
    a: data.get(`a${pk}`) ?? "",
    u: data.get(`u${pk}`) ? "yes" : "",
    c: data.get(`c${pk}`) ?? "",
  };
}

function same(one, other) {
  return ["a", "u", "c"].every((key) => plain(one[key]) === plain(other[key]));
}

function put(pk, values) {
  for (const input of inputs(`a${pk}`)) {
    if (input.type === "radio") input.checked = input.value === values.a;
    else input.value = values.a;
  }
  for (const input of inputs(`u${pk}`)) input.checked = Boolean(values.u);
  for (const input of inputs(`c${pk}`)) input.value = values.c;
}

function say(text, mood = "saved") {
  state.hidden = false;
  state.dataset.state = mood;
  if (state.textContent !== text) state.textContent = text;
}

function show(line, text) {
  line.textContent = text || "";
  line.hidden = !text;
}

function tell(pk, text) {
  show(box(pk).querySelector("[data-error]"), text);
  box(pk).classList.toggle("field--error", Boolean(text));
}

function button(text, deed) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet button--small";
  made.textContent = text;
  made.addEventListener("click", deed);
  return made;
}

function offerChoice(pk, stored) {
  box(pk).querySelector("[data-choice]")?.remove();
  const notice = document.createElement("div");
  notice.className = "notice notice--warn stack stack--s";
  notice.dataset.choice = "";
  notice.setAttribute("role", "alert");
  const said = document.createElement("p");
  said.textContent = stored.comment ? `${stored.said} ${stored.comment}` : stored.said;
  const settle = () => {
    form.elements[`t${pk}`].value = stored.token;
    notice.remove();
  };
  const mine = button(words.tMine, () => {
    settle();
    soon(pk, 0);
  });
  const theirs = button(words.tTheirs, () => {
    settle();
    put(pk, { a: stored.value, u: stored.unknown, c: stored.comment });
    waiting.delete(pk);
    forget(pk);
    count(pk);
  });
  notice.append(said, mine, theirs);
  box(pk).querySelector("[data-error]").after(notice);
}

function count(pk) {
  const values = typed(pk);
  box(pk).toggleAttribute("data-answered", Boolean(plain(values.a) || values.u));
  const here = form.querySelectorAll("[data-answered]").length;
  const all = here + Number(words.elsewhere);
  const fill = (text, a, b) => text.replace("{a}", a).replace("{b}", b);
  document.querySelector("[data-here]").textContent = fill(words.tOf, here, words.hereTotal);
  document.querySelector("[data-whole]").textContent = fill(words.tAnswers, all, words.total);
  document.querySelector(".meter progress").value = all;
}

function showAnswer(pk, sent, answer) {
  if (answer.token) form.elements[`t${pk}`].value = answer.token;
  if ("proofs" in answer) showProofs(pk, answer);
  if (answer.conflict) {
    offerChoice(pk, answer.conflict);
    say(words.tError, "offline");
    return;
  }
  tell(pk, answer.error);
  show(box(pk).querySelector("[data-said]"), answer.said);
  if (!answer.kept) {
    say(words.tError, "offline");
    return;
  }
  if (same(typed(pk), sent)) {
    forget(pk);
    const [input] = inputs(`a${pk}`);
    if ("value" in answer && input.type !== "radio" && input !== document.activeElement) input.value = answer.value;
  }
  count(pk);
  say(answer.proof_error ? words.tError : answer.words, answer.proof_error ? "offline" : "saved");
}

function showProofs(pk, answer) {
  const made = new DOMParser().parseFromString(answer.proofs, "text/html").body.firstElementChild;
  box(pk).querySelector("[data-proofs]").replaceWith(made);
  show(box(pk).querySelector("[data-proof-error]"), answer.proof_error);
  for (const name of [`f${pk}`, `l${pk}`]) {
    for (const input of inputs(name)) if (input.type === "file" || !answer.proof_error) input.value = "";
  }
}

async function ask(body, late = 15000) {
  const stop = new AbortController();
  const timeout = setTimeout(() => stop.abort(), late);
  try {
    const response = await fetch(ADDRESS, {
      method: body ? "POST" : "GET", body, signal: stop.signal, credentials: "same-origin",
      redirect: "manual", headers: body ? { "X-Requested-With": "fetch" } : {},
    });
    if (response.status >= 500) throw new Error(String(response.status));
    return response;
  } finally {
    clearTimeout(timeout);
  }
}

async function post(pk, extra = {}) {
  const body = new FormData();
  const values = typed(pk);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("question", pk);
  body.append(`t${pk}`, form.elements[`t${pk}`].value);
  body.append(`a${pk}`, values.a);
  body.append(`c${pk}`, values.c);
  if (values.u) body.append(`u${pk}`, values.u);
  for (const [name, value] of Object.entries(extra)) body.append(name, value);
  const response = await ask(body, Object.keys(extra).length ? 180000 : 15000);
  if (!response.ok) return false; // signed out, a stale token, no right any more
  showAnswer(pk, values, await response.json());
  return true;
}

// After a new sign-in the page's token is stale: take that of a fresh page.
async function isBack() {
  const response = await ask(null);
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-questionnaire] [name=csrfmiddlewaretoken]");
  if (!fresh) return false;
  form.elements.csrfmiddlewaretoken.value = fresh.value;
  return true;
}

function sayOut() {
  if (isOut) return;
  isOut = true;
  say(`${words.tOut} `, "offline");
  const link = document.createElement("a");
  link.href = words.signIn;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = words.tSignIn;
  state.append(link);
}

async function sendWaiting() {
  clearTimeout(timer);
  if (isSending || !waiting.size) return;
  isSending = true;
  let pause = 300;
  try {
    if (isOut && !(await isBack())) {
      pause = 15000;
      return;
    }
    isOut = false;
    for (const pk of [...waiting]) {
      say(words.tSaving, "saving");
      waiting.delete(pk);
      try {
        if (await post(pk)) continue;
      } catch (error) {
        waiting.add(pk);
        throw error;
      }
      waiting.add(pk);
      sayOut();
      pause = 15000;
      return;
    }
  } catch {
    say(words.tOffline, "offline");
    pause = 5000;
  } finally {
    isSending = false;
    if (waiting.size) timer = setTimeout(sendWaiting, pause);
  }
}

function soon(pk, pause = 1500) {
  waiting.add(pk);
  clearTimeout(timer);
  timer = setTimeout(sendWaiting, pause);
}

function onTyped(event) {
  const pk = event.target.closest("[data-question]")?.dataset.question;
  if (!pk || !/^[auc]\d/.test(event.target.name)) return;
  const all = kept();
  all[pk] = typed(pk);
  keep(all);
  soon(pk, event.type === "change" ? 0 : 1500);
}

async function onProof(pk, extra) {
  say(words.tSaving, "saving");
  try {
    if (!(await post(pk, extra))) sayOut();
  } catch {
    say(words.tOffline, "offline");
  }
}

function offerKept() {
  const all = kept();
  const lost = Object.keys(all).filter((pk) => box(pk) && !same(all[pk], typed(pk)));
  if (!lost.length) return keep({});
  const place = form.querySelector("[data-restore]");
  const said = document.createElement("p");
  said.textContent = words.tRestore;
  const list = document.createElement("ul");
  for (const pk of lost) {
    const item = document.createElement("li");
    const code = box(pk).querySelector(".q-code").textContent;
    item.textContent = `${code}: ${[all[pk].a, all[pk].c].filter(Boolean).join(", ").slice(0, 200) || "—"}`;
    list.append(item);
  }
  const done = () => {
    place.hidden = true;
    place.replaceChildren();
  };
  place.append(
    said, list,
    button(words.tTake, () => {
      for (const pk of lost) {
        put(pk, all[pk]);
        soon(pk, 0);
      }
      done();
    }),
    button(words.tDrop, () => {
      keep({});
      done();
    }),
  );
  place.hidden = false;
}

form.addEventListener("input", onTyped);
form.addEventListener("change", onTyped);
form.addEventListener("change", (event) => {
  const { name, files, value } = event.target;
  if (/^f\d/.test(name) && files.length) onProof(name.slice(1), { [name]: files[0] });
  if (/^l\d/.test(name) && value.trim()) onProof(name.slice(1), { [name]: value });
});
form.addEventListener("click", (event) => {
  const dropped = event.target.closest("button[name=drop]");
  if (!dropped) return;
  event.preventDefault();
  onProof(dropped.closest("[data-question]").dataset.question, { drop: dropped.value });
});
window.addEventListener("online", sendWaiting);
window.addEventListener("focus", () => isOut && sendWaiting());
offerKept();
