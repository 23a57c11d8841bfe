"use strict";
// Connects the parts: when a report comes in, everything that is shown follows.

(() => {
  const history = new History();
  const feed = new Feed();
  const tabs = new Tabs(() => {
    keep_address();
    connection?.ask_now();
    show();
  });
  const table = new TimerTable({
    select,
    enter: () => by_id("detail_name").focus(),
    changed: keep_address,
  });
  const operation_table = new OperationTable();
  const detail = new Detail();
  const show_timer = (key) => {
    tabs.choose("timers");
    by_id("filter").value = "";
    select(key);
    table.mark(key);
    show();
    table.reveal_selected();
    by_id("detail_name").focus();
  };
  const executors = new ExecutorList(show_timer);
  const now_view = new NowView((name) => show_timer(address.key_of(name, history.timers)));
  let connection = null;
  let selected = null;
  let chosen = false;
  let wanted = null; // the name of the timer that the address says
  let paused = false;
  let lost = null;
  let heard_at = null;
  let latest = null; // the report

  const choice = (name) => document.querySelector(`#${name} input:checked`).value;
  const seconds_shown = () => (choice("window") === "lifetime" ? Infinity : Number(choice("window")));

  const rows = () => {
    const seconds = seconds_shown();
    const { follows_all } = latest ?? {};
    return [...history.timers.values()].map((timer) => {
      const shown = history.last(timer, seconds);
      // A lifetime's beginning isn't known, so its rate is the latest one.
      const recent = seconds === Infinity ? history.last(timer, 10) : shown;
      const rate = recent.seconds > 0 ? recent.runs / recent.seconds : null;
      return { timer, shown, shares: shares_of(shown), rate, follows_all };
    });
  };

  function of_what() {
    const seconds = seconds_shown();
    if (seconds === Infinity) return "lifetime";
    return seconds === 60 ? "last minute" : seconds === 1 ? "last second" : `last ${seconds} s`;
  }

  function show() {
    const data = rows();
    const executing = data.filter((row) => row.timer.lifetime.kind === "executor");
    const open = data.reduce((all, row) => all + row.timer.lifetime.open, 0);
    tabs.offer({
      timers: data.length,
      ...(executing.length > 0 ? { executors: executing.length } : {}),
      ...(latest?.is_tracked || latest?.operations?.length > 0
        ? { operations: latest.operations ? operations.read(latest).length : "" }
        : {}),
      ...(latest?.served ? { now: open, trace: "" } : {}),
    });
    // A tracked program needs no timers.
    const is_left_open = !tabs.is_chosen && !address.read().view;
    if (is_left_open && data.length === 0 && !tabs.has_no("operations")) return tabs.choose("operations");
    by_id("tab_now").classList.toggle("stalled", latest?.stalls?.count > 0);
    by_id("choices").hidden = !live || !["timers", "executors"].includes(tabs.view);
    choose_timer(data);
    if (tabs.view === "timers") show_timers(data);
    else if (tabs.view === "executors") show_executors(executing);
    else if (tabs.view === "operations" && latest?.operations) operation_table.show(latest);
    else if (tabs.view === "now" && latest?.now) now_view.show(latest, open);
    document.body.dataset.reports = history.reports;
  }

  function choose_timer(data) {
    if (data.length === 0) return;
    const found = wanted === null ? null : address.key_of(wanted, history.timers);
    if (found) {
      [selected, chosen, wanted] = [found, true, null];
      table.mark(selected);
    } else if (!chosen || !history.timers.has(selected)) {
      chosen ||= history.reports > 3 || !live; // the order of the first reports means little
      const busy = ({ timer }) => timer.lifetime.busy.total;
      selected = data.reduce((most, row) => (busy(row) > busy(most) ? row : most)).timer.key;
      table.mark(selected);
    }
  }

  function show_timers(data) {
    table.empty_text =
      live && history.reports === 0
        ? "Waiting for the first report."
        : "No timer is alive in this program yet.";
    table.show(data);
    show_troubles(data);
    by_id("lower").hidden = data.length === 0;
    if (data.length > 0)
      detail.show(history, data.find((row) => row.timer.key === selected), of_what());
    show_note(data);
  }

  function show_executors(data) {
    const minute = live && seconds_shown() === Infinity;
    executors.show(
      minute ? data.map((row) => ({ ...row, shown: history.last(row.timer, 60) })) : data,
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
    wanted = null;
    keep_address();
    if (latest && !latest.follows_all) connection?.ask_now();
    show();
  }

  function keep_address() {
    const { column, ascending } = table.sort;
    const sort = `${ascending ? "" : "-"}${column}`;
    const unless = (value, usual) => (value === usual ? "" : value);
    address.write({
      view: unless(tabs.view ?? "timers", "timers"),
      timer: chosen ? address.name_of(selected, history.timers) : wanted,
      window: unless(choice("window"), live ? "10" : "lifetime"),
      measure: unless(choice("measure"), "busy"),
      sort: unless(sort, "-busy_total"),
      filter: by_id("filter").value.trim(),
      group: table.group,
    });
  }

  function obey_address() {
    const { view = "timers", timer = null, sort = "-busy_total", filter = "", group = "", ...choices } = address.read();
    tabs.want(view);
    wanted = timer;
    by_id("filter").value = filter;
    table.group = group;
    const column = sort.replace(/^-/, "");
    if (columns.some((one) => one.id === column))
      table.sort = { column, ascending: !sort.startsWith("-") };
    for (const input of document.querySelectorAll("#window input, #measure input"))
      if (choices[input.name] === input.value) input.checked = true;
  }

  function say_state(state, text) {
    document.body.dataset.state = state;
    set_text(by_id("state_text"), text);
    const where = live ? `${location.host} · perf_timer` : "perf_timer";
    document.title = state === "lost" ? `⚠ ${text} · ${where}` : where;
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

  function take(report) {
    const restarted = history.take(report);
    latest = report;
    heard_at = report.time_ns / 1e6;
    return restarted;
  }

  function heard(answer) {
    if (take(feed.take(answer)))
      show_notice(
        `The server was restarted: everything counts from ${format.clock(heard_at)}.`,
        20,
      );
    else if (lost || performance.now() > notice_ends) show_notice("", 0);
    lost = null;
    show_state();
    if (!paused && !document.hidden) table.when_still(show);
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

  for (const id of ["window", "measure"])
    by_id(id).addEventListener("change", () => {
      keep_address();
      show();
    });
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
  if (!live) document.querySelector("#window input[value=lifetime]").checked = true;
  obey_address();
  window.addEventListener("hashchange", () => {
    obey_address();
    show();
  });
  if (live) {
    new TraceView();
    show_state();
    show();
    const question = () => ({ view: tabs.view, selected: history.timers.get(selected)?.lifetime.name ?? wanted });
    connection = new Connection("perf.json", { question: () => feed.question(question()), heard, missed });
    connection.start();
  } else {
    // Reports of tests and of a program's own making may lack their time.
    take({ steady_ns: 0, follows_all: true, ...JSON.parse(embedded_report) });
    show_state();
    show();
  }
})();
