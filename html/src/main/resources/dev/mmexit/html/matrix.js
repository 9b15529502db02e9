// The results: a row for each scenario, a column for each variant.

const FIRST_ROWS = 60;
const MORE_ROWS = 250;
const WORST = { UNEXPECTED: 0, INCOMPLETE: 1, AS_EXPECTED: 2 };
const ORDERS = { given: "as given", worst: "worst first", name: "by name", states: "most states first" };

function words(row) {
  row.words ??= [
    row.scenario,
    row.file,
    ...row.results.flatMap((cell) => (cell ? cell.findings.flatMap((f) => [index.kinds[f[0]].label, message(f)]) : [])),
  ].join("\n").toLowerCase();
  return row.words;
}

function signature(cell) {
  return cell ? cell.verdict + kindsOf(cell).map((kind) => kind.label).sort().join() : "";
}

function differs(row) {
  return row.results.some((cell) => signature(cell) !== signature(row.results[0]));
}

function matchesCell(cell, filter) {
  if (!cell) return false;
  if (filter.verdict && filter.verdict !== "differs" && cell.verdict !== filter.verdict) return false;
  if (filter.kind === "none") return cell.findings.length === 0;
  return !filter.kind || cell.findings.some((f) => index.kinds[f[0]].label === filter.kind);
}

function matches(row, filter, shown) {
  if (filter.verdict === "differs" && !differs(row)) return false;
  const terms = filter.q.toLowerCase().split(/\s+/).filter((term) => term);
  return terms.every((term) => words(row).includes(term)) && shown.some((v) => matchesCell(row.results[v], filter));
}

function ordered(rows, order) {
  const worst = (row) => Math.min(...row.results.map((cell) => (cell ? WORST[cell.verdict] : 3)));
  const states = (row) => Math.max(...row.results.map((cell) => (cell ? cell.counts[0] : 0)));
  const sorted = [...rows];
  if (order === "worst") sorted.sort((a, b) => worst(a) - worst(b));
  if (order === "name") sorted.sort((a, b) => (a.scenario < b.scenario ? -1 : a.scenario > b.scenario ? 1 : 0));
  if (order === "states") sorted.sort((a, b) => states(b) - states(a));
  return sorted;
}

function matrixCell(row, v, short) {
  const cell = row.results[v];
  if (!cell) return h("td", { role: "cell", class: "absent" }, h("span", { class: "unseen" }, "not run"));
  const different = v > 0 && signature(cell) !== signature(row.results[0]);
  return h(
    "td",
    { role: "cell", class: different ? "differs" : v > 0 ? "alike" : null, "data-label": variants[v] },
    h(
      "a",
      { class: "cell", href: resultLink(row, v) },
      verdictMark(cell),
      different && h("span", { class: "unseen" }, `unlike ${variants[0]}`),
      cell.findings.length + cell.missing.length === 0
        ? h("span", { class: "none" }, cell.complete ? "clean" : "nothing so far")
        : chips(cell, short),
    ),
  );
}

function matrixRow(row, shown, short, i) {
  const one = shown.length === 1 ? row.results[shown[0]] : null;
  return h(
    "tr",
    { role: "row", "aria-rowindex": i + 2 },
    h(
      "th",
      { role: "rowheader", scope: "row" },
      h("a", { href: resultLink(row, shown[0]), title: row.file }, row.key === row.scenario ? row.scenario : row.key),
    ),
    shown.map((v) => matrixCell(row, v, short)),
    shown.length === 1 && [
      h("td", { role: "cell", class: "figure" }, one ? number(one.counts[0]) : ""),
      h("td", { role: "cell", class: "figure" }, one ? number(one.finals.length) : ""),
    ],
  );
}

function matrixHead(shown) {
  return h(
    "tr",
    { role: "row", "aria-rowindex": 1 },
    h("th", { role: "columnheader", scope: "col" }, "Scenario"),
    shown.map((v) => {
      const cells = index.rows.map((row) => row.results[v]).filter((cell) => cell);
      return h(
        "th",
        { role: "columnheader", scope: "col" },
        h("span", { class: "variant" }, variants[v]),
        h(
          "span",
          { class: "tally" },
          Object.entries(VERDICTS).map(([name, verdict]) => {
            const count = cells.filter((cell) => cell.verdict === name).length;
            return h("span", { class: count ? verdict.style : "zero", title: `${count} ${verdict.label}` }, h("span", { "aria-hidden": "true" }, `${verdict.mark} ${count}`), h("span", { class: "unseen" }, `${count} ${verdict.label}, `));
          }),
        ),
      );
    }),
    shown.length === 1 && [
      h("th", { role: "columnheader", scope: "col", class: "figure" }, "States"),
      h("th", { role: "columnheader", scope: "col", class: "figure" }, "Ends"),
    ],
  );
}

/** Puts rows into the table a few at a time, so that the first are there at once. */
function fillRows(body, rows, make) {
  let done = 0;
  let cancelled = false;
  const more = (count) => {
    const part = document.createDocumentFragment();
    for (const end = Math.min(rows.length, done + count); done < end; done++) part.append(make(rows[done], done));
    body.append(part);
  };
  const next = () => {
    if (cancelled || !body.isConnected) return;
    more(MORE_ROWS);
    if (done < rows.length) setTimeout(next, 0);
  };
  more(FIRST_ROWS);
  if (done < rows.length) setTimeout(next, 0);
  return { cancel: () => (cancelled = true), finish: () => more(rows.length) };
}

function legend(short) {
  const found = new Set(index.rows.flatMap((row) => row.results.flatMap((cell) => (cell ? cell.findings.map((f) => f[0]) : []))));
  const kinds = index.kinds.filter((kind, i) => found.has(i));
  return h(
    "details",
    { class: "legend" },
    h("summary", {}, "What the signs mean"),
    h(
      "ul",
      { class: "signs" },
      h("li", {}, h("span", { class: "mark good" }, "✓"), " Explored completely, and what was found is what the scenario expects. That may well be a deadlock: the patch as posted has some."),
      h("li", {}, h("span", { class: "mark bad" }, "✗"), " Something was found that was not expected (!), or expected and not found (struck through), or the final condition failed."),
      h("li", {}, h("span", { class: "mark open" }, "◐"), " A bound came before every interleaving was covered. Never a pass."),
      variants.length > 1 && h("li", {}, h("span", { class: "corner", "aria-hidden": "true" }), ` A corner marks what differs from ${variants[0]}.`),
      h("li", {}, "States: distinct states visited. Ends: distinct final states."),
    ),
    kinds.length > 0 && h("dl", { class: "kinds" }, kinds.map((kind) => h("div", {}, h("dt", {}, short && h("code", {}, code(kind.label) + " "), kind.label), h("dd", {}, kind.summary)))),
  );
}

/** The view with all results. */
function matrixView(route) {
  const filter = {
    q: route.get("q") ?? "",
    verdict: route.get("verdict") ?? "",
    kind: route.get("kind") ?? "",
    variant: route.get("variant") ?? "",
    order: route.get("order") ?? "",
  };
  const found = index.kinds.filter((kind, i) => index.rows.some((row) => row.results.some((cell) => cell?.findings.some((f) => f[0] === i))));
  const count = h("p", { class: "count", role: "status" });
  const table = h("table", { role: "table", class: "matrix", "aria-label": "Results", "aria-rowcount": index.rows.length + 1 });
  const empty = h("p", { class: "empty", hidden: true }, "No scenario is like that.");
  let filling = { cancel() {}, finish() {} };

  function draw() {
    filling.cancel();
    const only = variants.indexOf(filter.variant);
    const shown = only < 0 ? variants.map((name, i) => i) : [only];
    const short = shown.length > 2;
    const rows = ordered(index.rows.filter((row) => matches(row, filter, shown)), filter.order);
    const body = h("tbody", { role: "rowgroup" });
    table.replaceChildren(h("thead", { role: "rowgroup" }, matrixHead(shown)), body);
    table.className = "matrix" + (short ? " short" : "") + (shown.length === 1 ? " single" : "");
    table.style.setProperty("--variants", shown.length);
    filling = fillRows(body, rows, (row, i) => matrixRow(row, shown, short, i));
    count.textContent = rows.length === index.rows.length ? plural(rows.length, "scenario") : `${number(rows.length)} of ${plural(index.rows.length, "scenario")}`;
    empty.hidden = rows.length > 0;
  }

  function set(name, value) {
    filter[name] = value;
    settle({ view: "results", ...filter });
    draw();
  }

  let timer = 0;
  const search = h("input", {
    id: "search",
    type: "search",
    value: filter.q,
    placeholder: "name, kind, lock, function …",
    autocomplete: "off",
    spellcheck: "false",
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => set("q", search.value), 60);
    },
  });
  const verdicts = Object.entries(VERDICTS).map(([name, verdict]) => [name, verdict.label]);
  const controls = h(
    "form",
    { class: "controls", role: "search", "aria-label": "Filter", onsubmit: (event) => event.preventDefault() },
    h("div", { class: "field grow" }, h("label", { for: "search" }, "Search"), search),
    picker("Verdict", "verdict", [["", "all"], ...verdicts, ...(variants.length > 1 ? [["differs", "differs between variants"]] : [])], filter.verdict, (value) => set("verdict", value)),
    picker("Finding", "kind", [["", "all"], ["none", "no finding"], ...found.map((kind) => [kind.label, kind.label])], filter.kind, (value) => set("kind", value)),
    variants.length > 1 && picker("Variant", "variant", [["", "all"], ...variants.map((name) => [name, name])], filter.variant, (value) => set("variant", value)),
    picker("Order", "order", Object.entries(ORDERS).map(([key, text]) => [key === "given" ? "" : key, text]), filter.order, (value) => set("order", value)),
    h("button", { type: "button", class: "quiet", onclick: () => (location.hash = link({ view: "results" })) }, "Reset"),
  );
  draw();
  return {
    title: "Results",
    node: [
      h("div", { class: "heading" }, h("h1", {}, "Results"), count),
      controls,
      legend(variants.length > 2),
      variants.length > 1 && h("p", { class: "phone-only quiet-text" }, `A variant is listed where it differs from ${variants[0]}.`),
      h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": "Table of results" }, table, empty),
    ],
    print: () => filling.finish(),
  };
}
