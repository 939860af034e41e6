// What other checkers of prose find: reads a JSON list of texts from standard input, prints for each checker how many alerts each text gets.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = process.argv[2];
const require = createRequire(path.join(root, "package.json"));
const load = async (name) => {
  const entry = require.resolve(name);
  const module = await import(pathToFileURL(entry).href);
  return module.default ?? module;
};
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const found = {};

async function peer(name, make) {
  try {
    const count = await make();
    found[name] = [];
    for (const text of texts) found[name].push(await count(text));
  } catch (error) {
    found[name] = String(error.message ?? error).split("\n")[0];
  }
}

await peer("write-good", async () => {
  const writeGood = await load("write-good");
  return (text) => writeGood(text).length;
});
await peer("alex", async () => {
  const alex = await load("alex");
  const markdown = alex.markdown ?? (await import(pathToFileURL(require.resolve("alex")).href)).markdown;
  return (text) => markdown(text).messages.length;
});
await peer("retext-intensify", async () => {
  const { retext } = await import(pathToFileURL(require.resolve("retext")).href);
  const intensify = await load("retext-intensify");
  return async (text) => (await retext().use(intensify).process(text)).messages.length;
});
await peer("textlint-rule-write-good", async () => {
  const { createLinter } = await import(pathToFileURL(require.resolve("textlint")).href);
  const kernel = await import(pathToFileURL(require.resolve("@textlint/kernel")).href);
  const rule = await load("textlint-rule-write-good");
  const markdown = await load("@textlint/textlint-plugin-markdown");
  const descriptor = new kernel.TextlintKernelDescriptor({
    rules: [{ ruleId: "write-good", rule: rule.default ?? rule }],
    plugins: [{ pluginId: "markdown", plugin: markdown.default ?? markdown }],
    filterRules: [],
  });
  const linter = createLinter({ descriptor });
  return async (text) => (await linter.lintText(text, "text.md")).messages.length;
});

process.stdout.write(JSON.stringify(found));
