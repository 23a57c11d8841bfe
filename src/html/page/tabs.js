"use strict";
// The page's views. What a program doesn't have has no tab.

class Tabs {
  static views = ["now", "timers", "executors", "operations", "trace"];

  constructor(changed) {
    this.changed = changed;
    this.view = null;
    this.wanted = null; // what the address says, which may not be there yet
    this.is_chosen = false; // somebody has chosen
    this.list = by_id("tabs");
    this.list.addEventListener("click", (event) => {
      const tab = event.target.closest("[role=tab]");
      if (tab) this.choose(tab.dataset.view);
    });
    this.list.addEventListener("keydown", (event) => this.#on_key(event));
  }

  #tab(view) {
    return by_id(`tab_${view}`);
  }

  get #shown() {
    return Tabs.views.filter((view) => !this.#tab(view).hidden);
  }

  has_no(view) {
    return this.#tab(view).hidden;
  }

  /** Says which views there are, as {view: number of what is in it, or "" where that says nothing}. */
  offer(available) {
    for (const view of Tabs.views) {
      const count = available[view];
      this.#tab(view).hidden = count === undefined;
      set_text(this.#tab(view).querySelector(".count"), count ? format.count(count) : "");
    }
    this.list.hidden = this.#shown.length < 2;
    if (this.wanted in available && this.view !== this.wanted) this.#show(this.wanted);
    else if (!(this.view in available)) this.#show("timers");
  }

  /** Shows a view; one that isn't there, as soon as it is. */
  want(view) {
    this.wanted = view;
    if (Tabs.views.includes(view) && !this.#tab(view).hidden) this.#show(view);
  }

  choose(view) {
    this.is_chosen = true;
    this.wanted = view;
    this.#show(view);
    this.changed(view);
  }

  #show(view) {
    this.view = view;
    document.body.dataset.view = view;
    for (const one of Tabs.views) {
      const is_chosen = one === view;
      set_attribute(this.#tab(one), "aria-selected", is_chosen);
      this.#tab(one).tabIndex = is_chosen ? 0 : -1;
      by_id(`view_${one}`).hidden = !is_chosen;
    }
    // On a phone there isn't room for all.
    this.list.scrollLeft = this.#tab(view).offsetLeft - this.list.offsetLeft - 8;
  }

  #on_key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    if (!step) return;
    event.preventDefault();
    const shown = this.#shown;
    const at = shown.indexOf(this.view) + step;
    const next = Number.isFinite(at) ? shown.at(at % shown.length) : shown.at(step < 0 ? 0 : -1);
    this.choose(next);
    this.#tab(next).focus();
  }
}
