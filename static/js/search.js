// Suggestions under the search field: a combobox with a list, by the pattern of WAI-ARIA. The form
// works without it; Enter without a chosen suggestion searches as before.
"use strict";

const WAIT = 180;
const LEAST = 2;

function combobox(form) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let active = -1;
  let timer = 0;
  let asking = null;

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  status.className = "u-hidden";
  status.setAttribute("role", "status");
  status.setAttribute("aria-live", "polite");
  input.parentElement.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(number) {
    const all = options();
    active = (number + all.length + 1) % (all.length + 1);
    if (active === all.length) active = -1;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function option(item, at) {
    const row = document.createElement("li");
    const kind = document.createElement("span");
    const title = document.createElement("span");
    row.id = `suggestion-${at}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.url = item.url;
    title.textContent = item.title;
    if (item.lang) title.lang = item.lang;
    kind.className = "meta";
    kind.textContent = item.lang ? `${item.kind} · ${item.lang}` : item.kind;
    row.append(title, kind);
    return row;
  }

  function show(answer) {
    list.replaceChildren(...answer.items.map(option));
    status.textContent = answer.status;
    if (!answer.items.length) {
      close();
      return;
    }
    active = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    asking?.abort();
    const words = input.value.trim();
    if (words.length < LEAST) {
      status.textContent = "";
      close();
      return;
    }
    asking = new AbortController();
    try {
      const response = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`, {
        signal: asking.signal, credentials: "omit",
      });
      if (response.ok && document.activeElement === input) show(await response.json());
    } catch {
      // Without an answer the field stays what it is: a search.
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" && list.hidden) {
      ask();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      event.preventDefault();
      mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.url);
    }
  });
  input.addEventListener("blur", close);
  // Before the field loses its focus, so that a click reaches the row.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const row = event.target.closest("[data-url]");
    if (row) location.assign(row.dataset.url);
  });
}

for (const form of document.querySelectorAll("form[data-suggest]")) combobox(form);
