// What is mended before any file has come. The build puts it into the page itself; nothing else may
// depend on it, as a host may forbid scripts within pages.
//
// All addresses are relative to the page's folder: of `/cnnscope` without its slash, or `/zh/` with
// one, every file would be looked for in another. A host that leads such an address back is not asked
// twice.
(() => {
  const { pathname, search, hash, protocol } = location;
  const { lang } = document.documentElement;
  const link = document.querySelector(`link[rel=alternate][hreflang="${lang}"]`);
  const page = link.getAttribute("href").split("/").pop(); // as it is published
  const name = pathname.split("/").pop();
  const [navigation] = performance.getEntriesByType("navigation");
  if (!protocol.startsWith("http") || navigation?.redirectCount) return;
  const go = (path) => location.replace(`${path}${search}${hash}`);
  if (page === "index.html") {
    if (name && name !== "index" && !name.includes(".")) go(`${pathname}/`);
  } else if (pathname.endsWith(`/${page.replace(".html", "")}/`)) {
    go(`${pathname.slice(0, -1)}.html`);
  }
})();
