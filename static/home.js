// The field on the home page: shows the providers that the finder takes what is typed for, best first, and those whose
// name, id or alias holds it, also while there is no finder. Enter opens the first. ES2019.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  /** More than anybody reads. */
  const GUESSES = 20;

  // Input methods put blanks and apostrophes between syllables, and may type wide letters.
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s'’]/g, "");

  document.addEventListener("DOMContentLoaded", () => {
    const field = document.getElementById("sb-find");
    const status = document.getElementById("sb-found");
    const all = status.textContent;
    const list = document.querySelector(".providers");
    const items = Array.from(list.children, (item, place) => ({ item, place, names: item.dataset.find.split("|").map(plain) }));
    // The id stands second: it is no alias.
    const byId = new Map(items.map((it) => [it.item.dataset.find.split("|")[1], it]));
    let finder;
    let guesses = [];

    /** The providers that the finder takes words for. */
    const guess = (words) => {
      try {
        return finder.providers(words, GUESSES).map(({ id }) => byId.get(id)).filter(Boolean);
      } catch (error) {
        // Words that are too long for it name nobody.
        if (!(error instanceof RangeError)) throw error;
        return [];
      }
    };

    /** Puts the best first, and those that were it before back to their places. */
    const order = (best) => {
      // From the last on, so that what follows is in its place.
      for (const { item, place } of guesses.sort((a, b) => b.place - a.place)) {
        list.insertBefore(item, place + 1 < items.length ? items[place + 1].item : null);
      }
      guesses = best;
      list.prepend(...best.map(({ item }) => item));
    };

    const find = () => {
      const typed = plain(field.value);
      const best = finder && typed ? guess(field.value) : [];
      const named = new Set(best);
      let count = 0;
      for (const it of items) {
        const shown = named.has(it) || it.names.some((name) => name.includes(typed));
        if (shown) count++;
        if (it.item.hidden === shown) it.item.hidden = !shown;
      }
      order(best);
      const words = status.dataset;
      status.textContent = typed ? [words.none, words.one][count] || words.some.replace("{n}", count) : all;
    };

    field.addEventListener("input", find);
    field.addEventListener("focus", async () => {
      if (finder) return;
      try {
        finder = await stepbookLazy.finder(field.dataset.finder, field.dataset.index);
      } catch (_) {
        // Names, ids and aliases are enough until the next focus.
        return;
      }
      if (field.value) find();
    });
    field.addEventListener("keydown", (event) => {
      // An Enter that ends the work of an input method is none.
      if (event.key !== "Enter" || event.isComposing || event.keyCode === 229 || !plain(field.value)) return;
      const first = Array.from(list.children).find((item) => !item.hidden);
      if (first) location.href = first.querySelector("a").href;
    });
  });
})();
