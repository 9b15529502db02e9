// A finding: its interleaving as lanes, one for each thread, time going down, and a step to look at.

const NARROWEST_LANE = 185;

/** The lines of a step, with the name of a function where it is another than before. */
function stepText(step, shown) {
  const items = [];
  for (const line of step.lines) {
    const at = line.depth + " " + line.f;
    if (shown[step.thread] !== at) {
      items.push(h("span", { class: "fn" }, line.f + "()"));
      shown[step.thread] = at;
    }
    if (line.text) items.push(h("span", { class: line.text.startsWith("***") ? "op bug" : "op" }, line.text));
  }
  return items.length ? items : [h("span", { class: "fn" }, "–")];
}

function title(thread) {
  return !thread.task || thread.task === thread.name ? thread.name : `${thread.name} (${thread.task})`;
}

function hue(n) {
  return `var(--lock-${((n - 1) % 8) + 1})`;
}

/** The threads that wait for each other, in a row that closes. */
function cycleFigure(lanes, cycle) {
  if (cycle.length === 0) return null;
  const text = cycle.map((arrow) => `${lanes[arrow.from].name} waits for ${arrow.text}, which ${lanes[arrow.to].name} would end`).join("; ");
  return h(
    "figure",
    { class: "cycle" },
    h("figcaption", {}, h("span", { "aria-hidden": "true" }, "The cycle"), h("span", { class: "unseen" }, "The cycle: " + text)),
    h(
      "div",
      { class: "ring", "aria-hidden": "true" },
      cycle.map((arrow) => [
        h("span", { class: "who" }, title(lanes[arrow.from])),
        h("span", { class: "waits" }, h("span", { class: "what" }, "waits for ", h("b", {}, arrow.text)), h("span", { class: "line" })),
      ]),
      h("span", { class: "who again" }, title(lanes[cycle[0].from])),
    ),
  );
}

/** The lanes. Rows of the grid: the names, the steps, the end, the arrows. */
function lanesFigure(detail, lanes, arrows, cycle, onstep) {
  const locks = locksOf(detail);
  const size = detail.steps.length;
  const grid = h("div", { class: "lanes", style: { "--lanes": lanes.length } });
  const shown = {};
  const column = (i) => i + 2;
  lanes.forEach((lane, i) => {
    const { bars, width } = barsOf(detail, lane);
    lane.gutter = width;
    grid.append(
      h("div", { class: "lane-name", style: { "grid-column": column(i) } }, h("b", {}, lane.name), lane.task && lane.task !== lane.name ? h("span", { class: "task" }, " " + lane.task) : null),
      h("div", { class: "lane-line", "aria-hidden": "true", style: { "grid-column": column(i), "grid-row": `2 / ${size + 3}` } }),
      ...waitsOf(detail, lane).map((wait) =>
        h("div", { class: "wait" + (wait.end ? " blocked" : ""), "aria-hidden": "true", title: wait.text, style: { "grid-column": column(i), "grid-row": `${wait.from + 2} / ${wait.to + 3}`, "--gutter": width } }, wait.to > wait.from && h("span", {}, wait.text)),
      ),
      ...bars.map((bar) =>
        h("div", { class: "bar" + (bar.ends ? "" : " kept"), "aria-hidden": "true", title: `${lane.name} holds ${bar.lock}`, style: { "grid-column": column(i), "grid-row": `${bar.from + 2} / ${bar.to + 3}`, "--place": bar.place, "--hue": hue(locks.get(bar.lock)) } }, h("span", {}, locks.get(bar.lock))),
      ),
    );
  });
  const cards = detail.steps.map((step, i) => {
    const lane = lanes.findIndex((each) => each.i === step.thread);
    const card = h(
      "button",
      { type: "button", class: "step", tabindex: "-1", onclick: () => onstep(i, true) },
      h("span", { class: "unseen" }, `Step ${i + 1}, `),
      h("span", { class: "tag" }, lanes[lane].name),
      stepText(step, shown),
      step.changes.length > 0 && h("span", { class: "delta" }, h("span", { "aria-hidden": "true" }, `Δ${step.changes.length}`), h("span", { class: "unseen" }, `, changes ${plural(step.changes.length, "field")}`)),
    );
    return [card, h("li", { style: { "grid-row": i + 2, "grid-column": column(lane), "--gutter": lanes[lane].gutter, "--lane": lane } }, card)];
  });
  grid.append(
    ...detail.steps.map((step, i) => h("div", { class: "step-number", "aria-hidden": "true", style: { "grid-row": i + 2 } }, i + 1)),
    h("ol", { class: "steps", "aria-label": "Steps" }, cards.map(([card, item]) => item)),
    h("div", { class: "step-number", "aria-hidden": "true", style: { "grid-row": size + 2 } }, "end"),
    ...lanes.map((lane, i) =>
      h(
        "div",
        { class: `end ${lane.status.replace(" ", "-")}`, style: { "--row": size + 2 + i, "grid-row": size + 2, "grid-column": column(i), "--gutter": lane.gutter, "--lane": i } },
        h("span", { class: "tag" }, lane.name + " "),
        lane.status === "blocked" ? [h("b", {}, "BLOCKED"), ` on ${lane.waitsFor ?? "?"}`] : lane.status,
      ),
    ),
    ...arrows.map((arrow, k) => {
      const [low, high] = [Math.min(arrow.from, arrow.to), Math.max(arrow.from, arrow.to)];
      return h(
        "div",
        { class: "arrow" + (arrow.to < arrow.from ? " left" : "") + (arrow.to === arrow.from ? " self" : "") + (cycle.includes(arrow) ? " in-cycle" : ""), style: { "--row": size + 2 + lanes.length + k, "grid-row": size + 3 + k, "grid-column": `${column(low)} / ${column(high) + 1}`, "--span": high - low + 1 } },
        h("span", {}, `${lanes[arrow.from].name} waits for ${arrow.text} `, h("span", { class: "by" }, `→ ${lanes[arrow.to].name}`)),
      );
    }),
  );
  const key =
    locks.size > 0 &&
    h("ul", { class: "lock-key", "aria-label": "Locks" }, [...locks].map(([lock, n]) => h("li", {}, h("span", { class: "swatch", "aria-hidden": "true", style: { "--hue": hue(n) } }, n), lock)));
  return { grid, cards: cards.map(([card]) => card), key };
}

function changesTable(changes) {
  if (changes.length === 0) return h("p", { class: "quiet-text" }, "Changes nothing that lasts.");
  return h(
    "table",
    { class: "changes" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Field"), h("th", { scope: "col" }, "Before"), h("th", { scope: "col" }, "After"))),
    h("tbody", {}, changes.map(([field, from, to]) => h("tr", {}, h("th", { scope: "row" }, field), h("td", {}, from), h("td", { class: "after" }, to)))),
  );
}

function memoryTable(detail, at) {
  const fields = [...memoryAt(detail, at)];
  if (fields.length === 0) return null;
  return h(
    "details",
    { class: "memory", open: memoryTable.open, ontoggle: (event) => (memoryTable.open = event.target.open) },
    h("summary", {}, "All fields that change, as they are now"),
    h("table", { class: "changes" }, h("tbody", {}, fields.map(([field, state]) => h("tr", { class: state.now ? "now" : state.changed ? null : "before" }, h("th", { scope: "row" }, state.now && h("span", { class: "unseen" }, "changed: "), field), h("td", {}, state.value))))),
  );
}

function stepPanel(detail, i, stacks, held) {
  const step = detail.steps[i];
  const thread = detail.threads[step.thread];
  const least = Math.min(...step.lines.map((line) => line.depth));
  const holding = held[i].map((locks, k) => [detail.threads[k], locks]).filter(([, locks]) => locks.length > 0);
  return [
    h("h2", {}, `Step ${i + 1} of ${detail.steps.length}`, h("span", { class: "of" }, " " + title(thread))),
    h("ul", { class: "did" }, step.lines.map((line) => h("li", { style: { "--depth": line.depth - least } }, line.text ? h("span", { class: line.text.startsWith("***") ? "op bug" : "op" }, line.text) : h("span", { class: "fn" }, line.f + "()")))),
    h("h3", {}, "Changes"),
    changesTable(step.changes),
    memoryTable(detail, i),
    h("h3", {}, "Locks held"),
    holding.length === 0 ? h("p", { class: "quiet-text" }, "None.") : h("ul", { class: "held" }, holding.map(([who, locks]) => h("li", {}, h("b", {}, who.name), " ", locks.join(", ")))),
    h("h3", {}, "Stack, innermost first"),
    stackList(stacks[i]),
  ];
}

function spoken(detail, i) {
  const step = detail.steps[i];
  const did = step.lines.map((line) => line.text || `in ${line.f}`).join(", ");
  const changes = step.changes.map(([field, from, to]) => `${field} from ${from} to ${to}`).join(", ");
  const holds = step.held.length ? ` Holds ${step.held.join(", ")}.` : "";
  return `Step ${i + 1} of ${detail.steps.length}, ${title(detail.threads[step.thread])}: ${did}.` + (changes ? ` Changes ${changes}.` : "") + holds;
}

function endOf(detail) {
  return h(
    "section",
    { class: "threads" },
    h("h2", {}, "At the end"),
    h(
      "div",
      { class: "thread-cards" },
      detail.threads.map((thread) =>
        h(
          "div",
          { class: "thread" },
          h("h3", {}, title(thread), h("span", { class: `chip ${thread.status.replace(" ", "-")}` }, thread.status)),
          thread.waitsFor && h("p", {}, "Waits for ", h("b", {}, thread.waitsFor), thread.endedBy ? `, which ${thread.endedBy} would end.` : ", which nobody would end."),
          thread.holds.length > 0 && h("p", {}, "Holds ", thread.holds.join(", "), "."),
          thread.stack.length > 0 && stackList(thread.stack),
        ),
      ),
    ),
  );
}

/** The view of one finding. */
function findingView(route) {
  const at = place(route, "finding");
  const n = Math.max(1, Number.parseInt(route.get("n") ?? "1", 10) || 1) - 1;
  const finding = at?.cell.findings[n];
  if (!finding) return { title: "Not here", node: nothing("Not here", "This report has no such finding.") };
  const { row, v, cell } = at;
  const kind = index.kinds[finding[0]];
  const detail = detailsOf(cell)[n];
  const size = detail.steps.length;
  const lanes = lanesOf(detail);
  const arrows = arrowsOf(lanes);
  const cycle = cycleOf(arrows);
  const stacks = stacksOf(detail);
  const held = heldOf(detail);
  const panel = h("section", { class: "panel", "aria-label": "The step" });
  const counter = h("output", { class: "counter" });
  let current = -1;

  function go(to, focus) {
    const next = Math.max(0, Math.min(size - 1, to));
    if (next === current) return;
    figure.cards[current]?.removeAttribute("aria-current");
    figure.cards[current]?.setAttribute("tabindex", "-1");
    const first = current < 0;
    current = next;
    const card = figure.cards[current];
    card.setAttribute("aria-current", "step");
    card.setAttribute("tabindex", "0");
    figure.cards.forEach((each, i) => each.classList.toggle("later", i > current));
    figure.grid.style.setProperty("--at", current + 2);
    panel.replaceChildren(...stepPanel(detail, current, stacks, held).filter((node) => node));
    counter.textContent = `${current + 1} / ${size}`;
    if (first) return;
    if (focus) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    say(spoken(detail, current));
    settle({ finding: row.key, variant: variants[v], n: n === 0 ? null : n + 1, step: current + 1 });
  }

  const figure = lanesFigure(detail, lanes, arrows, cycle, go);
  const keys = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
  const onkey = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !(event.key in keys)) return;
    if (event.target.closest("input, select, textarea, pre, summary, .command")) return;
    event.preventDefault();
    go(current + keys[event.key], true);
  };
  const button = (label, sign, to) => h("button", { type: "button", "aria-label": label, title: label, onclick: () => go(to()) }, sign);
  const marker = h("div", { class: "now-line", "aria-hidden": "true" });
  figure.grid.prepend(marker);
  const frame = h("div", { class: "frame" }, figure.grid);
  const sizes = new ResizeObserver(() => figure.grid.classList.toggle("compact", frame.clientWidth / lanes.length < NARROWEST_LANE));
  sizes.observe(frame);
  if (size > 0) go((Number.parseInt(route.get("step") ?? "1", 10) || 1) - 1);

  const others = cell.findings.length > 1 && h(
    "p",
    { class: "siblings" },
    n > 0 && h("a", { href: findingLink(row, v, n - 1) }, "← previous finding"),
    h("span", {}, `Finding ${n + 1} of ${cell.findings.length}`),
    n + 1 < cell.findings.length && h("a", { href: findingLink(row, v, n + 1) }, "next finding →"),
  );
  return {
    title: `${kind.label} in ${row.scenario} on ${variants[v]}`,
    node: [
      crumbs(["Results", link({ view: "results" })], [row.scenario, resultLink(row, v)], [kind.label]),
      h("div", { class: "heading" }, h("h1", {}, kind.label), h("span", { class: `chip ${finding[1] ? "" : "bad"}` }, finding[1] ? "expected" : "! not expected"), h("span", { class: "chip" }, variants[v])),
      h("p", { class: "lead" }, message(finding)),
      cycleFigure(lanes, cycle),
      size > 0 && h(
        "section",
        { class: "interleaving", "aria-label": "Interleaving" },
        h("div", { class: "stepper", role: "toolbar", "aria-label": "Steps" }, button("First step", "⇤", () => 0), button("Previous step", "↑", () => current - 1), counter, button("Next step", "↓", () => current + 1), button("Last step", "⇥", () => size - 1), h("span", { class: "hint" }, "arrow keys step")),
        figure.key,
        h("div", { class: "both" }, frame, panel),
      ),
      h("h2", {}, "Replay it"),
      commandBox(detail.command),
      endOf(detail),
      others,
    ],
    onkey,
    shown: () => route.has("step") && figure.cards[current]?.scrollIntoView({ block: "nearest" }),
    leave: () => sizes.disconnect(),
  };
}
