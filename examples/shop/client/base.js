/** Where the shop hangs: `/` under a name of its own, `/shop/` under a shared one. */
export const base = new URL('.', document.baseURI).pathname;

/** The page's own path, starting with a slash wherever the shop hangs. */
export function here() {
  return `/${window.location.pathname.slice(base.length)}`;
}

export function at(path) {
  return base + path.slice(1);
}
