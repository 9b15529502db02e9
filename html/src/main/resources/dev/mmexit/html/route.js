// What the page shows is in its address, after the #, so that it can be linked to and gone back to.

/** The parameters of the address. */
function here() {
  return new URLSearchParams(location.hash.slice(1));
}

/** The address of a view; parameters that are empty are left out. */
function link(parameters) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== "") search.set(name, value);
  }
  return "#" + search.toString();
}

function resultLink(row, variant) {
  return link({ result: row.key, variant: variants[variant] });
}

function findingLink(row, variant, n) {
  return link({ finding: row.key, variant: variants[variant], n: n === 0 ? null : n + 1 });
}

/** Says in the address what has changed in a view, without a new entry to go back to. */
function settle(parameters) {
  history.replaceState(null, "", link(parameters));
}
