"use strict";
// Lists the runs that aren't in all the numbers (partial, failed, lost and dropped), why, and what to
// do.

function show_troubles(data) {
  const section = by_id("troubles");
  const lines = [];
  for (const { timer, shown } of data) {
    const name = timer.lifetime.name;
    for (const one of shown.partial_reasons)
      lines.push(["partial", one.count, name, one.reason, words.remedy(one)]);
    if (shown.failed > 0) lines.push(["failed", shown.failed, name, words.failed(shown), ""]);
    for (const lost of shown.lost_reasons)
      lines.push(["lost", lost.count, name, lost.reason, words.remedy(lost)]);
    if (shown.dropped > 0) lines.push(["dropped", shown.dropped, name, words.troubles.dropped, ""]);
  }
  section.hidden = lines.length === 0;
  const told = JSON.stringify(lines);
  if (section.dataset.told === told) return;
  section.dataset.told = told;
  section
    .querySelector("ul")
    .replaceChildren(
      ...lines.map(([kind, count, name, reason, remedy]) =>
        make(
          "li",
          {},
          make("span", { className: `badge ${kind}` }, `${format.count(count)} ${kind}`),
          make(
            "div",
            {},
            make("p", {}, make("b", {}, name), " ", make("span", {}, reason)),
            ...(remedy ? [make("p", { className: "remedy" }, remedy)] : []),
          ),
        ),
      ),
    );
}
