/** @file What modules of the page take from a browser as they are loaded. Import it before them. */
Object.assign(globalThis, {
  addEventListener() {},
  matchMedia: () => ({ matches: false }),
  requestAnimationFrame: (act) => setTimeout(act, 0, performance.now()),
  cancelAnimationFrame: clearTimeout,
});
