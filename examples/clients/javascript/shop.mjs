// What a shop's back end does when somebody searches. 有人搜索时，商店后端做什么。
//
//   CHENGNUO_KEY=… node shop.mjs http://127.0.0.1:8700 u-1029

import { randomUUID } from "node:crypto";
import { Chengnuo, RefusedError, SilentError } from "./chengnuo.mjs";

const [address, person] = process.argv.slice(2);
const service = new Chengnuo(address, process.env.CHENGNUO_KEY);
const known = { account: "active", age: "18+" };

/** Search, and keep the words only where that is permitted. 只在获准时保存搜索词。 */
async function search() {
  const decision = await service.decide(person, "search", known);
  if (decision.outcome === "permit") return `permit, on ${decision.consents.length} consent`;
  if (decision.outcome === "ask") return `ask ${decision.prompt.join(" ")}`;
  return "refuse"; // search works without being remembered 不保存也能搜索
}

console.log("ordering:", (await service.decide(person, "ordering", known)).outcome);
console.log("search:", await search());

const item = "search/general";
console.log("may ask:", (await service.mayAsk(person, item, true)).may);
const prompt = await service.prompt(item);
// Here the app shows `prompt` in its own dialog, box not ticked, both buttons alike. 由应用原样展示。
const reply = {
  person,
  item: prompt.binding.item,
  act: "give",
  app: prompt.app,
  notice: prompt.binding.notice.zh,
  fingerprint: prompt.binding.fingerprint,
  lang: "zh",
  surface: "android",
  steps: prompt.steps,
  prompt: randomUUID(),
  askedAt: new Date().toISOString(),
};
const given = await service.answer(reply);
const again = await service.answer(reply);
console.log("given:", again.repeated && again.position === given.position ? "once" : "twice");
console.log("search:", await search());

const withdrawn = await service.withdraw(person, item, "android");
console.log("withdrawn:", withdrawn.position > given.position ? "after" : "before");
console.log("search:", await search());

try {
  await service.withdraw(person, "no-such/general", "android");
} catch (error) {
  if (!(error instanceof RefusedError)) throw error;
  console.log("refused:", error.status, error.code);
}
try {
  await new Chengnuo("http://127.0.0.1:9", "none").decide(person, "ordering", known);
} catch (error) {
  if (!(error instanceof SilentError)) throw error;
  console.log("silent: not permitted");
}
