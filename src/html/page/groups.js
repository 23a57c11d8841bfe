"use strict";
// Timers in groups: those that have the same value of a label. A heading is a row of its own.

const groups = (() => {
  /** The name with the labels, as texts show it. */
  function labelled_name({ name, labels }) {
    const all = Object.entries(labels ?? {}).map(([label, value]) => `${label}=${value}`);
    return all.length > 0 ? `${name}{${all.join(", ")}}` : name;
  }

  const labels_of = ({ timer }) => timer.lifetime.labels;

  /** Returns the names of the labels that timers have, in their order. */
  function names(rows) {
    return [...new Set(rows.flatMap((row) => Object.keys(labels_of(row))))].sort();
  }

  /**
   * Returns the rows with a heading before those of each value of the label. The groups are in the order
   * of their first rows; timers without that label come last.
   */
  function grouped(rows, label) {
    if (!label) return rows;
    const found = new Map();
    for (const row of rows) {
      const value = labels_of(row)[label] ?? null;
      if (!found.has(value)) found.set(value, []);
      found.get(value).push(row);
    }
    const without = found.get(null) ?? [];
    found.delete(null);
    const all = [...found].map(([value, its]) => [`${label}=${value}`, its]);
    if (without.length > 0) all.push([`no ${label}`, without]);
    return all.flatMap(([name, its]) => [heading(name, its), ...its]);
  }

  function heading(name, rows) {
    const busy = rows.reduce((sum, row) => sum + row.shown.busy.total, 0);
    const runs = rows.reduce((sum, row) => sum + row.shown.runs, 0);
    const told = [
      format.plural(rows.length, "timer"),
      format.plural(runs, "run"),
      `busy ${format.duration(busy)}`,
    ].join(", ");
    return { timer: { key: `heading ${name}` }, heading: { name, told } };
  }

  /** Offers what there is. A label that the address says may come later, with a timer that has it. */
  function offer(rows, chosen) {
    const offered = ["", ...names(rows)];
    const select = by_id("group");
    by_id("grouped_by").hidden = offered.length === 1;
    if (select.options.length !== offered.length)
      select.replaceChildren(
        ...offered.map((name) => make("option", { value: name }, name || "nothing")),
      );
    select.value = offered.includes(chosen) ? chosen : "";
  }

  function make_heading() {
    const parts = ["name_text", "note"].map((className) => make("span", { className }));
    return make("tr", { role: "row", className: "heading" }, make("td", { role: "gridcell" }, ...parts));
  }

  function fill_heading(row, { name, told }, columns) {
    const [cell] = row.cells;
    cell.colSpan = columns;
    set_text(cell.firstChild, name);
    set_text(cell.lastChild, told);
  }

  return { labelled_name, grouped, offer, make_heading, fill_heading };
})();
