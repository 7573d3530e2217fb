// What is pressed before Python is up: the page that stands there from the start is the one that Python
// takes up, so a press waits for it. Links lead where they lead.
import { atEnd, settled } from "./progress.js";

const PARTS = "#network > .network";
const BUTTONS = "#controls button, #tour-start button";
let presses = []; // {key, meaning} of what was pressed, in order

function setLive(isLive) {
  for (const part of document.querySelectorAll(PARTS)) part.inert = !isLive;
  for (const button of document.querySelectorAll(BUTTONS)) button.disabled = !isLive;
  for (const { key } of presses) keyed(key)?.setAttribute("aria-busy", "true"); // there anew, perhaps
}

const keyed = (key) => document.querySelector(`[data-key="${CSS.escape(key)}"]`);

// What a press on a button asks for, and what it shows before.
const meaningOf = ({ dataset: { on, args }, ariaPressed, ariaExpanded }) =>
  [on, args, ariaPressed, ariaExpanded].join(" ");

function notePress({ target, detail }) {
  const pressed = target.closest?.("button[data-on][data-key]");
  if (settled || !pressed || detail > 1) return; // a double press is one
  pressed.setAttribute("aria-busy", "true");
  presses.push({ key: pressed.dataset.key, meaning: meaningOf(pressed) });
}

// Unless what was meant has come about, or is not there to be pressed.
function pressAgain({ key, meaning }) {
  const target = keyed(key);
  if (target && meaningOf(target) === meaning) target.click();
}

// What is brought or gone to later takes the place of what was pressed before.
function forgetPresses() {
  for (const { key } of presses) keyed(key)?.removeAttribute("aria-busy");
  presses = [];
}

// `parsed` is a promise that the page is.
export function watchPresses(parsed) {
  const open = () => settled || setLive(true);
  const later = ["drop", "paste", "hashchange"];
  parsed.then(open);
  document.addEventListener("spoken", open); // it says all in another language
  addEventListener("click", notePress);
  for (const name of later) addEventListener(name, forgetPresses);
  atEnd((isUp) => {
    removeEventListener("click", notePress);
    for (const name of later) removeEventListener(name, forgetPresses);
    const noted = presses;
    forgetPresses();
    if (isUp) for (const press of noted) setTimeout(pressAgain, 0, press);
    else setLive(false);
  });
}
