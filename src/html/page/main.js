"use strict";
// Connects the parts: when a report comes in, everything that is shown follows.

(() => {
  const history = new History();
  const table = new TimerTable({ select, enter: () => by_id("detail_name").focus() });
  const operation_table = new OperationTable();
  const detail = new Detail();
  const executors = new ExecutorList((key) => {
    select(key);
    table.mark(key);
  });
  let selected = null;
  let chosen = false;
  let paused = false;
  let lost = null;
  let heard_at = null;
  let latest = null; // the report

  const seconds_shown = () => {
    const { value } = document.querySelector("#window input:checked");
    return value === "lifetime" ? Infinity : Number(value);
  };

  const rows = () => {
    const seconds = seconds_shown();
    return [...history.timers.values()].map((timer) => {
      const shown = history.last(timer, seconds);
      // A lifetime's beginning isn't known, so its rate is the latest one.
      const recent = seconds === Infinity ? history.last(timer, 10) : shown;
      const shares = shares_of(shown);
      const rate = recent.seconds > 0 ? recent.runs / recent.seconds : null;
      return { timer, shown, shares, rate, note: note_of(timer, shares, shown) };
    });
  };

  function note_of(timer, shares, shown) {
    if (!shares)
      return timer.lifetime.runs === 0 ? (timer.lifetime.open > 0 ? "none has ended" : "never ran") : shown.runs === 0 ? "no runs now" : shown.partial === shown.runs ? "elapsed only" : "no time";
    return parts_of(shares)
      .filter((part) => shares[part] >= 0.005)
      .map((part) => `${format.percent(shares[part])} ${parts[part]}`)
      .slice(0, 3)
      .join(" · ");
  }

  function of_what() {
    const seconds = seconds_shown();
    if (seconds === Infinity) return "lifetime";
    return seconds === 60 ? "last minute" : seconds === 1 ? "last second" : `last ${seconds} s`;
  }

  function show() {
    const data = rows();
    table.empty_text =
      live && history.reports === 0
        ? "Waiting for the first report."
        : "No timer is alive in this program yet.";
    table.show(data);
    show_troubles(data);
    operation_table.show(latest);
    by_id("lower").hidden = data.length === 0;
    if (data.length > 0) {
      if (!chosen || !data.some((row) => row.timer.key === selected)) {
        chosen ||= history.reports > 3 || !live; // the order of the first reports means little
        selected = [...data].sort(
          (a, b) => b.timer.lifetime.busy.total - a.timer.lifetime.busy.total,
        )[0].timer.key;
        table.mark(selected);
      }
      detail.show(
        history,
        data.find((row) => row.timer.key === selected),
        of_what(),
      );
      show_executors(data);
    }
    show_note(data);
    document.body.dataset.reports = history.reports;
  }

  function show_executors(data) {
    const minute = live && seconds_shown() === Infinity;
    const strands = data
      .filter((row) => row.timer.lifetime.kind === "executor")
      .map((row) => (minute ? { ...row, shown: history.last(row.timer, 60) } : row));
    executors.show(
      strands,
      live ? `share of time busy, ${minute ? "last minute" : of_what()}` : "busy in total",
    );
  }

  function show_note(data) {
    const parts = [format.plural(data.length, "timer")];
    const rate = data.reduce((all, row) => all + (row.rate ?? 0), 0);
    if (live) parts.push(`${format.rate(rate)} runs/s`);
    parts.push(of_what());
    set_text(by_id("timers_note"), history.reports > 0 ? parts.join(" · ") : "");
  }

  function select(key) {
    selected = key;
    chosen = true;
    show();
  }

  function say_state(state, text) {
    document.body.dataset.state = state;
    set_text(by_id("state_text"), text);
  }

  function show_state() {
    const at = heard_at === null ? "" : format.clock(heard_at);
    if (!live) say_state("file", `written ${new Date(heard_at).toLocaleString("en-GB")}`);
    else if (lost) say_state("lost", heard_at === null ? "no connection" : `lost since ${at}`);
    else if (paused) say_state("paused", "paused");
    else
      say_state(heard_at === null ? "waiting" : "live", heard_at === null ? "connecting" : "live");
  }

  let notice_ends = 0;
  function show_notice(text, seconds) {
    set_text(by_id("notice"), text);
    by_id("notice").hidden = text === "";
    notice_ends = performance.now() + seconds * 1000;
  }

  function heard(report) {
    const restarted = history.take(report);
    latest = report;
    heard_at = report.time_ns / 1e6;
    if (restarted)
      show_notice(
        `The server was restarted: everything counts from ${format.clock(heard_at)}.`,
        20,
      );
    else if (lost || performance.now() > notice_ends) show_notice("", 0);
    lost = null;
    show_state();
    if (!paused) show();
  }

  function missed(sentence) {
    lost = sentence;
    const shown = heard_at === null ? "" : ` The numbers are from ${format.clock(heard_at)}.`;
    show_notice(
      `No connection to the server: ${sentence}.${shown} Retrying each second.`,
      Infinity,
    );
    show_state();
    if (history.reports === 0) show();
  }

  for (const id of ["window", "measure"]) by_id(id).addEventListener("change", show);
  by_id("pause").addEventListener("click", () => {
    paused = !paused;
    set_attribute(by_id("pause"), "aria-pressed", paused);
    set_text(by_id("pause"), paused ? "Resume" : "Pause");
    show_state();
    if (!paused) show();
  });

  document.documentElement.classList.toggle("static", !live);
  set_text(by_id("origin"), live ? location.host : "a saved report");
  theme.start();
  if (live) {
    show_state();
    show();
    new Connection("perf.json", heard, missed).start();
  } else {
    document.querySelector("#window input[value=lifetime]").checked = true;
    const report = JSON.parse(embedded_report);
    // Reports of tests and of a program's own making may lack their time.
    history.take({ steady_ns: 0, ...report });
    latest = report;
    heard_at = report.time_ns / 1e6;
    show_state();
    show();
  }
})();
