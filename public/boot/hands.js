// What visitors drop or paste. Before Python is up it waits for it; left to itself, the browser would
// leave the page for what is dropped.
import { settled } from "./progress.js";

let held = null; // what was handed over last
let isOwnDrag = false; // whether something of the page itself is being dragged

// What is handed over, which can be read only at the time: {files, areFolders, html, text}. Whether
// something is a folder, a browser tells as far as it can.
export function handed(transfer) {
  const files = Array.from(transfer.files);
  const items = Array.from(transfer.items).filter(({ kind }) => kind === "file");
  const areFolders = files.map((_, k) => items[k]?.webkitGetAsEntry?.()?.isDirectory ?? false);
  const text = transfer.getData("text/uri-list") || transfer.getData("text/plain");
  return { files, areFolders, html: transfer.getData("text/html"), text };
}

export const waiting = () => held;

const isUp = () => document.documentElement.dataset.state === "ready";

function take(event) {
  const transfer = event.dataTransfer ?? event.clipboardData;
  if (isUp() || !transfer || (event.type !== "paste" && isOwnDrag)) return;
  event.preventDefault();
  if (event.type !== "dragover" && !settled) held = handed(transfer);
}

export function watchHands() {
  for (const name of ["dragover", "drop", "paste"]) addEventListener(name, take);
  addEventListener("dragstart", () => { isOwnDrag = true; });
  addEventListener("dragend", () => { isOwnDrag = false; });
}
