// Tells memory that cannot be had from everything else that ends a start. Engines name it differently,
// and Python and its libraries add words of their own; a program that reads past its memory is
// another matter.
const WORDS = /out[ _]of[ _]memory|memoryerror|\balloc|unable to allocate|too little memory|enlarge memory|\bOOM\b/i;

// What Python does for want of memory is told on the console alone.
let hasStopped = false;
const memory = globalThis.WebAssembly?.Memory.prototype ?? {};
const { grow } = memory;
memory.grow = function (...given) {
  try {
    return grow.apply(this, given);
  } catch (error) {
    hasStopped = true;
    throw error;
  }
};

export const isShortage = (error) =>
  hasStopped || WORDS.test(`${error?.name} ${error?.message ?? error}`);
