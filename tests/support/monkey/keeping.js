// What a monkey's keeper asks of the page: that it comes to rest, what it shows, what is wrong with
// it; see runner.py. It goes on where acting.js ends.

(() => {
  const { drawn, isReachable, named } = monkey;
  const root = () => document.documentElement;

  // Comes to rest: nothing plays, moves, is read or is pointed at. Says what does not.

  const REST = 400; // frames
  monkey.rest = async () => {
    monkey.hide(false);
    let why = "";
    for (let frames = 0; frames < REST; frames += 2) {
      for (const each of document.querySelectorAll("[data-action=pause], [data-on$=pause]"))
        if (isReachable(each) || each.closest(".live")) each.click(); // a figure plays on out of sight
      for (const each of document.getAnimations()) {
        try { each.finish(); } catch { each.cancel(); } // one without an end
      }
      await drawn();
      why = unrest();
      if (!why) return "";
    }
    return why;
  };
  function unrest() {
    const moving = document.getAnimations().filter((each) => each.playState === "running");
    if (root().dataset.reading) return "a picture is being read";
    if (document.querySelector('[aria-busy="true"]')) return "a network is on its way";
    if (moving.length) return `${moving.length} animations run`;
    if (cnnscope.address() !== location.hash.slice(1)) return "the address is not up to date";
    if (/playing=True/.test(cnnscope.state())) return "something plays";
    return "";
  }

  // Points at nothing, types into nothing, and has the cursor of an enlarged map at its start.
  let screenX = 100_000;
  monkey.calm = () => {
    document.querySelector('[data-on="crop.cancel"]')?.click(); // no address has it
    document.querySelector('[data-key="pad.close"]')?.click(); // nor what is drawn
    document.querySelector("[data-key^='brush/'][aria-pressed=true]")?.click(); // nor what is in hand
    for (const field of document.querySelectorAll("input[aria-invalid=true]")) {
      if (!isReachable(field)) continue;
      field.focus();
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    }
    // What was said of the last copy stays said until the playground is drawn anew.
    document.querySelector('[data-key="playground.code.note"]')?.replaceChildren();
    document.activeElement?.blur();
    const explainer = document.querySelector(".explainer");
    const move = (target, x, y) =>
      target.dispatchEvent(
        new PointerEvent("pointermove", {
          bubbles: true, clientX: x, clientY: y, screenX: (screenX += 1000), screenY: 0,
        }),
      );
    move(explainer, 0, 0);
    const map = document.querySelector('[data-key="card.map"] canvas');
    if (map) {
      map.scrollIntoView();
      const box = map.getBoundingClientRect();
      move(map, box.x + 1, box.y + 1);
    }
    root().dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" }));
  };

  // All that can be seen or reached, by its place in the document.

  const SKIPPED =
    "[inert], [hidden], script, style, noscript, mpy-config, #announcer, #offline, " +
    "#offline-progress, #alert, .notice, #tour-start, .readout, .code-note, " +
    "#progress, #sliding, #landing, [data-key^=brush], " + // no address has them
    '[data-key="sample/own"], [data-key="crop.open"]';
  const PARTS = ".explainer, #tour, #playground"; // that Python draws in, each with its own corner
  // Of some, one is reached by Tab; what a link of the article led to is reached from then on.
  const ROVING = "[data-node], .row, .label, [data-on=element]";
  const isRoving = (each) => each.matches(`${ROVING}, ${PARTS}`) || !each.closest(PARTS);
  monkey.screen = () => {
    const shown = {};
    window.scrollTo(0, 0);
    for (const each of document.querySelectorAll("*"))
      if (each.scrollLeft || each.scrollTop) each.scrollTo(0, 0);
    const corners = new Map(); // places are from the corner of the part of the page they are in
    for (const part of document.querySelectorAll(PARTS))
      corners.set(part, (part.querySelector(".network") ?? part).getBoundingClientRect());
    // A sheet stands at the window's foot, however high the samples above the network are.
    for (const card of document.querySelectorAll(".card"))
      if (getComputedStyle(card).position === "fixed") corners.set(card, { x: 0, y: 0 });
    const cornerOf = (each) => {
      const card = each.closest(".card");
      return corners.get(corners.has(card) ? card : each.closest(PARTS));
    };
    const round = (value) => Math.round(2 * value) / 2;
    function record(each, path) {
      if (each.matches(SKIPPED)) return;
      const key = each.dataset.key;
      const here = key ? `[${key}]` : each.id ? `#${each.id}` : path;
      const attributes = [...each.attributes]
        .filter(({ name }) => !(name === "tabindex" && isRoving(each)))
        .filter(({ name }) => !["data-wave", "data-entering", "data-tour", "value", "selected"].includes(name))
        .map(({ name, value }) => `${name}=${value}`)
        .sort();
      const texts = [...each.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
      const entry = [each.tagName, ...attributes, texts.map((text) => text.data.trim()).join("")];
      if (each.value !== undefined) entry.push(`value ${each.value}`);
      const origin = cornerOf(each);
      if (origin && (key || each.tagName === "CANVAS") && each.checkVisibility()) {
        const box = each.getBoundingClientRect();
        entry.push([box.x - origin.x, box.y - origin.y, box.width, box.height].map(round));
      }
      if (each.matches(".scroller")) entry.push(`scrolls ${each.scrollWidth}`);
      if (each.tagName === "CANVAS" && each.checkVisibility()) entry.push(each.toDataURL());
      shown[here] = entry.join(" | ");
      [...each.children].forEach((child, index) => record(child, `${here}>${index}`));
    }
    record(document.body, "body");
    shown.page = [root().lang, document.title, root().scrollWidth].join(" | ");
    return shown;
  };

  // What must hold at any time. Returns what does not.
  monkey.wrongs = () => {
    const wrongs = [];
    const { scrollWidth, clientWidth } = root();
    if (root().dataset.state !== "ready") wrongs.push(`the page is ${root().dataset.state}`);
    const isPrinted = matchMedia("print").matches; // paper takes what a window scrolls
    if (scrollWidth > clientWidth && !isPrinted) wrongs.push(`the page is ${scrollWidth} wide, not ${clientWidth}`);
    for (const [box, words] of [["#alert", "#alert-text"], [".notice", "#notice"]]) {
      const isEmpty = !document.querySelector(words).textContent.trim();
      if (!document.querySelector(box).hidden && isEmpty) wrongs.push(`an empty ${box}`);
    }
    const focused = document.activeElement;
    if (focused?.closest("[inert], [hidden]")) wrongs.push(`focus in what is hidden: ${named(focused)}`);
    return wrongs;
  };
  monkey.lasting = async () => {
    if (!monkey.wrongs().length) return [];
    monkey.hide(false); // a window of another size is drawn with the next frame
    for (let frames = 0; frames < 2; frames += 1) await drawn();
    return monkey.wrongs();
  };
  monkey.focused = () => {
    const each = document.activeElement;
    return !each || each === document.body ? "" : (named(each) ?? each.tagName);
  };
})();
