"use strict";
// Elements are made here and nowhere else. What comes from a report is only ever text.

const by_id = (id) => document.getElementById(id);

// A page that was written to a file has its report in it, and asks nobody.
const embedded_report = by_id("report").textContent.trim();
const live = embedded_report === "";

/** An element; properties whose names have a dash, and `role`, are attributes. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

/** Leaves alone what is right already: the browser then has nothing to lay out anew. */
function set_text(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function set_attribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** How a run's time divides: as a bar that tells the three apart by pattern as well as by colour. */
function make_split() {
  const bar = make("span", { className: "split_bar", role: "img" });
  for (const part of ["busy", "queued", "idle"])
    bar.append(make("i", { className: `part ${part}` }));
  return bar;
}

function set_split(bar, shares) {
  bar.hidden = !shares;
  if (!shares) return;
  const parts = ["busy", "queued", "idle"];
  parts.forEach((part, i) => {
    bar.children[i].style.flexGrow = shares.drawn[part].toFixed(4);
  });
  const told = parts.map((part) => `${part} ${format.percent(shares[part])}`).join(", ");
  set_attribute(bar, "aria-label", told);
  set_attribute(bar, "title", told);
}

/** Remembers what the user chose, where the browser lets us. */
const memory = {
  get(key) {
    try {
      return localStorage.getItem(`perf_timer.${key}`);
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`perf_timer.${key}`, value);
    } catch {
      // A page that can't remember works as well.
    }
  },
};
