/** What the build knows of python/ (py/build/packs.py writes it). */
declare module "about-python" {
  /** Bytes of every file, by name: what "Loading" counts. */
  export const files: Readonly<Record<string, number>>;
  /** Bytes of the memory in the snapshot. */
  export const heap: number;
  /** Pyodide's own description of itself. */
  export const info: Readonly<Record<string, string>>;
  /** The modules in rest.bin, by name, each between spaces. */
  export const rest: string;
}

/** Where each file of the site is, below the page; py/build/assemble.py puts them there. */
declare module "site-files" {
  const paths: Readonly<Record<string, string>>;
  export default paths;
}

/** The files of this build by path, each with its SHA-256, and what tells them from every other build's. */
declare module "site-contents" {
  export const files: Readonly<Record<string, string>>;
  export const version: string;
}

/** The fetching worker, python/fetcher.worker.js with what it imports, as text: one request less before the first byte of Python. */
declare module "fetcher-code" {
  const code: string;
  export default code;
}

/** What the builder of the site has said, and what of it is carried in the one file. */
declare module "about-site" {
  /** Where the site will be; empty where that is not known. */
  export const address: string;
  /** The files in the one file, by name, in order. */
  export const carried: readonly string[];
}

/** The page of the frame that programs run in, with web/program/sandbox-frame.js in it: py/build/apart.py. */
declare module "sandbox-frame" {
  const page: string;
  export default page;
}
