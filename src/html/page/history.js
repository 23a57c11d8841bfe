"use strict";
// Turns successive reports into intervals. Each page does this for itself, and the server keeps
// nothing for it.

class TimerHistory {
  constructor(key, first) {
    this.key = key;
    this.lifetime = first;
    this.windows = new Map(History.windows_s.map((seconds) => [seconds, new TimerWindow(seconds)]));
    this.points = []; // the last minutes: {end, totals, busy: {p50, ...}, ...}
  }
}

class History {
  static windows_s = [1, 10, 60];
  static points_kept_s = 300;
  // Without a point for so long, the line is interrupted. A hidden page asks each 10 seconds.
  static gap_s = 12.5;

  constructor() {
    this.timers = new Map(); // in the report's order
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
      timer.change = known && !timer.is_same ? change_of(timer.lifetime, known.lifetime) : null;
    }
    const restarted = this.reports > 0 && (steady < this.steady || this.#most_shrank(timers));
    if (restarted) {
      this.timers = new Map();
      this.end = this.begin = this.steady = null;
      this.reports = 0;
    }
    const seconds = this.steady === null ? null : steady - this.steady;
    this.end = this.end === null ? report.time_ns / 1e9 : this.end + seconds;
    this.begin ??= this.end;
    this.steady = steady;
    this.reports += 1;
    const before = this.timers;
    this.timers = new Map();
    this.quiet = { end: this.end, seconds, change: null }; // one for all that didn't change
    for (const timer of timers) {
      this.timers.set(timer.key, this.#follow(before.get(timer.key), timer, seconds));
    }
    return restarted;
  }

  /** How many seconds this page has watched. */
  get watched() {
    return this.end === null ? 0 : this.end - this.begin;
  }

  #most_shrank(timers) {
    const had_runs = timers.filter((timer) => (this.timers.get(timer.key)?.lifetime.runs ?? 0) > 0);
    const shrank = had_runs.filter((timer) => !timer.change && !timer.is_same);
    return shrank.length > 0 && shrank.length * 2 > had_runs.length;
  }

  #follow(known, { key, lifetime, change, is_same }, seconds) {
    const followed = known ?? new TimerHistory(key, lifetime);
    followed.lifetime = lifetime;
    if (!(seconds > 0)) return followed;
    // A timer that was made or reset since the last report counts from there.
    const step = is_same
      ? this.quiet
      : { end: this.end, seconds, change: change ?? change_of(lifetime, never) };
    for (const window of followed.windows.values()) window.add(step);
    if (seconds > History.gap_s) followed.points.push({ end: this.end - seconds / 2 });
    if (step.change) followed.points.push(point_of(this.end, step.change));
    while (followed.points[0]?.end < this.end - History.points_kept_s) followed.points.shift();
    return followed;
  }

  /** Returns what a timer measured in the last 1, 10 or 60 seconds; for `Infinity`, so far. */
  last(timer, seconds) {
    if (seconds === Infinity) return { ...timer.lifetime, seconds: null };
    return timer.windows.get(seconds).total(timer.lifetime);
  }
}

/** Returns {key, lifetime} of each timer. That of one which is the same object as before stays. */
function read_timers(report, known) {
  const seen = new Map();
  return report.timers.map((json) => {
    // Timers may share a name; then the order in which they were made distinguishes them.
    const same = `${json.kind} ${json.name}`;
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
    name: json.name,
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

/** Returns what came between two states of a timer, or `null` if it was reset. */
function change_of(now, before) {
  const change = {};
  for (const key of counts) {
    change[key] = now[key] - before[key];
    if (change[key] < 0) return null;
  }
  for (const key of measures) {
    change[key] = summary.difference(now[key], before[key]);
    if (!change[key]) return null;
  }
  for (const key of reasons) {
    change[key] = now[key];
    if (before[key].length === 0) continue;
    const known = new Map(before[key].map((one) => [one.reason, one.count]));
    change[key] = now[key]
      .map((one) => ({ ...one, count: one.count - (known.get(one.reason) ?? 0) }))
      .filter((one) => one.count > 0);
  }
  return change;
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

function point_of(end, change) {
  const { runs, complete_elapsed, off_processor } = change;
  const totals = { runs, complete_elapsed, off_processor };
  for (const key of measures) totals[key] = change[key].total;
  const point = { end, totals };
  for (const key of measures) {
    const series = change[key];
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
