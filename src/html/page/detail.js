"use strict";
// Shows the selected timer.

class Detail {
  constructor() {
    this.awaited = new AwaitedList();
    this.distribution = new DistributionChart(live ? 210 : 300);
    if (live) {
      this.percentiles = new PercentilesChart();
      this.split = new SplitChart();
    } else {
      by_id("percentiles").remove();
      by_id("split").remove();
      by_id("distribution").classList.add("wide");
    }
  }

  get measure() {
    return document.querySelector("#measure input:checked").value;
  }

  show(history, { timer, shown, shares, rate }, of_what) {
    const { name, kind, overhead } = timer.lifetime;
    const measure = this.measure;
    const series = shown[measure];
    // The service sends the distribution of one timer among many, from when it is selected.
    const of_series = series.known < series.count ? "since it was selected" : of_what;
    set_name(by_id("detail_name"), name);
    set_text(by_id("detail_kind"), words.kinds[kind] ?? kind);
    this.#show_verdict(timer, shown, shares, of_what);
    const cheap = overhead !== null && shown.busy.count > 0 && summary.mean(shown.busy) < 10 * overhead;
    this.#show_figures([
      live ? ["runs/s", format.rate(rate)] : ["runs", format.count(shown.runs)],
      [`${measure} mean`, format.duration(summary.mean(series))],
      ["p50", format.duration(summary.quantile(series, 0.5))],
      ["p90", format.duration(summary.quantile(series, 0.9))],
      ["p99", format.duration(summary.quantile(series, 0.99))],
      ["max", format.duration(series.count > 0 ? series.max : null)],
      ...(shown.failed_timed > 0
        ? [["failed mean", format.duration(shown.failed_ns / shown.failed_timed)]]
        : []),
      ...(shown.steps > shown.busy.count && shown.busy.count > 0
        ? [["steps a run", (shown.steps / shown.busy.count).toFixed(1)]]
        : []),
      ...(timer.lifetime.steps > timer.lifetime.busy.count && timer.lifetime.longest_step !== null
        ? [["longest step so far", format.duration(timer.lifetime.longest_step)]]
        : []),
      ...(timer.lifetime.open > 0 ? [["open", format.count(timer.lifetime.open)]] : []),
      ...(timer.lifetime.waiting > 0
        ? [["waiting to start", format.count(timer.lifetime.waiting)]]
        : []),
      ...(timer.lifetime.oldest_waiting !== null
        ? [["waiting longest", format.duration(timer.lifetime.oldest_waiting)]]
        : []),
      ...(timer.lifetime.oldest_open !== null
        ? [["open longest", format.duration(timer.lifetime.oldest_open)]]
        : []),
      ...(cheap ? [["cost of measuring", format.duration(overhead)]] : []),
    ]);
    this.awaited.show(timer.lifetime);
    this.distribution.show(series, measure, of_series);
    this.percentiles?.show(history, timer, measure);
    this.split?.show(history, timer);
  }

  #show_verdict(timer, shown, shares, of_what) {
    let told;
    if (timer.lifetime.runs === 0)
      told = [
        timer.lifetime.open > 0 ? "No run has ended so far." : "It never ran.",
        "Its numbers appear when its first run ends.",
      ];
    else if (!shares)
      told = [
        shown.runs === 0
          ? "It isn't running now."
          : shown.partial === shown.runs
            ? "Only its elapsed time is known."
            : "It took no time.",
        `${format.plural(shown.runs, "run")} ${of_what}, ${format.count(timer.lifetime.runs)} in its lifetime.`,
      ];
    else told = words.verdict(shown, shares, awaited.read(timer.lifetime.idle_in));
    const place = by_id("verdict");
    if (place.textContent !== told.join(" "))
      place.replaceChildren(make("strong", {}, told[0]), " ", told[1]);
  }

  #show_figures(figures) {
    const list = by_id("figures");
    while (list.children.length > figures.length) list.lastChild.remove();
    figures.forEach(([label, value], i) => {
      const item = list.children[i] ?? list.appendChild(make("div", {}, make("dt"), make("dd")));
      set_text(item.firstChild, label);
      set_text(item.lastChild, value);
    });
  }
}
