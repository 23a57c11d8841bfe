"use strict";
// The table of Asio's operations, if the program is tracked: where they start, how long they waited,
// and what they cost.

const operations = (() => {
  const name_of = ({ object, operation }) => (object ? `${object}.${operation}` : operation);
  const place_of = (one) => (one.file ? `${one.file.split(/[/\\]/).at(-1)}:${one.line}` : one.function);

  function read_one(json, name, key) {
    const { count, failed, cancelled, dropped, open } = json;
    const [waited, queued, busy] = [json.waiting, json.queued, json.busy].map(summary.read);
    const steps = json.part_of ? [name_of(json)] : [];
    const calls = json.part_of ? json.calls ?? null : count;
    return { key, name, place: place_of(json), file: json.file, count, calls, failed, cancelled, dropped, open, waited, queued, busy, steps };
  }

  /** Adds another step of the same composed operation. */
  function add(to, step) {
    if (to.count === 0) to.calls = step.calls;
    else if (step.count > 0) to.calls = to.calls === null || step.calls === null ? null : to.calls + step.calls;
    for (const part of ["count", "failed", "cancelled", "dropped", "open"]) to[part] += step[part];
    for (const part of ["waited", "queued", "busy"]) to[part] = summary.sum(to[part], step[part]);
    to.steps.push(...step.steps);
  }

  /** Returns what the program started: the steps of a composed operation are one. */
  function read(report) {
    const started = new Map();
    for (const json of report?.operations ?? []) {
      const name = json.part_of || name_of(json);
      // As in the library's table: where the file is known, its line is the place of all steps.
      const is_line = json.part_of && json.file;
      const key = JSON.stringify([json.part_of, name, json.file, json.line, is_line ? "" : json.function]);
      const one = read_one(json, name, key);
      if (started.has(key)) add(started.get(key), one);
      else started.set(key, one);
    }
    return [...started.values()];
  }

  const mean = (measure) => (row) => summary.mean(row[measure]);
  const p99 = (measure) => (row) => summary.quantile(row[measure], 0.99);
  const times = ["waited", "queued", "busy"].flatMap((group) => [
    { id: `${group}_mean`, group, label: "mean", value: mean(group), text: format.duration },
    { id: `${group}_p99`, group, label: "p99", value: p99(group), text: format.duration },
  ]);
  const columns = [
    { id: "name", label: "operation", value: (row) => row.name, ascending: true },
    { id: "place", label: "at", told: "place", value: (row) => row.place, ascending: true },
    { id: "count", label: "count", value: (row) => row.calls, text: format.count },
    { id: "steps", label: "steps", value: (row) => (row.steps.length > 0 ? row.count : null), text: format.count },
    { id: "failed", label: "failed", value: (row) => row.failed, text: format.count },
    { id: "open", label: "open", told: "operations that are open", value: (row) => row.open, text: format.count },
    ...times,
    { id: "busy_total", group: "busy", label: "total", value: (row) => (row.busy.count > 0 ? row.busy.total : null), text: format.duration },
  ].map((column) => ({ ...column, told: column.told ?? [column.group, column.label].filter(Boolean).join(" ") }));

  return { read, columns, name_of, place_of };
})();

class OperationTable {
  static most_rows = 100;

  constructor() {
    this.table = by_id("operation_rows");
    this.body = this.table.tBodies[0];
    this.sort = { column: "busy_total", ascending: false };
    this.rows = new Map(); // by key
    this.data = [];
    make_table_head(this.table.tHead, operations.columns, this.#class_of, (column) => {
      this.sort = next_order(this.sort, column);
      this.#lay_out();
    });
    offer_orders(by_id("operation_sort"), operations.columns, (column) => {
      this.sort = { column: column.id, ascending: Boolean(column.ascending) };
      this.#lay_out();
    });
  }

  #class_of(column) {
    return [column.id, column.text ? "number" : "", column.group ?? ""].filter(Boolean).join(" ");
  }

  /** Shows the operations of a report; without any, nothing. */
  show(report) {
    this.data = operations.read(report);
    by_id("operations").hidden = this.data.length === 0;
    this.#lay_out();
  }

  #lay_out() {
    show_order(this.table.tHead, this.sort);
    by_id("operation_sort").value = this.sort.column;
    const order = sorted_by(this.sort, operations.columns, this.data);
    const shown = order.slice(0, OperationTable.most_rows);
    const keys = new Set(shown.map((one) => one.key));
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      row.remove();
      this.rows.delete(key);
    }
    shown.forEach((one, place) => {
      if (!this.rows.has(one.key)) this.rows.set(one.key, this.#make_row());
      const row = this.rows.get(one.key);
      if (this.body.rows[place] !== row) this.body.insertBefore(row, this.body.rows[place] ?? null);
      this.#fill(row, one);
    });
    const cut = shown.length < order.length ? ` · the first ${shown.length} are shown` : "";
    set_text(by_id("operations_note"), `${format.plural(order.length, "operation")} · lifetime${cut}`);
  }

  #make_row() {
    const row = make("tr");
    for (const column of operations.columns)
      row.append(make("td", { className: this.#class_of(column), "data-label": column.group ? column.told : column.label }));
    return row;
  }

  #fill(row, one) {
    operations.columns.forEach((column, i) => {
      const value = column.value(one);
      set_attribute(row.cells[i], "data-value", value);
      if (column.text) set_text(row.cells[i], column.text(value));
      else set_identifier(row.cells[i], value || format.none);
    });
    const [name, place] = row.cells;
    set_attribute(name, "title", one.steps.length > 0 ? `steps: ${one.steps.join(", ")}` : one.name);
    set_attribute(place, "title", one.file || one.place);
  }
}
