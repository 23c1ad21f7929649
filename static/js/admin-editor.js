// Gives the text editor, which stands in for a textarea, the name of that textarea's label.
const name = () => {
  for (const editor of document.querySelectorAll(".ProseMirror:not([aria-label])")) {
    const field = editor.closest(".prose-editor")?.parentElement.querySelector("textarea[id]");
    const label = field && document.querySelector(`label[for="${field.id}"]`);
    if (!label) continue;
    editor.setAttribute("aria-label", label.textContent.trim().replace(/:$/, ""));
    editor.setAttribute("aria-multiline", "true");
    if (field.lang) editor.lang = field.lang;
  }
};

new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
name();
