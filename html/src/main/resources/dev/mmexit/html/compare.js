// Two variants, side by side.

const STATUSES = {
  REGRESSED: { mark: "▲", style: "bad", text: "finds a kind that it did not" },
  FIXED: { mark: "▼", style: "good", text: "does not find a kind that it did, and no new one" },
  CHANGED: { mark: "≠", style: "changed", text: "other final states only" },
  INCOMPLETE: { mark: "◐", style: "open", text: "nothing is said, as an exploration is not complete" },
  SAME: { mark: "=", style: "same", text: "the same kinds and final states, both complete" },
};

/** What is in `these` and not in `those`. */
function without(these, those) {
  const there = new Set(those);
  return [...new Set(these)].filter((each) => !there.has(each));
}

function compareCells(a, b) {
  const labels = (cell) => kindsOf(cell).map((kind) => kind.label);
  const complete = a.complete && b.complete;
  const gained = without(labels(b), labels(a));
  const lost = without(labels(a), labels(b));
  const finalsGained = without(b.finals, a.finals);
  const finalsLost = without(a.finals, b.finals);
  let status = "SAME";
  if (gained.length) status = "REGRESSED";
  else if (!complete) status = "INCOMPLETE";
  else if (lost.length) status = "FIXED";
  else if (finalsGained.length + finalsLost.length) status = "CHANGED";
  return { status, complete, gained, lost, finalsGained, finalsLost };
}

/** The findings of one that the other has not, by kind and place: their numbers. */
function findingsWithout(cell, other) {
  const id = (finding) => `${finding[0]} ${finding[3]}`;
  const there = new Set(other.findings.map(id));
  return cell.findings.map((finding, n) => [finding, n]).filter(([finding]) => !there.has(id(finding)));
}

function edgeName(graph, edge) {
  return `${graph.nodes[edge.from].name} → ${graph.nodes[edge.to].name}`;
}

function lockChanges(a, b) {
  const [one, other] = [a, b].map((v) => graphs().find((graph) => graph.variant === variants[v]));
  if (!one || !other) return null;
  const edges = (graph) => graph.edges.map((edge) => edgeName(graph, edge));
  const cycles = (graph) => graph.cycles.map((cycle) => `${cycle.status}: ${cycle.nodes.map((i) => graph.nodes[i].name).join(" → ")}`);
  const list = (title, names) => names.length > 0 && [h("h3", {}, title), h("ul", { class: "plain" }, names.map((name) => h("li", {}, h("code", {}, name))))];
  const parts = [
    list("Cycles gained", without(cycles(other), cycles(one))),
    list("Cycles lost", without(cycles(one), cycles(other))),
    list("Edges gained", without(edges(other), edges(one))),
    list("Edges lost", without(edges(one), edges(other))),
  ].filter((part) => part);
  return h("section", {}, h("h2", {}, "Lock order"), parts.length ? parts : h("p", {}, "The same edges and cycles."));
}

function difference(list, label, style) {
  return list.map((kind) => h("span", { class: `chip kind ${style}`, title: `${label}: ${kind}` }, h("span", { "aria-hidden": "true" }, style === "gained" ? "+ " : "− "), h("span", { class: "unseen" }, label + " "), kind));
}

function compareRow({ row, status, gained, lost, finalsGained, finalsLost }, a, b) {
  const said = STATUSES[status];
  const side = (v) => h("td", { role: "cell", "data-label": variants[v] }, h("a", { class: "cell", href: resultLink(row, v) }, verdictMark(row.results[v]), row.results[v].findings.length ? kindsOf(row.results[v]).map((kind) => kindChip(kind.label, kind)) : h("span", { class: "none" }, "clean")));
  const findings = (cell, other, v, label) =>
    findingsWithout(row.results[cell], row.results[other]).map(([finding, n]) => h("li", {}, `${label}: `, h("a", { href: findingLink(row, v, n) }, `${index.kinds[finding[0]].label}`), " ", message(finding)));
  const others = [...findings(b, a, b, "gained"), ...findings(a, b, a, "lost")];
  const finals = finalsGained.length + finalsLost.length;
  return h(
    "tr",
    { role: "row", class: said.style },
    h("th", { role: "rowheader", scope: "row" }, h("a", { href: resultLink(row, b) }, row.key)),
    h("td", { role: "cell" }, h("span", { class: `chip status ${said.style}` }, h("span", { "aria-hidden": "true" }, said.mark + " "), status)),
    h(
      "td",
      { role: "cell", "data-label": "Difference" },
      difference(gained, "gained", "gained"),
      difference(lost, "lost", "lost"),
      others.length > 0 && h("details", { class: "others" }, h("summary", {}, plural(others.length, "other finding")), h("ul", {}, others)),
      finals > 0 && h("span", { class: "ends" }, `final states +${finalsGained.length} −${finalsLost.length}`),
    ),
    side(a),
    side(b),
  );
}

/** The view that compares two variants. */
function compareView(route) {
  const named = (name, fallback) => (variants.includes(name) ? variants.indexOf(name) : fallback);
  const a = named(route.get("compare"), 0);
  const b = named(route.get("with"), a === 0 ? Math.min(1, variants.length - 1) : 0);
  const only = route.get("status") ?? "";
  const rows = index.rows
    .filter((row) => row.results[a] && row.results[b])
    .map((row) => ({ row, ...compareCells(row.results[a], row.results[b]) }));
  const ranks = Object.keys(STATUSES);
  rows.sort((x, y) => ranks.indexOf(x.status) - ranks.indexOf(y.status));
  const count = (status) => rows.filter((row) => row.status === status).length;
  const to = (one, other, status = only) => (location.hash = link({ compare: variants[one], with: variants[other], status }));
  const options = variants.map((name) => [name, name]);
  const shown = rows.filter((row) => !only || row.status === only);
  const body = h("tbody", { role: "rowgroup" });
  const filling = fillRows(body, shown, (row) => compareRow(row, a, b));
  const apart = index.rows.length - rows.length;
  const equivalent = rows.length > 0 && count("SAME") === rows.length && apart === 0;
  return {
    title: `${variants[a]} and ${variants[b]}`,
    node: [
      h("h1", {}, "Compare"),
      h(
        "div",
        { class: "controls" },
        picker("Base", "base", options, variants[a], (name) => to(variants.indexOf(name), b)),
        picker("Other", "other", options, variants[b], (name) => to(a, variants.indexOf(name))),
        h("button", { type: "button", class: "quiet", onclick: () => to(b, a) }, "⇄ Swap"),
      ),
      h(
        "ul",
        { class: "totals", "aria-label": "Totals" },
        ranks.filter((status) => status !== "INCOMPLETE" || count(status)).map((status) =>
          h("li", {}, h("a", { class: STATUSES[status].style, "aria-current": only === status ? "true" : null, href: link({ compare: variants[a], with: variants[b], status: only === status ? "" : status }), title: STATUSES[status].text }, h("b", {}, number(count(status))), ` ${status}`)),
        ),
      ),
      equivalent && h("p", { class: "lead" }, `Equivalent over these ${plural(rows.length, "scenario")}: the same finding kinds and final states, with every interleaving explored on both.`),
      apart > 0 && h("p", { class: "quiet-text" }, `${plural(apart, "scenario")} ran on one of the two only.`),
      h(
        "div",
        { class: "scroller", tabindex: "0", role: "region", "aria-label": "Comparison" },
        h("table", { role: "table", class: "matrix compare" }, h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ["Scenario", "Status", "Difference", variants[a], variants[b]].map((name) => h("th", { role: "columnheader", scope: "col" }, name)))), body),
        shown.length === 0 && h("p", { class: "empty" }, "No scenario is like that."),
      ),
      lockChanges(a, b),
    ],
    print: () => filling.finish(),
  };
}
