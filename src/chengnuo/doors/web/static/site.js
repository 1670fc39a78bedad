/* Conveniences only: every page is whole without this file. */
"use strict";

const page = document.documentElement;
const words = page.lang === "en"
  ? {
    copy: "Copy", copied: "Copied", print: "Print or save as PDF", show: "Show", hide: "Hide",
    length: "Length", lengths: ["too short", "enough", "good", "very good"],
  }
  : {
    copy: "复制", copied: "已复制", print: "打印或另存为 PDF", show: "显示", hide: "隐藏",
    length: "长度", lengths: ["太短", "够用", "好", "很好"],
  };

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

/* One can look at a password while one types it. */
for (const field of document.querySelectorAll('input[type="password"]')) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  const shown = (is) => {
    field.type = is ? "text" : "password";
    button.textContent = is ? words.hide : words.show;
    button.setAttribute("aria-label", `${button.textContent} ${field.labels[0].textContent}`);
  };
  button.addEventListener("click", () => shown(field.type === "password"));
  field.form.addEventListener("submit", () => shown(false));
  field.after(button);
  shown(false);
}

/* How long a new password is, which is what counts; whether it is a common one, the service says. */
for (const field of document.querySelectorAll('input[autocomplete="new-password"]:not(#again)')) {
  const line = document.createElement("p");
  line.className = "hint";
  line.setAttribute("role", "status");
  const meter = document.createElement("meter");
  meter.max = 24;
  meter.low = 12;
  meter.high = 16;
  meter.optimum = 24;
  meter.setAttribute("aria-label", words.length);
  const said = document.createElement("span");
  line.append(meter, " ", said);
  line.hidden = true;
  field.addEventListener("input", () => {
    const signs = [...field.value.replace(/ {2,}/g, " ")];
    const count = new Set(signs).size < 5 ? 0 : signs.length;
    const grade = [12, 16, 20].filter((least) => count >= least).length;
    meter.value = count;
    line.hidden = signs.length === 0;
    if (said.textContent !== words.lengths[grade]) said.textContent = words.lengths[grade];
  });
  field.closest(".field").append(line);
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
