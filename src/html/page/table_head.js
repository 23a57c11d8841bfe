"use strict";
// The head of a table: a row of groups, and a row of buttons that sort.

/** Adds the rows. `class_of` names a column's class, `sort_by` is called with what was pressed. */
function make_table_head(head, columns, class_of, sort_by) {
  const groups = make("tr", { className: "groups" });
  const titles = make("tr");
  const texts = columns.findIndex((column) => column.group);
  for (const [index, column] of columns.entries()) {
    if (index === 0 || columns[index - 1].group !== column.group) {
      const width = columns.filter((other) => other.group === column.group).length;
      const cell = column.group
        ? make(
            "th",
            { scope: "colgroup", colSpan: width, className: `group ${column.group}` },
            column.group,
          )
        : make("td", { colSpan: index === 0 ? texts : 1 });
      groups.append(cell);
    }
    const label = make("span", {}, column.label);
    // Shown where a column isn't of the period, but of the lifetime.
    if (column.is_percentile) label.append(make("small", {}, "lifetime"));
    const button = make("button", { type: "button", title: `Sort by ${column.told}` }, label);
    button.append(make("span", { className: "arrow", "aria-hidden": "true" }));
    button.addEventListener("click", () => sort_by(column));
    titles.append(
      make(
        "th",
        {
          scope: "col",
          className: class_of(column),
          "data-column": column.id,
          "aria-label": column.told,
        },
        button,
      ),
    );
  }
  head.append(groups, titles);
  const widths = columns.map((column) => make("col", { className: column.id }));
  head.before(make("colgroup", {}, ...widths));
}

/** Offers the columns in a list as well: on a phone there is no room for the head. */
function offer_orders(list, columns, sort_by) {
  list.append(...columns.map((column) => make("option", { value: column.id }, column.told)));
  list.addEventListener("change", () => sort_by(columns.find((column) => column.id === list.value)));
}

function show_order(head, sort) {
  for (const title of head.rows[1].cells) {
    const sorted = title.dataset.column === sort.column;
    set_attribute(
      title,
      "aria-sort",
      sorted ? (sort.ascending ? "ascending" : "descending") : "none",
    );
  }
}

/** The order after a column's button was pressed: that again turns it round. */
function next_order(sort, column) {
  const again = sort.column === column.id;
  return { column: column.id, ascending: again ? !sort.ascending : Boolean(column.ascending) };
}

/** Returns rows in the order of a column's values, each of which is computed once. */
function sorted_by(sort, columns, rows) {
  const { value } = columns.find((column) => column.id === sort.column);
  const sign = sort.ascending ? 1 : -1;
  const compare = ([x], [y]) => {
    // Unknown values come last in either order.
    if (x === null || y === null) return (x === null) - (y === null);
    return sign * (typeof x === "string" ? names.compare(x, y) : x - y);
  };
  return rows.map((row) => [value(row), row]).sort(compare).map(([, row]) => row);
}

const names = new Intl.Collator("en", { numeric: true });
