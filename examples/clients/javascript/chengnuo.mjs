// A client for Chengnuo's HTTP API: Node 18 or newer, no dependency. 承诺 HTTP 接口的客户端，无依赖。
//
// No answer is never a yes: whatever is not `permit` does not go ahead. 没有答复不等于许可。

const TRIES = 4;
const FIRST_PAUSE_MS = 100;
const TIMEOUT_MS = 2000;

/** The service gave no answer, or could not just now; nothing was permitted. 没有答复，没有许可任何处理。 */
export class SilentError extends Error {}

/** The service does not take the request; `code` says why (docs/errors). 请求不被接受，`code` 说明原因。 */
export class RefusedError extends Error {
  constructor(status, code) {
    super(`refused with ${status} [${code}]`);
    this.status = status;
    this.code = code;
  }
}

export class Chengnuo {
  #address;
  #key;

  constructor(address, key) {
    this.#address = address;
    this.#key = key;
  }

  /** May this be done now? With `strict` the answer comes once its record is durable. 现在可以处理吗？ */
  decide(person, activity, more = {}) {
    return this.#send("POST", "/v1/decisions", { person, activity, evidence: "strict", ...more });
  }

  /** May this individual be asked for this item now? 现在可以向其征求同意吗？ */
  mayAsk(person, item, started) {
    return this.#send("POST", "/v1/consents:may-ask", { person, item, started });
  }

  /** The words of a prompt and what its answer is bound to. 告知内容，以及答复所绑定的版本。 */
  prompt(item) {
    return this.#send("GET", `/v1/prompts/${item.split("/").map(encodeURIComponent).join("/")}`);
  }

  /** Hand in what was said to a prompt; the prompt's id makes it safe to hand in again. 交入答复，可安全重交。 */
  answer(reply) {
    return this.#send("POST", "/v1/consents", reply);
  }

  /** Withdraw a consent; again gives the same record. 撤回同意，重复提交得到同一条记录。 */
  withdraw(person, item, surface) {
    return this.#send("POST", "/v1/consents:withdraw", { person, item, surface });
  }

  async #send(method, path, body) {
    let pause = FIRST_PAUSE_MS;
    for (let left = TRIES; ; left -= 1, pause *= 2) {
      try {
        return await this.#once(method, path, body);
      } catch (error) {
        if (error instanceof RefusedError || left === 1) throw error;
        await new Promise((awake) => setTimeout(awake, pause));
      }
    }
  }

  async #once(method, path, body) {
    let status;
    let answer;
    try {
      const response = await fetch(this.#address + path, {
        method,
        headers: { authorization: `Bearer ${this.#key}`, "content-type": "application/json" },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      status = response.status;
      answer = await response.json();
    } catch (error) {
      throw new SilentError(error.name);
    }
    if (status >= 500 || status === 429) throw new SilentError(String(status));
    if (status >= 400) throw new RefusedError(status, answer.code);
    return answer;
  }
}
