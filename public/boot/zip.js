// Reads zips whose members are not compressed, as the build writes them.

// Yields [path, bytes] of each member.
export function* members(zip) {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const size = view.getUint32(at + 18, true);
    const name = at + 30;
    const content = name + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const path = new TextDecoder().decode(zip.subarray(name, name + view.getUint16(at + 26, true)));
    yield [path, zip.subarray(content, content + size)];
    at = content + size;
  }
}

// All of them, or those that `isWanted` picks by their paths.
export function unpack(zip, FS, folder, isWanted = () => true) {
  const made = new Set();
  for (const [path, content] of members(zip)) {
    if (!isWanted(path)) continue;
    const parent = `${folder}/${path.slice(0, path.lastIndexOf("/"))}`;
    if (!made.has(parent)) FS.mkdirTree(parent);
    made.add(parent);
    FS.writeFile(`${folder}/${path}`, content);
  }
}
