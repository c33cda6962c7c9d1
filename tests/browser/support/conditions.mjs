// What a condition on the pages means, told a second time, so that tests do not take the page's word for it.

const partsOf = (when) => (when ?? "").split(" ").filter(Boolean).map((part) => part.split(":"));

/** Whether a condition such as `route:assisted terminal-state:owned,lost` holds: "yes", "no", or "maybe". Of several, joined by `|`, one is enough. */
export function holds(when, answers) {
  const results = (when ?? "").split("|").map((box) => holdsBox(partsOf(box), answers));
  return ["yes", "maybe", "no"].find((result) => results.includes(result));
}

function holdsBox(parts, answers) {
  if (parts.some(([choice, options]) => choice in answers && !options.split(",").includes(answers[choice]))) return "no";
  return parts.every(([choice]) => choice in answers) ? "yes" : "maybe";
}

/** Whether a condition asks for more than that no answer has ended the guide; such a one is told in words. */
export function told(when, choices, stops) {
  return partsOf(when).some(([choice, options]) => {
    const open = choices[choice].filter((option) => !stops.includes(`${choice}:${option}`));
    return open.join() !== options;
  });
}

/** The answers that end the guide, each as a condition. */
export const stopsOf = (page) => page.$$eval(".stop", (all) => all.map((it) => it.dataset.when));

/** Every set of answers to all choices, each given with its options. */
export function combinations(choices) {
  return Object.entries(choices).reduce(
    (sets, [choice, options]) => sets.flatMap((set) => options.map((option) => ({ ...set, [choice]: option }))),
    [{}],
  );
}

/** The choices that a page asks, with their options. */
export const choicesOf = (page) => page.$$eval("input[type=radio]", (inputs) => {
  const choices = {};
  for (const { name, value } of inputs) (choices[name] ??= []).push(value);
  return choices;
});

/** Answers as the query of an address. */
export const query = (answers) => `?${new URLSearchParams(answers)}`;
