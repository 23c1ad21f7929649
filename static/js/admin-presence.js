// Tells every minute that this form is open, and shows who else has it open.
const place = document.getElementById("desk-presence");
const token = document.querySelector("input[name=csrfmiddlewaretoken]");

const show = (sentences) => {
  const lines = sentences.length ? [...sentences, place.dataset.hint] : [];
  const shown = [...place.children].map((line) => line.textContent);
  if (lines.join("\n") === shown.join("\n")) return;
  place.replaceChildren(
    ...lines.map((text) => {
      const line = document.createElement("p");
      line.textContent = text;
      return line;
    }),
  );
};

const tell = async () => {
  if (document.hidden) return;
  const headers = { "X-CSRFToken": token.value };
  try {
    const answer = await fetch(place.dataset.url, { method: "POST", headers });
    if (answer.ok) show((await answer.json()).others);
  } catch {
    // No network: the next minute tries again.
  }
};

if (place?.dataset.url && token) setInterval(tell, 60_000);
