// Offline use, and the switch to a new version: has the page kept by the service worker, sw.js, says
// how far that is, and offers a new version when one is there to be used. `?worker=off` in the
// address takes all of it away again, and is remembered until `?worker=on`.
//
// The page provides #offline (role=status), #offline-progress, and #update (role=status) with the
// buttons #update-accept and #update-later; <html data-offline> says which word was said last.
import { forget, recall, remember } from "./memory.js";

const root = document.documentElement;
const own = root.dataset.version;
const folder = new URL("./", document.baseURI).href;
const store = `cnnscope ${folder}`;
const SWITCH = "worker"; // what is remembered: whether it was switched off
const LAST = new Set(["ready", "failed", "altered", "missing", "full", "forbidden"]);
const SILENCE = 12 * globalThis.cnnscopeGuard.silence; // seconds until a worker is given up
let worker; // the browser's, where it has one for this page

const text = () => JSON.parse(document.getElementById("boot-text").textContent);
let said = null; // {key, values}: said again when the page changes its language
let accepted = false;
let patience = 0;

function say(key, values = {}) {
  said = { key, values };
  root.dataset.offline = key;
  clearTimeout(patience);
  if (key === "saving") patience = setTimeout(say, 1000 * SILENCE, "failed");
  const words = text()[`offline.${key}`].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const isProgress = key === "saving"; // a screen reader need not hear each percent
  document.getElementById("offline").textContent = isProgress ? "" : words;
  document.getElementById("offline-progress").textContent = isProgress ? words : "";
}

addEventListener("spoken", () => said && say(said.key, said.values), true);

function isSwitchedOff() {
  const asked = new URLSearchParams(location.search).get("worker");
  if (asked === "off") remember(SWITCH, "off");
  if (asked === "on") forget(SWITCH);
  return asked === "off" || recall(SWITCH) === "off"; // the former where nothing can be remembered
}

// Why nothing can be kept here, if so; frames and private windows may forbid even to ask.
async function obstacle() {
  try {
    worker = navigator.serviceWorker;
    if (!worker || !globalThis.caches || !location.protocol.startsWith("http")) return "unsupported";
    await caches.has(store);
    return null;
  } catch {
    return "forbidden";
  }
}

// The root of a host may have a worker of its own, which is none of ours.
async function ours() {
  const registration = await worker.getRegistration(folder);
  return registration?.scope === folder ? registration : null;
}

async function remove() {
  await (await ours())?.unregister();
  await caches.delete(store);
  say("off");
}

const versionOf = (one) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    one.postMessage("version", [port2]);
  });

// A version that waits for nothing but this page, which has it already, need not ask.
async function consider(waiting) {
  if ((await versionOf(waiting)) === own) waiting.postMessage("activate");
  else offer(true);
}

function offer(isOffered) {
  document.getElementById("update").hidden = !isOffered;
}

function accept(registration) {
  accepted = true;
  if (registration.waiting) registration.waiting.postMessage("activate");
  else location.reload();
}

async function settle({ active, waiting }) {
  if (waiting) await consider(waiting);
  if (active) active.postMessage("complete");
}

// Another page has accepted a version, or this one came while it was being published.
async function changeOver(registration) {
  if (accepted) location.reload();
  else if ((await versionOf(worker.controller)) !== own) offer(true);
  else await settle(registration);
}

function follow(registration) {
  const { installing } = registration;
  installing?.addEventListener("statechange", () => {
    if (installing.state === "installed" && registration.waiting) consider(registration.waiting);
    if (installing.state === "activated") settle(registration);
    const isTold = LAST.has(said?.key); // by itself, which knows better
    if (installing.state === "redundant" && !registration.active && !isTold) say("failed");
  });
}

function listen(registration) {
  worker.addEventListener("message", ({ data, source }) => {
    if (data.version !== own) return;
    if (LAST.has(data.kind)) say(data.kind, data);
    else if (source?.state !== "redundant") say("saving", data); // it may have been given up since
  });
  worker.addEventListener("controllerchange", () => changeOver(registration));
  document.getElementById("update-accept").onclick = () => accept(registration);
  document.getElementById("update-later").onclick = () => offer(false); // until the next visit
  registration.addEventListener("updatefound", () => follow(registration));
  follow(registration);
  return settle(registration);
}

// The start comes first: downloads would compete with it.
const reached = (...states) =>
  new Promise((resolve) => {
    const look = () => states.includes(root.dataset.state) && resolve(root.dataset.state);
    new MutationObserver(look).observe(root, { attributeFilter: ["data-state"] });
    look();
  });
const idle = () =>
  new Promise((resolve) => {
    if (globalThis.requestIdleCallback) requestIdleCallback(resolve, { timeout: 5000 });
    else setTimeout(resolve, 1000);
  });

async function keep() {
  const isUp = (await reached("ready", "error")) === "ready";
  await idle();
  const reason = await obstacle();
  if (reason) return say(reason);
  if (isSwitchedOff()) return remove();
  const known = await ours();
  // A page that could not start is not worth keeping; a newer one may be there to be used.
  if (!isUp) {
    await known?.update().catch(() => {});
    if (known) return listen(known);
    await reached("ready"); // it may only have been slow
  }
  const registration = known ?? (await worker.register("./sw.js", { updateViaCache: "none" }));
  await listen(registration);
  // Browsers look for a new version by themselves, but not at every visit, and not at once.
  if (registration.active) await registration.update().catch(() => {});
}

keep().catch(({ name }) => say(name === "SecurityError" ? "forbidden" : "failed"));
