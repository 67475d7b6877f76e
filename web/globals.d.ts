/** Bytes of every file in python/, by name: what "Loading" counts. Put in by the build (py/build/assemble.py). */
declare const RUNTIME_FILES: Readonly<Record<string, number>>;
