// The agent's desk: words -> steps, and the link to one of them on the clipboard. ES2019.
(() => {
  "use strict";
  // Before the body is there: controls have their place from the first paint.
  document.documentElement.classList.add("js");

  /** As many hits as are read at a glance. */
  const HITS = 8;
  const KEPT = 8;
  const SVG = "http://www.w3.org/2000/svg";
  /** White around a code, in modules: ISO/IEC 18004. */
  const QUIET = 4;

  const begin = () => {
    const get = (id) => document.getElementById(`sb-${id}`);
    const [desk, field, said, list, chosen] = ["desk", "words", "said", "hits", "chosen"].map(get);
    const words = said.dataset;
    const base = new URL(desk.dataset.base, location.href).href;
    let finder;
    /** The hits that are listed, and which of them is meant: -1 is none. */
    let hits = [];
    let active = -1;
    /** What machines read of the guide of the hit that is meant, once a hit of it was chosen. */
    let guide;
    const guides = new Map();

    const situation = stepbookSituation(get("situation"), () => {
      showLink();
      say(words.changed);
    });

    const say = (text) => {
      said.textContent = text;
    };

    // Recently used, on this device only: nothing of a reader is kept.
    const store = `stepbook:${location.pathname.replace(/index\.html$/, "")}`;
    const isHit = (hit) => {
      try {
        const texts = [hit.provider.name, hit.procedure.title, hit.address, hit.step ? hit.step.action : ""];
        return texts.every((text) => typeof text === "string") && new URL(hit.address, base).href.startsWith(base);
      } catch (_) {
        return false;
      }
    };
    let recent = [];
    let keeps = true;
    const recall = () => {
      if (!keeps) return;
      try {
        recent = JSON.parse(localStorage.getItem(store) || "[]").filter(isHit).slice(0, KEPT);
      } catch (_) {
        // A device that keeps nothing, or what is no list.
      }
    };
    const keep = () => {
      try {
        if (recent.length) localStorage.setItem(store, JSON.stringify(recent));
        else localStorage.removeItem(store);
      } catch (_) {
        // Then the page does, until it is closed.
        keeps = false;
      }
    };
    const remember = ({ provider, procedure, step, address }) => {
      recall();
      recent = [{ provider, procedure, step, address }].concat(recent.filter((it) => it.address !== address)).slice(0, KEPT);
      keep();
    };

    const nameOf = ({ provider, procedure, step }) => (step ? `${provider.name} ${step.number} ${step.action}` : `${provider.name} ${procedure.title}`);

    const part = (tag, className, text) => {
      const element = document.createElement(tag);
      element.className = className;
      element.textContent = text;
      return element;
    };

    const listHits = (found, first) => {
      hits = found;
      list.textContent = "";
      list.hidden = !hits.length;
      field.setAttribute("aria-expanded", String(Boolean(hits.length)));
      const several = new Set(hits.map(({ procedure }) => procedure.title)).size > 1;
      hits.forEach(({ provider, procedure, step }, at) => {
        const option = part("li", "", "");
        option.id = `sb-hit-${at}`;
        option.setAttribute("role", "option");
        option.append(part("b", "", provider.name), " ");
        if (step) option.append(part("span", "n", step.number), " ", part("span", "action", step.action), " ");
        if (!step) option.append(part("span", "action", procedure.title));
        else if (several) option.append(part("small", "", procedure.title));
        option.addEventListener("click", () => {
          mean(at);
          copyLink();
        });
        list.append(option);
      });
      mean(first);
    };

    /** Shows a hit as the one that is meant. */
    const mean = (at) => {
      active = at;
      desk.classList.remove("chose");
      Array.from(list.children).forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
      chosen.hidden = at < 0;
      if (at < 0) {
        field.removeAttribute("aria-activedescendant");
        return;
      }
      field.setAttribute("aria-activedescendant", `sb-hit-${at}`);
      list.children[at].scrollIntoView({ block: "nearest" });
      get("chosen-title").textContent = nameOf(hits[at]);
      get("procedure").textContent = hits[at].step ? hits[at].procedure.title : "";
      get("failed").hidden = true;
      guide = guides.get(guideOf(hits[at]));
      showSituation();
    };

    const guideOf = (hit) => hit.address.split("#")[0];

    const showSituation = () => {
      get("situation").hidden = !guide;
      get("hint").hidden = Boolean(guide);
      if (guide) situation.show(guide, hits[active].step && hits[active].step.id);
      showLink();
    };

    const link = () => {
      const url = new URL(hits[active].address, base);
      if (guide) url.search = situation.query();
      return url.href;
    };

    const showLink = () => {
      get("link").textContent = link();
      get("open").href = link();
    };

    /** Fetches what the chosen hit's guide asks, and its steps. */
    const choose = async () => {
      const hit = hits[active];
      const address = guideOf(hit);
      if (!guides.has(address)) {
        try {
          guides.set(address, await stepbookLazy.json(new URL("index.json", new URL(address, base)).href));
        } catch (_) {
          if (hits[active] !== hit) return;
          get("failed").hidden = false;
          return;
        }
      }
      if (hits[active] !== hit || guide) return;
      guide = guides.get(address);
      get("failed").hidden = true;
      showSituation();
    };

    const toClipboard = async (text) => {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch (_) {
        const area = document.createElement("textarea");
        const focused = document.activeElement;
        area.value = text;
        document.body.append(area);
        area.select();
        const copied = document.execCommand("copy");
        area.remove();
        focused.focus();
        return copied;
      }
    };

    /** What was used is chosen, too. */
    const used = (hit) => {
      desk.classList.add("chose");
      remember(hit);
      choose();
    };

    const copy = async (text, button, word) => {
      const hit = hits[active];
      used(hit);
      if (!(await toClipboard(text))) {
        window.prompt(nameOf(hit), text);
        return;
      }
      say(`${word.replace("{step}", () => nameOf(hit))} ${guide ? situation.warning() : ""}`.trim());
      // On a phone what is said may be out of sight. Its neighbours stay where they are.
      const label = button.firstElementChild;
      button.style.minWidth = `${button.offsetWidth}px`;
      label.textContent = label.dataset.copied;
      setTimeout(() => {
        label.textContent = label.dataset.words;
      }, 2000);
    };
    const copyLink = () => copy(link(), get("copy"), words.copied);
    const copyMessage = () => {
      const { provider, procedure, step } = hits[active];
      const values = { provider: provider.name, action: step ? step.action : procedure.title, url: link() };
      copy(desk.dataset.message.replace(/\{(provider|action|url)\}/g, (_, name) => values[name]), get("message"), words.message);
    };

    const drawn = (rows) => {
      const side = rows.length + 2 * QUIET;
      const svg = document.createElementNS(SVG, "svg");
      svg.setAttribute("viewBox", `0 0 ${side} ${side}`);
      svg.setAttribute("shape-rendering", "crispEdges");
      const draw = (colour, d) => {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("fill", colour);
        path.setAttribute("d", d);
        svg.append(path);
      };
      draw("#fff", `M0 0h${side}v${side}H0z`);
      const modules = rows.map((row, y) => Array.from(row, (dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")).join(""));
      draw("#000", modules.join(""));
      return svg;
    };

    const showCode = async () => {
      const hit = hits[active];
      const address = link();
      used(hit);
      try {
        await stepbookLazy.script(desk.dataset.qr);
      } catch (_) {
        say(words.failed);
        return;
      }
      let rows;
      try {
        rows = stepbookQr(address);
      } catch (_) {
        say(words.wide);
        return;
      }
      get("code-title").textContent = nameOf(hit);
      get("modules").textContent = "";
      get("modules").append(drawn(rows));
      get("code").showModal();
    };

    const open = () => {
      used(hits[active]);
      get("open").click();
    };

    const showRecent = () => {
      recall();
      listHits(recent, -1);
      get("recent").hidden = !recent.length;
    };

    const find = () => {
      const typed = field.value.trim();
      get("again").hidden = true;
      get("recent").hidden = true;
      if (!typed) {
        say("");
        showRecent();
        return;
      }
      if (!finder) {
        listHits([], -1);
        say(words.loading);
        load();
        return;
      }
      let found;
      try {
        found = finder.find(field.value, HITS);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        listHits([], -1);
        say(words.long);
        return;
      }
      listHits(found, found.length ? 0 : -1);
      say([words.none, words.one][found.length] || words.some.replace("{n}", found.length));
    };

    const load = async () => {
      try {
        finder = await stepbookLazy.finder(desk.dataset.finder, desk.dataset.index);
      } catch (_) {
        listHits([], -1);
        say(words.failed);
        get("again").hidden = false;
        return;
      }
      if (field.value.trim()) find();
    };

    const clear = () => {
      field.value = "";
      situation.clear();
      find();
      field.focus();
    };

    const pressed = (event) => {
      // What an input method is told is not for the page.
      if (event.isComposing || event.keyCode === 229 || get("code").open) return;
      const { key, target } = event;
      if (key === "Escape") {
        if (target === field) clear();
        else field.focus();
      } else if (target === field && (key === "ArrowDown" || key === "ArrowUp") && hits.length) {
        const step = key === "ArrowDown" ? 1 : -1;
        mean(active < 0 && step < 0 ? hits.length - 1 : (active + step + hits.length) % hits.length);
      } else if (key === "Enter" && active >= 0 && !target.closest("button, a, summary")) {
        if (event.shiftKey) copyMessage();
        else if (event.altKey) showCode();
        else if (event.ctrlKey || event.metaKey) open();
        else copyLink();
      } else {
        return;
      }
      event.preventDefault();
    };

    const click = (id, work) => get(id).addEventListener("click", work);
    click("copy", copyLink);
    click("message", copyMessage);
    click("show", showCode);
    click("again", () => {
      say(words.loading);
      field.focus();
      load();
    });
    click("steps-again", choose);
    click("close", () => get("code").close());
    click("forget", () => {
      recent = [];
      keep();
      showRecent();
      say(words.forgotten);
      field.focus();
    });
    chosen.addEventListener("focusin", () => {
      // What failed is asked for again by its button.
      if (get("failed").hidden) choose();
    });
    field.addEventListener("input", find);
    field.addEventListener("focus", () => {
      field.select();
      if (!finder) load();
    });
    field.addEventListener("click", () => desk.classList.remove("chose"));
    document.addEventListener("keydown", pressed);
    showRecent();
    field.focus();
  };
  document.addEventListener("DOMContentLoaded", begin);
})();
