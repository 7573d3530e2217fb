// What a monkey and its keeper ask of the page they are in, as `monkey`; see monkeying.py and
// keeping.py. It is there before the page's own scripts.

(() => {
  const monkey = (globalThis.monkey = {});
  const root = () => document.documentElement;

  globalThis.cnnscopeSilence ??= 60; // seconds that a start may be silent, on a machine that is busy

  // A tab that is hidden draws no frames; they come when it is shown again.
  const frame = globalThis.requestAnimationFrame.bind(globalThis);
  let held = null;
  globalThis.requestAnimationFrame = (call) => (held ? held.push(call) : frame(call));
  monkey.hide = (isHidden) => {
    Object.defineProperty(document, "visibilityState", {
      value: isHidden ? "hidden" : "visible",
      configurable: true,
    });
    Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    const calls = held ?? [];
    held = isHidden ? calls : null;
    if (!isHidden) calls.forEach(frame);
  };
  const drawn = () => new Promise((done) => frame(() => frame(done)));

  // Links to elsewhere lead nowhere.
  const stay = (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && !link.dataset.on && !link.getAttribute("href").startsWith("#")) event.preventDefault();
  };
  addEventListener("click", stay, true);
  addEventListener("auxclick", stay, true);

  // What can be done something with.

  const ACTIVE =
    'a[href^="#"], a[data-on], button, select, input:not([type=file]), summary, ' +
    "[data-on], [data-node], [data-sample], [data-map], [tabindex]";
  const isReachable = (each) =>
    !each.disabled &&
    !each.closest("[inert], [hidden], #boot-error, #update") &&
    each.checkVisibility({ visibilityProperty: true });

  function named(each) {
    const { key, on, args, map } = each.dataset;
    if (each.id) return `#${CSS.escape(each.id)}`;
    if (key) return `[data-key="${key}"]`;
    if (on) return `[data-on="${on}"]` + (args === undefined ? "" : `[data-args="${args}"]`);
    if (map) return `[data-map="${map}"]`;
    const href = each.getAttribute("href");
    return href && `a[href="${href}"]`;
  }

  function group(each) {
    const { node, on, map } = each.dataset;
    if (each.type === "text") return "text";
    if (each.type === "range") return "range";
    if (each.tagName === "SELECT") return "select";
    if (node) return `node ${node.split("/")[0]}`;
    if (map) return "map";
    return on ?? (each.tagName === "A" ? "link" : each.tagName);
  }

  // What is less and less likely the more often it was chosen in this view.
  const chosen = new Map();
  function least(random, view, choices) {
    const weights = choices.map((each) => (1 + (chosen.get(`${view} ${each}`) ?? 0)) ** -2);
    let left = random() * weights.reduce((sum, each) => sum + each, 0);
    const found = choices.find((_, at) => (left -= weights[at]) < 0) ?? choices.at(-1);
    chosen.set(`${view} ${found}`, 1 + (chosen.get(`${view} ${found}`) ?? 0));
    return found;
  }
  function candidate(random) {
    const view = document.querySelector(".explainer").dataset.view;
    const groups = new Map();
    for (const each of document.querySelectorAll(ACTIVE)) {
      const name = isReachable(each) && named(each);
      if (!name) continue;
      const kind = group(each);
      if (!groups.has(kind)) groups.set(kind, new Set());
      groups.get(kind).add(name);
    }
    if (!groups.size) return ["nothing", "body"]; // as on paper
    const kind = least(random, view, [...groups.keys()].sort());
    return [kind, least(random, view, [...groups.get(kind)])];
  }
  const seeded = (seed) => () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  monkey.candidate = (seed) => candidate(seeded(seed));

  // Several actions on what can be reached, each a task of its own, without a word in between.
  monkey.spree = async (seed, count, texts) => {
    const random = seeded(seed);
    const done = [];
    let wrongs = [];
    while (done.length < count && !wrongs.length) {
      const [kind, name] = candidate(random);
      const share = random();
      let action = ["press", name];
      if (kind === "range" || kind === "select") action = ["slide", name, share];
      if (kind === "text") action = ["put", name, texts[Math.floor(share * texts.length)]];
      if (random() < 0.1) action = ["frame"];
      done.push(action);
      await monkey.perform(...action);
      if (random() < 0.3) wrongs = await monkey.lasting(); // to lay a page out takes its time
    }
    return [done, wrongs];
  };
  monkey.perform = async (kind, ...given) => {
    if (kind === "frame") await drawn();
    else monkey[kind](...given);
    await new Promise((next) => setTimeout(next));
  };

  const reach = (name) => [...document.querySelectorAll(name)].find(isReachable);

  monkey.press = (name) => reach(name)?.click();
  monkey.burst = (names) => names.forEach(monkey.press);
  monkey.type = (name) => {
    const field = reach(name);
    field?.focus();
    field?.select?.();
    return Boolean(field);
  };
  monkey.put = (name, text) => {
    if (!monkey.type(name)) return;
    const field = document.activeElement;
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  monkey.slide = (name, share) => {
    const field = reach(name);
    if (!field) return;
    if (field.tagName === "SELECT")
      field.selectedIndex = Math.floor(share * field.options.length);
    else field.value = Number(field.min) + share * (field.max - field.min);
    for (const kind of ["input", "change"])
      field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  // Where on the screen a share of an element is, if it can be seen there.
  monkey.at = (name, [x, y]) => {
    const each = reach(name);
    if (!each) return null;
    each.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const box = each.getBoundingClientRect();
    return [box.x + x * box.width, box.y + y * box.height];
  };
  monkey.step = (by) => {
    const { index } = navigation.currentEntry; // among this site's own
    const can = index + by >= 0 && index + by < navigation.entries().length;
    if (can) history.go(by);
  };

  // Pictures: `files` is given as base64 by name.
  monkey.bring = (how, name) => {
    const bytes = Uint8Array.from(atob(monkey.files[name]), (each) => each.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], name, { type: "image/png" }));
    const common = { bubbles: true, cancelable: true };
    if (how === "drop") {
      for (const kind of ["dragover", "drop"])
        document.body.dispatchEvent(new DragEvent(kind, { ...common, dataTransfer: carried }));
    } else if (how === "paste") {
      const event = new ClipboardEvent("paste", { ...common, clipboardData: carried });
      document.body.dispatchEvent(event);
    } else {
      const chooser = document.querySelector("input[type=file]");
      chooser.files = carried.files;
      chooser.dispatchEvent(new Event("change", { bubbles: true }));
    }
  };

  // To what the page shows without an address, and from there to an address.
  monkey.lead = async (address) => {
    for (const hash of ["", address]) {
      await monkey.rest();
      history.pushState(null, "", location.pathname + location.search + hash);
      dispatchEvent(new PopStateEvent("popstate"));
    }
    await monkey.rest();
  };

  // Comes to rest: nothing plays, moves, is read or is pointed at. Says what does not.

  const REST = 400; // frames
  monkey.rest = async () => {
    monkey.hide(false);
    let why = "";
    for (let frames = 0; frames < REST; frames += 2) {
      for (const each of document.querySelectorAll("[data-action=pause], [data-on$=pause]"))
        if (isReachable(each)) each.click();
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
    if (moving.length) return `${moving.length} animations run`;
    if (cnnscope.address() !== location.hash.slice(1)) return "the address is not up to date";
    if (/playing=True/.test(cnnscope.state())) return "something plays";
    return "";
  }

  // Points at nothing, types into nothing, and has the cursor of an enlarged map at its start.
  let screenX = 100_000;
  monkey.calm = () => {
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
    "#offline-progress, #alert, #notice, #tour-start, .readout, .code-note, " +
    "#progress, " +
    '[data-key="sample/own"]';
  const PARTS = ".explainer, #tour, #playground"; // that Python draws in, each with its own corner
  // Of some, one is reached by Tab; what a link of the article led to is reached from then on.
  const ROVING = "[data-node], .row, .label, [data-on=element]";
  const isRoving = (each) => each.matches(ROVING) || !each.closest(PARTS);
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
        .filter(({ name }) => !["data-wave", "data-tour", "value", "selected"].includes(name))
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
    for (const [box, words] of [["alert", "alert-text"], ["notice", "notice"]]) {
      const isEmpty = !document.getElementById(words).textContent.trim();
      if (!document.getElementById(box).hidden && isEmpty) wrongs.push(`an empty ${box}`);
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
