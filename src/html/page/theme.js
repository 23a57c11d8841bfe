"use strict";
// Light or dark follows the system until the user chooses.

const theme = (() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const order = ["auto", "light", "dark"];
  let chosen = order.includes(memory.get("theme")) ? memory.get("theme") : "auto";

  function apply() {
    document.documentElement.dataset.theme = chosen;
    set_text(
      by_id("theme").lastElementChild,
      { auto: "Auto", light: "Light", dark: "Dark" }[chosen],
    );
    by_id("theme").title = "Light, dark, or as the system";
    set_attribute(by_id("theme"), "aria-label", `Colours: ${chosen}`);
    chart.redraw_all();
  }

  function start() {
    apply();
    system.addEventListener("change", apply);
    by_id("theme").addEventListener("click", () => {
      chosen = order[(order.indexOf(chosen) + 1) % order.length];
      memory.set("theme", chosen);
      apply();
    });
  }

  return { start };
})();
