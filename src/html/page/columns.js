"use strict";
// The table's columns: the value that sorts each, and its text.

const columns = (() => {
  const { count, duration } = format;
  // Of many timers, the service sends the distribution of the selected one only. Then percentiles of
  // all are those of their lifetimes, and the column says so. For the period there are means.
  const series = (row, measure) => (row.follows_all ? row.shown : row.timer.lifetime)[measure];
  const quantile = (measure, probability) => (row) =>
    summary.quantile(series(row, measure), probability);
  const mean = (measure) => (row) => summary.mean(row.shown[measure]);
  // A plain timer is never queued, so there is nothing to show.
  const unless_scope = (value) => (row) =>
    row.timer.lifetime.kind === "scope" ? null : value(row);
  const greatest = ({ count: number, max }) => (number > 0 ? max : null);

  const all = [
    { id: "name", label: "timer", value: (row) => row.timer.lifetime.name, ascending: true },
    { id: "kind", label: "kind", value: (row) => row.timer.lifetime.kind, ascending: true },
    { id: "rate", label: "runs/s", told: "runs per second", value: (row) => row.rate, text: format.rate },
    { id: "runs", label: "runs", value: (row) => row.shown.runs, text: count },
    { id: "open", label: "open", told: "runs that are open", value: (row) => row.timer.lifetime.open, text: count },
    {
      id: "busy_total",
      group: "busy",
      label: "total",
      value: (row) => (row.shown.busy.count > 0 ? row.shown.busy.total : null),
      text: duration,
    },
    { id: "busy_mean", group: "busy", label: "mean", value: mean("busy"), text: duration, only_of_lifetime: true },
    { id: "busy_p50", group: "busy", label: "p50", value: quantile("busy", 0.5), text: duration, is_percentile: true, only_of_period: true },
    { id: "busy_p90", group: "busy", label: "p90", value: quantile("busy", 0.9), text: duration, is_percentile: true, only_of_period: true },
    { id: "busy_p99", group: "busy", label: "p99", value: quantile("busy", 0.99), text: duration, is_percentile: true },
    {
      id: "busy_max",
      group: "busy",
      label: "max",
      value: (row) => greatest(series(row, "busy")),
      text: duration,
      is_percentile: true,
    },
    {
      id: "queued_mean",
      group: "queued",
      label: "mean",
      value: unless_scope(mean("queued")),
      text: duration,
      only_of_lifetime: true,
    },
    {
      id: "queued_p99",
      group: "queued",
      label: "p99",
      value: unless_scope(quantile("queued", 0.99)),
      text: duration,
      is_percentile: true,
    },
    { id: "elapsed_p99", group: "elapsed", label: "p99", value: quantile("elapsed", 0.99), text: duration, is_percentile: true },
    {
      id: "share",
      label: "where the time goes",
      told: "busy share of its time",
      value: (row) => row.shares?.busy ?? null,
      text: format.percent,
    },
  ];
  // A file has no rate.
  const known = all.filter((column) => live || column.id !== "rate");
  return known.map((column) => ({
    ...column,
    told: column.told ?? [column.group, column.label].filter(Boolean).join(" "),
  }));
})();
