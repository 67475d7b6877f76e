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
