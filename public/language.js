// The build puts this into the page itself: the language is chosen before anything is drawn.
//
// Each language has a page of its own, which is whole without Python. Where a visitor wants another
// language than that of the page at hand, what stands between `data-speak` marks is taken from the
// other page; everything that Python draws, Python says anew.
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
  let spoken = own;

  const asked = () => {
    const language = new URLSearchParams(location.hash.slice(1)).get("lang");
    return pages.has(language) ? language : preferred;
  };

  async function speak(language) {
    if (language === spoken || !pages.has(language)) return;
    const before = spoken;
    const { address, tag } = pages.get(language);
    spoken = language;
    root.lang = tag;
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (document.readyState === "loading") {
        await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed));
      }
      if (spoken === language) replace(page);
    } catch {
      if (spoken === language) [spoken, root.lang] = [before, pages.get(before).tag];
    }
  }

  function replace(page) {
    document.title = page.title;
    for (const place of document.querySelectorAll("[data-speak]")) {
      const name = place.dataset.speak;
      const other = page.querySelector(`[data-speak="${name}"]`);
      const isStill = name.startsWith("still"); // Python has drawn there since, and speaks for itself
      if (!other || (isStill && root.dataset.state !== "loading")) continue;
      const hadFocus = place.contains(document.activeElement);
      place.replaceChildren(...other.childNodes);
      for (const { name, value } of other.attributes) place.setAttribute(name, value);
      if (hadFocus) place.querySelector("a, button")?.focus();
    }
    document.dispatchEvent(new Event("spoken"));
  }

  // Until Python listens.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-on=language]");
    if (!link || root.dataset.state === "ready" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const hash = new URLSearchParams(location.hash.slice(1));
    hash.set("lang", link.dataset.args);
    history.replaceState(history.state, "", `#${hash}`);
    speak(link.dataset.args);
  });

  globalThis.cnnscopeLanguage = { preferred, speak };
  speak(asked());
})();
