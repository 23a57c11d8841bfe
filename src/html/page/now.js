"use strict";
// What happens now: steps that execute, runs that are open, threads, and the stalls that were told.

class NowView {
  #threads = new Map(); // what each was a minute ago: [{time, thread}]

  constructor(select) {
    this.select = select;
    this.runs = new Rows(by_id("open_runs").tBodies[0], () => this.#make_run());
    this.steps = new Rows(by_id("steps"), () => make("li", {}, make("p"), make("p", { className: "note" })));
    this.threads = new Rows(by_id("threads"), () => this.#make_thread());
    this.stalls = new StallList();
  }

  show({ now, stalls, steady_ns, time_ns }, open) {
    this.runs.show(now.open_runs, (row, run) => this.#fill_run(row, run));
    const others = open - now.open_runs.length;
    set_text(
      by_id("open_runs_note"),
      now.open_runs.length === 0
        ? ""
        : `the oldest first${others > 0 ? ` · ${format.count(others)} more that aren't listed` : ""}`,
    );
    by_id("open_runs").hidden = now.open_runs.length === 0;
    by_id("no_open_runs").hidden = now.open_runs.length > 0;
    by_id("no_steps").hidden = now.steps.length > 0;
    this.steps.show(now.steps, (item, step) => this.#fill_step(item, step));
    by_id("no_threads").hidden = now.threads.length > 0;
    const unsampled = now.threads.some((thread) => thread.samples === 0);
    by_id("unsampled").hidden = !unsampled;
    this.threads.show(now.threads, (item, thread) => this.#fill_thread(item, thread, steady_ns / 1e9));
    by_id("no_stalls").hidden = stalls.count > 0;
    this.stalls.show(stalls.texts, time_ns / 1e6);
  }

  #make_run() {
    const name = make("button", { type: "button", className: "link" });
    name.addEventListener("click", () => this.select(name.textContent));
    const cells = ["age", "state", "busy", "queued", "idle"].map((kind) =>
      make("td", { className: kind === "state" ? "does" : `number ${kind}` }));
    cells[1].append(make("i", { "aria-hidden": "true" }), make("span"));
    return make("tr", {}, make("td", { className: "name" }, name), ...cells);
  }

  #fill_run(row, run) {
    const [name, age, state, busy, queued, idle] = row.cells;
    set_text(name.firstChild, run.name);
    set_text(age, format.duration(run.age_ns));
    state.className = `does ${run.state}`;
    set_text(state.lastChild, words.states[run.state]);
    set_text(busy, format.duration(run.busy_ns));
    set_text(queued, format.duration(run.queued_ns));
    const known = run.busy_ns !== undefined && run.queued_ns !== undefined;
    set_text(idle, format.duration(known ? Math.max(0, run.age_ns - run.busy_ns - run.queued_ns) : null));
  }

  #fill_step(item, step) {
    const thread = step.thread_name ? `${step.thread_name} (${step.thread})` : `thread ${step.thread}`;
    const [what, note] = item.children;
    const age = step.age_ns > 0 ? `for at least ${format.duration(step.age_ns)}` : "seen for the first time";
    set_text(what, step.runs.length > 0 ? step.runs.join(" in ") : (step.timers[0] ?? "a step"));
    const on = step.timers.length > 0 ? ` · on ${step.timers.join(" in ")}` : "";
    set_text(note, `${age} · ${thread}${on}`);
    item.classList.toggle("long", step.age_ns >= 1e8);
  }

  #make_thread() {
    return make("li", {},
      make("div", { className: "executor_head" }, make("b"), make("b", { className: "share" })),
      make("div", { className: "meter", role: "meter", "aria-valuemin": 0, "aria-valuemax": 100 }, make("i")),
      make("p", { className: "note" }),
      make("ol", { className: "executed" }));
  }

  #fill_thread(item, thread, time) {
    const shown = this.#recent(thread, time);
    const [head, meter, note, executed] = item.children;
    const name = thread.ended > 0 ? format.plural(thread.ended, "thread") + " that ended" : thread.name || "thread";
    set_text(head.firstChild, thread.ended > 0 ? name : `${name} ${thread.thread}`);
    const share = shown.samples > 0 ? 1 - shown.idle / shown.samples : null;
    set_text(head.lastChild, format.percent(share));
    meter.hidden = share === null;
    if (share !== null) {
      meter.firstChild.style.width = `${(share * 100).toFixed(1)}%`;
      set_attribute(meter, "aria-valuenow", Math.round(share * 100));
      set_attribute(meter, "aria-label", `${name}: share of samples in a step`);
    }
    const told = [];
    if (share !== null) told.push(`in steps, of ${format.plural(shown.samples, "sample")}`);
    if (shown.processor_time_ns !== undefined)
      told.push(`on a processor for ${format.percent(shown.processor_time_ns / shown.age_ns)}`);
    told.push(`${format.rate(shown.steps / (shown.age_ns / 1e9))} steps/s`, shown.period);
    set_text(note, told.join(" · "));
    const most = shown.executed.slice(0, 3);
    item.rows ??= new Rows(executed, () => make("li", {}, make("span", { className: "share" }), make("span")));
    item.rows.show(most, (line, one) => {
      set_text(line.firstChild, format.percent(one.samples / shown.samples));
      set_text(line.lastChild, words.executed(one));
    });
  }

  /** Returns what a thread did in the last minute; of one that wasn't seen long enough, ever. */
  #recent(thread, time) {
    const known = this.#threads.get(thread.thread) ?? [];
    if (known.at(-1)?.time > time || known.at(-1)?.thread.steps > thread.steps) known.length = 0;
    known.push({ time, thread });
    while (time - known[0].time > 61) known.shift();
    this.#threads.set(thread.thread, known);
    const { time: began, thread: before } = known[0];
    const seconds = Math.round(time - began);
    if (seconds < 2 || thread.ended > 0) return { ...thread, period: "since its first step" };
    const had = new Map(before.executed.map((one) => [`${one.run}\n${one.executor}`, one.samples]));
    const executed = thread.executed
      .map((one) => ({ ...one, samples: one.samples - (had.get(`${one.run}\n${one.executor}`) ?? 0) }))
      .filter((one) => one.samples > 0)
      .sort((a, b) => b.samples - a.samples);
    const shown = { ...thread, executed, period: `last ${seconds} s` };
    for (const key of ["age_ns", "steps", "samples", "idle", "processor_time_ns"])
      if (key in thread) shown[key] = thread[key] - before[key];
    return shown;
  }
}
