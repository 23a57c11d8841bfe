"use strict";
// The table of timers. Rows keep their elements from one second to the next, so that focus and
// selection stay. Of many timers, only those in view have elements.

class TimerTable {
  static most_rows = 60; // with elements, however tall they are
  static margin = 8; // rows beyond what is in view

  constructor({ select, enter, changed }) {
    this.table = by_id("timers");
    this.body = this.table.tBodies[0];
    this.scroll = this.table.parentElement;
    this.sort = { column: "busy_total", ascending: false };
    this.rows = new Map(); // by timer key
    this.order = [];
    this.data = [];
    this.selected = null;
    Object.assign(this, { select, enter, changed });
    this.table.classList.add("of_period");
    this.spacers = [0, 1].map(() => make("tr", { className: "spacer", "aria-hidden": "true" }, make("td")));
    this.#make_head();
    by_id("filter").addEventListener("input", () => this.#changed());
    by_id("group").addEventListener("change", (event) => {
      this.group = event.target.value;
      this.#changed();
    });
    this.scroll.addEventListener("keydown", (event) => this.#on_key(event));
    this.scroll.addEventListener("scroll", () => this.#on_scroll(), { passive: true });
    new ResizeObserver(() => {
      this.row_height = 0;
      this.#show_rows();
    }).observe(this.scroll);
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr[data-key]");
      if (!row || getSelection().toString()) return;
      row.focus();
      this.#choose(row.dataset.key);
    });
  }

  #make_head() {
    make_table_head(this.table.tHead, columns, this.#class_of, (column) => {
      this.sort = next_order(this.sort, column);
      this.#changed();
    });
    offer_orders(by_id("sort"), columns, (column) => {
      this.sort = { column: column.id, ascending: Boolean(column.ascending) };
      this.#changed();
    });
  }

  #class_of(column) {
    return [column.id, column.text && column.id !== "share" ? "number" : "", column.group ?? ""]
      .join(" ")
      .trim();
  }

  #changed() {
    this.scroll.scrollTop = 0;
    this.#lay_out();
    this.changed();
  }

  /** `data` has {timer, shown, rate, shares} for each timer. */
  show(data) {
    this.data = data;
    groups.offer(data, this.group);
    this.#name_percentiles(data[0]?.follows_all ?? true);
    this.#lay_out();
  }

  /** Says whether percentiles are of the period that is shown, or of the lifetime. */
  #name_percentiles(follows_all) {
    this.table.classList.toggle("of_lifetime", !follows_all);
    this.table.classList.toggle("of_period", follows_all);
    const shown = columns.filter((column) => !column[follows_all ? "only_of_lifetime" : "only_of_period"]);
    this.shown_columns = shown.length;
    for (const group of this.table.tHead.querySelectorAll(".group"))
      group.colSpan = shown.filter((column) => group.classList.contains(column.group)).length;
    for (const { id, told, is_percentile } of columns) {
      if (!is_percentile) continue;
      const title = this.table.tHead.querySelector(`[data-column=${id}]`);
      set_attribute(title, "aria-label", follows_all ? told : `${told}, lifetime`);
    }
  }

  get is_long() {
    return this.order.length > TimerTable.most_rows;
  }

  #lay_out() {
    show_order(this.table.tHead, this.sort);
    by_id("sort").value = this.sort.column;
    const wanted = by_id("filter").value.trim().toLowerCase();
    const shown = this.data.filter(({ timer }) => timer.lifetime.name.toLowerCase().includes(wanted));
    this.order = groups.grouped(sorted_by(this.sort, columns, shown), by_id("group").value);
    const none_fits = this.data.length > 0 && shown.length === 0;
    set_text(
      by_id("empty"),
      none_fits
        ? `No timer's name contains “${by_id("filter").value.trim()}”.`
        : (this.empty_text ?? ""),
    );
    by_id("empty").hidden = shown.length > 0;
    this.table.hidden = shown.length === 0;
    this.table.classList.toggle("long", this.is_long);
    set_attribute(this.table, "aria-rowcount", this.is_long ? this.order.length + 2 : null);
    this.#show_rows();
  }

  #on_scroll() {
    this.scrolled_at = performance.now();
    this.#show_rows();
  }

  /** Calls `show` while the table isn't scrolled: it takes longer than a frame. After two seconds, anyway. */
  when_still(show) {
    clearTimeout(this.waits);
    const now = performance.now();
    this.wanted_at ??= now;
    if (now - (this.scrolled_at ?? 0) < 150 && now - this.wanted_at < 2000) {
      this.waits = setTimeout(() => this.when_still(show), 160);
      return;
    }
    this.wanted_at = null;
    show();
  }

  /** Makes and fills the rows that are in view, and removes the others. */
  #show_rows() {
    const [from, to] = this.#range();
    const shown = this.order.slice(from, to);
    const keys = new Set(shown.map(({ timer }) => timer.key));
    const focused = document.activeElement;
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      // Whoever moves by keys goes on from the table itself.
      if (row === focused) this.scroll.focus({ preventScroll: true });
      row.remove();
      this.rows.delete(key);
    }
    this.#space(this.spacers[0], from, 0);
    const first = this.is_long ? 1 : 0;
    shown.forEach((data, i) => {
      const key = data.timer.key;
      if (!this.rows.has(key))
        this.rows.set(key, data.heading ? groups.make_heading() : this.#make_row(key));
      const row = this.rows.get(key);
      const place = this.body.rows[first + i];
      if (place !== row) this.body.insertBefore(row, place ?? null);
      if (data.heading) groups.fill_heading(row, data.heading, this.shown_columns);
      else if (row.shown !== data) this.#fill(row, data);
      row.shown = data;
      set_attribute(row, "aria-rowindex", this.is_long ? from + i + 3 : null);
    });
    this.#space(this.spacers[1], this.order.length - to, this.body.rows.length);
    // Moving an element would lose the focus.
    if (focused !== document.activeElement && this.body.contains(focused))
      focused.focus({ preventScroll: true });
    this.#mark();
  }

  #space(spacer, rows, place) {
    if (!this.is_long) return spacer.remove();
    if (spacer.parentElement !== this.body) this.body.insertBefore(spacer, this.body.rows[place] ?? null);
    spacer.firstChild.style.height = `${rows * this.row_height}px`;
    spacer.hidden = rows === 0;
  }

  #range() {
    if (!this.is_long) return [0, this.order.length];
    // All rows of a long table are equally high; the style says how much.
    this.row_height ||= parseFloat(getComputedStyle(this.table).getPropertyValue("--row"));
    const first = Math.floor(this.scroll.scrollTop / this.row_height);
    const count = Math.ceil((this.scroll.clientHeight || 600) / this.row_height);
    const from = Math.max(0, Math.min(first, this.order.length - count) - TimerTable.margin);
    return [from, Math.min(this.order.length, from + count + 2 * TimerTable.margin)];
  }

  #make_row(key) {
    const row = make("tr", { role: "row", "data-key": key, tabIndex: -1 });
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
        set_name(cell.firstChild, value);
        set_attribute(cell.firstChild, "title", value);
        this.#fill_badges(cell.lastChild, data.shown);
      } else if (column.id === "share") {
        set_split(cell.firstChild, data.shares);
        set_text(cell.lastChild, words.row_note(data));
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
    const rows = [...this.rows.values()];
    const reachable = this.rows.get(this.selected) ?? this.body.querySelector("tr[data-key]");
    for (const row of rows) {
      if (!row.dataset.key) continue; // a heading
      set_attribute(row, "aria-selected", row.dataset.key === this.selected);
      set_attribute(row, "tabindex", row === reachable ? 0 : -1);
    }
  }

  #choose(key) {
    this.mark(key);
    this.select(key);
  }

  /** Scrolls so that the row of this place is in view. */
  reveal(at) {
    if (!this.is_long || at < 0) return;
    const top = at * this.row_height;
    const room = this.scroll.clientHeight - this.table.tHead.offsetHeight - this.row_height;
    if (top < this.scroll.scrollTop) this.scroll.scrollTop = top;
    else if (top > this.scroll.scrollTop + room) this.scroll.scrollTop = top - room;
    this.#show_rows();
  }

  /** Scrolls to the selected row. */
  reveal_selected() {
    this.reveal(this.order.findIndex(({ timer }) => timer.key === this.selected));
  }

  #on_key(event) {
    const row = event.target.closest("tr[data-key]");
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!row && event.target !== this.scroll) return;
    const key = row?.dataset.key ?? this.selected;
    const at = this.order.findIndex(({ timer }) => timer.key === key);
    const page = Math.max(1, Math.floor(this.scroll.clientHeight / (row?.offsetHeight ?? 40)) - 2);
    const last = this.order.length - 1;
    const next = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: last,
      PageDown: Math.min(at + page, last),
      PageUp: Math.max(at - page, 0),
    };
    if (event.key in next) {
      event.preventDefault();
      let to = next[event.key];
      const step = to > 0 && to < at ? -1 : 1;
      while (this.order[to]?.heading) to += step;
      const data = this.order[to];
      if (!data) return;
      this.reveal(to);
      this.rows.get(data.timer.key).focus();
      this.#choose(data.timer.key);
    } else if (row && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.#choose(key);
      if (event.key === "Enter") this.enter();
    }
  }
}
