"use strict";
// Common to all charts: size, theme colours, legend and keyboard.

const chart = (() => {
  const font_family = () => getComputedStyle(document.body).fontFamily;

  // A canvas doesn't resolve CSS variables; an element does.
  const probe = make("span", { hidden: true });
  document.body.append(probe);
  const resolved = new Map();

  function colour(name) {
    if (!resolved.has(name)) {
      probe.style.color = `var(--${name})`;
      resolved.set(name, getComputedStyle(probe).color);
    }
    return resolved.get(name);
  }

  function faded(name, opacity) {
    return colour(name).replace(/^rgba?\(([^,]+,[^,]+,[^,)]+).*$/, `rgba($1, ${opacity})`);
  }

  const all = [];

  /** Call this when the theme has changed. */
  function redraw_all() {
    resolved.clear();
    for (const one of all) one.plot.redraw(false);
  }

  function axis(options) {
    return {
      stroke: () => colour("soft"),
      grid: { stroke: () => colour("line"), width: 1 },
      ticks: { show: false },
      font: `12px ${font_family()}`, // uPlot reads whole pixels only,
      gap: 6,
      ...options,
    };
  }

  const pad = (number) => String(number).padStart(2, "0");

  const time_axis = () =>
    axis({
      space: 70,
      incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300],
      size: 28,
      values: (plot, splits) =>
        splits.map((seconds) => {
          const time = new Date(seconds * 1000);
          return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}`;
        }),
    });

  /**
   * A chart in a figure of the page. `legend(index)` returns the legend for the cursor's position, or
   * for the latest point if `index` is null: {entries: [class, label, value]..., moment}. The number of
   * entries must not change, so that the chart doesn't move under the cursor.
   */
  class Chart {
    constructor(id, { height, legend, ...options }) {
      this.figure = by_id(id);
      this.place = this.figure.querySelector(".plot");
      this.legend = legend;
      this.plot = new uPlot(
        {
          width: 300,
          height,
          legend: { show: false },
          padding: [10, 12, 0, 0],
          ...options,
          cursor: {
            y: false,
            drag: { x: false, y: false },
            points: { size: 7 },
            ...options.cursor,
          },
          hooks: {
            ...options.hooks,
            setCursor: [() => this.#show_legend()],
          },
        },
        options.series.map(() => []),
        this.place,
      );
      new ResizeObserver(() => this.#resize()).observe(this.place);
      this.place.addEventListener("keydown", (event) => this.#on_key(event));
      this.place.addEventListener("blur", () => this.plot.setCursor({ left: -10, top: -10 }));
      all.push(this);
    }

    set(title, told, data) {
      set_text(this.figure.querySelector(".what"), title);
      set_attribute(this.place, "aria-label", told);
      this.plot.setData(data);
      this.#show_legend();
    }

    #resize() {
      const width = Math.floor(this.place.clientWidth);
      if (width > 0 && width !== this.plot.width)
        this.plot.setSize({ width, height: this.plot.height });
    }

    #show_legend() {
      if (!this.plot) return; // uPlot calls this in its constructor
      const place = this.figure.querySelector(".legend");
      const { entries, moment } = this.legend(this.plot.cursor.idx == null ? null : this.plot.cursor.idxs[1]);
      set_text(this.figure.querySelector(".moment"), moment);
      while (place.children.length > entries.length) place.lastChild.remove();
      entries.forEach(([kind, label, value], i) => {
        const entry =
          place.children[i] ??
          place.appendChild(make("span", {}, make("i"), make("span"), make("b")));
        entry.className = `entry ${kind}`;
        set_text(entry.children[1], label);
        set_text(entry.children[2], value);
      });
    }

    // Arrow keys move the cursor as the mouse does.
    #on_key(event) {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
      const [values] = this.plot.data;
      if (!step || values.length === 0) return;
      event.preventDefault();
      const at = this.plot.cursor.idx ?? values.length;
      const index = Math.min(Math.max(at + step, 0), values.length - 1);
      const left = this.plot.valToPos(values[index], "x");
      this.plot.setCursor({ left, top: this.plot.over.clientHeight / 2 });
    }
  }

  const digits = [[1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8], [1, 2, 3, 5], [1, 2, 5], [1, 3], [1]];

  /** Returns round numbers for a logarithmic axis, as many for each power of ten as fit. */
  function logarithmic_splits(min, max, room) {
    let splits = [];
    for (const of_decade of digits) {
      splits = [];
      const end = Math.ceil(Math.log10(max));
      for (let power = Math.floor(Math.log10(min)); power <= end; ++power) {
        for (const digit of of_decade) {
          const value = digit * 10 ** power;
          if (value >= min * 0.999 && value <= max * 1.001) splits.push(value);
        }
      }
      if (splits.length <= room) return splits;
    }
    const every = Math.ceil(splits.length / room);
    return splits.filter((_, i) => i % every === 0);
  }

  /** Stripes mark queued time, so that it doesn't depend on colour alone. */
  function stripes(context, name) {
    const tile = document.createElement("canvas");
    const size = Math.round(6 * devicePixelRatio);
    tile.width = tile.height = size;
    const pen = tile.getContext("2d");
    pen.fillStyle = colour(name);
    pen.fillRect(0, 0, size, size);
    pen.strokeStyle = colour("stripe");
    pen.lineWidth = size / 4;
    for (const shift of [-size, 0, size]) {
      pen.beginPath();
      pen.moveTo(shift - 1, size + 1);
      pen.lineTo(shift + size + 1, -1);
      pen.stroke();
    }
    return context.createPattern(tile, "repeat");
  }

  return {
    Chart,
    axis,
    time_axis,
    colour,
    faded,
    stripes,
    logarithmic_splits,
    redraw_all,
    font_family,
  };
})();
