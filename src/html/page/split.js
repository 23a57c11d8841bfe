"use strict";
// Draws busy, queued and idle over time, as parts of a whole.

class SplitChart {
  static cells = 75;

  // Filled steps have no seams, as bars side by side would.
  static #rectangles = (plot, series, from, to) => {
    const fill = new Path2D();
    const [begins] = plot.data;
    const bottom = Math.round(plot.valToPos(0, "y", true));
    const edge = (index) => Math.round(plot.valToPos(begins[index], "x", true));
    for (let i = from; i < begins.length - 1 && i <= to; ++i) {
      const value = plot.data[series][i];
      if (value == null) continue;
      const top = Math.round(plot.valToPos(value, "y", true));
      fill.rect(edge(i), top, edge(i + 1) - edge(i), bottom - top);
    }
    return { fill, stroke: null, clip: null, band: null, gaps: null, flags: 1 };
  };

  constructor() {
    this.cells = [];
    this.time = [0, 1];
    const bars = (fill) => ({
      paths: SplitChart.#rectangles,
      fill,
      width: 0,
      points: { show: false },
    });
    this.chart = new chart.Chart("split", {
      height: 210,
      padding: [26, 26, 0, 0],
      legend: (index) => this.#legend(index),
      cursor: { points: { show: false }, dataIdx: (plot, series, index, x) => this.#cell_at(x) },
      scales: { x: { time: false, range: () => this.time }, y: { range: () => [0, 1] } },
      axes: [
        chart.time_axis(),
        chart.axis({
          size: 46,
          splits: () => [0, 0.25, 0.5, 0.75, 1],
          values: (plot, splits) => splits.map(format.percent),
        }),
      ],
      // Each is drawn over the one before: all, then all but idle, then all but queued, then busy.
      series: [
        {},
        bars(() => chart.colour("idle")),
        bars((plot) => chart.stripes(plot.ctx, "queued")),
        bars((plot) => chart.stripes(plot.ctx, "off")),
        bars(() => chart.colour("busy")),
      ],
    });
  }

  show(history, timer) {
    const shown = Math.min(Math.max(history.watched, 30), History.points_kept_s);
    // Cells begin at multiples of their width, so that they don't flicker as time goes on.
    const width = Math.max(2, Math.ceil(shown / SplitChart.cells));
    const begin = Math.floor((history.end - shown) / width) * width;
    const count = Math.floor((history.end - begin) / width) + 1;
    this.cells = Array.from({ length: count }, (_, i) => ({
      begin: begin + i * width,
      runs: 0,
      busy: { total: 0 },
      queued: { total: 0 },
      elapsed: { total: 0 },
      complete_elapsed: 0,
      off_processor: 0,
    }));
    for (const point of timer.points) {
      const cell = this.cells[Math.floor((point.end - begin) / width)];
      if (!cell || !point.totals) continue;
      cell.runs += point.totals.runs;
      cell.complete_elapsed += point.totals.complete_elapsed;
      cell.off_processor += point.totals.off_processor;
      for (const measure of measures) cell[measure].total += point.totals[measure];
    }
    for (const cell of this.cells) cell.shares = shares_of(cell);
    this.time = [begin, begin + count * width];
    const column = (part) => [
      ...this.cells.map((cell) => (cell.shares ? part(cell.shares) : null)),
      null,
    ];
    const last = this.cells.findLast((cell) => cell.shares)?.shares;
    this.chart.set(
      "Where the time goes",
      "Busy, queued and idle as parts of the whole. " +
        (last
          ? `Latest: ${measures_of(last)
              .map(([, part, value]) => `${part} ${value}`)
              .join(", ")}.`
          : "No runs yet."),
      [
        [...this.cells.map((cell) => cell.begin), begin + count * width], // the beginning of each, and the end
        column(() => 1),
        column((shares) => shares.busy + shares.off + shares.queued),
        column((shares) => shares.busy + shares.off),
        column((shares) => shares.busy),
      ],
    );
  }

  // A cell begins at its value, but uPlot looks for the nearest value.
  #cell_at(x) {
    const width = this.cells.length > 1 ? this.cells[1].begin - this.cells[0].begin : 1;
    return Math.min(Math.max(Math.floor((x - this.time[0]) / width), 0), this.cells.length - 1);
  }

  #legend(index) {
    const cell = index === null ? this.cells.findLast((one) => one.shares) : this.cells[index];
    const clock = cell ? format.clock(cell.begin * 1000) : "";
    return {
      entries: measures_of(cell?.shares),
      moment: index === null ? "" : cell?.shares ? clock : `${clock}: no runs`,
    };
  }
}

function measures_of(shares) {
  return parts_of(shares).map((part) => [part, parts[part], format.percent(shares?.[part])]);
}
