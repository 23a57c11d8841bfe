"use strict";
// Draws percentiles over the last minutes, as lines on a logarithmic axis.

class PercentilesChart {
  static lines = [
    { key: "max", label: "max", width: 1.25, dash: [1, 4] },
    { key: "p99", label: "p99", width: 2 },
    { key: "p90", label: "p90", width: 1.75, dash: [7, 4] },
    { key: "p50", label: "p50", width: 2 },
  ];

  constructor() {
    this.points = [];
    this.measure = "busy";
    this.range = [1e3, 1e6];
    this.time = [0, 1];
    const line = ({ key, width, dash }) => ({
      scale: "y",
      stroke: () => chart.colour(key),
      width,
      dash,
      cap: dash ? "round" : "butt",
      points: { show: () => this.few, size: 5, fill: () => chart.colour(key) },
    });
    this.chart = new chart.Chart("percentiles", {
      height: 210,
      padding: [10, 44, 0, 0],
      legend: (index) => this.#legend(index),
      scales: {
        x: { time: false, range: () => this.time },
        y: { distr: 3, range: () => this.range },
      },
      axes: [
        chart.time_axis(),
        chart.axis({
          size: 62,
          splits: (plot, index, min, max) => chart.logarithmic_splits(min, max, plot.height / 28),
          filter: (plot, splits) => splits,
          values: (plot, splits) => splits.map(format.tick),
        }),
      ],
      series: [{}, ...PercentilesChart.lines.map(line)],
      bands: [{ series: [2, 4], fill: () => chart.faded("p99", 0.09) }],
      hooks: { draw: [(plot) => this.#label_lines(plot)] },
    });
  }

  show(history, timer, measure) {
    this.points = timer.points;
    this.measure = measure;
    // The full width from the start would leave the chart nearly empty for minutes.
    const shown = Math.min(Math.max(history.watched, 30), History.points_kept_s);
    this.time = [history.end - shown, history.end];
    const known = this.points.filter((point) => point[measure]?.p50 != null);
    this.few = known.length < 20;
    this.range = this.#range_of(known.map((point) => point[measure]));
    const column = (key) =>
      this.points.map((point) => {
        if (!point.totals) return null; // the connection was lost: a gap
        const value = point[measure]?.[key];
        // Nothing ran, so the line continues to the next second with runs. Zero has no logarithm.
        return value == null ? undefined : Math.max(value, 1);
      });
    const last = known.at(-1)?.[measure];
    this.chart.set(
      `Percentiles of ${measure} time, each second`,
      `Percentiles of ${measure} time over the last ${Math.round(shown)} seconds. ` +
        (last
          ? `Latest: p50 ${format.duration(last.p50)}, p99 ${format.duration(last.p99)}.`
          : "No runs yet."),
      [
        this.points.map((point) => point.end),
        ...PercentilesChart.lines.map(({ key }) => column(key)),
      ],
    );
  }

  // At least a decade, or noise would look like mountains.
  #range_of(points) {
    if (points.length === 0) return [1e3, 1e6];
    let min = Math.max(1, Math.min(...points.map((point) => point.p50))) / 1.25;
    let max = Math.max(1, ...points.map((point) => point.max ?? point.p99)) * 1.25;
    const missing = 10 / (max / min);
    if (missing > 1) {
      min /= Math.sqrt(missing);
      max *= Math.sqrt(missing);
    }
    return [min, max];
  }

  #legend(index) {
    const at =
      index === null ? this.points.findLast((point) => point[this.measure]) : this.points[index];
    const values = at?.[this.measure];
    const entries = PercentilesChart.lines.map(({ key, label }) => [
      key,
      label,
      format.duration(values?.[key]),
    ]);
    const clock = at ? format.clock(at.end * 1000) : "";
    return {
      entries: entries.reverse(),
      moment: index === null ? "" : values ? clock : `${clock}: no runs`,
    };
  }

  // The lines' names are at their ends, pushed apart where they would overlap.
  #label_lines(plot) {
    const last = this.points.findLast((point) => point[this.measure]);
    if (!last) return;
    const ratio = devicePixelRatio;
    const context = plot.ctx;
    context.save();
    context.font = `600 ${11 * ratio}px ${chart.font_family()}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    const x = Math.min(plot.valToPos(last.end, "x", true), plot.bbox.left + plot.bbox.width);
    let lowest = -Infinity;
    for (const { key, label } of PercentilesChart.lines) {
      const value = last[this.measure][key];
      if (value == null) continue;
      const y = Math.max(plot.valToPos(Math.max(value, 1), "y", true), lowest + 13 * ratio);
      lowest = y;
      context.fillStyle = chart.colour(key);
      context.fillText(label, x + 7 * ratio, y);
    }
    context.restore();
  }
}
