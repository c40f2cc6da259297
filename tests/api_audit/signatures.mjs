// Reads lines of {secret, headers, body}; says of each in a line of its own whether standardwebhooks accepts it.

import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body } = JSON.parse(line);
  let accepted = true;
  try {
    new Webhook(secret).verify(body, headers);
  } catch {
    accepted = false;
  }
  process.stdout.write(`${accepted}\n`);
}
