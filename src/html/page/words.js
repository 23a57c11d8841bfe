"use strict";
// What the numbers mean, in sentences.

const words = (() => {
  const kinds = {
    scope: "a scope: each run is timed from start to end",
    task: "a task: each run is all that executes on its behalf",
    executor: "an executor: each function that it executes is a run",
  };

  function remedy(lost) {
    return (
      lost.remedy ||
      "Let all that the run waits for have an instrumented executor, or give its coroutine a task(executor)."
    );
  }

  const troubles = {
    failed: "left by an exception",
    lost: "could not be measured to the end",
    dropped: "submitted, and destroyed without running",
  };

  /** What the division of a timer's time says: [short, long]. */
  function verdict(timer, shares) {
    const part = (share) => format.percent(Math.min(1, share));
    if (timer.kind === "scope") {
      return [
        "A plain scope.",
        "It is timed by the clock, from start to end; what it waits for meanwhile isn't told apart.",
      ];
    }
    if (shares.drawn.busy >= 0.6) {
      return [
        "It computes.",
        `${part(shares.busy)} of its time it executes: only less work makes it faster, and meanwhile it holds its thread.`,
      ];
    }
    if (shares.drawn.queued >= 0.5) {
      return [
        "It waits in line.",
        timer.kind === "executor"
          ? `${part(shares.queued)} of their time its functions are ready, and wait: for each other on a strand, or for a thread.`
          : `${part(shares.queued)} of its time it is ready, and waits for a strand or a thread. Look for an executor that is queued as much; if every timer is, the threads are full.`,
      ];
    }
    if (shares.drawn.idle >= 0.6) {
      return [
        "It waits for I/O or a timer.",
        `${part(shares.idle)} of its time nobody here is to blame. What it costs here is its busy time.`,
      ];
    }
    return [
      "A bit of everything.",
      `It executes ${part(shares.busy)} of its time, waits in line ${part(shares.queued)}, and for I/O or a timer ${part(shares.idle)}.`,
    ];
  }

  return { kinds, remedy, troubles, verdict };
})();
