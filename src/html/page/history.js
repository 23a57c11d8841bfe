"use strict";
// Turns successive reports into intervals. Each page does this for itself, and the server keeps
// nothing for it.

class TimerHistory {
  constructor(key, lifetime) {
    this.key = key;
    this.lifetime = lifetime;
    this.states = []; // what it was: {end, lifetime}, where it changed; see `forget`
    this.points = []; // the last minutes: {end, totals, busy: {p50, ...}, ...}
  }
}

class History {
  static longest_s = 60; // of the intervals that `last` returns
  static points_kept_s = 300;
  // Without a point for so long, the line is interrupted. A hidden page asks each 10 seconds.
  static gap_s = 12.5;

  constructor() {
    this.timers = new Map(); // in the report's order
    this.ends = []; // when reports were made, as far as these are remembered: {end}
    this.end = null; // seconds by the server's clock, advanced by its steady clock
    this.begin = null;
    this.steady = null;
    this.reports = 0;
  }

  /**
   * Takes a report. Returns whether the server was restarted, or all of its timers were reset; then
   * everything before is forgotten.
   */
  take(report) {
    const steady = report.steady_ns / 1e9;
    const timers = read_timers(report, this.timers);
    for (const timer of timers) {
      const known = this.timers.get(timer.key);
      timer.is_same = known?.lifetime === timer.lifetime;
      timer.shrank = known && !timer.is_same && shrank(timer.lifetime, known.lifetime);
    }
    const restarted = this.reports > 0 && (steady < this.steady || this.#most_shrank(timers));
    if (restarted) {
      this.timers = new Map();
      this.ends = [];
      this.end = this.begin = this.steady = null;
      this.reports = 0;
    }
    const before_end = this.end;
    this.end = before_end === null ? report.time_ns / 1e9 : before_end + (steady - this.steady);
    this.begin ??= this.end;
    this.steady = steady;
    this.reports += 1;
    this.ends = forget([...this.ends, { end: this.end }], this.end);
    this.begins = new Map(); // of intervals that end now, by their lengths
    const before = this.timers;
    this.timers = new Map();
    for (const timer of timers)
      this.timers.set(timer.key, this.#follow(before.get(timer.key), timer, before_end));
    return restarted;
  }

  /** How many seconds this page has watched. */
  get watched() {
    return this.end === null ? 0 : this.end - this.begin;
  }

  #most_shrank(timers) {
    const had_runs = timers.filter((timer) => (this.timers.get(timer.key)?.lifetime.runs ?? 0) > 0);
    const less = had_runs.filter((timer) => timer.shrank);
    return less.length > 0 && less.length * 2 > had_runs.length;
  }

  #follow(known, { key, lifetime, is_same, shrank: is_reset }, before_end) {
    const followed = known ?? new TimerHistory(key, lifetime);
    const before = known && !is_reset ? known.lifetime : never;
    // A timer that was made or reset since the last report counts from there.
    if (before === never) followed.states = before_end === null ? [] : [{ end: before_end, lifetime: never }];
    if (is_same) return followed;
    if (known) thin(known.lifetime);
    followed.lifetime = lifetime;
    followed.states.push({ end: this.end, lifetime });
    if (followed.states.length > 45) followed.states = forget(followed.states, this.end);
    if (!(this.end > before_end) || before_end === null) return followed;
    const { points } = followed;
    if (points.length > 0 && this.end - before_end > History.gap_s)
      points.push({ end: (this.end + before_end) / 2 });
    points.push(point_of(this.end, lifetime, before));
    while (points[0].end < this.end - History.points_kept_s) points.shift();
    return followed;
  }

  /** Returns what a timer measured in the last 1, 10 or 60 seconds; for `Infinity`, so far. */
  last(timer, seconds) {
    const { lifetime, states } = timer;
    if (seconds === Infinity) return { ...lifetime, seconds: null };
    const begin = Math.max(this.#begin_of(seconds), states[0].end);
    const base = states.findLast(({ end }) => end <= begin);
    const shown = difference(lifetime, base.lifetime, states, begin);
    for (const key of of_now) shown[key] = lifetime[key];
    shown.seconds = this.end - begin;
    return shown;
  }

  /** Of the reports before the last one, the one that is nearest to so long ago. */
  #begin_of(seconds) {
    if (!this.begins.has(seconds)) this.begins.set(seconds, this.#nearest(seconds));
    return this.begins.get(seconds);
  }

  #nearest(seconds) {
    const wanted = this.end - seconds;
    const distance = (one) => Math.abs(one.end - wanted);
    return this.ends
      .slice(0, -1)
      .reduce((best, one) => (distance(one) <= distance(best) ? one : best), this.ends[0]).end;
  }
}

/**
 * Returns the states that are needed: all of the last 12 s, before that the last one of every 2 s, and
 * one from before the longest interval. What a timer was at a time that is kept is the last state that
 * isn't later.
 */
function forget(states, now) {
  const slot = (state) => Math.floor(state.end / 2);
  const first = states.findLastIndex(({ end }) => end <= now - History.longest_s - 3);
  return states
    .slice(Math.max(first, 0))
    .filter((state, i, all) => state.end > now - 12 || i === all.length - 1 || slot(state) !== slot(all[i + 1]));
}

/** Returns {key, lifetime} of each timer. That of one which is the same object as before stays. */
function read_timers(report, known) {
  const seen = new Map();
  return report.timers.map((json) => {
    // Timers may share a name; then the order in which they were made distinguishes them.
    const same = `${json.kind} ${groups.labelled_name(json)}`;
    const number = seen.get(same) ?? 0;
    seen.set(same, number + 1);
    const key = `${number} ${same}`;
    const before = known.get(key)?.lifetime;
    return { key, lifetime: before?.json === json ? before : read_timer(json) };
  });
}

function read_timer(json) {
  return {
    json,
    name: groups.labelled_name(json),
    labels: json.labels ?? {},
    kind: json.kind,
    runs: json.runs,
    partial: json.partial,
    failed: json.failed,
    lost: json.lost,
    dropped: json.dropped,
    open: json.open ?? 0,
    waiting: json.waiting ?? 0,
    oldest_open: json.oldest_open_ns ?? null,
    oldest_waiting: json.oldest_waiting_ns ?? null,
    complete_elapsed: json.complete_elapsed_ns,
    off_processor: json.off_processor_ns ?? 0,
    cpu: json.cpu?.total_ns ?? 0,
    cpu_busy: json.cpu_busy_ns ?? 0,
    cpu_runs: json.cpu?.count ?? 0,
    steps: json.steps ?? 0,
    longest_step: json.longest_step_ns || null,
    queued_held: json.queued_held_ns ?? 0,
    queued_free: json.queued_free_ns ?? 0,
    failed_timed: json.failed_elapsed.count,
    failed_ns: json.failed_elapsed.total_ns,
    partial_reasons: json.partial_reasons,
    lost_reasons: json.lost_reasons,
    idle_in: json.idle_in ?? [],
    overhead: json.overhead_ns ?? null,
    busy: summary.read(json.busy),
    queued: summary.read(json.queued),
    elapsed: summary.read(json.elapsed),
  };
}

const never = {
  ...Object.fromEntries(counts.map((key) => [key, 0])),
  ...Object.fromEntries(reasons.map((key) => [key, []])),
  busy: summary.nothing,
  queued: summary.nothing,
  elapsed: summary.nothing,
};

/** Drops what only the latest state of a timer is asked for. There are many others. */
function thin(lifetime) {
  lifetime.json = null;
  lifetime.idle_in = [];
  for (const key of measures) lifetime[key].quantiles = [];
}

/** Whether a timer was reset between two states. */
function shrank(now, before) {
  return (
    counts.some((key) => now[key] < before[key]) ||
    measures.some((key) => summary.difference(now[key], before[key]) === null)
  );
}

// What is of now, whatever the interval.
const of_now = ["kind", "open", "waiting", "oldest_open", "oldest_waiting"];
// A copy of an object with all members is made much faster than one to which they are added.
const blank = Object.fromEntries([...counts, ...reasons, ...measures, ...of_now, "seconds"].map((key) => [key, 0]));

/** Returns what came between two states of a timer; of the later `states`, some may know more. */
function difference(now, before, states, begin) {
  const change = { ...blank };
  for (const key of counts) change[key] = now[key] - before[key];
  for (const key of reasons) change[key] = more_reasons(now[key], before[key]);
  for (const key of measures) change[key] = series_since(key, now, before, states, begin);
  return change;
}

function more_reasons(now, before) {
  if (before.length === 0) return now;
  const known = new Map(before.map((one) => [one.reason, one.count]));
  return now
    .map((one) => ({ ...one, count: one.count - (known.get(one.reason) ?? 0) }))
    .filter((one) => one.count > 0);
}

/**
 * The distribution of a timer that was selected in between is known from then on: of `known` of the
 * runs.
 */
function series_since(key, now, before, states, begin) {
  const series = summary.difference(now[key], before[key]);
  if (series.count === 0 || series.buckets.length > 0) return series;
  if (now[key].buckets.length === 0) return series;
  const first = states.find(({ end, lifetime }) => end > begin && lifetime[key].buckets.length > 0);
  const known = summary.difference(now[key], first.lifetime[key]);
  return { ...known, count: series.count, total: series.total, known: known.count };
}

// How elapsed time divides, and what each part is called. Only timers of processor time can be off it.
const parts = { busy: "busy", off: "off CPU", queued: "queued", idle: "idle" };

/** Returns the parts that are there. */
function parts_of(shares) {
  return Object.keys(parts).filter((part) => part !== "off" || shares?.off > 0);
}

/**
 * Returns how the time of a timer's complete runs divides, or `null` if there is none. The busy and
 * queued times of partial runs aren't known.
 */
function shares_of(timer) {
  const [busy, queued] = measures.map((key) => timer[key].total);
  const off = timer.off_processor;
  const elapsed = timer.complete_elapsed;
  if (timer.runs === 0 || elapsed <= 0) return null;
  // Parallel parts of a run can add up to more than elapsed.
  const whole = Math.max(elapsed, busy + off + queued);
  const idle = Math.max(0, elapsed - busy - off - queued);
  return { busy: busy / whole, off: off / whole, queued: queued / whole, idle: idle / whole };
}

/**
 * Returns for which parts of its queued time a timer waited for a strand that another function held,
 * and for a thread. The rest isn't known.
 */
function waits_of(timer) {
  const whole = timer.queued.total;
  if (whole <= 0) return { held: 0, free: 0 };
  return { held: timer.queued_held / whole, free: timer.queued_free / whole };
}

function point_of(end, now, before) {
  const totals = {
    runs: now.runs - before.runs,
    complete_elapsed: now.complete_elapsed - before.complete_elapsed,
    off_processor: now.off_processor - before.off_processor,
    busy: now.busy.total - before.busy.total,
    queued: now.queued.total - before.queued.total,
    elapsed: now.elapsed.total - before.elapsed.total,
  };
  const point = { end, totals };
  for (const key of measures) {
    if (now[key].buckets.length === 0) continue;
    const series = summary.difference(now[key], before[key]);
    if (series.buckets.length === 0) continue;
    point[key] = {
      p50: summary.quantile(series, 0.5),
      p90: summary.quantile(series, 0.9),
      p99: summary.quantile(series, 0.99),
      max: series.max,
    };
  }
  return point;
}
