"use strict";
// Only this file makes elements. Content of a report is only ever inserted as text.

const by_id = (id) => document.getElementById(id);

// A page in a file contains its report, and asks no server.
const embedded_report = by_id("report").textContent.trim();
const live = embedded_report === "";

/** Makes an element. Properties with a dash in their name, and `role`, become attributes. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

/** Does nothing if the text is right already, so that the browser need not lay it out again. */
function set_text(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function set_attribute(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Shows a name of the program's code, which is broken between its words if it must be. */
function set_identifier(element, text) {
  if (element.textContent === text) return;
  const words = text.split(/(?<=\.|::|_)/);
  element.replaceChildren(...words.flatMap((word, i) => (i === 0 ? [word] : [make("wbr"), word])));
}

/** Shows the name of a timer, and that it has none if there is nothing to see in it. */
function set_name(element, name) {
  const is_blank = name.trim() === "";
  set_text(element, name);
  element.classList.toggle("blank", is_blank);
  set_attribute(element, "aria-label", is_blank ? "without a name" : null);
}

/** The children of a list or a table's body, one for each of some data. */
class Rows {
  constructor(place, create) {
    this.place = place;
    this.create = create;
  }

  show(data, fill) {
    const { children } = this.place;
    while (children.length > data.length) this.place.lastElementChild.remove();
    data.forEach((one, i) => fill(children[i] ?? this.place.appendChild(this.create()), one));
  }
}

/** Makes a bar of how time divides. The parts differ by pattern as well as by colour. */
function make_split() {
  const bar = make("span", { className: "split_bar", role: "img" });
  for (const part of Object.keys(parts))
    bar.append(make("i", { className: `part ${part}` }));
  return bar;
}

function set_split(bar, shares) {
  bar.hidden = !shares;
  if (!shares) return;
  Object.keys(parts).forEach((part, i) => {
    bar.children[i].style.flexGrow = shares[part].toFixed(4);
  });
  const told = parts_of(shares)
    .map((part) => `${parts[part]} ${format.percent(shares[part])}`)
    .join(", ");
  set_attribute(bar, "aria-label", told);
  set_attribute(bar, "title", told);
}

/** Remembers what the user chose, if the browser allows it. */
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
      // Without storage the page works, and forgets the choice.
    }
  },
};
