// What several views show.

function verdictMark(cell) {
  const verdict = VERDICTS[cell.verdict];
  return h("span", { class: `mark ${verdict.style}`, title: verdict.label }, h("span", { "aria-hidden": "true" }, verdict.mark), h("span", { class: "unseen" }, verdict.label));
}

function verdictChip(cell) {
  const verdict = VERDICTS[cell.verdict];
  return h("span", { class: `chip verdict ${verdict.style}` }, h("span", { "aria-hidden": "true" }, verdict.mark + " "), verdict.label);
}

/** A kind of finding. What was not expected, or is missing, does not differ by its colour alone. */
function kindChip(label, { expected = true, missing = false, count = 1, short = false } = {}) {
  const state = missing ? "missing" : expected ? "expected" : "unexpected";
  const words = missing ? `${label}: expected, not found` : expected ? label : `${label}: not expected`;
  return h(
    "span",
    { class: `chip kind ${state}`, title: words + (count > 1 ? `, ${count} findings` : "") },
    missing && h("span", { class: "unseen" }, "missing: "),
    !missing && !expected && h("span", { "aria-hidden": "true" }, "! "),
    !missing && !expected && h("span", { class: "unseen" }, "not expected: "),
    short ? [h("span", { "aria-hidden": "true" }, code(label)), h("span", { class: "unseen" }, label)] : label,
    count > 1 && h("span", { class: "times" }, ` ×${count}`),
  );
}

function chips(cell, short) {
  return [
    ...kindsOf(cell).map((kind) => kindChip(kind.label, { ...kind, short })),
    ...cell.missing.map((label) => kindChip(label, { missing: true, short })),
  ];
}

/** A command with a button that copies it. */
function commandBox(command) {
  const source = h("code", {}, command);
  const button = h("button", { type: "button", class: "quiet", onclick: () => copy(command, source, button) }, "Copy");
  return h("div", { class: "command" }, h("pre", { tabindex: "0", role: "region", "aria-label": "Command" }, source), button);
}

function crumbs(...parts) {
  const items = parts.map(([text, href]) => h("li", {}, href ? h("a", { href }, text) : text));
  return h("nav", { class: "crumbs", "aria-label": "Where you are" }, h("ol", {}, items));
}

function picker(label, name, options, value, onchange) {
  const id = "pick-" + name;
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h(
      "select",
      { id, onchange: (event) => onchange(event.target.value) },
      options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)),
    ),
  );
}

function stackList(stack) {
  return h("ol", { class: "stack" }, stack.map((name) => h("li", {}, name)));
}

function nothing(title, text) {
  return h("div", {}, h("h1", {}, title), h("p", {}, text), h("p", {}, h("a", { href: link({ view: "results" }) }, "All results")));
}
