"use strict";
// The table of timers. Rows keep their elements from one second to the next, so that focus and
// selection stay.

class TimerTable {
  constructor({ select, enter }) {
    this.table = by_id("timers");
    this.body = this.table.tBodies[0];
    this.sort = { column: "busy_total", ascending: false };
    this.rows = new Map(); // by timer key
    this.selected = null;
    this.select = select;
    this.enter = enter;
    this.data = [];
    this.#make_head();
    by_id("filter").addEventListener("input", () => this.#lay_out());
    this.body.addEventListener("keydown", (event) => this.#on_key(event));
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (!row || getSelection().toString()) return;
      row.focus();
      this.#choose(row.dataset.key);
    });
  }

  #make_head() {
    make_table_head(this.table.tHead, columns, this.#class_of, (column) => {
      this.sort = next_order(this.sort, column);
      this.#lay_out();
    });
    for (const column of columns)
      by_id("sort").append(make("option", { value: column.id }, column.told));
    by_id("sort").addEventListener("change", (event) => {
      const column = columns.find((one) => one.id === event.target.value);
      this.sort = { column: column.id, ascending: Boolean(column.ascending) };
      this.#lay_out();
    });
  }

  #class_of(column) {
    return [column.id, column.text && column.id !== "share" ? "number" : "", column.group ?? ""]
      .join(" ")
      .trim();
  }

  /** `data` has {timer, shown, rate, shares, note} for each timer. */
  show(data) {
    this.data = data;
    const alive = new Set(data.map((row) => row.timer.key));
    for (const [key, row] of this.rows) {
      if (alive.has(key)) continue;
      row.remove();
      this.rows.delete(key);
    }
    this.#lay_out();
    for (const row of data) this.#fill(this.rows.get(row.timer.key), row);
  }

  #lay_out() {
    show_order(this.table.tHead, this.sort);
    by_id("sort").value = this.sort.column;
    const wanted = by_id("filter").value.trim().toLowerCase();
    const order = [...this.data].sort(by_column(this.sort, columns));
    const focused = document.activeElement;
    let hidden = 0;
    order.forEach(({ timer }, place) => {
      let row = this.rows.get(timer.key);
      if (!row) {
        row = this.#make_row(timer);
        this.rows.set(timer.key, row);
      }
      row.hidden = !timer.lifetime.name.toLowerCase().includes(wanted);
      hidden += row.hidden;
      if (this.body.rows[place] !== row) this.body.insertBefore(row, this.body.rows[place] ?? null);
    });
    // Moving an element would lose the focus.
    if (focused !== document.activeElement && this.body.contains(focused))
      focused.focus({ preventScroll: true });
    this.#mark();
    const none_fits = order.length > 0 && hidden === order.length;
    set_text(
      by_id("empty"),
      none_fits
        ? `No timer's name contains “${by_id("filter").value.trim()}”.`
        : (this.empty_text ?? ""),
    );
    by_id("empty").hidden = order.length > 0 && !none_fits;
    this.table.hidden = order.length === 0 || none_fits;
  }

  #make_row(timer) {
    const row = make("tr", { role: "row", "data-key": timer.key, tabIndex: -1 });
    for (const column of columns) {
      const cell = make("td", { className: this.#class_of(column), role: "gridcell" });
      if (column.id === "name") {
        cell.append(
          make("span", { className: "name_text" }),
          make("span", { className: "badges" }),
        );
      } else if (column.id === "share") {
        cell.append(make_split(), make("span", { className: "split_text" }));
      } else {
        set_attribute(cell, "data-label", column.group ? column.told : column.label);
      }
      row.append(cell);
    }
    return row;
  }

  #fill(row, data) {
    columns.forEach((column, i) => {
      const cell = row.cells[i];
      const value = column.value(data);
      set_attribute(cell, "data-value", value);
      if (column.id === "name") {
        set_text(cell.firstChild, value);
        set_attribute(cell.firstChild, "title", value);
        this.#fill_badges(cell.lastChild, data.shown);
      } else if (column.id === "share") {
        set_split(cell.firstChild, data.shares);
        set_text(cell.lastChild, data.note);
      } else {
        set_text(cell, column.text ? column.text(value) : value);
      }
    });
    row.classList.toggle("quiet", data.shown.runs === 0 && data.timer.lifetime.open === 0);
  }

  #fill_badges(place, timer) {
    const found = Object.keys(words.troubles).filter((trouble) => timer[trouble] > 0);
    const told = found.map((trouble) => `${format.count(timer[trouble])} ${trouble}`);
    if (place.textContent === told.join("")) return;
    place.replaceChildren(
      ...found.map((trouble, i) =>
        make("span", { className: `badge ${trouble}`, title: words.troubles[trouble] }, told[i]),
      ),
    );
  }

  mark(key) {
    this.selected = key;
    this.#mark();
  }

  #mark() {
    const shown = [...this.body.rows].filter((row) => !row.hidden);
    const reachable = shown.find((row) => row.dataset.key === this.selected) ?? shown[0];
    for (const row of this.body.rows) {
      set_attribute(row, "aria-selected", row.dataset.key === this.selected);
      row.tabIndex = row === reachable ? 0 : -1;
    }
  }

  #choose(key) {
    this.mark(key);
    this.select(key);
  }

  #on_key(event) {
    const row = event.target.closest("tr");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const shown = [...this.body.rows].filter((one) => !one.hidden);
    const at = shown.indexOf(row);
    const next = {
      ArrowDown: shown[at + 1],
      ArrowUp: shown[at - 1],
      Home: shown[0],
      End: shown.at(-1),
    };
    if (event.key in next) {
      event.preventDefault();
      if (!next[event.key]) return;
      next[event.key].focus();
      this.#choose(next[event.key].dataset.key);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#choose(row.dataset.key);
      if (event.key === "Enter") this.enter();
    }
  }
}
