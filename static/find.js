// The finder: words -> steps, over find.json. Source: src/find/, which says why; both give the very same answers, so a
// change of one is a change of the other, and tests/browser/find.test.mjs holds them together.
//
// stepbookFind(index) gives an object with
//   find(words, limit)      -> steps and guides, best first: {provider: {id, name}, procedure: {id, title},
//                              step: {id, number, action} or null, address, score}; the address is below the site's base
//   providers(words, limit) -> {id, name, address, score}, best first
// Both throw a RangeError for more than 100 characters.
function stepbookFind(index) {
  "use strict";
  const LONGEST = 100;
  // How much it counts that a character stands for another form of it, in hundredths.
  const EXACT = 100, READ = 90, BEGUN = 60, INITIAL = 50, SAME_SOUND = 60, SLIPPED = 60, LETTER = 50;
  // How much a run counts, in hundredths: a single character, more of them, a run from the start, all of a text.
  const SINGLE = 30, SEVERAL = 100, START = 105, WHOLE = 125;
  // How much a run counts in which a letter is wrong.
  const SLIP = 70;
  // What a letter costs that nothing takes, in a word of which something is taken.
  const LEFT_OVER = 10;
  // What it costs that a run begins in the middle of a word of letters.
  const CUT = 15;
  // A provider's name counts more than words of a step, and less where it is neither its start nor its end.
  const NAME = 150, NAME_START = 75, NAME_INSIDE = 40;
  // The ways to part a query into a provider and a step that are followed.
  const SPLITS = 8;
  // How a reading was taken.
  const BY_INITIAL = 1, BY_SLIP = 2;
  const NONE = -1e9;

  // ---- Texts ----

  function isHan(code) {
    return code === 0x3007 || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x4e00 && code <= 0x9fff) ||
      (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x323af);
  }

  const word = /[\p{Alphabetic}\p{N}]/u;

  /** Calls back with each character that matters, and whether a word begins with it. */
  function units(text, take) {
    let before = 0;
    for (const letter of text.normalize("NFKC").toLowerCase()) {
      const code = letter.codePointAt(0);
      const kind = isHan(code) ? 2 : (code < 128 ? /[a-z0-9]/ : word).test(letter) ? 1 : 0;
      if (kind) take(letter, kind === 2, kind === 2 || kind !== before);
      before = kind;
    }
  }

  const letters = Array.from(index.letters);
  const numbers = new Map(letters.map((letter, number) => [letter, number]));
  // Readings by number, the readings of each letter, and the letters of each reading.
  const readings = [];
  const readingNumbers = new Map();
  const readingsOf = index.readings.split(",").map((all) => all.split(" ").filter(Boolean).map((reading) => {
    if (!readingNumbers.has(reading)) {
      readingNumbers.set(reading, readings.length);
      readings.push(reading);
    }
    return readingNumbers.get(reading);
  }));
  const lettersOf = readings.map(() => []);
  readingsOf.forEach((all, letter) => all.forEach((reading) => lettersOf[reading].push(letter)));
  // How letters are read that people type and no text has.
  const otherReadings = new Map();
  for (const reading of Object.keys(index.sounds)) {
    for (const letter of index.sounds[reading]) {
      if (!otherReadings.has(letter)) otherReadings.set(letter, []);
      otherReadings.get(letter).push(readingNumbers.get(reading));
    }
  }

  /** Texts one behind the other, with the places of each letter. */
  function Corpus(weights) {
    const known = new Map();
    const text = [], starts = [], owner = [], begin = [], end = [];
    let places, words;
    function add(phrase) {
      if (known.has(phrase)) return known.get(phrase);
      const number = begin.length;
      known.set(phrase, number);
      begin.push(text.length);
      units(phrase, (letter, han, start) => {
        text.push(numbers.get(letter));
        starts.push(start);
        owner.push(number);
      });
      end.push(text.length);
      text.push(-1);
      starts.push(true);
      owner.push(-1);
      return number;
    }
    // Runs begin at the beginning of a word: the places of other letters are not kept.
    function close() {
      const counts = new Int32Array(letters.length + 1);
      const counted = (at) => text[at] >= 0 && starts[at];
      for (let at = 0; at < text.length; at++) if (counted(at)) counts[text[at] + 1]++;
      for (let letter = 0; letter < letters.length; letter++) counts[letter + 1] += counts[letter];
      const all = new Int32Array(counts[letters.length]);
      const next = counts.slice();
      for (let at = 0; at < text.length; at++) if (counted(at)) all[next[text[at]]++] = at;
      places = { all, from: counts };
      // Words of letters only, which may be misspelt.
      words = new Map();
      for (let at = 0; at < text.length; at++) {
        if (!counted(at) || readingsOf[text[at]].length) continue;
        let spelt = "", to = at;
        do spelt += letters[text[to++]]; while (!starts[to]);
        if (!/^[a-z]{3,}$/.test(spelt)) continue;
        if (!words.has(spelt)) words.set(spelt, []);
        words.get(spelt).push(at);
      }
    }
    return {
      add, close, weights, text, starts, owner, begin, end,
      get places() { return places; },
      get words() { return words; },
    };
  }

  const names = Corpus(index.name_weights);
  const steps = Corpus(index.step_weights);
  // For each name, the providers that have it with how much it says.
  const bearers = [];
  index.providers.forEach(([id, name, others], provider) => {
    for (const [field, text] of [[100, id], [100, name]].concat(others)) {
      const number = names.add(text);
      (bearers[number] = bearers[number] || []).push([provider, field]);
    }
  });
  names.close();
  const texts = index.texts.map(steps.add);
  // What is searched: guides first, then steps, each with its fields.
  const abouts = index.abouts.map((flat) => {
    const fields = [];
    for (let at = 0; at < flat.length; at += 2) fields.push([flat[at], texts[flat[at + 1]]]);
    return fields;
  });
  const guides = index.procedures.length;
  const targets = index.procedures
    .map(([id, title]) => ({ own: [[85, steps.add(id)], [100, steps.add(title)]], about: -1 }))
    .concat(index.steps.map(([id, action, about]) => ({ own: [[85, texts[id]], [100, texts[action]]], about })));
  steps.close();
  const lists = [];
  for (const row of index.lists) {
    const whole = row[0] ? lists[row[0] - 1] : null;
    lists.push(whole ? whole.slice(0, row[1]).concat(row.slice(3), whole.slice(whole.length - row[2])) : row.slice(1));
  }

  // ---- Words ----

  /** The words as characters, each with what it may stand for. */
  function query(text) {
    if (Array.from(text).length > LONGEST) throw new RangeError("more than " + LONGEST + " characters");
    const units_ = [];
    units(text, (letter, han, start) => units_.push({ letter, han, start }));
    const n = units_.length;
    const letter = units_.map((unit) => unit.letter);
    const han = units_.map((unit) => unit.han);
    const start = units_.map((unit) => unit.start);
    const wordEnd = new Array(n), wordStart = new Array(n);
    for (let at = n - 1; at >= 0; at--) wordEnd[at] = at + 1 < n && !start[at + 1] ? wordEnd[at + 1] : at + 1;
    for (let at = 0; at < n; at++) wordStart[at] = start[at] ? at : wordStart[at - 1];
    const number = letter.map((it) => (numbers.has(it) ? numbers.get(it) : -1));
    // For a Chinese character, the readings that it shares with others.
    const sounds = letter.map((it, at) => {
      if (!han[at]) return null;
      const all = number[at] >= 0 ? readingsOf[number[at]] : otherReadings.get(it) || [];
      return new Set(all);
    });
    return { n, letter, han, start, wordEnd, wordStart, number, sounds, taken: letter.map(() => new Map()) };
  }

  /** Whether `one[from..to)` is `other` with one slip: a letter that is wrong, missing, too many, or two swapped. */
  function isSlip(one, from, to, other) {
    const length = to - from, wanted = other.length;
    if (Math.abs(length - wanted) > 1) return false;
    let head = 0;
    while (head < length && head < wanted && one[from + head] === other[head]) head++;
    let tail = 0;
    while (tail < length - head && tail < wanted - head && one[to - 1 - tail] === other[wanted - 1 - tail]) tail++;
    const left = length - head - tail, lacking = wanted - head - tail;
    if (left + lacking === 0) return false;
    if (left <= 1 && lacking <= 1) return true;
    return left === 2 && lacking === 2 && one[from + head] === other[head + 1] && one[from + head + 1] === other[head];
  }

  /** The ways in which a reading takes letters of the query from `at`: triples of how many, how well, and how. */
  function taken(q, at, reading) {
    const known = q.taken[at].get(reading);
    if (known) return known;
    const ways = [];
    const spelt = readings[reading], end = q.wordEnd[at], room = end - at;
    let same = 0;
    while (same < room && same < spelt.length && q.letter[at + same] === spelt[same]) same++;
    const initial = spelt[1] === "h" ? 2 : 1;
    if (same === spelt.length) ways.push(same, READ, 0);
    else if (same === room && same > initial) ways.push(same, BEGUN, 0);
    if (same >= 1 && spelt.length > 1) ways.push(1, INITIAL, BY_INITIAL);
    if (same >= 2 && initial === 2) ways.push(2, INITIAL, BY_INITIAL);
    if (room >= 2 && end - q.wordStart[at] >= 4 && spelt.length >= 2) {
      // One more letter behind a whole reading is a slip only at the end of a word: else another word begins with it.
      const most = same === spelt.length && room > same + 1 ? same : spelt.length + 1;
      for (let length = spelt.length - 1; length <= most && length <= room; length++) {
        if ((same > 0 || spelt.length > 2) && isSlip(q.letter, at, at + length, spelt)) ways.push(length, SLIPPED, BY_SLIP);
      }
    }
    q.taken[at].set(reading, ways);
    return ways;
  }

  /** All runs of texts that take part of the query, by text. */
  function runs(q, corpus) {
    const { text, starts, owner, begin, end, weights, places, words } = corpus;
    const found = new Map();
    function keep(at, to, from, upto, sum, length, how) {
      const phrase = owner[at];
      const first = at === begin[phrase], last = to === end[phrase];
      const shape = length === 1 && !(first && last) ? SINGLE : first && last ? WHOLE : first ? START : SEVERAL;
      let all = found.get(phrase);
      if (!all) found.set(phrase, (all = []));
      all.push(from, upto, Math.floor((sum * shape * (how & BY_SLIP ? SLIP : 100)) / 1000000), first ? (last ? 100 : NAME_START) : NAME_INSIDE, how);
    }
    function extend(start, from, place, at, sum, length, how) {
      if (length) {
        const latin = !q.han[at - 1];
        const wordDone = at === q.wordEnd[at - 1];
        const whole = starts[place] || wordDone;
        const single = length > 1 || !(how & BY_INITIAL) || (wordDone && q.start[from]);
        const slip = !(how & BY_SLIP) || !latin || (at - from >= 4 && (q.start[from] || wordDone));
        const pair = !(how & BY_SLIP) || length > 1;
        if (whole && single && slip && pair) keep(start, place, from, at, sum, length, how);
      }
      const letter = text[place];
      if (at >= q.n || letter < 0) return;
      const weight = weights[letter];
      if (q.number[at] === letter) {
        const han = q.han[at];
        extend(start, from, place + 1, at + 1, sum + weight * (han ? EXACT : LETTER), length + 1, how);
        return;
      }
      const read = readingsOf[letter];
      if (q.han[at]) {
        if (!how && read.some((reading) => q.sounds[at].has(reading))) {
          extend(start, from, place + 1, at + 1, sum + weight * SAME_SOUND, length + 1, BY_SLIP);
        }
        return;
      }
      for (const reading of read) {
        const ways = taken(q, at, reading);
        for (let way = 0; way < ways.length; way += 3) {
          // A slip goes with whole readings only.
          if ((how | ways[way + 2]) === (BY_INITIAL | BY_SLIP) || how & ways[way + 2] & BY_SLIP) continue;
          extend(start, from, place + 1, at + ways[way], sum + weight * ways[way + 1], length + 1, how | ways[way + 2]);
        }
      }
    }
    function begins(letter, from) {
      for (let at = places.from[letter]; at < places.from[letter + 1]; at++) {
        extend(places.all[at], from, places.all[at], from, 0, 0, 0);
      }
    }
    for (let from = 0; from < q.n; from++) {
      const possible = new Set();
      if (q.number[from] >= 0) possible.add(q.number[from]);
      if (q.han[from]) {
        for (const reading of q.sounds[from]) for (const letter of lettersOf[reading]) possible.add(letter);
      } else {
        for (let reading = 0; reading < readings.length; reading++) {
          const ways = taken(q, from, reading);
          let fits = false;
          for (let way = 0; way < ways.length; way += 3) if (q.start[from] || ways[way + 2] !== BY_SLIP) fits = true;
          if (fits) for (const letter of lettersOf[reading]) possible.add(letter);
        }
      }
      for (const letter of possible) begins(letter, from);
      const upto = q.wordEnd[from];
      if (!q.han[from] && q.start[from] && upto - from >= 4) {
        for (const [spelt, at] of words) {
          if (!isSlip(q.letter, from, upto, spelt)) continue;
          for (const place of at) {
            let sum = 0;
            for (let it = 0; it < spelt.length; it++) sum += weights[text[place + it]] * LETTER;
            keep(place, place + spelt.length, from, upto, sum, spelt.length, BY_SLIP);
          }
        }
      }
    }
    return found;
  }

  // ---- Ranking ----

  /** The best that runs come to, beside the part from..to that a provider has. */
  function cover(q, own, from, to, best) {
    best.fill(NONE);
    best[0] = 0;
    for (let at = 0; at < q.n; at++) {
      const value = best[at];
      if (value === NONE) continue;
      if (at === from) {
        if (value > best[to]) best[to] = value;
        continue;
      }
      const rest = value - (q.han[at] ? 0 : LEFT_OVER);
      if (rest > best[at + 1]) best[at + 1] = rest;
      const end = q.wordEnd[at];
      // A word that nobody knows costs nothing.
      if (q.start[at] && (to <= at || from >= end) && value > best[end]) best[end] = value;
      const starting = own && own[at];
      if (!starting) continue;
      const before = value - (q.start[at] ? 0 : CUT);
      for (let run = 0; run < starting.length; run += 2) {
        const upto = starting[run];
        if (at < from && upto > from) continue;
        if (before + starting[run + 1] > best[upto]) best[upto] = before + starting[run + 1];
      }
    }
    return best[q.n];
  }

  function gather(found, fields, into) {
    for (const [field, phrase] of fields) {
      const all = found.get(phrase);
      if (!all) continue;
      for (let run = 0; run < all.length; run += 5) {
        const value = Math.floor((all[run + 2] * field) / 100);
        (into[all[run]] = into[all[run]] || []).push(all[run + 1], value);
        into.any = true;
      }
    }
  }

  /** For each way to part the query, what each provider counts: the ways best first, the one without a provider last. */
  function splits(q) {
    const ways = new Map();
    const found = runs(q, names);
    // The longest part of the query that is a whole name of a provider: less of it is no name of theirs.
    const whole = new Map();
    for (const [phrase, all] of found) {
      for (let run = 0; run < all.length; run += 5) {
        if (all[run + 3] !== 100 || all[run + 4] & BY_SLIP) continue;
        for (const [provider] of bearers[phrase]) {
          const known = whole.get(provider);
          if (!known || all[run + 1] - all[run] > known.to - known.from) whole.set(provider, { from: all[run], to: all[run + 1] });
        }
      }
    }
    for (const [phrase, all] of found) {
      for (let run = 0; run < all.length; run += 5) {
        const from = all[run], to = all[run + 1];
        const key = from * 128 + to;
        let way = ways.get(key);
        if (!way) ways.set(key, (way = { from, to, most: 0, values: new Map() }));
        for (const [provider, field] of bearers[phrase]) {
          const name = whole.get(provider);
          if (name && from >= name.from && to <= name.to && to - from < name.to - name.from) continue;
          const value = Math.floor((all[run + 2] * field * NAME * all[run + 3]) / 1000000);
          if (value > (way.values.get(provider) || 0)) way.values.set(provider, value);
          if (value > way.most) way.most = value;
        }
      }
    }
    const sorted = Array.from(ways.values()).sort((one, other) => other.most - one.most || one.from - other.from || one.to - other.to);
    return sorted.slice(0, SPLITS).concat({ from: -1, to: -1, most: 0, values: null });
  }

  function find(words, limit) {
    const q = query(words);
    if (!q.n || !limit) return [];
    const found = runs(q, steps);
    const ofAbout = abouts.map((fields) => {
      const into = [];
      gather(found, fields, into);
      return into;
    });
    const own = targets.map(({ own: fields, about }) => {
      const shared = about < 0 ? null : ofAbout[about];
      if (!fields.some(([, phrase]) => found.has(phrase))) return shared && shared.any ? shared : null;
      const into = shared ? shared.map((all) => all && all.slice()) : [];
      gather(found, fields, into);
      return into;
    });
    const best = new Array(q.n + 1);
    const hits = new Map();
    for (const { from, to, values } of splits(q)) {
      const nothing = cover(q, null, from, to, best);
      const memo = new Map();
      const value = targets.map((_, target) => {
        const all = own[target];
        if (!all) return nothing;
        if (!memo.has(all)) memo.set(all, cover(q, all, from, to, best));
        return memo.get(all);
      });
      const top = [];
      const offer = (hit) => {
        if (top.length === limit && order(top[limit - 1], hit) < 0) return;
        let at = top.length;
        while (at > 0 && order(hit, top[at - 1]) < 0) at--;
        top.splice(at, 0, hit);
        if (top.length > limit) top.pop();
      };
      const most = lists.map((list) => list.reduce((so, step) => Math.max(so, value[guides + step]), NONE));
      const consider = (provider, has) => {
        index.providers[provider][3].forEach(([procedure, list], at) => {
          const worst = top.length === limit ? top[limit - 1].score : NONE;
          // Where nothing of a step is known, the guide itself is the answer.
          const guide = value[procedure];
          if ((has || guide > nothing) && has + guide > worst) offer({ provider, at, number: 0, score: has + guide });
          if (most[list] <= nothing || has + most[list] <= worst) return;
          lists[list].forEach((step, position) => {
            const score = has + value[guides + step];
            if (value[guides + step] > nothing && score > worst) offer({ provider, at, number: position + 1, score });
          });
        });
      };
      if (values) for (const [provider, has] of Array.from(values).sort((one, other) => one[0] - other[0])) consider(provider, has);
      else for (let provider = 0; provider < index.providers.length; provider++) consider(provider, 0);
      for (const hit of top) {
        const key = hit.provider + "/" + hit.at + "#" + hit.number;
        if (!hits.has(key) || hits.get(key).score < hit.score) hits.set(key, hit);
      }
    }
    return Array.from(hits.values()).sort(order).slice(0, limit).filter((hit) => hit.score > 0).map(shown);
  }

  function order(one, other) {
    return other.score - one.score || one.provider - other.provider || one.at - other.at || one.number - other.number;
  }

  function shown({ provider, at, number, score }) {
    const [providerId, name, , procedures] = index.providers[provider];
    const [procedure, list] = procedures[at];
    const [id, title] = index.procedures[procedure];
    let step = null;
    if (number) {
      const row = index.steps[lists[list][number - 1]];
      step = { id: index.texts[row[0]], number, action: index.texts[row[1]] };
    }
    const address = providerId + "/" + id + "/" + (step ? "#" + step.id : "");
    return { provider: { id: providerId, name }, procedure: { id, title }, step, address, score };
  }

  function providers(words, limit) {
    const q = query(words);
    const best = new Map();
    for (const { values } of q.n ? splits(q) : []) {
      if (values) for (const [provider, value] of values) if (value > (best.get(provider) || 0)) best.set(provider, value);
    }
    return Array.from(best)
      .sort((one, other) => other[1] - one[1] || one[0] - other[0])
      .slice(0, limit)
      .map(([provider, score]) => {
        const [id, name] = index.providers[provider];
        return { id, name, address: id + "/", score };
      });
  }

  return { find, providers };
}
