// The data that the page carries. The index is read at once, the rest when somebody looks.

const json = (id) => JSON.parse(byId(id).textContent);

const index = json("index");
const variants = index.variants;
const rowsByKey = new Map(index.rows.map((row) => [row.key, row]));

const VERDICTS = {
  AS_EXPECTED: { mark: "✓", label: "as expected", style: "good" },
  UNEXPECTED: { mark: "✗", label: "not as expected", style: "bad" },
  INCOMPLETE: { mark: "◐", label: "incomplete", style: "open" },
};

// Short names for columns that are narrow; a kind that is not here gets its initials.
const CODES = {
  deadlock: "DEAD",
  "use-after-free": "UAF",
  "double-free": "DFREE",
  "list-corruption": "LIST",
  "null-dereference": "NULL",
  refcount: "REF",
  "data-race": "RACE",
  "lock-misuse": "LOCK",
  "dangling-translation": "DANGL",
  warning: "WARN",
  livelock: "LIVE",
  "stale-mm": "STALE",
  "missing-bond": "NOBOND",
  "leaked-bond": "LBOND",
  "pasid-split": "PSPLIT",
  "duplicate-pasid": "PDUP",
  "leaked-sva-param": "LPARAM",
  "wrong-access": "ACCESS",
  "memory-leak": "LEAK",
  condition: "COND",
};

function code(kind) {
  return CODES[kind] ?? kind.split("-").map((word) => word[0]).join("").toUpperCase();
}

/** The kinds found, each once: its label, whether it is expected, and how many findings. */
function kindsOf(cell) {
  const kinds = new Map();
  cell.findings.forEach(([kind, expected], i) => {
    const label = index.kinds[kind].label;
    const known = kinds.get(label);
    if (known) known.count++;
    else kinds.set(label, { label, expected: expected === 1, count: 1, first: i });
  });
  return [...kinds.values()];
}

function message(finding) {
  return index.text[finding[2]];
}

let lines = null;
let strings = null;
let graphData = null;

/** The findings of a result in full. */
function detailsOf(cell) {
  lines ??= byId("details").textContent.split("\n");
  strings ??= json("strings");
  return JSON.parse(lines[cell.line]).map((detail) => ({
    ...detail,
    steps: detail.steps.map(([thread, flat, held, changes]) => ({
      thread,
      lines: triples(flat).map(([depth, f, text]) => ({ depth, f: strings[f], text: strings[text] })),
      held: held.map((lock) => strings[lock]),
      changes: triples(changes).map((change) => change.map((i) => strings[i])),
    })),
  }));
}

function triples(flat) {
  const all = [];
  for (let i = 0; i < flat.length; i += 3) all.push(flat.slice(i, i + 3));
  return all;
}

function graphs() {
  graphData ??= json("graphs");
  return graphData;
}
