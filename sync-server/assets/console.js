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

// A second tap on a button that is already sending does nothing.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  else event.target.dataset.sent = "yes";
});
// A page that comes back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
