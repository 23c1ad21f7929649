// The page of a door: fills the form from the camera, keeps scans while there is no line. Without
// it the same form is typed into and sent as it is.
"use strict";

const form = document.querySelector("[data-scan]");
const answer = document.getElementById("answer");
const kept = document.getElementById("kept");
const STORE = `door:${location.pathname}`;

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(STORE)) || [];
  } catch {
    return [];
  }
}

function write(scans) {
  localStorage.setItem(STORE, JSON.stringify(scans));
  kept.hidden = scans.length === 0;
  kept.textContent = `${kept.dataset.one} ${scans.length}`;
}

async function send(scan) {
  const body = new URLSearchParams({ ...scan, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), 10000);
  try {
    const response = await fetch(location.pathname, { method: "POST", body, signal: stop.signal, credentials: "same-origin" });
    if (!response.ok || response.redirected) throw new Error(response.status);
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } finally {
    clearTimeout(late);
  }
}

function show(page) {
  answer.replaceChildren(...page.getElementById("answer").childNodes);
  document.querySelector("[data-counts]").replaceWith(page.querySelector("[data-counts]"));
}

async function submit(code, way) {
  const scan = { code, way, key: newKey(), at: new Date().toISOString() };
  try {
    show(await send(scan));
  } catch {
    write([...read(), scan]);
  }
}

let isSending = false;
async function sendKept() {
  if (isSending || !navigator.onLine) return;
  isSending = true;
  try {
    for (let scans = read(); scans.length; scans = read()) {
      show(await send(scans[0]));
      write(read().filter((scan) => scan.key !== scans[0].key));
    }
  } catch {
    // No line yet: the scans stay, the key makes a second sending harmless.
  } finally {
    isSending = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = form.elements.code;
  submit(field.value, "code");
  field.value = "";
  field.focus();
});

function offerCamera() {
  const box = document.querySelector("[data-camera]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const [button, video, note] = [box.querySelector("button"), box.querySelector("video"), box.querySelector("p")];
  let last = { code: "", at: 0 };
  box.hidden = false;

  async function look(detector) {
    if (!video.srcObject) return;
    const [found] = await detector.detect(video).catch(() => []);
    const isNew = found && (found.rawValue !== last.code || Date.now() - last.at > 5000);
    if (isNew) {
      last = { code: found.rawValue, at: Date.now() };
      navigator.vibrate?.(60);
      await submit(found.rawValue, "camera");
    }
    setTimeout(() => look(detector), 250);
  }

  function stop() {
    video.srcObject?.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
    video.hidden = true;
    button.setAttribute("aria-pressed", "false");
  }

  button.addEventListener("click", async () => {
    if (video.srcObject) return stop();
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.hidden = false;
      button.setAttribute("aria-pressed", "true");
      await video.play();
      look(new BarcodeDetector({ formats: ["qr_code"] }));
    } catch {
      stop();
      note.textContent = box.dataset.failed;
      note.hidden = false;
    }
  });
}

offerCamera();
write(read());
sendKept();
addEventListener("online", sendKept);
setInterval(sendKept, 15000);
