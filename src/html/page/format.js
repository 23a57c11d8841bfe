"use strict";
// Formats numbers for people: three digits and a unit.

const format = (() => {
  const none = "–"; // where there is nothing to show

  const units = [
    [1, "ns"],
    [1e3, "µs"],
    [1e6, "ms"],
    [1e9, "s"],
  ];

  /** Three significant digits, but never fewer than the integer part has. */
  function three_digits(value) {
    const size = Math.abs(value);
    return value.toFixed(size >= 99.95 || Number.isInteger(value) ? 0 : size >= 9.995 ? 1 : 2);
  }

  /** Formats nanoseconds in the unit that gives one to three integer digits. */
  function duration(ns) {
    if (ns === null || ns === undefined || Number.isNaN(ns)) return none;
    // 999.6 µs is 1.00 ms, not 1000 µs.
    let unit = units[0];
    for (const next of units) if (Math.abs(ns) >= 0.9995 * next[0]) unit = next;
    if (unit[1] === "ns") return `${Math.round(ns)} ns`;
    if (unit[1] === "s" && ns >= 999.5e9) return long_duration(ns / 1e9);
    return `${three_digits(ns / unit[0])} ${unit[1]}`;
  }

  /** The same for the ticks of an axis, which are round numbers. */
  function tick(ns) {
    return duration(ns).replace(/\.0+(?= )|(\.\d*?)0+(?= )/, "$1");
  }

  function long_duration(seconds) {
    const minutes = seconds / 60;
    if (minutes < 120) return `${three_digits(minutes)} min`;
    const hours = minutes / 60;
    return hours < 48 ? `${three_digits(hours)} h` : `${three_digits(hours / 24)} d`;
  }

  /** Whole numbers, in groups of three. */
  function count(number) {
    if (number === null || number === undefined) return none;
    return Math.round(number)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, "\u202f");
  }

  /** A rate per second. */
  function rate(number) {
    if (number === null || number === undefined) return none;
    if (number === 0) return "0";
    return number >= 99.95 ? count(number) : number < 0.005 ? "<0.01" : three_digits(number);
  }

  /** A share, where 1 is all. */
  function percent(part) {
    if (part === null || part === undefined || Number.isNaN(part)) return none;
    if (part > 0 && part < 0.005) return "<1 %";
    if (part > 0.995 && part < 1) return ">99 %";
    return `${Math.round(part * 100)} %`;
  }

  function clock(milliseconds) {
    return new Date(milliseconds).toLocaleTimeString("en-GB");
  }

  function bytes(number) {
    const size = number < 1e6 ? [number / 1e3, "KB"] : [number / 1e6, "MB"];
    return `${three_digits(size[0])} ${size[1]}`;
  }

  function plural(number, word) {
    return `${count(number)} ${word}${number === 1 ? "" : "s"}`;
  }

  return { none, duration, tick, count, rate, percent, clock, bytes, plural };
})();
