// What a monkey does to the page it is in, as `monkey`; see actions.py, and keeping.js for what its
// keeper asks. It is there before the page's own scripts.

(() => {
  const monkey = (globalThis.monkey = {});

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
  monkey.drawn = drawn;

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
  monkey.isReachable = isReachable;

  monkey.named = named;
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
    if (!field.matches("input, textarea")) return; // the focus went elsewhere
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
      const chooser = document.querySelector("#chooser");
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
})();
