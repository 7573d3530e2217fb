// The article lies below the window: while the page starts, a browser need not lay it out
// (`css/panels/article.css`), and then section by section, when there is time. It does at once where
// somebody goes there, by an address, a reload or by scrolling.
//
// An address may name a section beside what the network shows; browsers go by themselves to what is
// named alone.
(() => {
  const root = document.documentElement;
  const [visit] = performance.getEntriesByType("navigation");
  const section = /&section=([\w-]+)/.exec(location.hash)?.[1];
  if (section && visit?.type === "navigate") {
    const goThere = () => document.getElementById(section)?.scrollIntoView();
    const sizes = new ResizeObserver(goThere); // what is laid out above it moves it away again
    addEventListener("DOMContentLoaded", () => sizes.observe(document.body));
    for (const name of ["wheel", "touchstart", "pointerdown", "keydown", "hashchange", "popstate"])
      addEventListener(name, () => sizes.disconnect(), { once: true, passive: true });
  }
  if (location.hash || visit?.type !== "navigate") return;
  const sections = (which = "") => document.querySelectorAll(`article > section${which}`);
  const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));

  function layOut() {
    delete root.dataset.article;
    for (const section of sections("[data-laid-out]")) delete section.dataset.laidOut;
  }

  function layOutNext() {
    if (!root.dataset.article) return;
    const [next] = sections(":not([data-laid-out])");
    if (!next) return layOut();
    next.dataset.laidOut = "";
    idle(layOutNext);
  }

  root.dataset.article = "later";
  addEventListener("scroll", layOut, { once: true, passive: true });
  addEventListener("popstate", layOut, { once: true }); // before Python goes to a section
  addEventListener("click", ({ target }) => target.closest?.('a[href^="#"]') && layOut(), true);
  new MutationObserver((_, observer) => {
    if (root.dataset.state !== "ready") return;
    observer.disconnect();
    idle(layOutNext);
  }).observe(root, { attributeFilter: ["data-state"] });
})();
