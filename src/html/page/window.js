"use strict";
// Sums the intervals of a timer's last seconds, updated as intervals come and go: adding up a minute of
// them each second, of a thousand timers, would keep a browser busy.

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
    this.steps = []; // {end, seconds, change}; change is null where nothing changed
    this.sums = Object.fromEntries(counts.map((key) => [key, 0]));
    // For each measure; its buckets are [first, last, count] by first.
    this.series = {};
    for (const measure of measures)
      this.series[measure] = { count: 0, total: 0, known: 0, buckets: new Map() };
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
    if (!change) return;
    for (const key of counts) this.sums[key] += sign * change[key];
    for (const measure of measures) {
      const { count, total, buckets } = change[measure];
      const sum = this.series[measure];
      sum.count += sign * count;
      sum.total += sign * total;
      for (const [first, last, number] of buckets) {
        sum.known += sign * number;
        const bucket = sum.buckets.get(first);
        if (!bucket) sum.buckets.set(first, [first, last, number]);
        else if ((bucket[2] += sign * number) === 0) sum.buckets.delete(first);
      }
    }
  }

  /** Returns the sum in the form of a report's `timer`. */
  total(timer) {
    const total = { ...timer, ...this.sums, seconds: 0 };
    for (const { seconds } of this.steps) total.seconds += seconds;
    for (const key of reasons) total[key] = this.#reasons(key);
    for (const measure of measures) total[measure] = this.#series(measure);
    return total;
  }

  #reasons(key) {
    const known = new Map();
    for (const { change } of this.steps)
      for (const one of change?.[key] ?? []) {
        const count = one.count + (known.get(one.reason)?.count ?? 0);
        known.set(one.reason, { ...one, count });
      }
    return [...known.values()];
  }

  #series(measure) {
    const { count, total, known, buckets } = this.series[measure];
    const series = { count, total, min: null, max: null, quantiles: [], buckets: [] };
    if (known === 0) return series;
    // `known` is less while a distribution is sent for a part of the time only.
    series.known = known;
    series.buckets = [...buckets.values()].sort((a, b) => a[0] - b[0]);
    const filled = this.steps.filter(({ change }) => change?.[measure].buckets.length > 0);
    const of = (pick, key) => {
      const values = filled.map(({ change }) => change[measure][key]);
      return values.includes(null) ? null : pick(...values);
    };
    series.min = of(Math.min, "min");
    series.max = of(Math.max, "max");
    return series;
  }
}
