// The order of a jury's works: dragged by finger or mouse, moved by the buttons, saved at once.
// Without this file the numbers and the buttons are a form.
"use strict";

const form = document.querySelector("[data-order]");
const line = document.querySelector("[data-order-status]");
const list = form?.querySelector("ol");

function say(state, text) {
  line.hidden = false;
  line.dataset.state = state;
  line.textContent = text;
}

function renumber() {
  [...list.children].forEach((row, place) => {
    row.querySelector("input").value = place + 1;
  });
}

let isDirty = false;
let isSending = false;
async function save() {
  isDirty = true;
  if (isSending) return;
  isSending = true;
  try {
    while (isDirty) {
      isDirty = false;
      say("saving", line.dataset.saving);
      const response = await fetch(form.action, {
        method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin",
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const error = page.getElementById("errors");
      if (!response.ok || !page.querySelector("[data-order]")) throw new Error(response.status);
      say(error ? "offline" : "saved", error ? error.textContent.trim() : line.dataset.saved);
    }
  } catch {
    isDirty = true;
    say("offline", line.dataset.failed);
  } finally {
    isSending = false;
  }
}

function moved(row) {
  renumber();
  save();
  row.scrollIntoView({ block: "nearest" });
}

form?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=up], button[name=down]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  const other = button.name === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (button.name === "up") other.before(row);
  else other.after(row);
  moved(row);
  button.focus();
});

form?.addEventListener("submit", (event) => {
  if (event.submitter?.name !== "save") return;
  event.preventDefault();
  const rows = [...list.children];
  const place = (row) => Number(row.querySelector("input").value);
  const places = rows.map(place);
  if (new Set(places).size === rows.length && places.every((one) => one > 0)) {
    list.append(...rows.sort((one, other) => place(one) - place(other)));
    renumber();
  }
  save();
});

// The row follows the finger by changing its place in the list.
list?.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip) return;
  event.preventDefault();
  const row = grip.closest("li");
  const before = [...list.children].indexOf(row);
  row.dataset.dragged = "";
  grip.setPointerCapture(event.pointerId);

  function follow({ clientX, clientY }) {
    const over = document.elementFromPoint(clientX, clientY)?.closest("[data-order-row]");
    if (!over || over === row || over.parentElement !== list) return;
    const { top, height } = over.getBoundingClientRect();
    if (clientY < top + height / 2) over.before(row);
    else over.after(row);
    if (!grip.hasPointerCapture(event.pointerId)) grip.setPointerCapture(event.pointerId);
  }

  function drop() {
    delete row.dataset.dragged;
    removeEventListener("pointermove", follow);
    removeEventListener("pointerup", drop);
    removeEventListener("pointercancel", drop);
    if ([...list.children].indexOf(row) !== before) moved(row);
  }

  addEventListener("pointermove", follow);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", drop);
});

addEventListener("online", () => isDirty && save());
setInterval(() => isDirty && !isSending && navigator.onLine && save(), 10000);
