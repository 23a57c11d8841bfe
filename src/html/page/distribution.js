"use strict";
// Draws how long runs took: a histogram on a logarithmic axis, with the percentiles marked.

const bins = (() => {
  /**
   * Turns buckets into bins of equal width on a logarithmic axis: {log: middles, counts, edges}. A
   * bucket that lies in two bins is divided between them. Otherwise bins with one bucket more than
   * their neighbours would stand out.
   */
  function of(series) {
    if (series.buckets.length === 0) return null;
    let low = Math.log10(ends(series.buckets[0])[0]);
    let high = Math.log10(ends(series.buckets.at(-1))[1]);
    // A single value is a bar in the middle, and doesn't fill the chart.
    const missing = 0.4 - (high - low);
    if (missing > 0) [low, high] = [Math.max(0, low - missing / 2), high + missing / 2];
    const per_decade = Math.min(Math.max(Math.round(52 / (high - low)), 5), 40);
    const begin = Math.floor(low * per_decade) - 1;
    const end = Math.ceil(high * per_decade) + 1;
    const counts = new Array(end - begin).fill(0);
    for (const bucket of series.buckets) {
      const [from, to] = ends(bucket);
      const first_bin = Math.floor(Math.log10(from) * per_decade);
      const last_bin = Math.floor(Math.log10(to) * per_decade);
      for (let bin = first_bin; bin <= last_bin; ++bin) {
        const inside =
          Math.min(to, edge(bin + 1, per_decade)) - Math.max(from, edge(bin, per_decade));
        if (inside > 0) counts[bin - begin] += (bucket[2] * inside) / (to - from);
      }
    }
    return {
      counts,
      logs: counts.map((_, i) => (begin + i + 0.5) / per_decade),
      edges: counts.map((_, i) => [edge(begin + i, per_decade), edge(begin + i + 1, per_decade)]),
      range: [begin / per_decade, end / per_decade],
      total: series.count,
    };
  }

  // The whole number n stands for [n, n + 1). Zero has no logarithm, so it is drawn with 1 ns.
  const ends = ([first, last]) => [Math.max(1, first), Math.max(2, last + 1)];

  const edge = (bin, per_decade) => 10 ** (bin / per_decade);

  return { of };
})();

class DistributionChart {
  constructor(height) {
    this.bins = null;
    this.marks = [];
    this.measure = "busy";
    this.chart = new chart.Chart("distribution", {
      height,
      padding: [26, 22, 0, 0],
      legend: (index) => this.#legend(index),
      cursor: { points: { show: false } },
      scales: {
        x: { time: false, range: () => this.bins?.range ?? [3, 6] },
        y: { range: (plot, min, max) => [0, Math.max(max, 1) * 1.04] },
      },
      axes: [
        chart.axis({
          size: 28,
          splits: (plot, index, min, max) =>
            chart.logarithmic_splits(10 ** min, 10 ** max, plot.width / 62).map(Math.log10),
          values: (plot, splits) => splits.map((log) => format.tick(10 ** log)),
        }),
        chart.axis({
          size: 46,
          space: 40,
          incrs: whole_steps,
          values: (plot, splits) => splits.map(short_count),
        }),
      ],
      series: [
        {},
        {
          paths: uPlot.paths.bars({ size: [0.86, 100], radius: 0.12 }),
          fill: () => chart.colour(this.measure),
          stroke: () => chart.colour(this.measure),
          width: 0,
          points: { show: false },
        },
      ],
      hooks: { draw: [(plot) => this.#draw_marks(plot)] },
    });
  }

  show(series, measure, of_what) {
    this.measure = measure;
    this.bins = bins.of(series);
    this.marks = [0.5, 0.9, 0.99]
      .map((probability) => ["p" + probability * 100, summary.quantile(series, probability)])
      .filter(([, value]) => value !== null);
    const counts = this.bins?.counts ?? [];
    // A single run among thousands must be visible, too.
    const least = Math.max(...counts, 0) * 0.012;
    this.chart.set(
      `Distribution of ${measure} time, ${of_what}`,
      `Distribution of ${measure} time, ${of_what}: ${format.plural(series.count, "run")}. ` +
        this.marks.map(([label, value]) => `${label} ${format.duration(value)}`).join(", "),
      [this.bins?.logs ?? [], counts.map((count) => (count > 0 ? Math.max(count, least) : null))],
    );
  }

  #legend(index) {
    const entries = this.marks.map(([label, value]) => [label, label, format.duration(value)]);
    if (!this.bins) return { entries, moment: "no distribution to show" };
    if (index === null) return { entries, moment: "" };
    const count = this.bins.counts[index];
    const [from, to] = this.bins.edges[index].map(format.duration);
    const part = format.percent(count / this.bins.total);
    const runs = format.plural(Math.round(count), "run");
    return { entries, moment: `${from} to ${to}: ${runs}, ${part}` };
  }

  #draw_marks(plot) {
    const ratio = devicePixelRatio;
    const { ctx: context, bbox } = plot;
    context.save();
    context.font = `600 ${11 * ratio}px ${chart.font_family()}`;
    context.textAlign = "left";
    context.textBaseline = "bottom";
    context.lineWidth = 1.5 * ratio;
    let free = -Infinity;
    for (const [label, value] of this.marks) {
      const x = Math.round(plot.valToPos(Math.log10(Math.max(value, 1)), "x", true));
      context.strokeStyle = context.fillStyle = chart.colour(label);
      context.setLineDash(label === "p90" ? [7 * ratio, 4 * ratio] : []);
      context.beginPath();
      context.moveTo(x, bbox.top - 3 * ratio);
      context.lineTo(x, bbox.top + bbox.height);
      context.stroke();
      const width = context.measureText(label).width;
      const right = bbox.left + bbox.width;
      const left = Math.min(Math.max(x - width / 2, free), right - width);
      context.fillText(label, left, bbox.top - 5 * ratio);
      free = left + width + 5 * ratio;
    }
    context.restore();
  }
}

// 1, 2, 5, 10, 20, ...: counts of runs are whole numbers.
const whole_steps = Array.from(
  { length: 40 },
  (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3),
);

function short_count(number) {
  if (number >= 1e6) return `${number / 1e6}M`;
  return number >= 1e4 ? `${number / 1e3}k` : format.count(number);
}
