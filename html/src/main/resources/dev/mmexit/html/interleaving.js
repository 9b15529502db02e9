// What an interleaving says, worked out for drawing: stacks, locks held over time, waits, cycle.

/** The threads that take part: those that do something, or wait. */
function lanesOf(detail) {
  return detail.threads
    .map((thread, i) => ({ ...thread, i }))
    .filter((thread) => thread.status === "blocked" || detail.steps.some((step) => step.thread === thread.i));
}

/** After each step, the functions that its thread is in, innermost first. */
function stacksOf(detail) {
  const stacks = detail.threads.map(() => []);
  return detail.steps.map((step) => {
    let stack = stacks[step.thread];
    for (const line of step.lines) stack = [...stack.slice(0, line.depth), line.f];
    stacks[step.thread] = stack;
    return [...stack].reverse();
  });
}

/** After each step, what every thread holds. */
function heldOf(detail) {
  let held = detail.threads.map(() => []);
  return detail.steps.map((step) => {
    held = held.map((locks, i) => (i === step.thread ? step.held : locks));
    return held;
  });
}

/** Every lock with the number that it has in the drawing. */
function locksOf(detail) {
  const locks = new Map();
  for (const step of detail.steps) {
    for (const lock of step.held) if (!locks.has(lock)) locks.set(lock, locks.size + 1);
  }
  return locks;
}

/**
 * From which step to which a thread holds which lock, and in which place beside its lane. A lock
 * that is held at the end is held up to the end.
 */
function barsOf(detail, lane) {
  const bars = [];
  const open = new Map();
  const places = [];
  const close = (lock, to, ends) => {
    const bar = open.get(lock);
    open.delete(lock);
    places[bar.place] = false;
    bars.push({ ...bar, to, ends });
  };
  detail.steps.forEach((step, i) => {
    if (step.thread !== lane.i) return;
    // What the step gives up is drawn beside what it takes, as both are in its row.
    const given = [...open.keys()].filter((lock) => !step.held.includes(lock));
    for (const lock of step.held) {
      if (open.has(lock)) continue;
      let place = places.findIndex((taken) => !taken);
      if (place < 0) place = places.length;
      places[place] = true;
      open.set(lock, { lock, from: i, place });
    }
    for (const lock of given) close(lock, i, true);
  });
  for (const lock of [...open.keys()]) close(lock, detail.steps.length, false);
  return { bars, width: places.length };
}

/** From behind which step to before which a thread waits, and for what. */
function waitsOf(detail, lane) {
  const own = detail.steps.map((step, i) => [step, i]).filter(([step]) => step.thread === lane.i);
  const waits = [];
  own.forEach(([step, i], k) => {
    const last = step.lines.at(-1)?.text ?? "";
    const next = own[k + 1]?.[1];
    if (last.startsWith("wait_event") && next !== undefined && next > i + 1) waits.push({ from: i + 1, to: next - 1, text: last.replace(/^.* for /, "waits for ") });
  });
  if (lane.status === "blocked") {
    const from = own.length ? own.at(-1)[1] + 1 : 0;
    waits.push({ from, to: detail.steps.length, text: `waits for ${lane.waitsFor ?? "nothing that is known"}`, end: true });
  }
  return waits;
}

/** Who waits for whom at the end. */
function arrowsOf(lanes) {
  const arrows = [];
  lanes.forEach((lane, from) => {
    if (lane.status !== "blocked" || !lane.endedBy) return;
    for (const name of lane.endedBy.split(/, | and /)) {
      const to = lanes.findIndex((other) => other.name === name);
      if (to >= 0) arrows.push({ from, to, text: lane.waitsFor ?? "" });
    }
  });
  return arrows;
}

/** The first circle that the arrows make; empty where they make none. */
function cycleOf(arrows) {
  for (const start of arrows) {
    const path = [start];
    const seen = new Set([start.from]);
    const found = walk(arrows, start.from, path, seen);
    if (found) return found;
  }
  return [];
}

function walk(arrows, start, path, seen) {
  const at = path.at(-1).to;
  if (at === start) return path;
  if (seen.has(at)) return null;
  seen.add(at);
  for (const next of arrows.filter((arrow) => arrow.from === at)) {
    const found = walk(arrows, start, [...path, next], seen);
    if (found) return found;
  }
  return null;
}

/** Every field that changes, with its value after the step, in the order of the first change. */
function memoryAt(detail, at) {
  const fields = new Map();
  detail.steps.forEach((step, i) => {
    for (const [field, from, to] of step.changes) {
      if (i <= at) fields.set(field, { value: to, from, now: i === at, changed: true });
      else if (!fields.has(field)) fields.set(field, { value: from, now: false, changed: false });
    }
  });
  return fields;
}
