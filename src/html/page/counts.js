"use strict";
// What timers have that adds up.

const measures = ["busy", "queued", "elapsed"];
// Numbers that add up. Of failed runs, `failed_timed` is how many have a time, `failed_ns` the total.
const counts = [
  "runs",
  "partial",
  "failed",
  "lost",
  "dropped",
  "complete_elapsed",
  "off_processor",
  "cpu",
  "cpu_busy",
  "cpu_runs",
  "steps",
  "queued_held",
  "queued_free",
  "failed_timed",
  "failed_ns",
];
const reasons = ["partial_reasons", "lost_reasons"];
