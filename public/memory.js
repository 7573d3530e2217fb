// What a browser keeps of this page for the next visit, a word under a name. Where storage is switched
// off or full, nothing is kept, and each visit is a first one.

const key = (name) => `cnnscope-${name}`;

export function recall(name) {
  try {
    return localStorage.getItem(key(name));
  } catch {
    return null;
  }
}

// Returns whether it is kept.
export function remember(name, word) {
  try {
    localStorage.setItem(key(name), word);
    return true;
  } catch {
    return false;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(key(name));
  } catch {
    // nothing was kept
  }
}
