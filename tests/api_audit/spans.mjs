// Takes a file of {helper, texts, spans} and prints the places of the spans that are not where `helper`, the function
// of docs/partner-api.md, turns their offsets to.

import { readFileSync } from "node:fs";

const { helper, texts, spans } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const utf16 = new Function(`${helper}; return utf16;`)();
const wrong = [];
spans.forEach(({ article, start, end, words }, place) => {
  const text = texts[article];
  if (text.slice(utf16(text, start), utf16(text, end)) !== words) wrong.push(place);
});
process.stdout.write(JSON.stringify(wrong));
