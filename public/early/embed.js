// Embeds (`?embed=`), the tour, presentations. The build puts this into the page itself: a page that
// shows one view alone must not show the rest first, one on tour leaves room for its panel from the
// start, and one that is presented is large.
//
// Chat programs and course systems encode an address once more, or write `&amp;` for `&`; Python reads
// the rest of such a one (`state/mended.py`), but these words are wanted before Python is up.
(() => {
  const VIEWS = []; // written by the build, from the views that Python knows
  const root = document.documentElement;

  // What a key is given in a part of the address, in lower case.
  function asked(key, part) {
    let text = part;
    try {
      while (/%[0-9a-f]{2}/i.test(text)) text = decodeURIComponent(text);
    } catch {
      // as far as it can be decoded
    }
    const pair = new RegExp(`(?:^|[?#&;])${key}=[^\\w?#&;-]*([\\w-]*)`, "i"); // quoted, perhaps
    const found = pair.exec(text.normalize("NFKC"));
    return found?.[1].toLowerCase();
  }

  const view = asked("embed", location.search);
  if (VIEWS.includes(view)) root.dataset.embed = view;
  if (parent !== window) root.dataset.framed = ""; // asked here: Python may not touch another's window
  const askedAnywhere = (key) => asked(key, location.hash) ?? asked(key, location.search);
  if (view === "tour" || /^\d/.test(askedAnywhere("tour"))) root.dataset.tour = "";
  const network = askedAnywhere("network"); // another than the one that is drawn here
  if (network && network !== "photos") root.dataset.waiting = "";
  if (askedAnywhere("present") === "on") root.dataset.present = "";
  globalThis.cnnscopeAsked = asked;
})();
