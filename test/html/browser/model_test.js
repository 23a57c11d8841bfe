// Runs in the page, which has what is tested here. Returns what is wrong, an empty list if nothing.

const wrong = [];
const equal = (what, actual, expected) => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) wrong.push(`${what}: ${a} in place of ${b}`);
};

const series = (buckets, min, max) => ({
  count: buckets.reduce((all, bucket) => all + bucket[2], 0),
  total_ns: buckets.reduce((all, bucket) => all + bucket[0] * bucket[2], 0),
  mean_ns: 0,
  ...(min === undefined ? {} : { min_ns: min, max_ns: max }),
  quantiles: [],
  buckets,
});
const timer = (name, buckets, more = {}) => {
  const of = series(buckets, ...(more.extremes ?? []));
  return {
    name, kind: "task", runs: of.count, partial: 0, failed: 0, lost: 0, dropped: 0,
    partial_reasons: [], lost_reasons: [], busy: of, queued: series([]), elapsed: of,
    complete_elapsed_ns: of.total_ns, failed_elapsed: series([]), ...more,
  };
};
const report = (steady_s, ...timers) => ({ steady_ns: steady_s * 1e9, time_ns: (1000 + steady_s) * 1e9, timers });
const only = (history) => [...history.timers.values()][0];
const read = (...arguments_) => summary.read(series(...arguments_));

// Percentiles by nearest rank: the least k with k >= p * n.
equal("rank", [[0.5, 1], [0.5, 2], [0.5, 3], [0.99, 100], [0.99, 101], [0.07, 100], [0, 5], [1, 5]]
  .map(([p, n]) => summary.nearest_rank(p, n)), [1, 1, 2, 99, 100, 7, 1, 5]);
const three = read([[10, 10, 1], [20, 20, 1], [1000, 1007, 1]], 10, 1002);
equal("quantiles", [0, 0.5, 0.99, 1].map((p) => summary.quantile(three, p)), [10, 20, 1002, 1002]);
const two = read([[1000, 1007, 1], [2000, 2015, 1]], 1001, 2012);
equal("the least and the greatest are exact", [0.5, 0.99].map((p) => summary.quantile(two, p)), [1001, 2012]);
equal("the middle", summary.quantile(read([[1000, 1007, 1]]), 0.5), 1003);
equal("of nothing", summary.quantile(read([]), 0.5), null);
equal("what the server computed", summary.quantile({ ...three, quantiles: [{ probability: 0.5, ns: 21 }] }, 0.5), 21);

// Differences.
const more = read([[10, 10, 3], [15, 15, 1], [20, 20, 1], [1000, 1007, 4]], 10, 1006);
equal("difference", summary.difference(more, three).buckets, [[10, 10, 2], [15, 15, 1], [1000, 1007, 3]]);
equal("a greatest that rose is exact", summary.difference(more, three).max, 1006);
equal("a greatest that didn't is near", summary.difference(read([[10, 10, 1], [20, 20, 2], [1000, 1007, 1]], 10, 1002), three).max, 20);
equal("nothing new", summary.difference(three, three).count, 0);
equal("one that shrank", summary.difference(three, more), null);
equal("a bucket that shrank", summary.difference(read([[10, 10, 0], [20, 20, 9], [1000, 1007, 3]], 10, 1002), three), null);
equal("a bucket that is gone", summary.difference(read([[20, 20, 9], [1000, 1007, 3]], 10, 1002), three), null);

// What is open is of now, whatever the window.
const held = new History();
held.take(report(1, timer("a", [[10, 10, 5]], { open: 7, waiting: 2, oldest_open_ns: 9, oldest_waiting_ns: 8 })));
equal("how old", [only(held).lifetime.oldest_open, only(held).lifetime.oldest_waiting], [9, 8]);
held.take(report(2, timer("a", [[10, 10, 6]], { open: 3, waiting: 1 })));
for (const seconds of [1, 10, Infinity]) {
  const { open, waiting, oldest_open, oldest_waiting } = held.last(only(held), seconds);
  equal(`open, ${seconds} s`, [open, waiting, oldest_open, oldest_waiting], [3, 1, null, null]);
}
const silent = new History();
silent.take(report(1, timer("a", [[10, 10, 5]])));
equal("a report that says nothing of it", only(silent).lifetime.open, 0);

// Intervals.
let history = new History();
equal("first", history.take(report(1, timer("a", [[10, 10, 5]]))), false);
equal("no interval yet", history.last(only(history), 1).runs, 0);
equal("lifetime", history.last(only(history), Infinity).runs, 5);
history.take(report(2, timer("a", [[10, 10, 7]])));
history.take(report(3, timer("a", [[10, 10, 17], [20, 20, 1]])));
equal("a second", history.last(only(history), 1).runs, 11);
equal("its length", history.last(only(history), 1).seconds, 1);
equal("ten seconds", history.last(only(history), 10).runs, 13);
equal("its percentile", summary.quantile(history.last(only(history), 1).busy, 0.99), 20);
for (let i = 4; i <= 70; ++i) history.take(report(i, timer("a", [[10, 10, 17], [20, 20, 1 + i]])));
equal("what was long ago is gone", [1, 10, 60].map((seconds) => history.last(only(history), seconds).busy.buckets),
  [[[20, 20, 1]], [[20, 20, 10]], [[20, 20, 59]]]);
equal("the least and the greatest of them", [history.last(only(history), 60).busy.min, history.last(only(history), 60).busy.max], [20, 20]);
// Reports of long ago are remembered each two seconds.
equal("a minute", [history.last(only(history), 60).seconds, history.last(only(history), 60).runs], [59, 59]);
equal("not all is remembered", [history.ends.length < 40, only(history).states.length < 50], [true, true]);
history = new History();
for (const [at, count] of [[1, 5], [2, 7], [3, 17]]) history.take(report(at, timer("a", [[10, 10, count]])));
equal("its points", only(history).points.map((point) => point.busy.p50), [10, 10]);

// A timer that is reset counts from there, one that is new from its beginning.
history.take(report(4, timer("a", [[10, 10, 20]]), timer("b", [[30, 30, 4]])));
equal("a reset", history.take(report(5, timer("a", [[10, 10, 21]]), timer("b", [[30, 30, 1]]))), false);
const [, b] = [...history.timers.values()];
equal("what came after a reset", history.last(b, 1).runs, 1);

// A server that begins anew: all that was before is forgotten.
equal("a restart", history.take(report(6, timer("a", [[10, 10, 2]]), timer("b", []))), true);
equal("after it", [history.reports, only(history).points.length, history.last(only(history), Infinity).runs], [1, 0, 2]);
equal("a machine that begins anew", history.take(report(0.5, timer("a", [[10, 10, 2]]))), true);

// Timers of the same name.
history = new History();
history.take(report(1, timer("same", [[10, 10, 1]]), timer("same", [[10, 10, 100]])));
history.take(report(2, timer("same", [[10, 10, 3]]), timer("same", [[10, 10, 100]])));
equal("the same name twice", [...history.timers.values()].map((one) => history.last(one, 1).runs), [2, 0]);
const labelled = new History();
labelled.take(report(1, { ...timer("request", [[10, 10, 1]]), labels: { method: "GET", zone: "eu" } }));
equal("labels are behind the name", only(labelled).lifetime.name, "request{method=GET, zone=eu}");

// A connection that was lost for a while: one long interval, and a gap in the lines.
history.take(report(30, timer("same", [[10, 10, 31]])));
equal("a long interval", [history.last(only(history), 1).runs, history.last(only(history), 1).seconds], [28, 28]);
equal("a gap", only(history).points.map((point) => Boolean(point.totals)), [true, false, true]);

// Lost runs, of an interval.
history = new History();
history.take(report(1, timer("a", [], { lost: 2, lost_reasons: [{ reason: "x", count: 2 }] })));
history.take(report(2, timer("a", [], { lost: 5, lost_reasons: [{ reason: "x", count: 4 }, { reason: "y", count: 1 }] })));
equal("lost", history.last(only(history), 1).lost_reasons, [{ reason: "x", count: 2 }, { reason: "y", count: 1 }]);

// Partial and failed runs, of an interval.
const partly = (count, complete_ns, failed) =>
  timer("a", [[10, 10, count]], {
    partial: count - complete_ns / 10, complete_elapsed_ns: complete_ns,
    partial_reasons: [{ reason: "x", count: count - complete_ns / 10 }],
    failed, failed_elapsed: series([[50, 50, failed]]),
  });
history = new History();
history.take(report(1, partly(5, 20, 1)));
history.take(report(2, partly(9, 30, 3)));
const part = history.last(only(history), 1);
equal("partial", [part.runs, part.partial, part.complete_elapsed, part.partial_reasons],
  [4, 3, 10, [{ reason: "x", count: 3 }]]);
equal("failed", words.failed(part), "ended by an exception or an error, after 50 ns on average");
equal("failed without times", words.failed({ ...part, failed_timed: 0 }), "ended by an exception or an error");

// How elapsed time divides. That of partial runs doesn't.
const shares = (busy, queued, elapsed, off = 0) =>
  shares_of({ runs: 1, busy: { total: busy }, queued: { total: queued }, elapsed: { total: 100 }, complete_elapsed: elapsed, off_processor: off });
equal("shares", [shares(1, 2, 10).busy, shares(1, 2, 10).queued, shares(1, 2, 10).idle], [0.1, 0.2, 0.7]);
equal("parallel branches", [shares(30, 10, 10).busy, shares(30, 10, 10).queued, shares(30, 10, 10).idle], [0.75, 0.25, 0]);
equal("no runs", shares_of({ runs: 0, busy: { total: 0 }, queued: { total: 0 }, elapsed: { total: 0 }, complete_elapsed: 0, off_processor: 0 }), null);
equal("off the processor", [shares(1, 2, 10, 4).off, shares(1, 2, 10, 4).idle, parts_of(shares(1, 2, 10, 4))],
  [0.4, 0.3, ["busy", "off", "queued", "idle"]]);
equal("of wall time", parts_of(shares(1, 2, 10)), ["busy", "queued", "idle"]);

// In which line it waits: only what was measured is said.
const waiting = (held, free, kind = "task") =>
  words.verdict({ kind, queued: { total: 80 }, queued_held: held, queued_free: free }, shares(0, 80, 100));
equal("for a strand", waiting(60, 10), ["It waits for a strand.",
  "For 80 % of the time it is ready, but waits. For 75 % of that, another function held the strand."]);
equal("for a thread", waiting(0, 80, "executor"), ["It waits for a thread.",
  "For 80 % of the time its functions are ready, but wait. For 100 % of that, nothing but a thread was missing."]);
equal("unknown", waiting(0, 0)[0], "It waits in line.");
history = new History();
const in_line = (held) => timer("a", [[10, 10, held]], { queued: series([[10, 10, held]]), queued_held_ns: held, queued_free_ns: 9 * held });
history.take(report(1, in_line(5)));
history.take(report(2, in_line(8)));
equal("waits of an interval", waits_of(history.last(only(history), 1)), { held: 0.1, free: 0.9 });

// Steps of a composed operation are one, as in the library's table.
const operation = (name, more, buckets = []) => ({
  object: "socket", operation: name, part_of: "", file: "/src/session.cpp", line: 41, function: "f",
  count: 1, failed: 1, cancelled: 1, dropped: 1, open: 1,
  waiting: series([]), queued: series([]), busy: series(buckets, buckets[0]?.[0], buckets.at(-1)?.[1]), ...more,
});
const started = operations.read({ operations: [
  operation("async_receive", { part_of: "async_read", calls: 1, function: "g" }, [[10, 10, 1], [30, 30, 1]]),
  operation("async_send", {}, [[5, 5, 1]]),
  operation("post", { part_of: "async_read", object: "io_context", count: 2, calls: 0 }, [[20, 20, 2], [30, 30, 1]]),
  operation("async_receive", { part_of: "async_read", line: 42 }, [[7, 7, 1]]),
  operation("async_wait", { object: "", file: "", line: 0 }),
] });
equal("what was started", started.map(({ name, place, calls, count, steps }) => [name, place, calls, count, steps]), [
  ["async_read", "session.cpp:41", 1, 3, ["socket.async_receive", "io_context.post"]],
  ["socket.async_send", "session.cpp:41", 1, 1, []],
  ["async_read", "session.cpp:42", null, 1, ["socket.async_receive"]],
  ["async_wait", "f", 1, 1, []],
]);
equal("steps are added up", started[0], {
  ...started[0], failed: 2, cancelled: 2, dropped: 2, open: 2,
  busy: { count: 5, total: 110, min: 10, max: 30, quantiles: [], buckets: [[10, 10, 1], [20, 20, 2], [30, 30, 2]] },
});
equal("a report without operations", operations.read({ timers: [] }), []);
const sum = (a, b) => summary.sum(read(...a), read(...b));
equal("a sum with nothing", sum([[]], [[[7, 7, 2]], 7, 7]), read([[7, 7, 2]], 7, 7));
equal("a part isn't taken for the whole", summary.sum({ ...three, buckets: [] }, three).buckets, []);
equal("the extremes of a sum", sum([[[7, 7, 2]], 7, 7], [[[9, 9, 1]]]).min, null);

// What idle runs waited for, the longest first. Shares are those of all of it.
const waited = (operation, waited_ns, more) => ({
  object: "socket", operation, part_of: "", file: "/src/upstream.cpp", line: 41, function: "f", count: 1, waited_ns, ...more,
});
const waits = awaited.read([
  waited("async_receive", 20, { part_of: "async_read" }),
  waited("async_send", 60),
  waited("post", 10, { part_of: "async_read", object: "io_context", function: "g" }),
  waited("async_receive", 5, { part_of: "async_read", line: 42 }),
  waited("async_wait", 4, { object: "deadline_timer", file: "", line: 0 }),
  waited("async_wait", 1, { object: "deadline_timer", file: "", line: 0, function: "g" }),
  waited("async_never", 0),
]);
equal("what was waited for", waits.map(({ name, place, waited: ns, share }) => [name, place, ns, share]), [
  ["socket.async_send", "upstream.cpp:41", 60, 0.6],
  ["async_read", "upstream.cpp:41", 30, 0.3],
  ["async_read", "upstream.cpp:42", 5, 0.05],
  ["deadline_timer.async_wait", "f", 4, 0.04],
  ["deadline_timer.async_wait", "g", 1, 0.01],
]);
const idle = (...of) => words.verdict({ kind: "task" }, shares(10, 0, 100), ...of);
equal("waits for what is known", idle(waits), ["It waits for \u2068socket.async_send\u2069.",
  "For 90 % of its time it neither executes nor is ready. Of what its runs waited for in its lifetime, \u2068socket.async_send\u2069 \u2068upstream.cpp:41\u2069 is 60 %. What it costs here is its busy time."]);
equal("waits for several", idle(waits.slice(1))[0], "It waits for several operations.");
equal("waits, without a place", idle([{ ...waits[0], place: "" }])[1].includes("\u2068socket.async_send\u2069 is 60 %"), true);
const may = "For 90 % of its time it neither executes nor is ready. It may wait for I/O or a timer. What it costs here is its busy time.";
equal("waits, and nothing is known", [idle([]), idle()], Array(2).fill(["It waits for something else.", may]));
equal("also of runs that aren't complete", awaited.each(waits, { runs: 4, failed: 3, lost: 2, open: 1 }), 10);
equal("of no run", awaited.each([], { runs: 0, failed: 0, lost: 0, open: 0 }), 0);
history = new History();
history.take(report(1, timer("a", [[10, 10, 1]], { idle_in: [waited("async_send", 7)] }), timer("b", [[10, 10, 1]])));
equal("a report that says it, and one that doesn't", [...history.timers.values()].map((one) => awaited.read(one.lifetime.idle_in).length), [1, 0]);

// It computes only if that was seen.
const busy = (more) => words.verdict({ kind: "task", ...more }, shares(90, 0, 100))[0];
equal("not measured", busy({}), "It executes.");
equal("seen on a processor", busy({ cpu: 80, cpu_busy: 100, cpu_runs: 3 }), "It computes.");
equal("not seen there", busy({ cpu: 8, cpu_busy: 100, cpu_runs: 3 }), "It blocks, or is preempted.");
equal("of processor time", words.verdict({ kind: "task" }, shares(90, 0, 100, 5))[0], "It computes.");
equal("a scope that blocks", words.verdict({ kind: "scope", cpu: 8, cpu_busy: 100, cpu_runs: 3 }, shares(90, 0, 100))[0],
  "It blocks, or is preempted.");

// Bins keep the number of runs.
for (const buckets of [[[0, 0, 3]], [[5, 5, 1]], [[1000, 1007, 7], [4096, 4127, 5], [1e9, 1e9 + 8388607, 2]]]) {
  const counts = bins.of(read(buckets)).counts;
  equal(`bins of ${JSON.stringify(buckets)}`, Math.round(counts.reduce((all, count) => all + count, 0) * 1e6) / 1e6, read(buckets).count);
}

// What the service answers: rows that changed. Others stay the same objects.
const answer_columns = ["name", "kind", "runs", "busy.count", "busy.total_ns", "busy.min_ns", "busy.p50", "busy.p99",
  "queued.count", "queued.total_ns", "elapsed.count", "elapsed.total_ns", "complete_elapsed_ns"];
const page_answer = (id, more) => ({ schema: "perf_timer_page", version: 1, id, whole: false, count: 2, rows: [], ...more });
const row = (name, runs, ...rest) => [name, "task", runs, runs, 10 * runs, null, 10, null, 0, 0, runs, 10 * runs, 10 * runs, ...rest];
const feed = new Feed();
equal("the first question", feed.question({ view: "timers" }), "page=1&since=0");
const first_report = feed.take(page_answer(7, { whole: true, columns: answer_columns,
  rows: [[0, row("a", 1, { lost_reasons: [{ reason: "x", count: 1 }], distributions: { busy: [10, 0, 2, 5, 3, 1] } })], [1, row("b", 2)]] }));
equal("what changed since", feed.question({ view: "now", selected: "a b" }), "page=1&since=7&view=now&of=a+b");
equal("a timer of it", first_report.timers[0].busy,
  { quantiles: [{ probability: 0.5, ns: 10 }], buckets: [[10, 10, 2], [16, 19, 1]], count: 1, total_ns: 10, min_ns: null });
equal("what few have", [first_report.timers[0].lost_reasons.length, first_report.timers[1].lost_reasons.length], [1, 0]);
const next_report = feed.take(page_answer(8, { rows: [[1, row("b", 5)]] }));
equal("one stays", next_report.timers[0] === first_report.timers[0], true);
equal("one changed", [first_report.timers[1].runs, next_report.timers[1].runs], [2, 5]);
equal("one has gone", feed.take(page_answer(9, { count: 1 })).timers.length, 1);
equal("a report of a program's own server", new Feed().take({ schema: "perf_timer", version: 1, timers: [] }).follows_all, true);
try {
  feed.take({ schema: "perf_timer_page", version: 2 });
  wrong.push("another version is taken");
} catch (error) {
  equal("another version", error.message, "its report has another version");
}

// Of a timer that doesn't change, intervals are empty. Of one without its distribution, percentiles aren't known.
history = new History();
const same = timer("a", [[10, 10, 5]]);
const summed = (count) => ({ ...timer("b", [[10, 10, count]]), busy: { ...series([[10, 10, count]]), buckets: [] } });
history.take(report(1, same, summed(1)));
history.take(report(2, same, summed(4)));
const [quiet, other] = [...history.timers.values()];
equal("an empty interval", [history.last(quiet, 1).runs, history.last(quiet, 1).seconds, quiet.points.length], [0, 1, 0]);
equal("its mean is known", [history.last(other, 1).busy.count, history.last(other, 1).busy.total], [3, 30]);
equal("its percentiles aren't", summary.quantile(history.last(other, 1).busy, 0.5), null);
history.take(report(3, same, timer("b", [[10, 10, 9]])));
equal("nor when its distribution comes", history.last(other, 10).busy.buckets, []);
history.take(report(4, same, timer("b", [[10, 10, 9], [20, 20, 2]])));
equal("those since then are", [history.last(other, 10).busy.buckets, history.last(other, 10).busy.known, history.last(other, 10).busy.count],
  [[[20, 20, 2]], 2, 10]);

// Words for numbers.
equal("durations", [null, 0, 1, 999, 999.6, 1234, 99_960, 999_499, 999_600, 12.3e6, 1e9, 61e9, 3600e9, 1e15].map(format.duration),
  ["–", "0 ns", "1 ns", "999 ns", "1.00 µs", "1.23 µs", "100 µs", "999 µs", "1.00 ms", "12.3 ms", "1 s", "61 s", "60 min", "11.6 d"]);
equal("counts", [0, 999, 1000, 1234567].map(format.count), ["0", "999", "1\u202f000", "1\u202f234\u202f567"]);
equal("parts", [0, 0.001, 0.5, 0.999, 1, 2].map(format.percent), ["0 %", "<1 %", "50 %", ">99 %", "100 %", "200 %"]);
equal("rates", [null, 0, 0.001, 0.25, 42, 12345].map(format.rate), ["–", "0", "<0.01", "0.25", "42", "12\u202f345"]);

return wrong;
