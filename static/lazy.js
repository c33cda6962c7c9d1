// Fetches what a page needs only at times: each thing once, and what failed anew when it is asked for again.
const stepbookLazy = (() => {
  "use strict";
  const asked = new Map();
  const once = (key, ask) => {
    if (!asked.has(key)) {
      const answer = ask();
      answer.catch(() => asked.delete(key));
      asked.set(key, answer);
    }
    return asked.get(key);
  };

  /** Runs a script of the site. */
  const script = (address) => once(address, () => new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = resolve;
    element.onerror = () => {
      element.remove();
      reject(new Error(`cannot fetch ${address}`));
    };
    document.head.append(element);
  }));

  /** The data at an address. */
  const json = (address) => once(address, async () => {
    // What is fetched must belong to the page that asks for it.
    const response = await fetch(address, { cache: "no-cache" });
    if (!response.ok) throw new Error(`cannot fetch ${address}: ${response.status}`);
    return response.json();
  });

  /** The finder, from the addresses of its script and of its index. */
  const finder = (code, index) => once("finder", async () => {
    const [data] = await Promise.all([json(index), script(code)]);
    return stepbookFind(data);
  });

  return { script, json, finder };
})();
