// The lock-order graph of a variant.

const ZOOMS = [0.35, 0.5, 0.7, 0.85, 1, 1.25, 1.6, 2];

/** A path through a start and triples of control point, control point, point; or straight lines. */
function pathOf(points) {
  const at = (i) => `${points[i]} ${points[i + 1]}`;
  let path = "M" + at(0);
  if ((points.length - 2) % 6 === 0) {
    for (let i = 2; i < points.length; i += 6) path += `C${at(i)} ${at(i + 2)} ${at(i + 4)}`;
  } else {
    for (let i = 2; i < points.length; i += 2) path += "L" + at(i);
  }
  return path;
}

function edgeStyle(edge) {
  return edge.cycle ? edge.cycle.toLowerCase() : "ordinary";
}

function edgeWords(graph, edge) {
  const known = { WITNESSED: ", in a cycle that was seen to block", POSSIBLE: ", in a cycle that is possible", "": "" }[edge.cycle];
  return `${graph.nodes[edge.from].name} before ${graph.nodes[edge.to].name}${known}`;
}

function drawing(graph, select) {
  const marker = (name) => s("marker", { id: "head-" + name, class: "head " + name, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto" }, s("path", { d: "M0 0L10 5L0 10z" }));
  const order = (edge) => ["ordinary", "possible", "witnessed"].indexOf(edgeStyle(edge));
  const drawn = graph.edges.map((edge, i) => ({ edge, i })).sort((x, y) => order(x.edge) - order(y.edge));
  const edges = [];
  for (const { edge, i } of drawn) {
    const style = edgeStyle(edge);
    const d = pathOf(edge.points);
    edges[i] = s(
      "g",
      { class: `edge ${style} ${edge.kind}`, tabindex: "0", role: "button", "aria-label": edgeWords(graph, edge), onclick: () => select(i), onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        select(i);
      } },
      s("title", {}, edgeWords(graph, edge)),
      s("path", { class: "reach", d }),
      style === "witnessed" && s("path", { class: "halo", d }),
      s("path", { class: "line", d, "marker-end": `url(#head-${style})` }),
    );
  }
  const inCycle = new Map();
  for (const cycle of graph.cycles) for (const i of cycle.nodes) if (inCycle.get(i) !== "witnessed") inCycle.set(i, cycle.status.toLowerCase());
  const nodes = graph.nodes.map((node, i) => s("g", { class: `node ${inCycle.get(i) ?? ""}`, transform: `translate(${node.x} ${node.y})` }, s("rect", { width: node.width, height: node.height, rx: node.event ? node.height / 2 : 4 }), s("text", { x: node.width / 2, y: node.height / 2 }, node.name)));
  const svg = s("svg", { class: "graph", viewBox: `0 0 ${graph.width} ${graph.height}`, role: "group", "aria-label": `Lock order of ${graph.variant}: ${plural(graph.nodes.length, "class")}, ${plural(graph.edges.length, "edge")}` }, s("defs", {}, ["ordinary", "possible", "witnessed"].map(marker)), drawn.map(({ i }) => edges[i]), nodes);
  return { svg, edges };
}

function scenarioLink(graph, name) {
  const row = index.rows.find((each) => each.scenario === name);
  const v = variants.indexOf(graph.variant);
  return row?.results[v] ? h("a", { href: resultLink(row, v) }, name) : h("span", {}, name);
}

function edgePanel(graph, edge) {
  const known = { WITNESSED: ["bad", "in a cycle: WITNESSED"], POSSIBLE: ["open", "in a cycle: POSSIBLE"] }[edge.cycle];
  return [
    h("h2", {}, h("code", {}, graph.nodes[edge.from].name), " → ", h("code", {}, graph.nodes[edge.to].name)),
    known && h("p", {}, h("span", { class: `chip ${known[0]}` }, known[1])),
    h("p", {}, edge.kind === "event" ? "Between a lock and an event: who waits while holding what, or what whoever ends the wait takes." : "Between two locks: the second was taken with the first held.", " First seen in ", scenarioLink(graph, edge.scenario), `, by ${edge.thread}.`),
    h(
      "div",
      { class: "columns" },
      h("div", {}, h("h3", {}, "Where it took the first"), stackList(edge.fromStack)),
      h("div", {}, h("h3", {}, "Where it took the second, or waited"), stackList(edge.toStack)),
    ),
    h("h3", {}, "The step that made it"),
    commandBox(edge.command),
  ];
}

function cycleList(graph, select) {
  if (graph.cycles.length === 0) return h("p", {}, "The graph has no cycle.");
  return h(
    "ul",
    { class: "cycles" },
    graph.cycles.map((cycle) => {
      const seen = cycle.status === "WITNESSED";
      const names = cycle.nodes.map((i) => graph.nodes[i].name);
      const edge = graph.edges.findIndex((each) => each.from === cycle.nodes[0] && each.to === cycle.nodes[1 % cycle.nodes.length]);
      return h(
        "li",
        {},
        h("span", { class: `chip ${seen ? "bad" : "open"}` }, h("span", { "aria-hidden": "true" }, seen ? "● " : "○ "), cycle.status),
        h("button", { type: "button", class: "linkish", onclick: () => select(edge) }, [...names, names[0]].join(" → ")),
        h("span", { class: "quiet-text" }, seen ? "An executed schedule blocks in it: " : "No execution blocks in it. Its last edge is from ", scenarioLink(graph, cycle.scenario)),
      );
    }),
  );
}

/** The view of a lock-order graph. */
function locksView(route) {
  const all = graphs();
  const graph = all.find((each) => each.variant === route.get("locks")) ?? all[0];
  if (!graph) return { title: "Lock order", node: nothing("Lock order", "This report has no lock-order graph.") };
  const name = (i) => `${graph.nodes[graph.edges[i].from].name}~${graph.nodes[graph.edges[i].to].name}`;
  const panel = h("section", { class: "panel", "aria-label": "The edge" });
  const hint = h("p", { class: "quiet-text" }, "Choose an edge, with the mouse or with Tab and Enter, to see the step that made it.");
  let zoom = null;
  let current = -1;
  let figure = null;

  function select(i, quiet) {
    if (i < 0) return;
    figure.edges[current]?.classList.remove("selected");
    items[current]?.removeAttribute("aria-current");
    current = i;
    figure.edges[i].classList.add("selected");
    items[i].setAttribute("aria-current", "true");
    panel.replaceChildren(...edgePanel(graph, graph.edges[i]).filter((node) => node));
    if (quiet) return;
    panel.scrollIntoView({ block: "nearest" });
    say(edgeWords(graph, graph.edges[i]));
    settle({ locks: graph.variant, edge: name(i) });
  }

  figure = drawing(graph, select);
  const items = graph.edges.map((edge, i) => h("button", { type: "button", class: "linkish", onclick: () => select(i) }, edgeWords(graph, edge)));
  const frame = h("div", { class: "graph-frame", tabindex: "0", role: "region", "aria-label": "Drawing of the graph" }, figure.svg);
  const scale = (to) => {
    zoom = to;
    figure.svg.style.width = to === null ? "100%" : `${graph.width * to}px`;
    figure.svg.style.maxWidth = to === null ? `${graph.width}px` : "none";
  };
  const shownAt = () => figure.svg.getBoundingClientRect().width / graph.width;
  const larger = () => scale(ZOOMS.find((z) => z > shownAt() * 1.05) ?? 2);
  const smaller = () => scale(ZOOMS.findLast((z) => z < shownAt() * 0.95) ?? 0.35);
  scale(null);
  panel.append(hint);
  const wanted = graph.edges.findIndex((edge, i) => name(i) === route.get("edge"));
  select(wanted, true);
  return {
    title: `Lock order of ${graph.variant}`,
    node: [
      h("h1", {}, "Lock order"),
      h("p", { class: "lead" }, "An arrow from one lock to another: the second was taken, or waited for, while the first was held. In a cycle threads can wait for each other."),
      all.length > 1 && h("div", { class: "controls" }, picker("Variant", "graph", all.map((each) => [each.variant, each.variant]), graph.variant, (variant) => (location.hash = link({ locks: variant })))),
      !graph.complete && h("p", {}, h("span", { class: "chip open" }, "◐ incomplete"), " Not everything was explored: there may be more edges."),
      h("h2", {}, "Cycles"),
      cycleList(graph, select),
      h("h2", {}, "Graph"),
      h(
        "ul",
        { class: "signs lines", "aria-label": "Lines" },
        h("li", {}, h("span", { class: "sample witnessed" }), "in a cycle that blocked: WITNESSED"),
        h("li", {}, h("span", { class: "sample possible" }), "in a cycle that may: POSSIBLE"),
        h("li", {}, h("span", { class: "sample" }), "in no cycle"),
        h("li", {}, h("span", { class: "box", "aria-hidden": "true" }), "lock"),
        graph.nodes.some((node) => node.event) && h("li", {}, h("span", { class: "box event", "aria-hidden": "true" }), "event: somebody waits for it, somebody ends it"),
      ),
      h("div", { class: "stepper", role: "toolbar", "aria-label": "Size of the drawing" }, h("button", { type: "button", onclick: smaller, "aria-label": "Smaller" }, "−"), h("button", { type: "button", onclick: () => scale(null) }, "Fit"), h("button", { type: "button", onclick: larger, "aria-label": "Larger" }, "+")),
      h("div", { class: "both" }, frame, panel),
      h("details", { class: "legend" }, h("summary", {}, `All ${plural(graph.edges.length, "edge")} as a list`), h("ul", { class: "plain edges" }, items.map((item) => h("li", {}, item)))),
    ],
  };
}
