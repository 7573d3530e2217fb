// Tells how far the start is, and says plainly what failed.
//
// The page provides #progress (role=progressbar), #progress-bar and #progress-text, and guard.js,
// which shows what failed and watches over silence; the build adds #boot-text, what there is to say.
import { isShortage } from "./shortage.js";

const { tell, hush, alive, rest } = globalThis.cnnscopeGuard;
export const DOWNLOADED = 80; // percent of the bar; the rest is computing
const PERCENT = { python: 85, numpy: 90, network: 95 };

export let step = "download";
export let settled = false; // up, or given up
const ends = []; // what else is to be done then

export class FileError extends Error {}

export const say = globalThis.cnnscopeGuard.say;
export const phrase = globalThis.cnnscopeGuard.phrase;

export function show(text, percent) {
  const bar = document.getElementById("progress");
  if (!bar || settled) return;
  document.getElementById("progress-text").textContent = text;
  document.getElementById("progress-bar").style.inlineSize = `${percent}%`;
  bar.setAttribute("aria-valuenow", Math.round(percent));
}

// `react` is told whether the page is up, and else why not.
export const atEnd = (react) => ends.push(react);

// Old browsers come here too: nothing in it may be newer than modules themselves.
export function giveUp(error, { passes = false } = {}) {
  if (settled) return;
  const lines = String(error?.message ?? error).split("\n");
  const reason = lines.filter((line) => line.trim()).pop();
  const unforeseen = () => (isShortage(error) ? say("no_memory") : phrase("crashed", { reason }));
  const message = error instanceof FileError ? error.message : unforeseen();
  tell(message, { address: error?.address, passes });
  settled = true; // not before it is told
  rest();
  for (const react of ends) react(false, error);
}

export function isAlive() {
  if (settled) return;
  alive();
  hush();
}

export function enter(name) {
  performance.mark(`boot-${name}`);
  step = name;
  isAlive();
  show(say(name), PERCENT[name]);
}

export function done() {
  performance.mark("boot-done");
  for (const react of ends) react(true);
  settled = true;
  rest();
  hush(); // it was only slow
}
