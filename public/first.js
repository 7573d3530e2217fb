// What is mended before any file has come. The build puts it into the page itself; nothing else may
// depend on it, as a host may forbid scripts within pages.
//
// All addresses are relative to the page's folder: of `/cnnscope` without its slash, or `/zh/` with
// one, every file would be looked for in another. A host that leads such an address back is not asked
// twice. The same goes for a `#` or `?` that was encoded on the way, and so is a part of the path, on a
// host that sends this page for every path it does not know.
(() => {
  const { pathname, search, hash, protocol } = location;
  const { lang } = document.documentElement;
  const link = document.querySelector(`link[rel=alternate][hreflang="${lang}"]`);
  const page = link.getAttribute("href").split("/").pop(); // as it is published
  const name = pathname.split("/").pop();
  const [navigation] = performance.getEntriesByType("navigation");
  if (!protocol.startsWith("http") || navigation?.redirectCount) return;
  // With its host: a path that begins with two slashes would be taken for one.
  const go = (path) => location.replace(`${location.origin}${path}${search}${hash}`);
  const signs = /%(?:25)*(23|3F)(?=[\w-]+(?:=|%(?:25)*3D))/gi;
  const meant = pathname.replace(signs, (_, code) => (code === "23" ? "#" : "?"));
  if (meant !== pathname) {
    go(meant);
  } else if (page === "index.html") {
    if (name && name !== "index" && !name.includes(".")) go(`${pathname}/`);
  } else if (pathname.endsWith(`/${page.replace(".html", "")}/`)) {
    go(`${pathname.slice(0, -1)}.html`);
  }
})();
