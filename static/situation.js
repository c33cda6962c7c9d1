// A reader's answers, and the steps done so far -> the query of a link, as a guide reads it. ES2019.
const stepbookSituation = (() => {
  "use strict";
  const make = (tag, props, ...children) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...children);
    return element;
  };
  const refill = (element, children) => {
    element.textContent = "";
    element.append(...children);
  };

  /** Whether an answer leaves a step out; one that is not given leaves nothing out. */
  const isAgainst = ({ shown_for: box = {} }, choice, answers) => {
    return Boolean(box[choice]) && answers.has(choice) && !box[choice].includes(answers.get(choice));
  };
  const isOff = (step, answers) => Object.keys(step.shown_for || {}).some((choice) => isAgainst(step, choice, answers));

  /** Shows what a guide asks, in `root`; `changed` is called when an answer or a tick has. */
  return (root, changed) => {
    const boxes = root.querySelector("#sb-answers");
    const done = root.querySelector("#sb-done");
    const list = done.querySelector("ul");
    const every = done.querySelector("#sb-done-all");
    const everyWords = every.parentElement.querySelector("[data-words]");
    const reset = root.querySelector("#sb-reset");
    let guide;
    let answers = new Map();
    let ticks = new Set();
    /** What is asked, each choice with the place for what an agent must know of the answer. */
    let asked = [];
    /** The chosen step, if it is one, and those before it, each with its item and its box to tick. */
    let chosen;
    let earlier = [];

    /** What an agent must know of an answer: it ends the guide, or leaves the step out. */
    const warningOf = ({ id, options }) => {
      const given = options.find((it) => it.id === answers.get(id));
      if (given && given.stop) return given.stop.text;
      return chosen && isAgainst(chosen, id, answers) ? root.dataset.off : "";
    };

    const applies = () => earlier.filter(({ step }) => !isOff(step, answers));
    /** A branch is for a case that may never come: it is ticked by itself. */
    const usual = () => applies().filter(({ step }) => !step.in_case);

    const settle = () => {
      for (const { step, item, box } of earlier) {
        item.hidden = isOff(step, answers);
        box.checked = ticks.has(step.id);
      }
      for (const { choice, warning } of asked) warning.textContent = warningOf(choice);
      const ticked = usual().filter(({ step }) => ticks.has(step.id)).length;
      const all = usual().length;
      every.checked = all > 0 && ticked === all;
      every.indeterminate = ticked > 0 && ticked < all;
      everyWords.textContent = everyWords.dataset.words.replace("{n}", all);
      done.hidden = !applies().length;
      reset.hidden = !answers.size && !ticks.size;
    };

    const change = () => {
      settle();
      changed();
    };

    const option = (choice, value, label) => {
      const input = make("input", { type: "radio", name: choice, value });
      input.checked = (answers.get(choice) || "") === value;
      input.addEventListener("change", () => {
        if (value) answers.set(choice, value);
        else answers.delete(choice);
        change();
      });
      return make("label", {}, input, ` ${label}`);
    };

    const ask = () => {
      root.querySelector("#sb-asked").hidden = !guide.choices.length;
      asked = guide.choices.map((choice) => ({ choice, warning: make("p", { className: "warn" }) }));
      asked.forEach(({ warning }) => warning.setAttribute("role", "status"));
      refill(boxes, asked.map(({ choice: { id, question, options }, warning }) => make(
        "fieldset",
        {},
        make("legend", { textContent: question }),
        ...options.map(({ id: value, label }) => option(id, value, label)),
        option(id, "", root.dataset.unset),
        warning,
      )));
    };

    every.addEventListener("change", () => {
      for (const { step } of usual()) {
        if (every.checked) ticks.add(step.id);
        else ticks.delete(step.id);
      }
      change();
    });

    /** What was said of each guide, until it is cleared: an arrow key to another one and back loses nothing. */
    let kept = new Map();
    const take = () => {
      if (!kept.has(guide)) kept.set(guide, { answers: new Map(), ticks: new Set() });
      ({ answers, ticks } = kept.get(guide));
      if (guide) ask();
      settle();
    };
    const clear = () => {
      kept = new Map();
      take();
    };
    reset.addEventListener("click", () => {
      clear();
      every.focus();
      changed();
    });

    return {
      clear,
      /** Shows it for a step of a guide; null stands for the guide as a whole. The same reader's answers stay. */
      show(its, id) {
        if (its !== guide) {
          guide = its;
          take();
        }
        const at = guide.steps.findIndex((step) => step.id === id);
        chosen = guide.steps[at];
        earlier = guide.steps.slice(0, Math.max(at, 0)).map((step) => {
          const box = make("input", { type: "checkbox" });
          box.addEventListener("change", () => {
            if (box.checked) ticks.add(step.id);
            else ticks.delete(step.id);
            change();
          });
          return { step, box, item: make("li", {}, make("label", {}, box, ` ${step.number} ${step.action}`)) };
        });
        refill(list, earlier.map(({ item }) => item));
        settle();
      },
      /** The query for a step that was shown: answers as the guide asks them, then what is done. */
      query() {
        const parts = guide.choices
          .filter(({ id }) => answers.has(id))
          .map(({ id }) => `${encodeURIComponent(id)}=${encodeURIComponent(answers.get(id))}`);
        const ids = applies().filter(({ step }) => ticks.has(step.id)).map(({ step }) => encodeURIComponent(step.id));
        return parts.concat(ids.length ? `done=${ids.join(",")}` : []).join("&");
      },
      /** The first of the warnings. */
      warning: () => guide.choices.map(warningOf).find(Boolean) || "",
    };
  };
})();
