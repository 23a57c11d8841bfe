"use strict";
// The table's columns: the value that sorts each, and its text.

const columns = (() => {
  const quantile = (measure, probability) => (row) =>
    summary.quantile(row.shown[measure], probability);
  // A plain timer is never queued, so there is nothing to show.
  const unless_scope = (value) => (row) =>
    row.timer.lifetime.kind === "scope" ? null : value(row);
  const ran = (row) => row.shown.busy.count > 0;

  const all = [
    { id: "name", label: "timer", value: (row) => row.timer.lifetime.name, ascending: true },
    { id: "kind", label: "kind", value: (row) => row.timer.lifetime.kind, ascending: true },
    {
      id: "rate",
      label: "runs/s",
      told: "runs per second",
      value: (row) => row.rate,
      text: format.rate,
    },
    { id: "runs", label: "runs", value: (row) => row.shown.runs, text: format.count },
    {
      id: "open",
      label: "open",
      told: "runs that are open",
      value: (row) => row.timer.lifetime.open,
      text: format.count,
    },
    {
      id: "busy_total",
      group: "busy",
      label: "total",
      value: (row) => (ran(row) ? row.shown.busy.total : null),
      text: format.duration,
    },
    {
      id: "busy_p50",
      group: "busy",
      label: "p50",
      value: quantile("busy", 0.5),
      text: format.duration,
    },
    {
      id: "busy_p90",
      group: "busy",
      label: "p90",
      value: quantile("busy", 0.9),
      text: format.duration,
    },
    {
      id: "busy_p99",
      group: "busy",
      label: "p99",
      value: quantile("busy", 0.99),
      text: format.duration,
    },
    {
      id: "busy_max",
      group: "busy",
      label: "max",
      value: (row) => (ran(row) ? row.shown.busy.max : null),
      text: format.duration,
    },
    {
      id: "queued_p99",
      group: "queued",
      label: "p99",
      value: unless_scope(quantile("queued", 0.99)),
      text: format.duration,
    },
    {
      id: "elapsed_p99",
      group: "elapsed",
      label: "p99",
      value: quantile("elapsed", 0.99),
      text: format.duration,
    },
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
