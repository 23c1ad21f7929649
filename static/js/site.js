// Help on top of pages that work without it: the visitor's own time, counted characters, the error
// summary, the low-vision version.
"use strict";

const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

function showOwnTime() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const time of document.querySelectorAll("time[data-local-time]")) {
    const scope = time.closest("[data-local-scope]") || time.parentElement;
    const out = scope.querySelector("[data-local-output]");
    if (!out || !zone) continue;
    const format = new Intl.DateTimeFormat(language, {
      weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
    });
    out.textContent = `${out.dataset.label}: ${format.format(new Date(time.dateTime))}`;
    out.hidden = false;
  }
}

function countSigns() {
  for (const out of document.querySelectorAll("[data-counter]")) {
    const field = document.getElementById(out.dataset.counter);
    if (!field) continue;
    const show = () => {
      out.textContent = out.dataset.text.replace("{n}", field.value.length);
    };
    field.addEventListener("input", show);
    show();
  }
}

function offerCopying() {
  if (!navigator.clipboard) return;
  for (const scope of document.querySelectorAll("[data-copy]")) {
    const button = scope.querySelector("[data-copy-button]");
    const text = scope.querySelector("[data-copy-text]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.value);
      button.textContent = button.dataset.copied;
    });
  }
}

function offerVision() {
  const root = document.documentElement;
  const panel = document.querySelector("[data-vision]");
  if (!panel) return;
  const keys = ["size", "contrast", "images"];

  const read = () => Object.fromEntries(keys.map((key) => [key, panel.elements[key].value]));
  const keep = (choice) => {
    try {
      if (choice) localStorage.setItem("vision", JSON.stringify(choice));
      else localStorage.removeItem("vision");
    } catch {
      // Without storage the choice lasts for this page.
    }
  };
  const apply = () => {
    const choice = read();
    for (const key of keys) root.dataset[key] = choice[key];
    keep(choice);
    describePictures();
  };

  if (root.dataset.size) {
    for (const key of keys) if (root.dataset[key]) panel.elements[key].value = root.dataset[key];
    panel.hidden = false;
    describePictures();
  }
  panel.addEventListener("change", apply);
  panel.addEventListener("submit", (event) => event.preventDefault());
  panel.addEventListener("reset", () => {
    for (const key of keys) delete root.dataset[key];
    keep(null);
    panel.hidden = true;
  });
  for (const button of document.querySelectorAll("[data-vision-open]")) {
    button.addEventListener("click", () => {
      document.getElementById("site-nav")?.hidePopover?.();
      panel.hidden = false;
      panel.querySelector("details").open = true;
      if (!root.dataset.size) panel.elements.size.value = "150";
      apply();
      panel.scrollIntoView();
      panel.querySelector(":checked").focus();
    });
  }
}

// Where pictures are off, their descriptions stand in their place.
function describePictures() {
  if (document.documentElement.dataset.images !== "off") return;
  for (const picture of document.querySelectorAll("main img[alt]:not([alt='']):not([data-described])")) {
    const text = document.createElement("span");
    text.className = "vision-alt";
    text.textContent = picture.alt;
    picture.dataset.described = "";
    (picture.closest("picture") || picture).after(text);
  }
}

showOwnTime();
offerCopying();
countSigns();
offerVision();
(document.querySelector("[autofocus][aria-invalid='true']") ?? document.querySelector("#errors[role='alert']"))?.focus();
