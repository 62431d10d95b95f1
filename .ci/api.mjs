#!/usr/bin/env node
// Runs the blocks of docs/api.md against a server of its own and compares what they print.
//
// usage: node .ci/api.mjs [FILE], from the project's folder. All js blocks are one module, and each command of a console block
// runs in its place between them, with the server's address in $CHAT_URL. The answer to a js block stands in a json block
// right behind it, that to a command in the lines below the command. "…" stands for any text, and white space does not count.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, dirname } from "node:path";
import { pathToFileURL } from "node:url";

const PATIENCE_MS = 300_000;
const file = resolve(process.argv[2] ?? "docs/api.md");

function steps(markdown) {
  const steps = [];
  for (const match of markdown.matchAll(/^```(js|json|console)\n(.*?)^```/gms)) {
    const [, language, text] = match;
    const line = markdown.slice(0, match.index).split("\n").length + 1;
    if (language === "js") {
      steps.push({ line, code: text, expected: "" });
    } else if (language === "console") {
      for (const step of text.split(/^\$ /m).slice(1)) {
        const [, command, expected] = step.match(/^((?:[^\n]*\\\n)*[^\n]*)\n?(.*)$/s);
        steps.push({ line, code: `__run(${JSON.stringify(command)});\n`, expected });
      }
    } else {
      const before = steps.at(-1);
      if (!before || /\S/.test(markdown.slice(before.end, match.index))) throw new Error(`line ${line} answers nothing`);
      before.expected = text;
    }
    steps.at(-1).end = match.index + match[0].length;
  }
  return steps;
}

function matches(expected, printed) {
  const bare = (text) => text.replace(/\s+/g, "");
  const escaped = bare(expected).split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${escaped.join(".*?")}$`, "s").test(bare(printed));
}

async function serve(folder) {
  const server = spawn("./secure-chat", ["serve"], {
    env: { ...process.env, PORT: "0", LOG_LEVEL: "WARN", DATABASE_URL: `sqlite:///${folder}/chat.db` },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise((done, fail) => {
    let printed = "";
    server.stdout.on("data", (data) => {
      printed += data;
      const address = printed.match(/http:\/\/[\d.:]+/);
      if (address) done(address[0]);
    });
    server.on("exit", (code) => fail(new Error(`the server ended with ${code}`)));
    setTimeout(() => fail(new Error("the server did not start")), PATIENCE_MS).unref();
  });
  return { server, url };
}

const todo = steps(readFileSync(file, "utf8"));
const printed = todo.map(() => "");
let at = -1;
const log = console.log;
console.log = (...values) => {
  printed[at] += values.join(" ") + "\n";
};
globalThis.__step = (next) => {
  at = next;
};
globalThis.__run = (command) => {
  const done = spawnSync("bash", ["-c", command], { encoding: "utf8", timeout: PATIENCE_MS });
  if (done.status !== 0) throw new Error(`exit code ${done.status} of: ${command}\n${done.stderr}`);
  printed[at] += done.stdout;
};

const folder = mkdtempSync(join(tmpdir(), "secure-chat-api-"));
const module = join(dirname(file), `.api-${process.pid}.mjs`);
let server;
try {
  const started = await serve(folder);
  server = started.server;
  process.env.CHAT_URL = started.url;
  writeFileSync(module, todo.map((step, i) => `__step(${i});\n${step.code}`).join(""));
  try {
    await import(pathToFileURL(module).href);
  } catch (e) {
    log(`api: line ${todo[Math.max(at, 0)].line}: ${e.stack}`);
    process.exitCode = 1;
  }
  todo.slice(0, at + 1).forEach((step, i) => {
    if (!matches(step.expected, printed[i])) {
      log(`api: line ${step.line}\n${step.code}expected: ${step.expected}printed:  ${printed[i]}`);
      process.exitCode = 1;
    }
  });
  if (todo.length === 0) throw new Error("no block was found");
  if (!process.exitCode) log(`api: ok: ${todo.length} examples`);
} finally {
  if (server) {
    server.removeAllListeners("exit");
    const ended = new Promise((done) => server.on("exit", done));
    server.kill("SIGTERM");
    if ((await ended) !== 0) {
      log("api: the server did not end well");
      process.exitCode = 1;
    }
  }
  rmSync(module, { force: true });
  rmSync(folder, { recursive: true, force: true });
}
