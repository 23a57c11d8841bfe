"use strict";
// Records a trace and saves it.

class TraceView {
  constructor() {
    this.button = by_id("record");
    this.button.addEventListener("click", () => this.#record());
    set_text(by_id("trace_command"), `curl -o server.trace.json '${location.origin}${this.#path(5)}'`);
  }

  #path(seconds) {
    return `${new URL("trace", location.href).pathname}?seconds=${seconds}`;
  }

  get #seconds() {
    return Number(document.querySelector("input[name=trace_seconds]:checked").value);
  }

  #say(state, text) {
    by_id("recorded").dataset.state = state;
    set_text(by_id("recorded"), text);
  }

  async #record() {
    const seconds = this.#seconds;
    this.button.disabled = true;
    let left = seconds;
    const tell = () => this.#say("records", left > 0 ? `Recording: ${left} s left.` : "Writing it …");
    tell();
    const clock = setInterval(() => (--left, tell()), 1000);
    try {
      const answer = await fetch(this.#path(seconds), {
        cache: "no-store",
        signal: AbortSignal.timeout((seconds + 30) * 1000),
      });
      const data = await answer.blob();
      if (!answer.ok) throw new Error((await data.text()).trim() || `the server answers ${answer.status}`);
      this.#save(data);
      this.#say("saved", `Saved as perf_timer.trace.json, ${format.bytes(data.size)}.`);
    } catch (error) {
      const sentence = { TypeError: "the server can't be reached", TimeoutError: "it took too long" }[error.name];
      this.#say("failed", `No trace: ${sentence ?? error.message}.`);
    }
    clearInterval(clock);
    this.button.disabled = false;
  }

  #save(data) {
    const link = make("a", { href: URL.createObjectURL(data), download: "perf_timer.trace.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }
}
