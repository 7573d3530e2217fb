// What a host's policy forbids and this page needs, done in a way that it allows: attributes of style
// (`style-src 'self'`), whose places and sizes a script may set, and markup that nobody vouches for
// (`require-trusted-types-for`): what comes from outside is escaped where it is written. Elsewhere the
// former is not done, and the latter changes nothing.
try {
  globalThis.trustedTypes?.createPolicy("default", { createHTML: (markup) => markup });
} catch {
  // a policy that allows none, which is told where it matters
}

(() => {
  const probe = document.createElement("i");
  probe.setAttribute("style", "top:0");
  if (probe.style.length > 0) return;
  const known = new WeakMap(); // element -> its attribute, once it holds

  function apply(element) {
    const text = element.getAttribute("style");
    if (text === null || known.get(element) === text) return;
    element.style.cssText = text;
    known.set(element, element.getAttribute("style"));
  }

  const observer = new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") apply(target);
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.hasAttribute("style")) apply(node);
        node.querySelectorAll("[style]").forEach(apply);
      }
    }
  });
  const watched = { attributeFilter: ["style"], childList: true, subtree: true };
  observer.observe(document.documentElement, watched);
})();
