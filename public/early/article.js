// The article lies below the window: while the page starts, a browser need not lay it out
// (`css/panels/article.css`). It does where somebody goes there, by an address, a reload or by scrolling.
(() => {
  const root = document.documentElement;
  const [visit] = performance.getEntriesByType("navigation");
  if (location.hash || visit?.type !== "navigate") return;
  root.dataset.article = "later";
  const layOut = () => delete root.dataset.article;
  addEventListener("scroll", layOut, { once: true, passive: true });
  addEventListener("click", ({ target }) => target.closest?.('a[href^="#"]') && layOut(), true);
})();
