"use strict";
// Compares strands and other executors: how full each is, and what its functions waited for.

class ExecutorList {
  static full = 0.9;
  static most = 100;

  constructor(select) {
    this.select = select;
    this.rows = new Rows(by_id("executors"), () => this.#make());
  }

  /** `data` has {timer, shown} for each executor; `note` names the period. */
  show(data, note) {
    const filled = (row) => row.shown.busy.total / (row.shown.seconds ?? 1);
    const order = [...data].sort((a, b) => filled(b) - filled(a)).slice(0, ExecutorList.most);
    const others = data.length - order.length;
    set_text(
      by_id("executors_note"),
      `${note}${others > 0 ? ` · the fullest ${order.length} of ${format.count(data.length)}` : ""}`,
    );
    this.rows.show(order, (item, row) => this.#fill(item, row));
  }

  #make() {
    const name = make("button", { type: "button", className: "link" });
    const item = make(
      "li",
      {},
      make("div", { className: "executor_head" }, name, make("b", { className: "share" })),
      make(
        "div",
        { className: "meter", role: "meter", "aria-valuemin": 0, "aria-valuemax": 100 },
        make("i"),
      ),
      make("p", { className: "note" }),
      make("div", { className: "waits" }, make_waits(), make("p", { className: "note" })),
    );
    name.addEventListener("click", () => this.select(item.dataset.key));
    return item;
  }

  #fill(item, { timer, shown }) {
    const [head, meter, note, waits] = item.children;
    set_attribute(item, "data-key", timer.key);
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
    const rate = shown.seconds ? `${format.rate(shown.runs / shown.seconds)} runs/s · ` : "";
    const waiting = timer.lifetime.waiting > 0 ? ` · ${format.count(timer.lifetime.waiting)} wait now` : "";
    set_text(
      note,
      shown.runs > 0
        ? `${rate}busy ${format.duration(summary.mean(shown.busy))}, queued ${format.duration(summary.mean(shown.queued))} on average${waiting}${full ? " · if this is a strand, it is a bottleneck" : ""}`
        : `no runs${waiting}`,
    );
    waits.hidden = !(shown.queued.total > 0);
    if (!waits.hidden) set_waits(waits, shown);
    set_attribute(item, "data-share", share);
  }
}

function make_waits() {
  const bar = make("span", { className: "split_bar", role: "img" });
  for (const part of ["held", "free", "unknown"]) bar.append(make("i", { className: `part ${part}` }));
  return bar;
}

/** Shows for what its functions waited: only what was measured is said. */
function set_waits(place, shown) {
  const { held, free } = waits_of(shown);
  const parts = { held, free, unknown: Math.max(0, 1 - held - free) };
  const [bar, note] = place.children;
  Object.values(parts).forEach((part, i) => {
    bar.children[i].style.flexGrow = part.toFixed(4);
  });
  const told = [
    [held, "strand held"],
    [free, "no thread"],
    [parts.unknown, "not known"],
  ]
    .filter(([part]) => part >= 0.005)
    .map(([part, what]) => `${format.percent(part)} ${what}`)
    .join(" · ");
  set_attribute(bar, "aria-label", `Of its queued time: ${told}`);
  set_text(note, `queued: ${told}`);
}
