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
  static gap_s = 3.5; // without a point for so long, the line is interrupted

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
    const timers = read_timers(report);
    for (const timer of timers) {
      const known = this.timers.get(timer.key);
      timer.change = known ? change_of(timer, known.lifetime) : null;
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
    const shrank = had_runs.filter((timer) => !timer.change);
    return shrank.length > 0 && shrank.length * 2 > had_runs.length;
  }

  #follow(known, timer, seconds) {
    const { change, ...lifetime } = timer;
    const followed = known ?? new TimerHistory(timer.key, lifetime);
    followed.lifetime = lifetime;
    // A timer that was made or reset since the last report counts from there.
    if (seconds > 0) this.#add(followed, change ?? change_of(lifetime, never), seconds);
    return followed;
  }

  #add(timer, change, seconds) {
    const step = { end: this.end, seconds, change };
    for (const window of timer.windows.values()) window.add(step);
    if (seconds > History.gap_s) timer.points.push({ end: this.end - seconds / 2 });
    timer.points.push(point_of(this.end, change));
    while (timer.points[0].end < this.end - History.points_kept_s) timer.points.shift();
  }

  /** Returns what a timer measured in the last 1, 10 or 60 seconds; for `Infinity`, so far. */
  last(timer, seconds) {
    if (seconds === Infinity) return { ...timer.lifetime, seconds: null };
    return timer.windows.get(seconds).total(timer.lifetime);
  }
}

function read_timers(report) {
  const seen = new Map();
  return report.timers.map((timer) => {
    // Timers may share a name; then the order in which they were made distinguishes them.
    const same = `${timer.kind} ${timer.name}`;
    const number = seen.get(same) ?? 0;
    seen.set(same, number + 1);
    return {
      key: `${number} ${same}`,
      name: timer.name,
      kind: timer.kind,
      runs: timer.runs,
      partial: timer.partial,
      failed: timer.failed,
      lost: timer.lost,
      dropped: timer.dropped,
      open: timer.open ?? 0,
      waiting: timer.waiting ?? 0,
      oldest_open: timer.oldest_open_ns ?? null,
      oldest_waiting: timer.oldest_waiting_ns ?? null,
      complete_elapsed: timer.complete_elapsed_ns,
      off_processor: timer.off_processor_ns ?? 0,
      cpu: timer.cpu?.total_ns ?? 0,
      cpu_busy: timer.cpu_busy_ns ?? 0,
      cpu_runs: timer.cpu?.count ?? 0,
      steps: timer.steps ?? 0,
      longest_step: timer.longest_step_ns ?? null,
      queued_held: timer.queued_held_ns ?? 0,
      queued_free: timer.queued_free_ns ?? 0,
      failed_timed: timer.failed_elapsed.count,
      failed_ns: timer.failed_elapsed.total_ns,
      partial_reasons: timer.partial_reasons,
      lost_reasons: timer.lost_reasons,
      idle_in: timer.idle_in ?? [],
      overhead: timer.overhead_ns ?? null,
      busy: summary.read(timer.busy),
      queued: summary.read(timer.queued),
      elapsed: summary.read(timer.elapsed),
    };
  });
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
  const change = { ...now };
  for (const key of counts) {
    change[key] = now[key] - before[key];
    if (change[key] < 0) return null;
  }
  for (const key of measures) {
    change[key] = summary.difference(now[key], before[key]);
    if (!change[key]) return null;
  }
  for (const key of reasons) {
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
    if (series.count === 0) continue;
    point[key] = {
      p50: summary.quantile(series, 0.5),
      p90: summary.quantile(series, 0.9),
      p99: summary.quantile(series, 0.99),
      max: series.max,
    };
  }
  return point;
}
