// The jury's pages: every score is kept on this device first, then sent, one by one; without a
// connection it waits. The next works are fetched ahead, so that moving on needs no waiting and no
// line. Without this file the same buttons are forms.
"use strict";

const jury = document.querySelector("[data-jury]");
const words = jury.dataset;
const PREFIX = `jury:${words.person}:`;
const AHEAD = 3;
const KEPT = 12;

// ---- What waits on this device: one entry for each work, so that two windows do not meet.
// In memory only what this browser refuses to store: it lasts as long as the page.
const memory = new Map();
const store = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? memory.get(key);
    } catch {
      return memory.get(key);
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      memory.delete(key);
    } catch {
      memory.set(key, value);
    }
  },
  remove(key) {
    memory.delete(key);
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing of it is stored.
    }
  },
  keys() {
    const found = new Set(memory.keys());
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) found.add(key);
    } catch {
      // Nothing is stored.
    }
    return [...found];
  },
};

const keyOf = (stage, number) => `${PREFIX}${stage}:${number}`;

function waiting() {
  const all = store.keys().map((key) => ({ key, ...store.get(key) }));
  return all.filter((item) => item.mark && !item.refused).sort((one, other) => one.at - other.at);
}

// A change joins what waits already: the last word on every criterion counts.
function keep(work, change) {
  const key = keyOf(words.stage, work.dataset.number);
  const before = store.get(key) ?? {};
  store.set(key, {
    url: words.votes,
    number: Number(work.dataset.number),
    scores: change.abstain ? {} : { ...before.scores, ...change.scores },
    comment: change.comment ?? before.comment ?? null,
    abstain: change.abstain ?? (change.scores ? null : before.abstain ?? null),
    at: Date.now(),
    mark: `${Date.now()}-${Math.random()}`,
    refused: "",
  });
  say("saving", words.saving);
  sendAll();
}

// ---- Sending.
class Refused extends Error {}
class SignedOut extends Error {}

async function post(item) {
  if (!navigator.onLine) throw new Error("offline");
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 10000);
  try {
    return await fetch(item.url, {
      method: "POST",
      credentials: "same-origin",
      keepalive: true,
      signal: stop.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": words.token },
      body: JSON.stringify({
        person: words.person, number: item.number, scores: item.scores, comment: item.comment,
        abstain: item.abstain, age: Math.max(0, (Date.now() - item.at) / 1000),
      }),
    });
  } finally {
    clearTimeout(late);
  }
}

const isJson = (response) => (response.headers.get("Content-Type") ?? "").startsWith("application/json");

// After a new sign-in elsewhere this page's token is old: its own address tells the new one.
async function renewToken() {
  const response = await fetch(location.pathname, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const told = page.querySelector("[data-jury]")?.dataset;
  if (response.redirected || told?.person !== words.person) throw new SignedOut();
  words.token = told.token;
}

async function send(item, isSecond = false) {
  const response = await post(item);
  if (response.redirected) throw new SignedOut();
  if (response.status === 403 && !isJson(response) && !isSecond) {
    await renewToken();
    return send(item, true);
  }
  if (response.status === 403) throw new SignedOut();
  if ([400, 404, 409].includes(response.status)) {
    throw new Refused(isJson(response) ? (await response.json()).error : words.gone);
  }
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

let isSending = false;
async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (let item = waiting()[0]; item; item = waiting()[0]) {
      try {
        const answer = await send(item);
        if (store.get(item.key)?.mark === item.mark) {
          store.remove(item.key);
          taken(item, answer);
        }
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const now = store.get(item.key);
        if (now?.mark === item.mark) store.set(item.key, { ...now, refused: error.message });
      }
    }
    showState();
  } catch (error) {
    if (error instanceof SignedOut) say("offline", words.signin, words.login + encodeURIComponent(location.pathname));
    else say("offline", `${words.waiting} ${waiting().length}`);
  } finally {
    isSending = false;
  }
}

// ---- What is said about it.
function say(state, text, link) {
  for (const line of document.querySelectorAll("[data-status]")) {
    line.dataset.state = state;
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text;
    if (!link) continue;
    const anchor = document.createElement("a");
    anchor.href = link;
    anchor.textContent = text;
    line.replaceChildren(anchor);
  }
}

let hasSent = false;
function showState() {
  const refused = store.keys().map((key) => store.get(key)).filter((item) => item?.refused);
  const here = refused.find((item) => item.number === Number(current()?.dataset.number) && item.url === words.votes);
  const one = here ?? refused[0];
  if (one) say("offline", `${String(one.number).padStart(4, "0")}: ${one.refused}`);
  else if (waiting().length) say("offline", `${words.waiting} ${waiting().length}`);
  else say("saved", hasSent ? words.saved : "");
  for (const button of document.querySelectorAll("[data-forget]")) button.hidden = !one;
}

// How many works are left, by the last answer: pages fetched ahead still tell an older number.
let left;
function showProgress() {
  const line = current()?.querySelector("[data-progress]");
  if (line && left !== undefined) line.textContent = line.dataset.words.replace("#", line.dataset.total - left);
}

function taken(item, answer) {
  hasSent = item.number === Number(current()?.dataset.number);
  if (item.url !== words.votes) return;
  if (answer.left !== undefined) left = answer.left;
  showProgress();
  const works = new Set([...pages.values(), current()].filter(Boolean));
  for (const work of works) if (Number(work.dataset.number) === item.number) apply(work, answer);
}

function apply(work, { scores, label, state }) {
  for (const row of work.querySelectorAll("[data-row]")) press(row, scores?.[row.dataset.row], state !== undefined);
  const line = work.querySelector("[data-state-words]");
  if (line && label) line.textContent = label;
}

function press(row, points, isWhole = false) {
  if (points === undefined && !isWhole) return;
  for (const button of row.querySelectorAll("button[data-points]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.points) === points));
  }
  const field = row.querySelector("input[type=number]");
  if (field && points !== undefined && document.activeElement !== field) field.value = points;
  row.querySelector("[data-given]").textContent = points === undefined ? "–" : points;
}

// What waits for a work is newer than what the page was made with.
function showWaiting(work) {
  const item = store.get(keyOf(words.stage, work.dataset.number));
  if (!item) return;
  apply(work, { scores: item.scores, label: item.abstain && words.abstained });
  const comment = work.querySelector("[name=comment]");
  if (comment && item.comment !== null) comment.value = item.comment;
}

// ---- One work: buttons, keys, comment, abstaining.
const current = () => document.querySelector("[data-work]");
const rowsOf = (work) => [...work.querySelectorAll("[data-row]")];

function mark(row) {
  for (const one of document.querySelectorAll("[data-row]")) one.toggleAttribute("data-current", one === row);
}

function markNext(row) {
  const rows = rowsOf(current());
  mark(rows[Math.min(rows.indexOf(row) + 1, rows.length - 1)]);
}

function give(row, points) {
  press(row, points);
  keep(row.closest("[data-work]"), { scores: { [row.dataset.row]: points } });
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-points]");
  if (button) {
    event.preventDefault();
    const row = button.closest("[data-row]");
    give(row, Number(button.dataset.points));
    markNext(row);
    return;
  }
  if (event.target.closest("[data-forget]")) {
    for (const key of store.keys()) if (store.get(key)?.refused) store.remove(key);
    location.reload();
    return;
  }
  const link = event.target.closest("a[data-go]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(link.href);
  }
});

document.addEventListener("change", (event) => {
  const { target } = event;
  const work = target.closest?.("[data-work]");
  if (!work) return;
  if (target.matches("input[type=number]") && target.value !== "" && target.checkValidity()) {
    give(target.closest("[data-row]"), Number(target.value));
  }
  if (target.matches("[name=comment]")) keep(work, { comment: target.value });
});

let typing = 0;
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-work] [name=comment]")) return;
  clearTimeout(typing);
  typing = setTimeout(() => keep(target.closest("[data-work]"), { comment: target.value }), 2000);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const work = form.closest("[data-work]");
  if (!work || event.submitter?.name === "take_back") return;
  event.preventDefault();
  if (form.matches("[data-abstain]")) {
    const [reason, told] = [form.elements.reason, form.elements.words];
    if (!form.reportValidity()) return;
    if (reason.value === "other" && !told.value.trim()) {
      say("offline", words.why);
      told.focus();
      return;
    }
    keep(work, { abstain: { reason: reason.value, words: told.value } });
    apply(work, { scores: {}, label: words.abstained, state: "abstained" });
  } else {
    keep(work, { comment: form.elements.comment?.value ?? null });
  }
});

// Digits give points to the marked criterion; 1 and then 0 at once is 10. ← and → turn the pages.
let lastDigit = { row: null, value: "", at: 0 };
function digit(key) {
  const work = current();
  const rows = rowsOf(work);
  if (!rows.length) return;
  const isTen = Date.now() - lastDigit.at < 900 && Number(lastDigit.value + key) <= Number(lastDigit.row?.dataset.most);
  const row = isTen ? lastDigit.row : rows.find((one) => one.hasAttribute("data-current")) ?? rows[0];
  const points = Number(isTen ? lastDigit.value + key : key);
  if (points < Number(row.dataset.least) || points > Number(row.dataset.most)) return;
  lastDigit = isTen ? { row: null, value: "", at: 0 } : { row, value: key, at: Date.now() };
  give(row, points);
  markNext(row);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !current()) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (/^[0-9]$/.test(event.key) && keysAreOn()) digit(event.key);
  const link = { ArrowLeft: "previous", ArrowRight: "next" }[event.key];
  const target = link && keysAreOn() && current().querySelector(`a[data-go="${link}"]`);
  if (target) {
    event.preventDefault();
    go(target.href);
  }
});

function keysAreOn() {
  return document.querySelector("[data-keys]")?.checked ?? false;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches?.("[data-keys]")) store.set("jury-keys", target.checked);
});

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest?.("[data-row]");
  if (row) mark(row);
});

// ---- Pages fetched ahead: a section that lies in memory has its picture with it.
const pages = new Map();

async function fetchWork(url) {
  if (pages.has(url)) return pages.get(url);
  if (!navigator.onLine) throw new Error("offline");
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok || response.redirected) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const work = document.importNode(page.querySelector("[data-work]"), true);
  work.dataset.title = page.title;
  pages.set(url, work);
  for (const old of [...pages.keys()].slice(0, -KEPT)) if (pages.get(old) !== current()) pages.delete(old);
  return work;
}

async function fetchAhead() {
  let work = current();
  for (let step = 0; step < AHEAD && work; step += 1) {
    const next = work.querySelector('a[data-go="open"], a[data-go="next"]');
    work = next ? await fetchWork(next.href).catch(() => null) : null;
  }
}

async function go(url, isBack = false) {
  clearTimeout(typing);
  const comment = current().querySelector("[name=comment]");
  if (comment && comment.value !== comment.defaultValue) {
    comment.defaultValue = comment.value;
    keep(current(), { comment: comment.value });
  }
  const work = await fetchWork(url).catch(() => null);
  if (!work) {
    if (navigator.onLine) location.assign(url);
    else say("offline", words.nowork);
    return;
  }
  current().replaceWith(work);
  hasSent = false;
  document.title = work.dataset.title ?? document.title;
  if (!isBack) history.pushState({}, "", url);
  begin();
  work.querySelector("h1").focus({ preventScroll: true });
  work.scrollIntoView();
}

function begin() {
  const work = current();
  const url = location.href.split(/[?#]/)[0];
  pages.set(url, work);
  showWaiting(work);
  showProgress();
  const rows = rowsOf(work);
  mark(rows.find((row) => !row.querySelector("[aria-pressed=true]")) ?? rows[0]);
  const keys = work.querySelector("[data-keys]");
  if (keys) keys.checked = store.get("jury-keys") ?? true;
  showState();
  fetchAhead();
}

addEventListener("popstate", () => current() && go(location.href.split(/[?#]/)[0], true));

if (current()) begin();
for (const tile of document.querySelectorAll("[data-tile]")) {
  const item = store.get(keyOf(words.stage, tile.dataset.tile));
  if (item?.mark) tile.querySelector("[data-tile-state]").textContent = words.unsent;
}
showState();
sendAll();
addEventListener("online", sendAll);
document.addEventListener("visibilitychange", () => document.hidden || sendAll());
setInterval(() => waiting().length && navigator.onLine && sendAll(), 10000);
