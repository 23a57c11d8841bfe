"use strict";
// Handles one series of durations of a report: count, total and buckets [first, last, count].
// Numbers are doubles, so totals beyond 2^53 ns (104 days) are off by some ns.

const summary = (() => {
  /** Converts a series of a report to the names that are used here. */
  function read(json) {
    return {
      count: json.count,
      total: json.total_ns,
      min: json.min_ns ?? null,
      max: json.max_ns ?? null,
      quantiles: json.quantiles,
      buckets: json.buckets,
    };
  }

  /** The same as a report has it. */
  const none = { count: 0, total_ns: 0, quantiles: [], buckets: [] };

  const nothing = { count: 0, total: 0, min: null, max: null, quantiles: [], buckets: [] };

  // The service sends the distribution of a timer only while somebody looks at it.
  const has_distribution = (series) => series.count === 0 || series.buckets.length > 0;

  /**
   * Returns what `now` has more than `before`, an earlier report. Returns `null` if something became
   * less, as after a restart.
   */
  function difference(now, before) {
    if (now.count < before.count || now.total < before.total) return null;
    const [count, total] = [now.count - before.count, now.total - before.total];
    if (!has_distribution(now) || !has_distribution(before)) return { ...nothing, count, total };
    const buckets = [];
    let i = 0;
    for (const [first, last, count] of now.buckets) {
      let more = count;
      if (i < before.buckets.length) {
        if (before.buckets[i][0] < first) return null;
        if (before.buckets[i][0] === first) more -= before.buckets[i++][2];
      }
      if (more < 0) return null;
      if (more > 0) buckets.push([first, last, more]);
    }
    if (i < before.buckets.length) return null;
    return bounded(count, total, buckets, now, before);
  }

  /** Returns both series as one. If one has samples but no buckets, the sum has none. */
  function sum(a, b) {
    if (a.count === 0) return b;
    if (b.count === 0) return a;
    const [count, total] = [a.count + b.count, a.total + b.total];
    const is_known = a.buckets.length > 0 && b.buckets.length > 0;
    const all = new Map();
    for (const [first, last, more] of is_known ? [...a.buckets, ...b.buckets] : [])
      all.set(first, [first, last, more + (all.get(first)?.[2] ?? 0)]);
    const buckets = [...all.values()].sort(([x], [y]) => x - y);
    const min = a.min === null || b.min === null ? null : Math.min(a.min, b.min);
    const max = a.max === null || b.max === null ? null : Math.max(a.max, b.max);
    return { count, total, min, max, quantiles: [], buckets };
  }

  /** The extremes of an interval are exact if they are those of the lifetime. */
  function bounded(count, total, buckets, now, before) {
    const result = { count, total, min: null, max: null, quantiles: [], buckets };
    if (buckets.length === 0) return result;
    const least = buckets[0];
    const greatest = buckets[buckets.length - 1];
    const lowered = before.count === 0 || (now.min !== null && now.min < before.min);
    const raised = before.count === 0 || (now.max !== null && now.max > before.max);
    result.min = lowered && now.min !== null ? now.min : clamp(middle(least), now.min, now.max);
    result.max = raised && now.max !== null ? now.max : clamp(middle(greatest), now.min, now.max);
    return result;
  }

  function middle([first, last]) {
    return first + Math.floor((last - first) / 2);
  }

  function clamp(value, min, max) {
    if (max !== null) value = Math.min(value, max);
    return min !== null ? Math.max(value, min) : value;
  }

  /** Returns the rank of a quantile, from 1: the least k with k >= probability * count. */
  function nearest_rank(probability, count) {
    // 0.07 * 100 is a little over 7 in binary, and must not become 8.
    const rank = Math.ceil(probability * count * (1 - 4 * Number.EPSILON));
    return Math.min(Math.max(rank, 1), count);
  }

  /**
   * Returns the sample of nearest rank: the least, the greatest, or the middle of its bucket, which is
   * at most 0.4 % from it. A quantile that the server computed is taken as it is. `null` if unknown.
   */
  function quantile(series, probability) {
    if (series.count === 0) return null;
    const computed = series.quantiles.find((one) => one.probability === probability);
    if (computed) return computed.ns;
    if (series.buckets.length === 0) return null;
    const counted = series.buckets.reduce((all, one) => all + one[2], 0);
    let left = nearest_rank(probability, counted);
    if (left === 1 && series.min !== null) return series.min;
    if (left === counted && series.max !== null) return series.max;
    for (const bucket of series.buckets) {
      left -= bucket[2];
      if (left <= 0) return clamp(middle(bucket), series.min, series.max);
    }
    return series.max;
  }

  function mean(series) {
    return series.count > 0 ? series.total / series.count : null;
  }

  return { read, none, nothing, difference, sum, quantile, mean, nearest_rank, middle };
})();
