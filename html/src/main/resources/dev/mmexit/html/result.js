// One scenario on one variant.

/** The row, the variant and the cell that the address names; null where there are none. */
function place(route, key) {
  const row = rowsByKey.get(route.get(key));
  if (!row) return null;
  const named = variants.indexOf(route.get("variant"));
  const v = named >= 0 ? named : row.results.findIndex((cell) => cell);
  const cell = row.results[v];
  return cell ? { row, v, cell } : null;
}

function verdictSentence(cell) {
  if (cell.verdict === "INCOMPLETE") return `Incomplete: it was bounded (${cell.bound}). Up to there nothing is wrong, which is no pass.`;
  const coverage = cell.complete ? "Every interleaving was explored" : `The exploration was bounded (${cell.bound})`;
  if (cell.verdict === "AS_EXPECTED") return `${coverage}, and what was found is what is expected.`;
  const wrong = kindsOf(cell).filter((kind) => !kind.expected).map((kind) => kind.label);
  const parts = [];
  if (wrong.length) parts.push(`not expected: ${wrong.join(", ")}`);
  if (cell.missing.length) parts.push(`expected and not found: ${cell.missing.join(", ")}`);
  return `${coverage}. ${parts.join("; ") || "It is not as expected"}.`;
}

function expectation(cell) {
  if (cell.expected === null) return "nothing is said of this variant, so no finding is expected";
  return cell.expected.length === 0 ? "clean" : cell.expected.join(", ");
}

function finalsTable(cell) {
  if (cell.finals.length === 0) return h("p", { class: "quiet-text" }, "No execution ends with every thread finished.");
  return h("ul", { class: "finals" }, cell.finals.map((i) => h("li", {}, h("code", {}, index.text[i] || "no register, no fact"))));
}

function findingItem(row, v, finding, n) {
  const kind = index.kinds[finding[0]];
  return h(
    "li",
    {},
    h("a", { class: "card", href: findingLink(row, v, n) }, h("span", { class: "card-head" }, kindChip(kind.label, { expected: finding[1] === 1 }), h("span", { class: "go", "aria-hidden": "true" }, "interleaving →")), h("span", { class: "card-text" }, message(finding))),
  );
}

function variantTabs(row, v) {
  if (variants.length < 2) return null;
  return h(
    "nav",
    { class: "tabs", "aria-label": "Variants" },
    variants.map((name, i) => row.results[i] && h("a", { href: resultLink(row, i), "aria-current": i === v ? "true" : null }, verdictMark(row.results[i]), " ", name)),
  );
}

/** The view of one result. */
function resultView(route) {
  const at = place(route, "result");
  if (!at) return { title: "Not here", node: nothing("Not here", "This report has no such result.") };
  const { row, v, cell } = at;
  const figures = [
    ["States", number(cell.counts[0])],
    ["Executions", number(cell.counts[1])],
    ["Transitions", number(cell.counts[2])],
    ["Seconds", cell.seconds.toFixed(2)],
    ["Final states", number(cell.finals.length)],
  ];
  return {
    title: `${row.scenario} on ${variants[v]}`,
    node: [
      crumbs(["Results", link({ view: "results" })], [row.scenario]),
      h("div", { class: "heading" }, h("h1", {}, row.scenario), verdictChip(cell)),
      h("p", { class: "file" }, h("code", {}, row.file), " on ", h("code", {}, variants[v])),
      variantTabs(row, v),
      h("p", { class: "lead" }, verdictSentence(cell)),
      h("dl", { class: "figures" }, figures.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      h("h2", {}, cell.findings.length === 0 ? "No finding" : plural(cell.findings.length, "finding")),
      h("p", {}, "Expected: ", expectation(cell), "."),
      h("ol", { class: "cards" }, cell.findings.map((finding, n) => findingItem(row, v, finding, n))),
      h("h2", {}, "Final states"),
      cell.condition &&
        h("p", {}, h("code", {}, cell.condition.text), cell.condition.holds ? " holds. " : " does not hold. ", `${cell.observation}: ${cell.condition.positive} of ${plural(cell.condition.positive + cell.condition.negative, "final state")} satisfy the proposition.`),
      finalsTable(cell),
    ],
  };
}
