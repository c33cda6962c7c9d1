// Answers leave the steps that are for the reader; ticks stay on the device. ES2019, for old WebViews.
(() => {
  "use strict";
  const root = document.documentElement;
  // Before the body is there: controls have their place from the first paint.
  root.classList.add("js");
  // What answers hide, and where a link leads, is settled before anything is seen: nothing moves under a finger.
  if (location.search || location.hash) root.classList.add("waiting");
  // Opened at a step by a link: what it says then stands there before browsers know the target.
  if (/^#[a-z0-9-]+$/.test(location.hash)) {
    root.classList.add("arrived");
    try {
      const sheet = Array.from(document.styleSheets).find((it) => !it.media.length);
      sheet.insertRule(`.arrived [id="${location.hash.slice(1)}"] > .linked { display: block; }`, sheet.cssRules.length);
    } catch (_) {
      // From a folder styles may not be changed: it comes a moment later.
    }
  }
  if (/MicroMessenger/.test(navigator.userAgent)) root.classList.add("wechat");

  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const one = (selector, within = document) => within.querySelector(selector);

  /** Whether a box of answers holds: "yes", "no", or "maybe" while an answer is missing. */
  const holdsBox = (box, given) => {
    let result = "yes";
    for (const part of box.split(" ")) {
      const [choice, options] = part.split(":");
      if (!given.has(choice)) result = "maybe";
      else if (!options.split(",").includes(given.get(choice))) return "no";
    }
    return result;
  };

  /** Of several boxes one is enough. */
  const holds = (when, given) => {
    const results = when.split("|").map((box) => holdsBox(box, given));
    return ["yes", "maybe"].find((it) => results.includes(it)) || "no";
  };

  /** In a pack, names begin with the sheet's. */
  const choiceOf = (input) => input.name.split("/").pop();

  /** The answers in the address that this sheet offers. */
  const answersOf = (sheet) => {
    const given = new Map();
    const inputs = all("input[type=radio]", sheet);
    new URLSearchParams(location.search).forEach((option, choice) => {
      if (inputs.some((it) => choiceOf(it) === choice && it.value === option)) given.set(choice, option);
    });
    return given;
  };

  const setQuery = (change) => {
    const url = new URL(location.href);
    change(url.searchParams);
    history.replaceState(null, "", url.href);
  };

  /** The child of `root` that holds an element. */
  const block = (it, root) => {
    while (it.parentElement !== root) it = it.parentElement;
    return it;
  };

  /** Puts a variant's words in the place of the step's own, or back. */
  const swap = (variant, active) => {
    if (variant.classList.contains("chosen") === active) return;
    variant.classList.toggle("chosen", active);
    const step = variant.parentElement;
    if (!active) {
      for (const [part, mark, own] of variant.moved) {
        mark.replaceWith(part);
        if (own) own.hidden = false;
      }
      return;
    }
    variant.moved = [];
    let last = all(".act", step)[0];
    for (const name of ["caution", "act", "guidance", "channels", "see", "blanks"]) {
      const slot = `[data-slot=${name}]`;
      const own = all(slot, step).find((it) => !it.closest(".variant"));
      const other = one(slot, variant);
      if (other) {
        // A step without such a part takes the whole of it.
        const part = own ? other : block(other, variant);
        const mark = document.createComment(name);
        part.replaceWith(mark);
        variant.moved.push([part, mark, own]);
        if (own) {
          own.before(part);
          own.hidden = true;
        } else {
          last.after(part);
        }
        if (!own) last = part;
      }
      if (own) {
        const place = block(own, step);
        if (last.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING) last = place;
      }
    }
  };

  const isShown = (it) => it.dataset.holds !== "no";

  const adapt = () => {
    const opened = document.getElementById(location.hash.slice(1));
    const query = new URLSearchParams();
    for (const sheet of all("article")) {
      const given = answersOf(sheet);
      given.forEach((option, choice) => query.set(choice, option));
      for (const input of all("input[type=radio]", sheet)) {
        input.checked = given.get(choiceOf(input)) === input.value;
        input.parentElement.classList.toggle("on", input.checked);
        input.closest("fieldset").classList.toggle("answered", given.has(choiceOf(input)));
      }
      for (const it of all("[data-when]", sheet)) it.dataset.holds = holds(it.dataset.when, given);
      all(".steps > li", sheet).forEach(adaptVariants);
      for (const phase of all(".phase", sheet)) {
        phase.hidden = !all(".steps > li", phase).some((step) => isShown(step) || step === opened);
      }
      sheet.classList.toggle("tailored", given.size > 0);
      sheet.classList.toggle("stopped", all(".stop[data-holds=yes]", sheet).length > 0);
    }
    for (const link of all("a[data-keep]")) {
      link.search = query.toString();
      if (link.hreflang) link.hash = location.hash;
    }
    progress();
  };

  const adaptVariants = (step) => {
    // The first variant that holds counts.
    let open = true;
    const variants = all(".variant", step);
    const chosen = variants.find((it) => {
      const counts = open && (it.dataset.holds || "yes") === "yes";
      if (isShown(it)) open = false;
      return counts;
    });
    for (const it of variants) {
      if (it !== chosen) swap(it, false);
      if (chosen && it !== chosen) it.dataset.holds = "no";
    }
    if (chosen) swap(chosen, true);
  };

  // Ticks: {step id: hash of the step when it was ticked}.
  const steps = () => all(".steps > li[data-hash]");
  // In all languages under the address of the source's page.
  let store;
  let ticks = Object.create(null);
  let keeps = true;
  const keep = () => {
    try {
      if (Object.keys(ticks).length) localStorage.setItem(store, JSON.stringify(ticks));
      else localStorage.removeItem(store);
    } catch (_) {
      // Private windows and full devices keep nothing: then the page does, until it is closed.
      keeps = false;
    }
  };
  const recall = () => {
    if (!keeps) return;
    try {
      const kept = JSON.parse(localStorage.getItem(store) || "{}");
      ticks = Object.assign(Object.create(null), kept);
    } catch (_) {
      // As above, or no JSON.
    }
  };

  const mark = () => {
    for (const step of steps()) {
      const kept = ticks[step.id];
      const done = kept === step.dataset.hash;
      one(".tick", step).checked = done;
      step.classList.toggle("done", done);
      const changed = kept !== undefined && !done;
      step.classList.toggle("changed", changed);
      let why = one(".changed-why", step);
      if (changed && !why) {
        why = document.createElement("p");
        why.className = "changed-why screen";
        why.textContent = one("article").dataset.changed;
        one(".act", step).after(why);
      } else if (!changed && why) {
        why.remove();
      }
    }
    progress();
  };

  const progress = () => {
    const status = one("#sb-progress");
    if (!status) return;
    const mine = steps().filter(isShown);
    // A branch is for a case that may never come.
    const open = mine.filter((step) => !step.classList.contains("done") && !step.classList.contains("branch"));
    const [next] = open;
    for (const step of steps()) {
      step.classList.toggle("next", step === next);
      if (step === next) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
    }
    const done = mine.filter((step) => step.classList.contains("done")).length;
    const text = status.dataset.count.replace("{mine}", mine.length).replace("{done}", done);
    const words = next || !mine.length ? text : `${text} ${status.dataset.finished}`;
    if (status.textContent !== words) status.textContent = words;
    const link = one("#sb-next");
    link.hidden = !next;
    if (next) {
      link.href = `#${next.id}`;
      one("b", link).textContent = one(".n", next).textContent;
    }
    one("#sb-clear").hidden = !Object.keys(ticks).length;
  };

  const messages = new Map();
  const say = (subject, text, ...links) => {
    messages.set(subject, text ? [text, " ", ...links] : []);
    one("#sb-message").textContent = "";
    for (const parts of messages.values()) one("#sb-message").append(...parts);
  };

  /** A link to a step is never lost in silence. */
  const arrive = () => {
    if (!one("#sb-message")) return;
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch (_) {
      // A broken escape is an unknown step.
    }
    // WeChat adds fragments of its own.
    if (!id || id === "wechat_redirect" || id === "rd") return;
    const target = document.getElementById(id);
    say("step", "");
    if (!target) {
      say("step", one("#sb-message").dataset.unknown);
      one("#sb-message").scrollIntoView();
      return;
    }
    target.scrollIntoView();
  };

  /** Says what changed since an edition: `DATE STEP:HASH STEP:HASH`. */
  const tellSince = (line) => {
    const { since, rest } = one("#sb-message").dataset;
    const [date, ...changes] = line.split(" ");
    const links = changes.map((change) => {
      const link = document.createElement("a");
      const id = change.split(":")[0];
      link.href = `#${id}`;
      const step = document.getElementById(id);
      const said = step ? all(".act .n, .act [data-slot=act]", step).slice(0, 2) : [];
      link.textContent = said.map((it) => it.textContent).join(" ") || (step || link).textContent || id;
      return link;
    });
    say("since", (links.length ? since : rest).replace("{date}", date), ...links);
  };

  /** Whether the sheet in hand is current, or what changed since its edition. */
  const compare = (edition) => {
    const { current, old, editions, older } = one("#sb-message") ? one("#sb-message").dataset : {};
    if (!edition || !current) return;
    const isCurrent = edition === one("article").dataset.edition;
    say("edition", isCurrent ? current : old);
    if (isCurrent || !/^[0-9a-f]{8}$/.test(edition)) return;
    const line = (editions || "").split("|").find((it) => it.startsWith(edition));
    if (line) {
      tellSince(line.slice(9));
    } else if (older !== undefined) {
      fetch("editions.json")
        .then((answer) => answer.json())
        .then((lines) => lines[edition] && tellSince(lines[edition]))
        .catch(() => {});
    }
  };

  /** With the answers, without what is this reader's alone. */
  const linkTo = (step) => {
    const url = new URL(location.href);
    for (const key of ["done", "edition"]) url.searchParams.delete(key);
    url.hash = step.id;
    return url.href;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch (_) {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const copied = document.execCommand("copy");
      field.remove();
      return copied;
    }
  };

  const clicked = async (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const step = button.closest(".steps > li");
    if (button.matches(".copy")) {
      const link = linkTo(step);
      if (!(await copy(link))) {
        window.prompt(button.textContent, link);
        return;
      }
      button.focus();
      const { copied } = one("article").dataset;
      if (button.textContent === copied) return;
      const [words, label] = [button.textContent, button.getAttribute("aria-label")];
      const name = (text, aria) => {
        button.textContent = text;
        button.setAttribute("aria-label", aria);
      };
      name(copied, copied);
      setTimeout(() => name(words, label), 2000);
    } else if (button.matches(".share")) {
      navigator.share({ title: document.title, url: linkTo(step) }).catch(() => {});
    } else if (button.matches(".forget")) {
      setQuery((query) => all("input[type=radio]").forEach((it) => query.delete(choiceOf(it))));
      adapt();
    } else if (button.matches(".clear")) {
      ticks = Object.create(null);
      keep();
      mark();
      one("#sb-next").focus();
    } else if (button.matches(".print")) {
      window.print();
    }
  };

  const changed = (event) => {
    const input = event.target;
    if (input.type === "radio") {
      setQuery((query) => query.set(choiceOf(input), input.value));
      adapt();
    } else if (input.matches(".tick")) {
      const step = input.closest("li");
      // Another tab may have ticked since.
      recall();
      if (input.checked) ticks[step.id] = step.dataset.hash;
      else delete ticks[step.id];
      keep();
      mark();
    }
  };

  const begin = () => {
    store = `stepbook:${(one("a[data-source]") || location).pathname.replace(/index\.html$/, "")}`;
    recall();
    const query = new URLSearchParams(location.search);
    const done = query.get("done");
    if (done) {
      const named = done.split(",");
      for (const step of steps()) if (named.includes(step.id)) ticks[step.id] = step.dataset.hash;
      keep();
      setQuery((query) => query.delete("done"));
    }
    compare(query.get("edition"));
    if (navigator.share) for (const button of all(".share")) button.hidden = false;
    adapt();
    mark();
    arrive();
  };

  document.addEventListener("DOMContentLoaded", () => {
    try {
      begin();
    } finally {
      root.classList.remove("waiting");
    }
    document.addEventListener("click", clicked);
    document.addEventListener("change", changed);
    window.addEventListener("hashchange", () => {
      root.classList.remove("arrived");
      adapt();
      arrive();
    });
    // Going back may bring older answers, and another tab other ticks.
    window.addEventListener("popstate", adapt);
    window.addEventListener("storage", (event) => {
      if (event.key !== store) return;
      recall();
      mark();
    });
  });
})();
