/* Conveniences only: every page is whole without this file. */
"use strict";

const page = document.documentElement;
const words = page.lang === "en"
  ? { copy: "Copy", copied: "Copied", print: "Print or save as PDF" }
  : { copy: "复制", copied: "已复制", print: "打印或另存为 PDF" };

for (const hash of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = words.copy;
  button.setAttribute("aria-label", `${words.copy} ${hash.dataset.copy.slice(0, 12)}`);
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "hide-see";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(hash.dataset.copy);
    button.textContent = words.copied;
    said.textContent = words.copied;
  });
  hash.after(button, said);
}

for (const place of document.querySelectorAll("[data-print]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.print;
  button.addEventListener("click", () => window.print());
  place.append(button);
}

/* What is folded opens for a link into it, where the browser does not see to that itself. */
const unfold = () => {
  const aim = window.location.hash && document.getElementById(window.location.hash.slice(1));
  for (let one = aim && aim.closest("details"); one; one = one.parentElement.closest("details")) {
    if (!one.open) one.open = true;
  }
  if (aim && aim.closest("details")) aim.scrollIntoView();
};
window.addEventListener("hashchange", unfold);
unfold();

/* A prompt becomes a modal dialog; however it is closed without a button, that is a no. */
for (const prompt of document.querySelectorAll("[data-prompt]")) {
  const no = prompt.querySelector("[data-no]");
  const dialog = document.createElement("dialog");
  dialog.className = "asking";
  dialog.setAttribute("aria-modal", "true");
  dialog.setAttribute("aria-labelledby", "prompt-title");
  prompt.before(dialog);
  dialog.append(prompt);
  dialog.addEventListener("close", () => {
    if (no.matches(":disabled")) window.location.assign("/centre");
    else no.click();
  });
  dialog.showModal();
  document.getElementById("prompt-title").focus();
}
