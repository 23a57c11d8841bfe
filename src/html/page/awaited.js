"use strict";
// What the runs of a timer waited for, if the program is tracked.

const awaited = (() => {
  /**
   * Returns what the program started, the longest first: {name, place, file, waited, share}. Steps of a
   * composed operation are one. Shares are shares of what all of them waited, which can be more than
   * idle: several wait at once, or one waits while the run executes.
   */
  function read(idle_in) {
    const started = new Map();
    for (const one of idle_in) {
      if (!(one.waited_ns > 0)) continue;
      const name = one.part_of || operations.name_of(one);
      const key = JSON.stringify([name, one.file, one.line, one.file ? "" : one.function]);
      const known = started.get(key);
      if (known) known.waited += one.waited_ns;
      else started.set(key, { name, place: operations.place_of(one), file: one.file, waited: one.waited_ns });
    }
    const all = [...started.values()].sort((a, b) => b.waited - a.waited);
    const whole = total(all);
    return all.map((one) => ({ ...one, share: one.waited / whole }));
  }

  function total(all) {
    return all.reduce((sum, one) => sum + one.waited, 0);
  }

  /** Returns how long they waited for each run. Those of runs that aren't complete count as well. */
  function each(all, { runs, failed, lost, open }) {
    return total(all) / Math.max(1, runs + failed + lost + open);
  }

  return { read, each };
})();

class AwaitedList {
  static most = 5;

  /** Shows what the timer waited for in its lifetime; if that isn't known, nothing. */
  show(lifetime) {
    const all = awaited.read(lifetime.idle_in);
    by_id("awaited").hidden = all.length === 0;
    const others = all.length - AwaitedList.most;
    const note = `shares of ${format.duration(awaited.each(all, lifetime))} a run · lifetime`;
    set_text(by_id("awaited_note"), others > 0 ? `${note} · and ${format.plural(others, "other")}` : note);
    const rows = all.slice(0, AwaitedList.most);
    const list = by_id("awaited").querySelector("ol");
    while (list.children.length > rows.length) list.lastChild.remove();
    rows.forEach((row, i) => {
      const item = list.children[i] ?? list.appendChild(this.#make_item());
      const [share, name, place] = item.querySelectorAll(".share, b, .place");
      set_text(share, format.percent(row.share));
      set_text(name, row.name);
      set_text(place, row.place);
      set_attribute(place, "title", row.file || row.place);
    });
  }

  #make_item() {
    const what = make("span", {}, make("b"), " ", make("span", { className: "place" }));
    return make("li", {}, make("span", { className: "share" }), what);
  }
}
