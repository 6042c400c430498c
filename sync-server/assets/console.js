// Makes pages that work without it a little kinder. Nothing depends on it.
"use strict";

// The box of a facility ticks its items, and shows when only some are ticked.
for (const box of document.querySelectorAll("[data-facility]")) {
  const all = box.querySelector("[data-all]");
  const items = [...box.querySelectorAll("[data-one]")];
  if (!all || items.length === 0) continue;
  const follow = () => {
    const ticked = items.filter((item) => item.checked).length;
    all.checked = ticked === items.length;
    all.indeterminate = ticked > 0 && ticked < items.length;
    // A facility that is half ticked must not send all of its items.
    all.name = all.checked ? "facility" : "";
    count();
  };
  all.addEventListener("change", () => {
    for (const item of items) item.checked = all.checked;
    follow();
  });
  for (const item of items) item.addEventListener("change", follow);
}

function count() {
  for (const out of document.querySelectorAll("[data-count]")) {
    const form = out.closest("form");
    const ticked = form ? form.querySelectorAll("[data-one]:checked").length : 0;
    out.hidden = false;
    out.textContent = out.dataset.count.replace("0", String(ticked));
  }
}
count();

// What is typed stays in this tab until its form is done: after Back, and after a link that failed.
const typed = [...document.querySelectorAll("form[method=post] textarea")];
const place = (form, name) => `typed ${form.getAttribute("action")} ${name}`;
const done = document.querySelector(".done") && sessionStorage.getItem("sent");
for (const box of typed) {
  const key = place(box.form, box.name);
  if (done === box.form.getAttribute("action")) sessionStorage.removeItem(key);
  else if (box.value === "") box.value = sessionStorage.getItem(key) ?? "";
  box.addEventListener("input", () => sessionStorage.setItem(key, box.value));
}
if (done) {
  // The form of what was done may be gone from the page.
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(`typed ${done} `)) sessionStorage.removeItem(key);
  sessionStorage.removeItem("sent");
}
document.addEventListener("submit", (event) => {
  const action = event.target.getAttribute("action");
  if (action === "/sign-out") sessionStorage.clear();
  else sessionStorage.setItem("sent", action);
});

// Back shows a form as it was left. Browsers that load the page anew forget what was typed.
const kept = (form) => `kept ${form.getAttribute("action")}`;
const controls = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "submit"].includes(one.type));
const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
for (const form of document.querySelectorAll("form[data-keep]")) {
  const left = back && sessionStorage.getItem(kept(form));
  if (left) {
    const values = JSON.parse(left);
    for (const [at, one] of controls(form).entries()) {
      if (values[at] === undefined || values[at][0] !== one.name) continue;
      if (one.type === "checkbox" || one.type === "radio") one.checked = values[at][1];
      else one.value = values[at][1];
    }
  }
  form.addEventListener("change", () => {
    const value = (one) => (one.type === "checkbox" || one.type === "radio" ? one.checked : one.value);
    sessionStorage.setItem(kept(form), JSON.stringify(controls(form).map((one) => [one.name, value(one)])));
  });
}

// A second tap on a button that is already sending does nothing.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "yes";
});
// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// A file is compared with what the server has, and is not sent. Only a page under https can hash.
for (const box of document.querySelectorAll("[data-compare]")) {
  const [file, said] = [box.querySelector("input"), box.querySelector("[role=status]")];
  if (!file || !said || !window.crypto?.subtle) continue;
  box.hidden = false;
  file.addEventListener("change", async () => {
    if (!file.files[0]) return;
    said.textContent = said.dataset.reading;
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.files[0].arrayBuffer()));
    const digits = [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    said.textContent = box.dataset.compare === `sha256-${digits}` ? said.dataset.same : said.dataset.other;
  });
}

// Keys for whoever reviews many tasks. A page that has them says which; they choose and move, and send nothing.
const keys = document.querySelectorAll("[data-keys]");
for (const hint of keys) hint.hidden = false;
if (keys.length > 0) document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea")) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const stops = [...document.querySelectorAll("[data-stop]")].filter((stop) => stop.checkVisibility());
    const at = stops.indexOf(document.activeElement.closest("[data-stop]"));
    const next = key === "j" ? stops[at + 1] : stops[Math.max(at - 1, 0)];
    if (!next) return;
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  } else if (key === "o") {
    const folds = [...document.querySelectorAll("[data-fold]")];
    const open = folds.some((fold) => !fold.open);
    for (const fold of folds) fold.open = open;
  } else {
    const one = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (!one) return;
    one.focus();
    one.click();
  }
  event.preventDefault();
});
