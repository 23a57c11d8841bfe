"use strict";
// Asks the server each second, and says whether it answered. Nobody sees a hidden page, so that asks
// less often.

class Connection {
  static period_ms = 1000;
  static hidden_period_ms = 10_000;
  static patience_ms = 5000;

  #takes_questions = true;
  #asks = false;
  #again = false;
  #timer = null;
  #begun = false;

  /**
   * `question()` returns what to ask for. Calls `heard(answer)` for each answer, which may throw, and
   * `missed(sentence)` for each request without one.
   */
  constructor(address, { question, heard, missed }) {
    Object.assign(this, { address, question, heard, missed });
  }

  start() {
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.ask_now();
    });
    this.#ask();
  }

  /** Asks at once, because something else is wanted. */
  ask_now() {
    if (this.#asks) this.#again = true;
    else this.#ask();
  }

  async #ask() {
    clearTimeout(this.#timer);
    this.#asks = true;
    this.#again = false;
    const began = performance.now();
    try {
      this.heard(await (await this.#answer()).json());
    } catch (error) {
      this.missed(this.#told(error));
    }
    this.#asks = false;
    const left = this.#again ? 0 : this.#period - (performance.now() - began);
    this.#begun = true;
    this.#timer = setTimeout(() => this.#ask(), Math.max(0, left));
  }

  get #period() {
    if (document.hidden) return Connection.hidden_period_ms;
    // The first interval is short, so that there is soon something to see.
    return this.#begun ? Connection.period_ms : Connection.period_ms / 4;
  }

  async #answer() {
    const question = this.#takes_questions ? `?${this.question()}` : "";
    const answer = await fetch(this.address + question, {
      cache: "no-store",
      signal: AbortSignal.timeout(Connection.patience_ms),
    });
    if (answer.ok) return answer;
    // A server of the program's own may not know that a path can have a question.
    if (!question || answer.status !== 404) throw new Error(`it answers ${answer.status}`);
    this.#takes_questions = false;
    return this.#answer();
  }

  #told(error) {
    if (error.name === "TimeoutError")
      return `it doesn't answer within ${Connection.patience_ms / 1000} s`;
    if (error.name === "SyntaxError") return "its answer isn't a report";
    return error.name === "TypeError" ? "it can't be reached" : error.message;
  }
}
