"use strict";
// What the numbers mean, in sentences.

const words = (() => {
  const kinds = {
    scope: "a scope: each run is timed from start to end",
    task: "a task: each run is all that executes on its behalf",
    executor: "an executor: each function that it executes is a run",
  };

  // The reasons are the library's own sentences, which a test compares.
  const remedies = new Map([
    [
      "began in a coroutine on an executor that is not instrumented",
      "Spawn the coroutine on instrument(executor), or co_await timer.decorate(...) in place of measure().",
    ],
    [
      "ended outside of every instrumented step: resumed by an executor that is not instrumented, or destroyed while suspended",
      "Give the socket, timer or channel that it waited for an instrumented executor. Runs that were cancelled by destroying them can't be measured.",
    ],
    [
      "ended in a step that executed on behalf of something else: woken through an executor that did not carry the run, or destroyed while suspended",
      "Run the coroutine on task(executor), or give the channel or event that wakes it an instrumented executor.",
    ],
    [
      "was charged with what another run executed",
      "Look for another timer that lost runs: these were open at the same time. Remedy that one.",
    ],
    [
      "ended while too many functions waited on its behalf",
      "More than 512 functions wait at once for this run: submit fewer, or measure smaller pieces.",
    ],
    [
      "the clock went backwards",
      "Use steady_clock or tsc_clock; a clock of one's own must not go back.",
    ],
    ["out of memory for the sample", "The process had no memory left at that moment."],
    [
      "took longer than the 104 days that can be counted, or the clock jumped",
      "Look at the clock first: hardly any run takes 104 days.",
    ],
    [
      "the process forked, and what other threads did on its behalf stayed behind",
      "Fork before the threads begin, or accept that runs which are open then are lost.",
    ],
  ]);

  function remedy(reason) {
    return (
      remedies.get(reason) ??
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
