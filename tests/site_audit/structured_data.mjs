// Judges the JSON-LD of pages: properties and types by schema.org's vocabulary as the types of schema-dts have it
// (checked by the TypeScript compiler), and what search engines ask for by Adobe's validator.
// Takes a file of [{page, data}], data being JSON-LD objects; prints [{page, message}].

import { readFileSync, mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import Validator from "@adobe/structured-data-validator";
import ts from "typescript";

const pages = JSON.parse(readFileSync(process.argv[2], "utf8"));
const found = [];

// The compiler looks for schema-dts from the folder of the file, so it lies beside node_modules.
const folder = mkdtempSync(join(import.meta.dirname, "node_modules", ".site-audit-"));
try {
  const files = pages.map(({ data }, number) => {
    const file = join(folder, `page${number}.ts`);
    const checks = data.map((thing, place) => {
      const type = thing["@graph"] ? "Graph" : "WithContext<Thing>";
      return `export const thing${place}: ${type} = ${JSON.stringify(thing)};`;
    });
    writeFileSync(file, `import type { Graph, Thing, WithContext } from "schema-dts";\n${checks.join("\n")}\n`);
    return file;
  });
  const program = ts.createProgram(files, {
    noEmit: true,
    strict: true,
    types: [],
    lib: ["lib.es2022.d.ts"],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
  });
  for (const fault of ts.getPreEmitDiagnostics(program)) {
    const number = files.indexOf(fault.file?.fileName);
    const words = ts.flattenDiagnosticMessageText(fault.messageText, " ").replace(/\s+/g, " ");
    // A fault of the compiler's own settings belongs to no page: then nothing has been judged.
    if (number < 0) throw new Error(words);
    const at = fault.file.text.slice(fault.start, fault.start + fault.length + 60);
    found.push({ page: pages[number].page, message: `schema.org: ${words.slice(0, 400)} … at ${at}` });
  }
} finally {
  rmSync(folder, { recursive: true });
}

for (const { page, data } of pages) {
  const jsonld = {};
  for (const thing of data.flatMap((object) => object["@graph"] ?? [object])) {
    for (const type of [thing["@type"]].flat()) (jsonld[type] ??= []).push(thing);
  }
  const issues = await new Validator().validate({ jsonld, microdata: {}, rdfa: {}, metatags: {} });
  for (const issue of issues.filter(({ severity }) => severity === "ERROR")) {
    const place = issue.path.map(({ type, property }) => property ?? type).join(".");
    found.push({ page, message: `search engines: ${issue.issueMessage} (${place})` });
  }
}

process.stdout.write(JSON.stringify(found));
