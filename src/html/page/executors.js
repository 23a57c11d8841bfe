"use strict";
// Compares strands and other executors: how full each is.

class ExecutorList {
  static full = 0.9;

  constructor(select) {
    this.list = by_id("executors");
    this.select = select;
    this.items = new Map();
  }

  /** `data` has {timer, shown} for each executor; `note` names the period. */
  show(data, note) {
    for (const [key, item] of this.items) {
      if (data.some((row) => row.timer.key === key)) continue;
      item.remove();
      this.items.delete(key);
    }
    for (const row of data) {
      if (!this.items.has(row.timer.key)) this.items.set(row.timer.key, this.#make(row.timer));
      const item = this.items.get(row.timer.key);
      this.list.append(item);
      this.#fill(item, row);
    }
    set_text(
      by_id("executors_note"),
      data.length > 0
        ? note
        : "None is measured. timer.wrap(make_strand(context)) records each function of a strand.",
    );
  }

  #make(timer) {
    const name = make("button", { type: "button", className: "link" });
    name.addEventListener("click", () => this.select(timer.key));
    return make(
      "li",
      {},
      make("div", { className: "executor_head" }, name, make("b", { className: "share" })),
      make(
        "div",
        { className: "meter", role: "meter", "aria-valuemin": 0, "aria-valuemax": 100 },
        make("i"),
      ),
      make("p", { className: "note" }),
    );
  }

  #fill(item, { timer, shown }) {
    const [head, meter, note] = item.children;
    set_text(head.firstChild, timer.lifetime.name);
    const share = shown.seconds ? shown.busy.total / (shown.seconds * 1e9) : null;
    const full = share !== null && share >= ExecutorList.full;
    set_text(
      head.lastChild,
      share === null ? format.duration(shown.busy.total) : format.percent(share),
    );
    meter.hidden = share === null;
    if (share !== null) {
      const part = Math.min(share, 1) * 100;
      meter.firstChild.style.width = `${part.toFixed(1)}%`;
      set_attribute(meter, "aria-valuenow", Math.round(part));
      set_attribute(meter, "aria-label", `${timer.lifetime.name}: share of time busy`);
    }
    item.classList.toggle("full", full);
    const queued = format.duration(summary.quantile(shown.queued, 0.99));
    const rate = shown.seconds ? ` · ${format.rate(shown.runs / shown.seconds)} runs/s` : "";
    const told =
      shown.runs > 0
        ? `queued p99 ${queued}${rate}${full ? " · if this is a strand, it is a bottleneck" : ""}`
        : "no runs";
    set_text(note, told);
    set_attribute(item, "data-share", share);
  }
}
