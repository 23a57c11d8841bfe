"use strict";
// Asks the server for a report each second, and says whether one came.

class Connection {
  static period_ms = 1000;
  static patience_ms = 5000;

  /** Calls `heard(report)` for each report, `missed(sentence)` for each request without one. */
  constructor(address, heard, missed) {
    this.address = address;
    this.heard = heard;
    this.missed = missed;
  }

  start() {
    this.#ask();
  }

  async #ask() {
    const began = performance.now();
    try {
      const answer = await fetch(this.address, {
        cache: "no-store",
        signal: AbortSignal.timeout(Connection.patience_ms),
      });
      if (!answer.ok) throw new Error(`it answers ${answer.status}`);
      const report = await answer.json();
      if (report.schema !== "perf_timer" || report.version !== 1)
        throw new Error("its report has another version");
      this.heard(report);
    } catch (error) {
      this.missed(this.#told(error));
    }
    // The first interval is short, so that there is soon something to see.
    const period = this.begun ? Connection.period_ms : Connection.period_ms / 4;
    this.begun = true;
    setTimeout(() => this.#ask(), Math.max(0, period - (performance.now() - began)));
  }

  #told(error) {
    if (error.name === "TimeoutError")
      return `it doesn't answer within ${Connection.patience_ms / 1000} s`;
    if (error.name === "SyntaxError") return "its answer isn't a report";
    return error.name === "TypeError" ? "it can't be reached" : error.message;
  }
}
