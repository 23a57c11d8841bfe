"use strict";
// What the numbers mean, in sentences.

const words = (() => {
  const kinds = {
    scope: "a scope: each run is measured from start to end",
    task: "a task: each run includes all that executes on its behalf",
    executor: "an executor: each function that it executes is a run",
  };

  function remedy(lost) {
    return (
      lost.remedy ||
      "Give everything that the run waits for an instrumented executor, or spawn its coroutine on task(executor)."
    );
  }

  const troubles = {
    failed: "ended by an exception or an error",
    lost: "could not be measured to the end",
    dropped: "destroyed without running, after being submitted",
  };

  /** Says of failed runs how long they took, as far as that is known. */
  function failed(shown) {
    if (shown.failed_timed === 0) return troubles.failed;
    const mean = format.duration(shown.failed_ns / shown.failed_timed);
    return `${troubles.failed}, after ${mean} on average`;
  }

  /**
   * Says whether a timer computes, by its sampled runs: [short sentence, explanation]. Nothing if there
   * are none.
   */
  function on_processor(timer) {
    if (!(timer.cpu_busy > 0)) return null;
    const share = timer.cpu / timer.cpu_busy;
    const seen = `In ${format.plural(timer.cpu_runs, "sampled run")} it was on a processor for ${format.percent(share)} of its busy time.`;
    return share >= 0.5 ? ["It computes.", seen] : ["It blocks, or is preempted.", seen];
  }

  /** Says in which line a timer waits, as far as that was measured. */
  function line(timer, shares) {
    const waits = waits_of(timer);
    const whose = timer.kind === "executor" ? "its functions are" : "it is";
    const ready = `For ${format.percent(shares.queued)} of the time ${whose} ready, but wait${timer.kind === "executor" ? "" : "s"}.`;
    if (waits.held >= 0.5)
      return [
        "It waits for a strand.",
        `${ready} For ${format.percent(waits.held)} of that, another function held the strand.`,
      ];
    if (waits.free >= 0.5)
      return [
        "It waits for a thread.",
        `${ready} For ${format.percent(waits.free)} of that, nothing but a thread was missing.`,
      ];
    return [
      "It waits in line.",
      `${ready} For ${format.percent(waits.held)} of that, another function held the strand; for ${format.percent(waits.free)}, nothing but a thread was missing. The rest isn't known.`,
    ];
  }

  /** Returns a name that doesn't affect the direction of what surrounds it. */
  const isolated = (name) => `\u2068${name}\u2069`;

  /** Returns what it waits for: what is known of its lifetime, or what that may be. */
  function idle(shares, waits) {
    const neither = `For ${format.percent(shares.idle)} of its time it neither executes nor is ready.`;
    const costs = "What it costs here is its busy time.";
    const [longest] = waits;
    if (!longest)
      return ["It waits for something else.", `${neither} It may wait for I/O or a timer. ${costs}`];
    const name = isolated(longest.name);
    const what = longest.place ? `${name} ${isolated(longest.place)}` : name;
    return [
      longest.share > 0.5 ? `It waits for ${name}.` : "It waits for several operations.",
      `${neither} Of what its runs waited for in its lifetime, ${what} is ${format.percent(longest.share)}. ${costs}`,
    ];
  }

  /**
   * Returns what the shares of a timer's time mean: [short sentence, explanation]. `waits` is what
   * its runs waited for, the longest first; empty if that isn't known.
   */
  function verdict(timer, shares, waits = []) {
    const part = format.percent;
    if (timer.kind === "scope") {
      const on = on_processor(timer);
      return on
        ? [on[0], `It is measured by the clock from start to end. ${on[1]}`]
        : [
            "A plain scope.",
            "It is measured by the clock from start to end, including its waits.",
          ];
    }
    if (shares.busy >= 0.6) {
      const executes = `For ${part(shares.busy)} of its time it executes, and meanwhile it holds its thread.`;
      // By a clock of processor time, what it executes it computes.
      const on = shares.off > 0 ? ["It computes.", ""] : on_processor(timer);
      return on
        ? [on[0], `${executes} ${on[1]}`.trim()]
        : ["It executes.", `${executes} Whether it computes or blocks wasn't measured.`];
    }
    if (shares.off >= 0.5) {
      return [
        "It blocks, or is preempted.",
        `For ${part(shares.off)} of its time it executes, but not on a processor. Meanwhile it holds its thread.`,
      ];
    }
    if (shares.queued >= 0.5) return line(timer, shares);
    if (shares.idle >= 0.6) return idle(shares, waits);
    return [
      "A bit of everything.",
      `It executes for ${part(shares.busy)} of its time, is queued for ${part(shares.queued)}, and waits for something else, such as I/O, for ${part(shares.idle)}.`,
    ];
  }

  /** Says of a row of the table how its time divides, or why that isn't known. */
  function row_note({ timer, shares, shown }) {
    if (shares)
      return parts_of(shares)
        .filter((part) => shares[part] >= 0.005)
        .map((part) => `${format.percent(shares[part])} ${parts[part]}`)
        .slice(0, 3)
        .join(" · ");
    if (timer.lifetime.runs === 0) return timer.lifetime.open > 0 ? "none has ended" : "never ran";
    if (shown.runs === 0) return "no runs now";
    return shown.partial === shown.runs ? "elapsed only" : "no time";
  }

  const states = {
    executing: "executing",
    waiting: "queued",
    idle: "idle",
    unknown: "not known",
  };

  /** Says what a thread executed. */
  function executed({ run, executor }) {
    if (run && executor) return `${isolated(run)} on ${isolated(executor)}`;
    if (run) return isolated(run);
    return executor ? `no run, on ${isolated(executor)}` : "no run, on an executor without a timer";
  }

  /** Says when something was, as far as somebody who looks now needs to know. */
  function moment(milliseconds, now) {
    const age = Math.max(0, now - milliseconds);
    const ago = age < 1500 ? "just now" : `${format.duration(Math.round(age / 1000) * 1e9)} ago`;
    return `${format.clock(milliseconds)} · ${ago}`;
  }

  return { row_note, states, executed, moment, kinds, remedy, troubles, failed, verdict };
})();
