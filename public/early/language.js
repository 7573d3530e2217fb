// Language of the page. The build puts this into the page itself, to choose before anything is drawn.
//
// Each language has a page of its own, which is whole without Python. Where a visitor wants another
// language than that of the page at hand, what stands between `data-speak` marks is taken from the
// other page; everything that Python draws, Python says anew. Should the other page be of another
// version, it is gone to: versions do not mix.
(() => {
  const root = document.documentElement;
  const pages = new Map(); // language -> {address, tag}
  for (const link of document.querySelectorAll("link[rel=alternate][hreflang]")) {
    pages.set(link.hreflang.slice(0, 2), { address: link.href, tag: link.hreflang });
  }
  const [first] = pages.keys();
  const own = root.lang.slice(0, 2);
  // A page in any but the first language was chosen by its address.
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => pages.has(tag));
  const preferred = own === first ? (known ?? first) : own;
  let spoken = own; // what was asked for last
  let shown = own; // what stands on the page

  const asked = () => {
    const [language] = ["hash", "search"]
      .map((part) => cnnscopeAsked("lang", location[part])?.slice(0, 2))
      .filter((each) => pages.has(each));
    return language ?? preferred;
  };

  async function speak(language) {
    if (!pages.has(language)) return;
    spoken = language;
    root.lang = pages.get(language).tag; // Python speaks it in any case
    if (language === shown) return;
    try {
      const { address } = pages.get(language);
      const answer = await fetch(`${address}?v=${root.dataset.version}`);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (page.documentElement.dataset.version !== root.dataset.version) {
        location.replace(`${address}${location.search}${location.hash}`);
        return;
      }
      await parsed();
      if (spoken !== language) return;
      shown = language;
      replace(page);
    } catch {
      await parsed();
      keep();
    }
  }

  async function parsed() {
    if (document.readyState !== "loading") return;
    await new Promise((done) => addEventListener("DOMContentLoaded", done));
  }

  // Python has drawn there since, and speaks for itself.
  const isDrawn = (place) =>
    place.dataset.speak.startsWith("still") && root.dataset.state !== "loading";

  const places = () => [...document.querySelectorAll("[data-speak]")];

  function replace(page) {
    document.title = page.title;
    const focused = document.activeElement;
    let reached = null;
    for (const place of places()) {
      const other = page.querySelector(`[data-speak="${place.dataset.speak}"]`);
      if (!other || isDrawn(place)) continue;
      if (place !== focused && place.contains(focused)) reached = place;
      place.replaceChildren(...other.childNodes);
      for (const name of ["aria-label", "title", "lang"]) {
        if (other.hasAttribute(name)) place.setAttribute(name, other.getAttribute(name));
        else place.removeAttribute(name);
      }
    }
    document.dispatchEvent(new Event("spoken")); // what Python draws within is drawn at once
    if (reached) restore(reached, focused);
  }

  // The keyboard goes on from where it was, or from the way to the language before.
  function restore(place, focused) {
    const { key } = focused.dataset;
    const href = focused.getAttribute("href");
    const same =
      (key && place.querySelector(`[data-key="${CSS.escape(key)}"]`)) ||
      (href && place.querySelector(`a[href="${CSS.escape(href)}"]`)) ||
      (focused.dataset.on === "language" && place.querySelector("a"));
    if (same) same.focus({ preventScroll: true });
  }

  // The other page could not be had: what was to come from it stays, and is marked as what it is.
  function keep() {
    for (const place of places()) {
      if (!isDrawn(place)) place.lang ||= pages.get(shown).tag;
    }
  }

  // Until Python listens.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-on=language]");
    const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // another tab or window
    if (!link || root.dataset.state === "ready" || isElsewhere) return;
    event.preventDefault();
    const isAnchor = !location.hash.includes("=");
    const hash = new URLSearchParams(isAnchor ? "" : location.hash.slice(1));
    hash.set("lang", link.dataset.args);
    history.replaceState(history.state, "", `${location.href.split("#")[0]}#${hash}`);
    speak(link.dataset.args);
  });

  globalThis.cnnscopeLanguage = { preferred, speak };
  speak(asked());
})();
