"use strict";
// The stalls that were told. Each keeps its element, so that what was opened stays open.

class StallList {
  #items = new Map();

  constructor() {
    this.list = by_id("stalls");
  }

  /** `stalls` has {time_ns, text}, the latest first; `now` is in milliseconds. */
  show(stalls, now) {
    const items = new Map();
    stalls.forEach((stall, place) => {
      const key = `${stall.time_ns} ${stall.text}`;
      const item = this.#items.get(key) ?? this.#make(stall.text);
      items.set(key, item);
      set_text(item.firstChild, words.moment(stall.time_ns / 1e6, now));
      if (this.list.children[place] !== item)
        this.list.insertBefore(item, this.list.children[place] ?? null);
    });
    while (this.list.children.length > stalls.length) this.list.lastChild.remove();
    this.#items = items;
  }

  /** The first lines say what it is, those from "in" on say where in the code. */
  #make(text) {
    const lines = text.split("\n");
    const at = lines.findIndex((line) => /^\s+in /.test(line));
    const [what, ...about] = at < 0 ? lines : lines.slice(0, at);
    const where = at < 0 ? [] : lines.slice(at);
    const parts = [make("time"), make("p", { className: "what" }, what)];
    for (const line of about) parts.push(make("p", {}, line.trim()));
    if (where.length > 0)
      parts.push(
        make(
          "details",
          {},
          make("summary", {}, `where in the code: ${where[0].trim()}`),
          make("pre", { tabIndex: 0 }, where.map((line) => line.replace(/^ {2}/, "")).join("\n")),
        ),
      );
    return make("li", {}, ...parts);
  }
}
