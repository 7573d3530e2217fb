// Has the keyboard reach what can be scrolled: where it holds nothing to stop at, it is a stop itself,
// for as long as not all of it is seen. Which texts are longer than the room for them, fonts decide;
// some browsers do this unasked, others do not. And where the network goes on beyond the window's edge,
// that is marked.

const SCROLLERS = ".hint, .note, .softmax-panel, .tour-body, .formula, .size-formula, code";
const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';

// Looks after the page is laid out, when to look costs nothing.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const isStop = isLonger(target) && !target.querySelector(STOPS);
    if (isStop) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

function isLonger(scroller) {
  const { overflowX, overflowY } = getComputedStyle(scroller);
  const { scrollWidth, clientWidth, scrollHeight, clientHeight } = scroller;
  const across = overflowX === "auto" && scrollWidth > clientWidth;
  return across || (overflowY === "auto" && scrollHeight > clientHeight);
}

export function watchScrollers() {
  const look = () => {
    for (const scroller of document.querySelectorAll(SCROLLERS)) {
      sizes.unobserve(scroller);
      sizes.observe(scroller);
    }
  };
  const changes = { childList: true, characterData: true, subtree: true };
  new MutationObserver(look).observe(document.body, changes);
  look();
  watchDrawing();
}

const EDGE = 8; // px that nobody misses

function watchDrawing() {
  const drawing = document.querySelector(".scroller");
  const place = document.getElementById("network");
  const look = () => { // by its own width: what flies out of it on the way comes back
    const { offsetWidth } = place.querySelector(".network");
    const hidden = offsetWidth - drawing.clientWidth - drawing.scrollLeft;
    drawing.parentElement.toggleAttribute("data-more", hidden > EDGE);
  };
  drawing.addEventListener("scroll", look, { passive: true });
  const sizes = new ResizeObserver(look);
  const watch = () => {
    sizes.disconnect();
    for (const each of [drawing, place.querySelector(".network")]) sizes.observe(each);
  };
  new MutationObserver(watch).observe(place, { childList: true }); // it is drawn anew
  watch();
}
