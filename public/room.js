// Gives letters the room that the reader's settings have them need. All lengths are in rem and so
// follow the browser's default font size. A smallest font size, and the spacing of letters, words and
// lines that a style sheet of the reader's own may ask for, change letters alone: where they do,
// --room makes all other lengths grow, which is as if the window were smaller. In very large windows
// all lengths grow with the window, and in a presentation all are larger still.

const REM = 16; // px, where the reader set nothing
const SMALLEST = 11 / 16; // rem; about the smallest letters that the page has, in a phone's drawings
const LINE = 1.2; // their line
const MOST = 2; // with more, too little of a window would be left

const conditions = new Map(); // rule -> its condition as it is written
let room = 1;
let rem = REM;

// What the letters need, by what is measured of them and would be without settings of the reader's.
function needed(unhindered, letters) {
  const style = getComputedStyle(letters);
  const size = parseFloat(style.fontSize);
  const [letter, word, line] = [style.letterSpacing, style.wordSpacing, style.lineHeight].map(
    (length) => (parseFloat(length) || 0) / size,
  );
  const wider = 1 + 2 * letter + word / 4; // a letter is half as wide as high
  const taller = Math.max(wider, line / LINE);
  const most = Math.min(MOST, (size / unhindered) * taller);
  return Math.max(1, Math.round(most * 100) / 100);
}

// Conditions count by the default font size alone, whatever a rem is: each is written anew.
function scaleConditions(share) {
  const visit = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule) {
        const written = conditions.get(rule) ?? rule.media.mediaText;
        conditions.set(rule, written);
        rule.media.mediaText = written.replace(
          /([\d.]+)em/g, (_, length) => `${length * share}em`,
        );
      }
      if (rule.cssRules) visit(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) {
    if (!sheet.href || sheet.href.startsWith(location.origin)) visit(sheet.cssRules);
  }
}

export function watchRoom() {
  const measure = document.createElement("div");
  measure.id = "measure";
  measure.ariaHidden = "true";
  measure.inert = true;
  const [size, letters] = ["span", "p"].map((name) => document.createElement(name));
  letters.textContent = "0";
  measure.append(size, letters);
  document.body.append(measure);

  const look = () => {
    const defaultSize = size.offsetWidth / 100;
    if (!defaultSize) return; // nothing is shown, as on paper
    const before = rem;
    const lengths = measure.offsetWidth / 100; // larger than the default in a very large window
    const now = needed((SMALLEST * lengths) / room, letters);
    if (now !== room) {
      room = now;
      document.documentElement.style.setProperty("--room", room);
    }
    rem = measure.offsetWidth / 100;
    if (rem === before) return;
    scaleConditions(rem / defaultSize);
    dispatchEvent(new Event("resize")); // Python lays out anew
  };
  globalThis.cnnscopeRoom = { scale: () => rem / REM };
  look();
  const sizes = new ResizeObserver(look);
  for (const each of [measure, size, letters]) sizes.observe(each);
}
