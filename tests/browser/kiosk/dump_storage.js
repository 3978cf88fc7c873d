// All that a page can read of what its browser stored, as one text; bytes as Latin-1 and as UTF-8.
async () => {
  const found = [{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href];
  const answered = (request) => new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await answered(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      found.push(name, store, await answered(objects.getAllKeys()));
      found.push(await answered(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push(name, request.url, await answer.text());
    }
  }
  const bytes = (view) => new Uint8Array(view.buffer ?? view, view.byteOffset ?? 0, view.byteLength);
  const decoded = (view) =>
    ["latin1", "utf-8"].map((encoding) => new TextDecoder(encoding).decode(bytes(view)));
  return JSON.stringify(found, (_, value) =>
    value instanceof CryptoKey ? `${value.type} key, extractable ${value.extractable}`
    : value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? decoded(value)
    : value);
};
