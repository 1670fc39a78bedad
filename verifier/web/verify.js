// Verifies a receipt, a proof, an evidence file or an attestation in the browser, as
// docs/formats/evidence.md says and as the command chengnuo-verify does. Nothing leaves the page.
// WORDS and FORMS stand before this text: the same tables that the command reads.
"use strict";

const EVIDENCE = "chengnuo:evidence", BESIDE = "attestation.json";
const MOST_BYTES = 256 * 2 ** 20, MOST_VALUES = 5_000_000, MOST_DEPTH = 100;
const MOST_FILES = 10_000, MOST_RATIO = 200, MOST_MOVED = 1024;

class Refused extends Error {
  constructor(code, where, facts = {}) {
    super(code);
    this.code = code;
    this.facts = { where, ...facts };
  }
}

const ensure = (ok, code, where, facts) => { if (!ok) throw new Refused(code, where, facts); };

// ---- bytes, hashes, JSON ------------------------------------------------------------------

const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const unbase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);

function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
const leafHash = (leaf) => sha256([0], leaf);
const nodeHash = (left, right) => sha256([1], left, right);

function decode(bytes, where) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused("not-json", where);
  }
}

function big(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}

/** Reads JSON: no name twice, no fraction, nothing too large or too deep. */
function load(text, where) {
  const token = /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d{0,15}))(?![\d.eE])|(true|false|null))/y;
  const bad = () => new Refused("not-json", where);
  let values = 0;
  const next = () => {
    const found = token.exec(text);
    if (!found) throw bad();
    ensure(++values <= 4 * MOST_VALUES, "limit", where);
    return found;
  };
  const read = (found, depth) => {
    ensure(depth <= MOST_DEPTH, "limit", where);
    if (found[2]) return word(found[2]);
    if (found[3]) {
      if (!Number.isSafeInteger(Number(found[3]))) throw bad();
      return Number(found[3]);
    }
    if (found[4]) return { true: true, false: false, null: null }[found[4]];
    const close = { "{": "}", "[": "]" }[found[1]];
    if (!close) throw bad();
    const holder = close === "}" ? Object.create(null) : [];
    let ahead = next();
    if (ahead[1] === close) return holder;
    for (;;) {
      if (close === "]") {
        holder.push(read(ahead, depth + 1));
      } else {
        if (!ahead[2]) throw bad();
        const name = word(ahead[2]);
        if (name in holder || next()[1] !== ":") throw bad();
        holder[name] = read(next(), depth + 1);
      }
      ahead = next();
      if (ahead[1] === close) return holder;
      if (ahead[1] !== ",") throw bad();
      ahead = next();
    }
  };
  const word = (quoted) => {
    const said = JSON.parse(quoted);
    if (/[\ud800-\udfff]/u.test(said)) throw bad();
    return said;
  };
  const value = read(next(), 0);
  if (text.slice(token.lastIndex).trim()) throw bad();
  return value;
}

/** Writes canonical JSON (RFC 8785). */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "";
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}

const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "u");
const PATTERNS = Object.fromEntries(Object.entries(FORMS.patterns).map(([name, one]) => [name, whole(one)]));

/** Reads a value as a form of FORMS says; hex and base64 become bytes. */
function fit(value, form, where) {
  if (Array.isArray(form)) {
    const items = value === undefined ? [] : value;
    ensure(Array.isArray(items), "form", where);
    return items.map((one, at) => fit(one, form[0], `${where}[${at}]`));
  }
  if (typeof form === "object") {
    ensure(value !== null && typeof value === "object" && !Array.isArray(value), "form", where);
    const found = Object.create(null);
    for (const name of Object.keys(form)) found[name] = fit(value[name], form[name], `${where}.${name}`);
    return found;
  }
  if (form === "any") return value;
  if (form.endsWith("?")) return value === null ? null : fit(value, form.slice(0, -1), where);
  if (form.startsWith("=")) {
    ensure(value !== undefined, "form", where);
    ensure(canonical(value) === form.slice(1), "version", where, { found: canonical(value) });
    return value;
  }
  if (form in FORMS.objects) return fit(value, FORMS.objects[form], where);
  if (form === "count") {
    ensure(Number.isSafeInteger(value) && value >= 0, "form", where);
    return value;
  }
  ensure(typeof value === "string" && (form === "text" || PATTERNS[form].test(value)), "form", where);
  return form === "hex" ? unhex(value) : ["hash", "base64"].includes(form) ? unbase64(value) : value;
}

// ---- keys and checkpoints -----------------------------------------------------------------

async function readKey(vkey) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/u.exec(vkey);
  ensure(found, "key-form", vkey);
  const [, name, ident, text] = found;
  const data = unbase64(text);
  const named = hex((await sha256(utf8(`${name}\n`), data)).slice(0, 4));
  ensure(data[0] === 1 && named === ident, "key-form", vkey);
  return { vkey, name, ident, public: data.slice(1) };
}

/** Tells whether a signature is of a key; throws "no-ed25519" where the browser cannot tell. */
async function signed(key, signature, message) {
  let imported;
  try {
    imported = await crypto.subtle.importKey("raw", key.public, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    if (error.name === "DataError") return false;
    throw new Refused("no-ed25519", key.vkey);
  }
  return crypto.subtle.verify({ name: "Ed25519" }, imported, signature, message);
}

function readNote(text, where) {
  const found = text.length < 65536 ? PATTERNS.note.exec(text) : null;
  ensure(found, "checkpoint-form", where);
  const lines = found[6].split("\n").slice(0, -1).map((line) => {
    const [, name, one] = line.split(" ");
    const data = fit(one, "base64", where);
    return { name, ident: hex(data.slice(0, 4)), signature: data.slice(4) };
  });
  const size = Number(found.groups.size);
  ensure(Number.isSafeInteger(size), "checkpoint-form", where);
  const { origin, root, map } = found.groups;
  return { whole: text, message: utf8(found[1]), origin, size, lines, root: unbase64(root), map: unbase64(map) };
}

class Trust {
  static async of(vkeys) {
    const trust = new Trust();
    trust.pinned = [];
    for (const vkey of vkeys) trust.pinned.push(await readKey(vkey));
    trust.trusted = new Set(vkeys);
    trust.met = [];
    return trust;
  }

  async learn(keys, origin, where) {
    this.listed = new Map(this.pinned.map((key) => [key.ident, { key, since: 0, end: Infinity }]));
    ensure(keys.length, "key-list", where);
    let before = null, start = 0;
    for (const one of keys) {
      const key = await readKey(one.vkey);
      const since = one.from, end = one.until ?? Infinity, mark = one.endorsement;
      ensure(key.name === origin && start <= since && since <= end, "key-list", where);
      const message = utf8(`chengnuo log key v1\n${origin}\n${key.vkey}\n`);
      const good = before ? mark && (await signed(before, mark, message)) : mark === null && since === 0;
      ensure(good, "endorsement", where);
      if (!this.pinned.length) { this.pinned = [key]; this.trusted = new Set([key.vkey]); }
      if (before && this.trusted.has(before.vkey)) this.trusted.add(key.vkey);
      this.listed.set(key.ident, { key, since, end });
      before = key;
      start = since;
    }
  }

  /** Refuses a checkpoint that is not signed, or of another tree than that of these subtrees. */
  async check(note, where, edge = []) {
    const expected = this.pinned.length ? this.pinned[0].name : note.origin;
    ensure(note.origin === expected, "swapped", where, { found: note.origin, expected });
    let inForce = false;
    for (const line of note.lines.filter((one) => one.name === note.origin)) {
      const known = this.listed.get(line.ident);
      ensure(known, "re-signed", where);
      ensure(await signed(known.key, line.signature, note.message), "signature", where);
      inForce ||= this.trusted.has(known.key.vkey) && known.since <= note.size && note.size <= known.end;
    }
    ensure(inForce, "re-signed", where);
    for (const other of this.met) {
      const agree = other.size !== note.size || (same(other.root, note.root) && same(other.map, note.map));
      ensure(agree, "forked", where, { size: note.size, notes: `${other.whole}\n${note.whole}` });
    }
    ensure(!edge.length || same(await rootOf(edge), note.root), "root", where);
    this.met.push(note);
  }
}

// ---- leaves and trees ---------------------------------------------------------------------

function readLeaf(text, where) {
  const found = PATTERNS.leaf.exec(text);
  ensure(found, "leaf-form", where);
  const leaf = { ...found.groups };
  ensure(leaf.v === "1", "version", where, { found: leaf.v });
  leaf.at = Number(leaf.at);
  leaf.links = [{ tag: leaf.tag, seq: Number(leaf.seq), prev: leaf.prev ?? "" }];
  if (leaf.tag2) leaf.links.push({ tag: leaf.tag2, seq: Number(leaf.seq2), prev: leaf.prev2 ?? "" });
  const firsts = leaf.links.every((link) => (link.seq === 1) === (link.prev === ""));
  ensure(firsts && leaf.tag !== leaf.tag2 && FORMS.kinds.includes(leaf.kind), "leaf-form", where);
  for (const name of ["activity", "item", "recipient"]) leaf[name] = leaf[name] === undefined ? null : JSON.parse(leaf[name]);
  return leaf;
}

/** The root an audit path leads to (RFC 9162 section 2.1.3.2), or null if of a wrong length. */
async function pathRoot(leaf, index, size, path) {
  const last = BigInt(Math.max(size - 1, 0)), at = BigInt(index);
  const inner = index >= size || at === last ? 0 : (at ^ last).toString(2).length;
  const border = (at >> BigInt(inner)).toString(2).replaceAll("0", "").length;
  if (index >= size || path.length !== inner + border) return null;
  let found = leaf;
  for (const [level, sibling] of path.entries()) {
    const left = level >= inner || (at >> BigInt(level)) & 1n;
    found = left ? await nodeHash(sibling, found) : await nodeHash(found, sibling);
  }
  return found;
}

/** The complete subtrees before a record, the largest first: its path's left siblings. */
function edgeOf({ index, path }, size) {
  const last = BigInt(size - 1), at = BigInt(index);
  const inner = at === last ? 0 : (at ^ last).toString(2).length;
  return path.filter((_, level) => level >= inner || (at >> BigInt(level)) & 1n).reverse();
}

/** Adds a leaf to the complete subtrees of a tree of a size, in place. */
async function grow(edge, size, leaf) {
  let found = leaf;
  for (let left = size; left % 2; left = Math.floor(left / 2)) found = await nodeHash(edge.pop(), found);
  edge.push(found);
}

async function rootOf(edge) {
  let found = edge.at(-1);
  for (const left of edge.slice(0, -1).reverse()) found = await nodeHash(left, found);
  return found;
}

/** An instant in RFC 3339, with microseconds. */
function moment(micros) {
  const seconds = new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, "0")}Z`;
}

const bit = (tag, depth) => (tag[depth >> 3] >> (7 - (depth & 7))) & 1;

// ---- proofs -------------------------------------------------------------------------------

class Proof {
  static async of(value, trust, answer) {
    const proof = fit(value, "proof", "proof");
    const self = Object.assign(new Proof(), { proof, note: readNote(proof.checkpoint, "checkpoint"), shown: new Map() });
    const { note } = self;
    const { claim, chains, records, disclosed, erased } = proof;
    ensure(note.origin === proof.origin, "swapped", "checkpoint", { found: note.origin, expected: proof.origin });
    await trust.learn(proof.keys, note.origin, "keys");
    await trust.check(note, "checkpoint");
    for (const [at, record] of records.entries()) {
      const hashed = await self.leaf(record.leaf, `records[${at}]`);
      await self.included(hashed, record.index, record.path, `records[${at}]`);
    }
    ensure((claim === "inclusion" ? records : chains).length, "form", "claim");
    const facts = { origin: note.origin, size: note.size, count: records.length };
    const asked = claim === "absent" ? fit(proof.question, "question", "question") : { from: 0, kind: "" };
    const batches = hex(await sha256(utf8(`chengnuo open chain v1\n${asked.kind}`)));
    const held = new Map();
    for (const [at, chain] of chains.entries()) {
      const tag = hex(chain.tag);  // of an individual, a merge before the window joins chains too
      held.set(tag, await self.chain(chain, `chains[${at}]`, tag === batches ? asked.from : 0));
    }
    for (const [at, one] of disclosed.entries()) {
      const bound = same(one.sealed.slice(0, 32), await sha256(one.salt, utf8(one.payload)));
      const named = hex(await sha256(one.sealed)) === self.shown.get(hex(one.leaf))?.payload;
      ensure(bound && named, "payload", `disclosed[${at}]`);
    }
    if (claim === "complete") facts.count = self.joined(held, batches);
    if (claim === "absent") {
      self.absent(asked, held, batches);
      Object.assign(facts, asked);
    }
    answer.conclude(claim, facts);
    for (const tag of held.keys()) if (tag !== batches) answer.say("about-tag", { tag });
    for (const one of erased) answer.say("erased", one);
    self.shards(answer);
    answer.count("leaves", self.shown.size);
    answer.count("payloads", disclosed.length);
    return self;
  }

  /** Tells of the checkpoints of other shards that records have seen, and of those missing. */
  shards(answer) {
    const sizes = new Map([[this.note.origin, this.note.size]]);
    for (const [at, one] of this.proof.disclosed.entries()) {
      const where = `disclosed[${at}]`;
      if (this.shown.get(hex(one.leaf)).kind !== "checkpoint-seen") continue;
      const seen = fit(load(one.payload, where), "seen", where);
      if (!PATTERNS.shard.test(seen.log)) continue;
      const { origin, size, root } = readNote(seen.note.text, where);
      ensure(seen.log === origin && seen.size === size && same(seen.root, root), "seen-wrong", where);
      sizes.set(origin, Math.max(size, sizes.get(origin) ?? 0));
      answer.say("seen", { origin, size });
    }
    const found = [...sizes.keys()].map((name) => PATTERNS.shard.exec(name)).filter(Boolean);
    const all = new Map(sizes.size > 1 ? found.map((one) => [`${one[1]} ${one[3]}`, one]) : []);
    for (const [, [, origin, , text]] of [...all].sort()) {
      const of = Number(text), numbers = Array.from({ length: of }, (_, n) => n + 1);
      const left = numbers.filter((n) => !sizes.has(`${origin}/${n}-of-${of}`)).join(", ");
      const own = [...sizes].filter(([name]) => name.startsWith(`${origin}/`));
      const size = own.reduce((sum, [, count]) => sum + count, 0);
      answer.say(left ? "shards-missing" : "shards", { origin, of, size, left });
    }
  }

  async leaf(text, where) {
    const hashed = await leafHash(utf8(text));
    this.shown.set(hex(hashed), readLeaf(text, where));
    return hashed;
  }

  async included(leaf, index, path, where) {
    const { size, root } = this.note;
    const found = await pathRoot(leaf, index, size, path);
    if (found && same(found, root)) return;
    for (let place = 0; place < Math.min(size, MOST_MOVED); place += 1) {
      const other = await pathRoot(leaf, place, size, path);
      ensure(!other || !same(other, root), "reordered", `${where}: #${index} → #${place}`);
    }
    throw new Refused(found ? "proof" : "proof-size", where, { index });
  }

  /** The leaves of a chain, newest first, down to its first or to one before `start`. */
  async chain(chain, where, start) {
    const { tag, map: { path, end } } = chain;
    let found = new Uint8Array(32), other = tag, seq = 0, head = "";
    if (end) {
      ({ tag: other, seq } = end);
      head = hex(end.head);
      found = await leafHash(join(end.tag, big(end.seq), big(end.index), end.head));
    }
    const meets = path.length <= 256 && path.every((_, depth) => bit(tag, depth) === bit(other, depth));
    ensure(meets, "proof-map", where);
    for (let depth = path.length - 1; depth >= 0; depth -= 1) {
      found = bit(tag, depth) ? await nodeHash(path[depth], found) : await nodeHash(found, path[depth]);
    }
    ensure(same(found, this.note.map), "proof-map", where);
    if (end && same(other, tag)) {
      await this.included(end.head, end.index, chain.path, where);
    } else {
      seq = 0;
      head = "";
    }
    const leaves = [];
    for (const [at, text] of chain.leaves.entries()) {
      const step = `${where}.leaves[${at}]`;
      const hashed = hex(await this.leaf(text, step));
      const leaf = this.shown.get(hashed);
      const link = leaf.links.find((one) => one.tag === hex(tag) && one.seq === seq);
      ensure(hashed === head && link, "chain", step);
      ensure(!leaves.length || leaf.at <= leaves.at(-1).at, "time", step);
      leaves.push({ ...leaf, seq, hashed, where });
      seq -= 1;
      head = link.prev;
    }
    ensure(!seq || (leaves.length && leaves.at(-1).at < start), "short", where, { left: seq });
    return leaves;
  }

  /** How many records there are of one individual, whose chains merges join; none may be left out. */
  joined(held, batches) {
    const own = new Map([...held].filter(([tag]) => tag !== batches));
    const hashes = new Map([...own].map(([tag, leaves]) => [tag, new Set(leaves.map((leaf) => leaf.hashed))]));
    const met = new Set([...own.keys()].slice(0, 1));
    for (const [tag, leaves] of own) {
      ensure(met.has(tag), "form", `chains: ${tag}`);
      for (const { links, hashed, where, seq } of leaves) {
        for (const link of links) {
          ensure(hashes.get(link.tag)?.has(hashed), "partial-chain", where, { tag: link.tag, seq });
          met.add(link.tag);
        }
      }
    }
    return new Set([...hashes.values()].flatMap((one) => [...one])).size;
  }

  /** Refuses an absence that does not hold, and then one that must stay undecided. */
  absent(asked, held, batches) {
    const { from, to, kind } = asked;
    const { records, chains } = this.proof;
    ensure(records.length && records[0].index === this.note.size - 1, "window", "records[0]");
    const newest = this.shown.values().next().value.at;
    ensure(FORMS.kinds.includes(kind) && from <= to && to <= newest, "window", "question");
    ensure(chains.length > 1 && hex(chains[1].tag) === batches, "form", "chains[1]");
    this.joined(held, batches);
    const doubts = [];
    for (const [tag, leaves] of held) {
      for (const leaf of leaves.filter((one) => from <= one.at && one.at <= to)) {
        const facts = { at: leaf.at, seq: leaf.seq };
        const named = tag === batches ? ["recipient"] : ["kind", "recipient", "activity", "item"];
        const other = named.filter((name) => asked[name] !== null && leaf[name] !== asked[name]);
        ensure(tag === batches || other.length, "found", leaf.where, facts);
        if (other.every((name) => leaf[name] === null)) {
          doubts.push(new Refused(other.length ? "unnamed" : "batch", leaf.where, facts));
        }
      }
    }
    if (doubts.length) throw doubts[0];
  }
}

// ---- papers -------------------------------------------------------------------------------

async function verifyPaper(bytes, trust, answer, name) {
  ensure(bytes.length <= MOST_BYTES, "limit", name);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return verifyPack(bytes, trust, answer);
  const paper = load(decode(bytes, name), name);
  const has = (member) => paper !== null && typeof paper === "object" && Object.hasOwn(paper, member);
  if (has("payloadType")) return verifyAttestation(paper, trust, answer);
  if (has(EVIDENCE)) return verifyReceipt(paper, trust, answer);
  ensure(has("claim"), "not-known", name);
  return Proof.of(paper, trust, answer);
}

/** A proof of one record, and the payload that it discloses. */
async function single(holder, trust, answer) {
  const made = await Proof.of(holder[EVIDENCE], trust, answer);
  const { records, disclosed } = made.proof;
  ensure(records.length === 1 && made.shown.size === 1 && disclosed.length === 1, "form", EVIDENCE);
  return { made, payload: load(disclosed[0].payload, "payload") };
}

async function verifyReceipt(paper, trust, answer) {
  ensure(paper !== null && typeof paper === "object" && EVIDENCE in paper, "form", "receipt");
  const { made, payload } = await single(paper, trust, answer);
  const [leaf] = made.shown.values();
  const index = made.proof.records[0].index, { origin } = made.note;
  const said = {
    "dct:identifier": `urn:chengnuo:${origin}:${index}`,
    "chengnuo:at": moment(leaf.at),
    "chengnuo:record": payload,
  };
  for (const name of Object.keys(said)) ensure(canonical(paper[name]) === canonical(said[name]), "receipt", name);
  answer.conclude("receipt-whole", { index, origin });
  answer.say("rest");
}

async function verifyAttestation(paper, trust, answer) {
  const { payloadType: kind, payload: body, signatures } = fit(paper, "envelope", "attestation");
  const statement = load(decode(body, "payload"), "payload");
  fit(statement, "statement", "statement");
  let made = null;
  if (EVIDENCE in statement.predicate) {
    const found = await single(statement.predicate, trust, answer);
    const { payload } = found;
    made = found.made;
    const recorded = fit(payload, { statement: "hex" }, "payload").statement;
    delete statement.predicate[EVIDENCE];
    ensure(same(recorded, await sha256(utf8(canonical(statement)))), "statement", "payload");
  } else {
    answer.say("no-evidence");
  }
  const message = join(utf8(`DSSEv1 ${utf8(kind).length} ${kind} ${body.length} `), body);
  for (const one of signatures) ensure(await signed(await readKey(one.keyid), one.sig, message), "signature", "signatures");
  const signer = signatures.map((one) => one.keyid).find((keyid) => trust.trusted.has(keyid));
  ensure(signer, "re-signed", "signatures");
  answer.conclude("attested", { key: signer });
  return { statement, made };
}

/** Holds files to the attestation over them that is among them, an audit pack to the log. */
async function verifyBeside(files, trust, answer) {
  const first = files.get("proof.json");
  const pack = first && (await Proof.of(load(decode(first, "proof.json"), "proof.json"), trust, answer));
  const { statement, made } = await verifyAttestation(load(decode(files.get(BESIDE), BESIDE), BESIDE), trust, answer);
  const subject = fit(statement, "subjects", BESIDE).subject;
  ensure(subject.length, "form", BESIDE);
  const names = new Map(subject.map((one) => [one.name, one.digest.sha256]));
  ensure(new Set([...names.keys()].map((name) => name.toLowerCase())).size === subject.length, "form", BESIDE);
  for (const [name, hashed] of names) {
    ensure(PATTERNS.beside.test(name), "form", name);
    ensure(files.has(name), "missing", name);
    ensure(same(await sha256(files.get(name)), hashed), "damaged", name);
  }
  answer.conclude("beside-whole", { count: names.size });
  for (const name of [...files.keys()].filter((one) => !names.has(one) && one !== BESIDE).sort()) {
    ensure(!pack, "pack", name);
    answer.say("beside-extra", { where: name });
  }
  if (pack) await verifyAudit(new Map([...names.keys()].map((name) => [name, files.get(name)])), statement, made, pack, trust, answer);
  if (statement.predicateType === FORMS.board) {
    const proved = (name, log) => provedBeside(files, name, log, trust, answer);
    await verifyBoard(files.get("board.json"), statement.predicate, proved, answer);
  }
}

/** The leaves of a proof beside a board, of the log that it names, by their index. */
async function provedBeside(files, name, log, trust, answer) {
  ensure(PATTERNS.beside.test(name), "form", name);
  ensure(files.has(name), "not-json", name);
  const made = await Proof.of(load(decode(files.get(name), name), name), trust, answer);
  answer.said.shift();  // the board says more
  ensure(made.note.origin === log.origin && made.note.size >= log.size, "board-record", name);
  const told = new Map(made.proof.disclosed.map((one) => [hex(one.leaf), one.payload]));
  const leaves = new Map();
  for (const one of made.proof.records) {
    const hashed = hex(await leafHash(utf8(one.leaf)));
    leaves.set(one.index, { ...made.shown.get(hashed), said: told.get(hashed) ?? null });
  }
  return leaves;
}

const GOOD_FOR = 31;  // days, as docs/formats/board.md says

/** Holds a pledge board to its attestation, rule and records, as the command's `board.py` says. */
async function verifyBoard(data, signedSo, proved, answer) {
  const where = "board.json";
  ensure(data, "not-json", where);
  const board = fit(load(decode(data, where), where), "board", where);
  const { on, until, register, law, log, rows: listed } = board;
  const rows = Object.fromEntries(listed.map((one) => [one.id, one.status]));
  const counts = Object.fromEntries(FORMS.statuses.map((name) => [name, listed.filter((one) => one.status === name).length]));
  const counted = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const said = { law, log, on, register, rows, until };
  const signed = Object.fromEntries(Object.keys(said).map((name) => [name, signedSo[name]]));
  const whole = Object.keys(rows).length === counted && canonical(counts) === canonical(board.counts);
  ensure(whole && listed.length === counted && canonical(said) === canonical(signed), "board", where);
  for (const { id, status, controls } of listed) {
    const every = controls.map((one) => one.outcome);
    const overRecords = controls.filter((one) => one.over === "records").map((one) => one.outcome);
    const failed = every.includes("failed");
    const kept = status === "failing" ? failed || overRecords.includes("could-not-run") : !failed;
    const lacking = !FORMS.good.some((one) => every.includes(one)) || FORMS.lacking.some((one) => overRecords.includes(one));
    ensure(kept && !(status === "shown" && lacking), "board-rule", id);
  }
  const controls = listed.flatMap((row) => row.controls.map((one) => ({ row: row.id, ...one })));
  if (answer.said.some((one) => one.code === "no-evidence")) {
    const ran = controls.some((one) => one.ran !== null || one.position !== null);
    ensure(!(log || ran || board.record || listed.some((row) => row.proof)), "board", "log");
    answer.say("board-unlogged");
  } else {
    await heldToRecords(board, controls, proved, answer);
  }
  const facts = Object.fromEntries(Object.entries(counts).map(([name, one]) => [name.replace("-", "_"), one]));
  const now = new Date(), today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  answer.say(until < today ? "board-old" : "board-says", { on, until, ...facts });
}

/** Holds a board to the record of what it says as a whole, and controls to those of their runs. */
async function heldToRecords({ on, until, register, law, log, record, rows }, controls, proved, answer) {
  ensure(log, "board", "log");
  const held = new Map(), whole = "proof-board.json";
  for (const name of new Set([whole, ...rows.map((row) => row.proof).filter(Boolean)])) {
    for (const [at, leaf] of await proved(name, log)) held.set(at, leaf);
  }
  const leaf = held.get(record);
  ensure(leaf, "board-record", whole);
  const said = fit(load(leaf.said ?? "", whole), "said", whole);
  const line = (...parts) => parts.join("\n");
  const ours = new Set([...rows.map((row) => line(row.id, "", "", row.status)), ...controls.map((one) => line(one.row, one.id, one.over, one.outcome))]);
  const stood = new Set(said.rows.map((row) => line(row.duty, "", "", row.status)));
  for (const one of said.controls) for (const row of one.rows) stood.add(line(row, one.control, one.over, one.outcome));
  const odd = [...ours].find((one) => !stood.has(one)) ?? [...stood].find((one) => !ours.has(one));
  ensure(odd === undefined && new Set(controls.map((one) => line(one.row, one.id))).size === controls.length, "board-record", (odd ?? "").replaceAll("\n", " "));
  const day = (more) => moment(leaf.at + (28_800 + more * 86_400) * 1_000_000).slice(0, 10);  // at +08:00
  const versions = leaf.register === canonical(register) && (leaf.law ?? "").startsWith(`"${law.slice(-12)}`);
  ensure(on <= day(0) && until <= day(GOOD_FOR) && versions && leaf.kind === "control-run" && said.control === "pledge-board", "board-record", whole);
  const hidden = new Set(), ofControl = new Map();
  for (const one of controls) {
    const place = `${one.row} ${one.id}`, at = one.position;
    if (at === null) {
      const never = one.over === "register" || (one.outcome === "not-shown" && one.looked_at === 0);
      ensure(never && one.ran === null, "board-record", place);
      continue;
    }
    const run = held.get(at);
    ensure(run, "board-record", place);
    if (!ofControl.has(at)) ofControl.set(at, one.id);
    const current = one.over === "records" || run.register === leaf.register;
    const ran = `${moment(run.at).slice(0, 19)}Z`;
    ensure(run.kind === "control-run" && ofControl.get(at) === one.id && current && one.ran === ran, "board-record", place);
    if (run.said === null) {
      hidden.add(one.id);
      continue;
    }
    const told = fit(load(run.said, place), "run", place);
    const ended = [told.outcome, "stale"].includes(one.outcome) && told.looked_at === one.looked_at;
    ensure(ended && told.control === one.id, "board-record", place);
  }
  answer.say("board-held", { count: new Set(controls.map((one) => one.id)).size, hidden: hidden.size });
}

/** Holds the parts of an audit pack to every leaf that its period has, and to the log. */
async function verifyAudit(files, statement, made, { note, proof }, trust, answer) {
  const { from, to, first, kinds } = fit(statement.predicate, "audit", BESIDE);
  const held = new Map();
  for (const one of proof.records) held.set(one.index, hex(await leafHash(utf8(one.leaf))));
  const lines = decode(files.get("leaves.jsonl") ?? new Uint8Array(), "leaves.jsonl").split("\n").filter(Boolean);
  const last = first + lines.length - 1, ends = proof.records.slice(0, 2), times = [0], ofKind = new Map();
  ensure(lines.length && ends.length === 2 && ends[0].index === first && ends[1].index === last, "period", "leaves.jsonl");
  const marks = new Map();
  for (const name of [...files.keys()].filter((one) => one.endsWith(".note"))) {
    const mark = readNote(decode(files.get(name), name), name);
    marks.set(mark.size, { mark, name });
  }
  const [edge, right] = ends.map((one) => edgeOf(one, note.size));
  for (const [step, line] of lines.entries()) {
    const at = first + step, where = `leaves.jsonl: #${at}`;
    const leaf = readLeaf(line, where), hashed = await leafHash(utf8(line));
    if (!held.has(at)) held.set(at, hex(hashed));
    const known = held.get(at) === hex(hashed) && (at < last || (edge.length === right.length && edge.every((one, n) => same(one, right[n]))));
    ensure(known && times.at(-1) <= leaf.at, "period", where);
    times.push(leaf.at);
    if (from <= leaf.at && leaf.at <= to) {
      if (!ofKind.has(leaf.kind)) ofKind.set(leaf.kind, []);
      ofKind.get(leaf.kind).push(at);
    }
    await grow(edge, at, hashed);
    const found = marks.get(at + 1);
    if (found && marks.delete(at + 1)) await trust.check(found.mark, found.name, edge);
  }
  const whole = (times[1] < from || !first) && (times.at(-1) > to || last === note.size - 1);
  const counts = Object.fromEntries([...ofKind].map(([kind, some]) => [kind, some.length]));
  ensure(whole && canonical(kinds) === canonical(counts) && !marks.size, "period", "leaves.jsonl");
  const complete = new Set();
  for (const name of [...files.keys()].filter((one) => PATTERNS.chapter.test(one))) {
    const part = fit(load(decode(files.get(name), name), name), "chapter", name);
    const cited = new Map(part.records.map((one) => [one.index, hex(one.leaf)]));
    for (const [index, hashed] of cited) ensure(held.get(index) === hashed, "cited", name, { index });
    const left = part.complete.flatMap((kind) => ofKind.get(kind) ?? []).filter((at) => !cited.has(at));
    ensure(!left.length, "left-out", name, { index: left.reduce((one, other) => Math.min(one, other), Infinity) });
    for (const kind of part.complete) complete.add(kind);
  }
  if (!first && times[1] > from) answer.say("log-began", { at: times[1] });
  for (const kind of FORMS.cited.filter((one) => one in counts && !complete.has(one))) {
    answer.say("not-complete", { kind, count: counts[kind] });
  }
  const own = made?.proof.records[0], recorded = own?.index === note.size;
  if (recorded) await trust.check(note, "proof.json", edgeOf(own, made.note.size));
  const said = { records: times.slice(1).filter((at) => from <= at && at <= to).length, from, to: Math.min(to, times.at(-1)) };
  answer.conclude(recorded ? "audit-whole" : "audit-signed", { ...said, complete: [...complete].sort().join(", "), count: files.size + 1 });
}

const CRC = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let step = 0; step < 8; step += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
const crc32 = (bytes) => (bytes.reduce((crc, byte) => CRC[(crc ^ byte) & 255] ^ (crc >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

/** The entries of a ZIP by its central directory; their bytes are taken out one by one. */
function directory(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const torn = (ok) => ensure(ok, "damaged", "ZIP");
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  torn(end >= 0);
  const count = view.getUint16(end + 10, true);
  ensure(count <= MOST_FILES, "limit", "ZIP");
  let at = view.getUint32(end + 16, true);
  const entries = [];
  for (let number = 0; number < count; number += 1) {
    torn(at + 46 <= end && view.getUint32(at, true) === 0x02014b50);
    const [flags, method, time, date] = [8, 10, 12, 14].map((offset) => view.getUint16(at + offset, true));
    const [crc, packed, size] = [16, 20, 24].map((offset) => view.getUint32(at + offset, true));
    const [named, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const start = view.getUint32(at + 42, true);
    torn(at + 46 + named <= end && !(flags & 1) && start + 30 <= at);
    const name = decode(bytes.subarray(at + 46, at + 46 + named), "ZIP");
    const begin = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
    torn(view.getUint32(start, true) === 0x04034b50 && begin + packed <= bytes.length);
    const plain = [0, 8].includes(method) && time === 0 && date === 0x21;
    const ordered = !entries.length || entries.at(-1).name < name;
    ensure(plain && ordered && PATTERNS.beside.test(name), "pack", name);
    entries.push({ name, method, crc, size, data: bytes.subarray(begin, begin + packed) });
    at += 46 + named + extra + comment;
  }
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  ensure(total <= Math.min(MOST_BYTES, MOST_RATIO * bytes.length), "limit", "ZIP");
  return entries;
}

async function unpacked({ name, method, crc, size, data }) {
  let found = data;
  if (method === 8) {
    const parts = [];
    let length = 0;
    try {
      const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
      for (let part = await reader.read(); !part.done && length <= size; part = await reader.read()) {
        parts.push(part.value);
        length += part.value.length;
      }
    } catch {
      throw new Refused("damaged", name);
    }
    found = join(...parts);
  }
  ensure(found.length === size && crc32(found) === crc, "damaged", name);
  return found;
}

async function verifyPack(bytes, trust, answer) {
  const entries = new Map(directory(bytes).map((entry) => [entry.name, entry]));
  if (entries.has(BESIDE)) {
    ensure(entries.has("proof.json"), "damaged", "ZIP");
    const files = new Map();
    for (const entry of entries.values()) files.set(entry.name, await unpacked(entry));
    ensure(same(zipped([...files]), bytes), "damaged", "ZIP");
    await verifyBeside(files, trust, answer);
    return;
  }
  ensure(entries.has("manifest.json") && entries.has("proof.json"), "damaged", "ZIP");
  const read = async (name) => load(decode(await unpacked(entries.get(name)), name), name);
  const manifest = await read("manifest.json");
  const sealed = entries.has("seal.json");
  const names = [...entries.keys()].filter((name) => name !== "manifest.json" && name !== "seal.json");
  const form = sealed ? "sealed" : "pack";
  const odd = names.find((name) => !PATTERNS[form].test(name));
  ensure(odd === undefined, "pack", odd);
  fit(manifest, form, "manifest.json");
  const listed = fit(manifest.files, Object.fromEntries(names.map((name) => [name, "hex"])), "manifest.json.files");
  ensure(Object.keys(manifest.files).length === names.length, "pack", "manifest.json");
  for (const name of names) ensure(same(await sha256(await unpacked(entries.get(name))), listed[name]), "damaged", name);
  for (const name of names.filter((one) => one.startsWith("receipts/"))) await verifyReceipt(await read(name), trust, answer);
  if (sealed) {
    const files = [];
    for (const entry of entries.values()) files.push([entry.name, await unpacked(entry)]);
    ensure(same(zipped(files), bytes), "damaged", "ZIP");  // nor a byte between the files
    await verifySealed(entries, read, trust, answer);
  } else {
    await Proof.of(await read("proof.json"), trust, answer);
    answer.conclude("evidence-whole", { count: entries.size });
  }
  answer.say("rest");
}

/** The one ZIP that files have: stored, in the order given, of one day. */
function zipped(files) {
  const parts = [], listing = [];
  let offset = 0;
  const numbers = (...pairs) => {
    const view = new DataView(new ArrayBuffer(pairs.reduce((sum, [size]) => sum + size, 0)));
    let at = 0;
    for (const [size, value] of pairs) {
      if (size === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += size;
    }
    return new Uint8Array(view.buffer);
  };
  for (const [name, data] of files) {
    const named = utf8(name);
    const flags = named.some((one) => one > 127) ? 0x800 : 0;
    const common = [[2, 20], [2, flags], [2, 0], [2, 0], [2, 33], [4, crc32(data)], [4, data.length], [4, data.length], [2, named.length], [2, 0]];
    const local = join(numbers([4, 0x04034b50], ...common), named, data);
    listing.push(numbers([4, 0x02014b50], [2, 0x0314], ...common, [2, 0], [2, 0], [2, 0], [4, 0o100644 * 0x10000], [4, offset]), named);
    parts.push(local);
    offset += local.length;
  }
  const central = join(...listing), count = files.length;
  return join(...parts, central, numbers([4, 0x06054b50], [2, 0], [2, 0], [2, count], [2, count], [4, central.length], [4, offset], [2, 0]));
}

const TOUCHING = ["provision", "publication", "operator-read", "export"];  // what a trace must name

/** Holds a no-fault file to the seal of its manifest in the log, its trace to the records. */
async function verifySealed(entries, read, trust, answer) {
  const { made, payload } = await single({ [EVIDENCE]: await read("seal.json") }, trust, answer);
  const { origin } = made.note, last = made.shown.values().next().value;
  const seal = fit(payload, { sha256: "hex", format: "text" }, "seal.json");
  const named = seal.format === "chengnuo-no-fault";
  ensure(named && same(seal.sha256, await sha256(await unpacked(entries.get("manifest.json")))), "seal", "manifest.json");
  const every = new Set();
  let own;
  for (const name of [...[...entries.keys()].filter((one) => one.startsWith("proofs/")), "proof.json"]) {
    own = await Proof.of(await read(name), trust, answer);
    ensure(own.note.origin === origin, "swapped", name, { found: own.note.origin, expected: origin });
    for (const leaf of own.shown.keys()) every.add(leaf);
  }
  const held = async (name, form) => {
    ensure(entries.has(name), "not-json", name);
    return fit(await read(name), form, name);
  };
  const trace = await held("trace.json", "trace"), { acts } = await held("measures.json", "measures");
  const { claim, chains, disclosed } = own.proof, whole = claim === "complete";
  const ends = chains.map(({ map }) => map.end).filter(Boolean);
  const follows = (link) => ends.some((end) => hex(end.tag) === link.tag && end.seq + 1 === link.seq && hex(end.head) === link.prev);
  ensure(trace.whole === whole && trace.to <= last.at, "trace", "trace.json");
  ensure(!whole || last.links.every(follows), "trace", "proof.json");
  const touched = new Set(trace.touches.map((one) => hex(one.leaf)));
  for (const one of [...trace.touches, ...trace.batches, ...acts]) ensure(every.has(hex(one.leaf)), "trace", hex(one.leaf));
  const payloads = new Map(disclosed.map((one) => [hex(one.leaf), one.payload]));
  let hidden = 0;
  for (const [name, leaf] of own.shown) {
    if (leaf.at < trace.from || leaf.at > trace.to) continue;
    let said = fit(load(payloads.get(name) ?? "{}", "payload"), "touch", "payload");
    if (!payloads.has(name)) hidden += 1;
    const permit = leaf.kind === "decision" && said.outcome === "permit";
    const asked = said.request !== null && typeof said.request === "object" && !Array.isArray(said.request);
    if (permit && asked) said = fit(said.request, "touch", "payload");
    const { categories } = said;
    const bears = trace.category === null || categories.includes(trace.category) || !(categories.length || permit);
    ensure(!(bears && (permit || TOUCHING.includes(leaf.kind))) || touched.has(name), "trace", name);
  }
  ensure(hidden === trace.erased, "trace", "trace.json");
  answer.conclude("no-fault-whole", { count: entries.size, touches: trace.touches.length });
}

class Answer {
  said = [];
  checked = {};

  say(code, facts = {}) {
    const key = JSON.stringify([code, facts]);
    if (!this.said.some((one) => JSON.stringify([one.code, one.facts]) === key)) this.said.push({ code, facts });
  }

  conclude(code, facts) { this.said.unshift({ code, facts }); }

  count(name, number) { this.checked[name] = (this.checked[name] ?? 0) + number; }
}

/** Verifies bytes, or files by name, and returns what there is to say; throws nothing. */
async function verify(given, name, vkeys) {
  const answer = new Answer();
  try {
    const trust = await Trust.of(vkeys);
    if (given instanceof Map) await verifyBeside(given, trust, answer);
    else await verifyPaper(given, trust, answer, name);
    if (!vkeys.length) answer.say("key-unpinned", { key: trust.pinned[0].vkey });
  } catch (error) {
    // Whatever goes wrong is a refusal; an error of our own is one that could not finish.
    const refused = error instanceof Refused ? error : new Refused("limit", name);
    answer.said = [{ code: refused.code, facts: refused.facts }];
    answer.checked = {};
  }
  return answer;
}

// ---- the page -----------------------------------------------------------------------------

const SHAPES = { whole: "seal", proved: "seal", absent: "seal", refused: "cross", found: "cross", unusable: "cross", unfinished: "wedge", undecided: "wedge" };
const MOST_SHOWN = 300;
let lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh", shown = null;

const INSTANTS = ["at", "from", "to", "on"];

/** A fact to be read: an instant as such; a smaller number is one in a chain. */
function told(name, fact) {
  if (fact === null || fact === undefined) return "—";
  if (INSTANTS.includes(name) && fact > 1e14) return moment(fact);
  const text = name === "notes" ? fact : String(fact).slice(0, MOST_SHOWN);
  return text.replace(/[\p{C}\u2028\u2029]/gu, (one) => (one === "\n" ? one : "\ufffd"));
}

const words = (code, facts) => WORDS.codes[code][lang].replace(/\{(\w+)\}/g, (_, name) => told(name, facts[name]));

function line(text, kind) {
  const item = document.createElement(kind);
  item.textContent = text;
  return item;
}

function render() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-zh]")) node.textContent = node.dataset[lang];
  document.title = document.querySelector("h1").dataset[lang];
  const result = document.getElementById("result");
  result.hidden = shown === null;
  if (shown === null) return;
  const [first, ...rest] = shown.answer.said;
  const verdict = WORDS.codes[first.code].verdict;
  result.dataset.verdict = verdict;
  result.dataset.code = first.code;
  result.dataset.shape = SHAPES[verdict];
  document.getElementById("word").textContent = WORDS.verdicts[verdict][lang];
  document.getElementById("file").textContent = shown.name;
  document.getElementById("plain").textContent = words(first.code, first.facts);
  const remarks = document.getElementById("remarks");
  remarks.replaceChildren(...rest.map((one) => line(words(one.code, one.facts), "li")));
  document.getElementById("noted").hidden = !rest.length;
  for (const node of document.querySelectorAll("[data-for]")) node.hidden = node.dataset.for !== verdict;
  const counts = Object.entries(shown.answer.checked).map(([name, n]) => `${WORDS.counts[name][lang]} ${n}`);
  document.getElementById("counts").textContent = counts.join(" · ");
}

async function take(bytes, name) {
  const busy = document.getElementById("busy");
  busy.hidden = false;
  const vkeys = document.getElementById("key").value.split(/\s+/).filter(Boolean);
  shown = { answer: await verify(bytes, name, vkeys), name };
  busy.hidden = true;
  render();
  document.getElementById("result").focus();
}

const bytesOf = async (file) => new Uint8Array(file.size <= MOST_BYTES ? await file.arrayBuffer() : MOST_BYTES + 1);

/** Takes one file, or several by their paths: a folder with an attestation over its files. */
async function takeFiles(found) {
  const signed = found.find(({ path }) => path.split("/").at(-1) === BESIDE && found.length > 1);
  if (!signed) {
    if (found.length) await take(await bytesOf(found[0].file), found[0].file.name);
    return;
  }
  const base = signed.path.slice(0, -BESIDE.length), files = new Map();
  for (const { path, file } of found) {
    if (path.startsWith(base)) files.set(path.slice(base.length), await bytesOf(file));
  }
  await take(files, base || BESIDE);
}

const listed = (files) => [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

/** The files of what was dropped, those of folders too, each with its path. */
async function dropped({ items, files }) {
  const found = [];
  const walk = async (entry) => {
    if (entry.isFile) {
      const file = await new Promise((done, failed) => { entry.file(done, failed); });
      found.push({ path: entry.fullPath.slice(1), file });
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done, failed) => { reader.readEntries(done, failed); });
      if (!some.length) return;
      for (const one of some) await walk(one);
    }
  };
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.length) return listed(files);
  for (const entry of entries) await walk(entry);
  return found;
}

function start() {
  const picker = document.getElementById("picker"), zone = document.getElementById("zone");
  picker.addEventListener("change", () => takeFiles(listed(picker.files)));
  document.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  document.addEventListener("dragleave", () => zone.classList.remove("over"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    takeFiles(await dropped(event.dataTransfer));
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length) takeFiles(listed(event.clipboardData.files));
  });
  document.getElementById("pasted-form").addEventListener("submit", (event) => {
    event.preventDefault();
    take(utf8(document.getElementById("pasted").value.trim()), lang === "zh" ? "粘贴的文字" : "pasted text");
  });
  document.getElementById("lang").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; render(); });
  render();
}

start();
