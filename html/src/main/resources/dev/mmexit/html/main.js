// Which view is shown, and what is around it.

const THEMES = ["auto", "light", "dark"];

function remembered() {
  try {
    const theme = localStorage.getItem("mmexit-theme");
    return THEMES.includes(theme) ? theme : "auto";
  } catch {
    return "auto";
  }
}

function wear(theme) {
  if (theme === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.setAttribute("data-theme", theme);
  byId("theme").textContent = { auto: "◑ Auto", light: "☀ Light", dark: "☾ Dark" }[theme];
  byId("theme").setAttribute("aria-label", `Colours: ${theme}`);
}

let theme = remembered();
wear(theme);
byId("theme").addEventListener("click", () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  wear(theme);
  try {
    localStorage.setItem("mmexit-theme", theme);
  } catch {
    // It is not remembered then.
  }
});

const TABS = [
  { name: "Results", href: link({ view: "results" }), of: ["view", "result", "finding", ""] },
  variants.length > 1 && { name: "Compare", href: link({ compare: variants[0], with: variants[1] }), of: ["compare"] },
  byId("graphs").textContent.trim() !== "[]" && { name: "Lock order", href: link({ locks: "" }) + "locks=", of: ["locks"] },
].filter((tab) => tab);

const VIEWS = { result: resultView, finding: findingView, compare: compareView, locks: locksView };

let view = null;

function show(event) {
  const route = here();
  const name = Object.keys(VIEWS).find((key) => route.has(key)) ?? "view";
  view?.leave?.();
  view = (VIEWS[name] ?? matrixView)(route);
  document.title = `${view.title} – mmexit report`;
  byId("views").replaceChildren(...TABS.map((tab) => h("a", { href: tab.href, "aria-current": tab.of.includes(name) ? "page" : null }, tab.name)));
  byId("main").replaceChildren(...[view.node].flat(Infinity).filter((node) => node));
  byId("main").dataset.view = name;
  if (event) {
    // The reader begins at the top of what is new, with the keyboard as with the eyes.
    scrollTo(0, 0);
    byId("main").focus({ preventScroll: true });
    say(view.title);
  }
  view.shown?.();
}

addEventListener("hashchange", (event) => {
  if (location.hash !== "#main") show(event);
});
addEventListener("keydown", (event) => view?.onkey?.(event));
addEventListener("keydown", (event) => {
  const search = byId("search");
  if (event.key === "/" && search && !event.target.closest("input, select, textarea")) {
    event.preventDefault();
    search.focus();
  }
});
addEventListener("beforeprint", () => view?.print?.());
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("main").focus();
});
show(null);
