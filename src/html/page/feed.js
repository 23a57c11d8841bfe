"use strict";
// Makes a report of what the service answers: rows of numbers, of which only those came that have
// changed. A timer that hasn't changed stays the same object. A server of the program's own answers
// with a whole report, which is taken as it is.

class Feed {
  #id = 0;
  #columns = [];
  #timers = [];

  /** What to ask for: changes since the last answer, and what the view shows. */
  question({ view, selected }) {
    const asked = new URLSearchParams({ page: 1, since: this.#id });
    if (view === "now" || view === "operations") asked.set("view", view);
    if (selected) asked.set("of", selected);
    return asked.toString();
  }

  /** Returns the report; throws if it is none. */
  take(answer) {
    if (answer.version !== 1 || !["perf_timer", "perf_timer_page"].includes(answer.schema))
      throw new Error("its report has another version");
    if (answer.schema === "perf_timer") return { ...answer, follows_all: true };
    if (answer.whole) {
      this.#columns = answer.columns.map(Feed.#place_of);
      this.#timers = [];
    }
    this.#id = answer.id;
    // A copy: whoever has the last report must be able to compare.
    this.#timers = this.#timers.slice(0, answer.count);
    for (const [at, row] of answer.rows) this.#timers[at] = this.#timer_of(row);
    return { ...answer, served: true, timers: this.#timers };
  }

  /** Where a column's value goes: to a member, or to a series' member or quantile. */
  static #place_of(column) {
    const [series, member] = column.split(".");
    if (!member) return { member: series };
    const [, percent] = /^p(\d+)$/.exec(member) ?? [];
    return percent ? { series, probability: Number(percent) / 100 } : { series, member };
  }

  #timer_of(row) {
    const timer = { partial_reasons: [], lost_reasons: [], failed_elapsed: summary.none };
    this.#columns.forEach(({ series, member, probability }, i) => {
      const value = row[i];
      if (!series) timer[member] = value;
      else if (member) (timer[series] ??= { quantiles: [], buckets: [] })[member] = value;
      else if (value !== null) timer[series].quantiles.push({ probability, ns: value });
    });
    if (row.length === this.#columns.length) return timer;
    const { distributions, ...rest } = row.at(-1);
    for (const [series, flat] of Object.entries(distributions ?? {}))
      timer[series].buckets = Feed.buckets_of(flat);
    return Object.assign(timer, rest);
  }

  /** Of each bucket there are its distance from the last one's end, its width less 1, and its count. */
  static buckets_of(flat) {
    const buckets = [];
    let end = 0;
    for (let i = 0; i < flat.length; i += 3) {
      const first = end + flat[i];
      const last = first + flat[i + 1];
      buckets.push([first, last, flat[i + 2]]);
      end = last + 1;
    }
    return buckets;
  }
}
