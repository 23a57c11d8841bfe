"use strict";
// Sums the intervals of a timer's last seconds, updated as intervals come and go: adding up a minute of
// them each second would keep a browser busy.

const measures = ["busy", "queued", "elapsed"];
// Numbers that add up. Of failed runs, `failed_timed` is how many have a time, `failed_ns` the total.
const counts = [
  "runs",
  "partial",
  "failed",
  "lost",
  "dropped",
  "complete_elapsed",
  "off_processor",
  "cpu",
  "cpu_busy",
  "cpu_runs",
  "steps",
  "queued_held",
  "queued_free",
  "failed_timed",
  "failed_ns",
];
const reasons = ["partial_reasons", "lost_reasons"];

class TimerWindow {
  constructor(seconds) {
    this.seconds = seconds;
    this.steps = []; // {end, seconds, change}
    this.buckets = {}; // for each measure: [first, last, count] by first
    for (const measure of measures) this.buckets[measure] = new Map();
  }

  add(step) {
    this.steps.push(step);
    this.#count(step, 1);
    // Reports aren't exactly a second apart. A longer one, after a lost connection, is better than none.
    const from = step.end - this.seconds - 0.5;
    while (this.steps.length > 1 && this.steps[0].end - this.steps[0].seconds < from) {
      this.#count(this.steps.shift(), -1);
    }
  }

  #count({ change }, sign) {
    for (const measure of measures) {
      const known = this.buckets[measure];
      for (const [first, last, count] of change[measure].buckets) {
        const bucket = known.get(first);
        if (!bucket) known.set(first, [first, last, count]);
        else if ((bucket[2] += sign * count) === 0) known.delete(first);
      }
    }
  }

  /** Returns the sum in the form of a report's `timer`. */
  total(timer) {
    const total = { ...timer, seconds: 0 };
    for (const key of counts) total[key] = 0;
    const told = new Map(reasons.map((key) => [key, new Map()]));
    for (const { seconds, change } of this.steps) {
      total.seconds += seconds;
      for (const key of counts) total[key] += change[key];
      for (const [key, known] of told)
        for (const one of change[key]) {
          const count = one.count + (known.get(one.reason)?.count ?? 0);
          known.set(one.reason, { ...one, count });
        }
    }
    for (const [key, known] of told) total[key] = [...known.values()];
    for (const measure of measures) total[measure] = this.#series(measure);
    return total;
  }

  #series(measure) {
    const filled = this.steps
      .map((step) => step.change[measure])
      .filter((series) => series.count > 0);
    const sum = (key) => filled.reduce((all, series) => all + series[key], 0);
    // If one isn't known, the sum isn't.
    const of = (pick, key) =>
      filled.length === 0 || filled.some((series) => series[key] === null)
        ? null
        : pick(...filled.map((series) => series[key]));
    return {
      count: sum("count"),
      total: sum("total"),
      min: of(Math.min, "min"),
      max: of(Math.max, "max"),
      quantiles: [],
      buckets: [...this.buckets[measure].values()].sort((a, b) => a[0] - b[0]),
    };
  }
}
