"use strict";
// What the user chose is in the page's address, so that it can be kept and sent to others. What is as
// it is at first isn't.

const address = (() => {
  /** Returns {view, timer, window, measure, sort, filter, group}, as far as the address says. */
  function read() {
    return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  }

  function write(chosen) {
    const told = Object.entries(chosen).filter(([, value]) => value);
    const hash = new URLSearchParams(told).toString();
    if (hash === location.hash.slice(1)) return;
    // Replaced: the way back leads out of the page, and not through all that was clicked.
    history_of_browser.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  const history_of_browser = window.history;

  /** A timer's name, with a number if there are several of that name. */
  function name_of(key, timers) {
    const timer = timers.get(key);
    if (!timer) return "";
    const same = [...timers.values()].filter((one) => one.lifetime.name === timer.lifetime.name);
    const at = same.indexOf(timer);
    return at > 0 ? `${timer.lifetime.name} #${at + 1}` : timer.lifetime.name;
  }

  function key_of(name, timers) {
    const all = [...timers.values()];
    const [exact] = all.filter((one) => one.lifetime.name === name);
    const [, base, number] = /^(.*) #(\d+)$/.exec(name) ?? [];
    const same = all.filter((one) => one.lifetime.name === base);
    return (exact ?? same[number - 1])?.key ?? null;
  }

  return { read, write, name_of, key_of };
})();
