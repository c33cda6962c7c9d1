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
  // What a letter weighs that half of all providers have in their names.
  const BORNE_BY_HALF = 16;
  // How much it counts that a character stands for another form of it, in hundredths.
  const EXACT = 100, READ = 90, BEGUN = 60, INITIAL = 50, SAME_SOUND = 60, SLIPPED = 60, LETTER = 50;
  // How much a run counts, in hundredths: a single character, more of them; and what is added where the text begins
  // with it, and for the part of the text that it is.
  const SINGLE = 25, SEVERAL = 95, START = 5, COVER = 25;
  // How much a run counts in which a letter is wrong.
  const SLIP = 70;
  // How much a run counts that leaves characters of the text out, once, and how many at most.
  const GAP = 85, GAP_LENGTH = 3;
  // What a letter costs that nothing takes, in a word of which something is taken.
  const LEFT_OVER = 40;
  // What it costs that a run or a name begins in the middle of a word of letters.
  const CUT = 25;
  // A provider's name counts more than words of a step, and less where it is neither its start nor its end.
  const NAME = 200, NAME_START = 75, NAME_INSIDE = 40;
  // The ways to part a query into a provider and a step that are followed.
  const SPLITS = 8;
  // How a reading was taken.
  const BY_INITIAL = 1, BY_SLIP = 2, WITH_GAP = 4;
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
      if (kind) take(letter, kind === 2, kind === 2 || kind !== before, kind !== before);
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

  /** Texts one behind the other, each once, with the places of each letter. */
  function Corpus(weights, gaps, least) {
    const known = new Map();
    const text = [], starts = [], owner = [], begin = [], end = [];
    return {
      add(phrase) {
        if (known.has(phrase)) return known.get(phrase);
        const number = begin.length;
        known.set(phrase, number);
        begin.push(text.length);
        units(phrase, (letter, _, start) => {
          text.push(numbers.get(letter));
          starts.push(start);
          owner.push(number);
        });
        end.push(text.length);
        text.push(-1);
        starts.push(true);
        owner.push(-1);
        return number;
      },
      close() {
        // Runs begin where words do: the places of other letters are not kept.
        const isStart = (at) => text[at] >= 0 && starts[at];
        const counted = (at) => isStart(at) && (at === begin[owner[at]] || weights[text[at]] >= least);
        const placesFrom = new Int32Array(letters.length + 1);
        for (let at = 0; at < text.length; at++) if (counted(at)) placesFrom[text[at] + 1]++;
        for (let letter = 0; letter < letters.length; letter++) placesFrom[letter + 1] += placesFrom[letter];
        const places = new Int32Array(placesFrom[letters.length]), next = placesFrom.slice();
        // Words of letters only, which may be misspelt.
        const words = new Map();
        for (let at = 0; at < text.length; at++) {
          if (!isStart(at)) continue;
          if (counted(at)) places[next[text[at]]++] = at;
          if (readingsOf[text[at]].length) continue;
          let spelt = "", to = at;
          do spelt += letters[text[to++]]; while (!starts[to]);
          if (!/^[a-z]{3,}$/.test(spelt)) continue;
          if (!words.has(spelt)) words.set(spelt, { spelt, at: [] });
          words.get(spelt).at.push(at);
        }
        return {
          text: Int32Array.from(text), starts: Uint8Array.from(starts), owner: Int32Array.from(owner), begin, end, weights, gaps,
          places, placesFrom, words: Array.from(words.values()),
        };
      },
    };
  }

  // What most names have in common, such as the ends of legal names, says nothing of whose they are.
  const nameTexts = Corpus(index.name_weights, false, BORNE_BY_HALF), stepTexts = Corpus(index.step_weights, true, 0);
  // For each name, the providers that have it with how much it says.
  const bearers = [];
  index.providers.forEach(([id, name, others], provider) => {
    for (const [field, text] of [[100, id], [100, name]].concat(others)) {
      const number = nameTexts.add(text);
      (bearers[number] = bearers[number] || []).push([provider, field]);
    }
  });
  const names = nameTexts.close();
  const texts = index.texts.map(stepTexts.add);
  const titles = index.procedures.map(([id, title]) => [[85, stepTexts.add(id)], [115, stepTexts.add(title)]]);
  // Words for the whole procedure fit each of its steps.
  const abouts = index.abouts.map(([procedure, fields]) => titles[procedure].concat(fields.map(([field, text]) => [field, texts[text]])));
  // What is searched: guides first, then steps, each with its fields.
  const guides = titles.length;
  const targets = titles.map((own) => ({ own, about: -1 }))
    .concat(index.steps.map(([id, action, about]) => ({ own: [[85, texts[id]], [100, texts[action]]], about })));
  const steps = stepTexts.close();
  const lists = [];
  for (const row of index.lists) {
    const whole = row[0] ? lists[row[0] - 1] : null;
    lists.push(whole ? whole.slice(0, row[1]).concat(row.slice(3), whole.slice(whole.length - row[2])) : row.slice(1));
  }

  // ---- Words ----

  /** The words as characters, each with the letters of texts that it may stand for. */
  function query(text) {
    const tooLong = () => new RangeError("more than " + LONGEST + " characters");
    if (text.length > 2 * LONGEST || Array.from(text).length > LONGEST) throw tooLong();
    const letter = [], han = [], start = [], stretch = [];
    let typed = 0;
    units(text, (it, isHan, starts, apart) => {
      // Chinese characters that were typed together are one stretch, and so are letters.
      if (apart) typed++;
      letter.push(it);
      han.push(isHan);
      start.push(starts);
      stretch.push(typed);
    });
    // Some characters are written out as many.
    const n = letter.length;
    if (n > LONGEST) throw tooLong();
    const wordEnd = new Int32Array(n), wordStart = new Int32Array(n);
    const stretchEnd = new Int32Array(n), stretchStart = new Int32Array(n);
    for (let at = n - 1; at >= 0; at--) {
      wordEnd[at] = at + 1 < n && !start[at + 1] ? wordEnd[at + 1] : at + 1;
      stretchEnd[at] = at + 1 < n && stretch[at + 1] === stretch[at] ? stretchEnd[at + 1] : at + 1;
    }
    for (let at = 0; at < n; at++) {
      wordStart[at] = start[at] ? at : wordStart[at - 1];
      stretchStart[at] = at && stretch[at - 1] === stretch[at] ? stretchStart[at - 1] : at;
    }
    const number = letter.map((it) => (numbers.has(it) ? numbers.get(it) : -1));
    const q = { n, letter, han, start, wordEnd, wordStart, stretchEnd, stretchStart, number, cut: new Uint8Array(n + 1) };
    // For a Chinese character, the letters that sound like it; for any other, how the letters of texts take it.
    q.sounds = letter.map((it, at) => {
      const all = new Set();
      if (han[at]) {
        const own = number[at] >= 0 ? readingsOf[number[at]] : otherReadings.get(it) || [];
        for (const reading of own) for (const same of lettersOf[reading]) all.add(same);
      }
      return all;
    });
    q.ways = letter.map((_, at) => {
      const all = new Map();
      if (!han[at]) {
        readings.forEach((spelt, reading) => {
          const ways = [];
          read(q, at, spelt, ways);
          if (!ways.length) return;
          for (const it of lettersOf[reading]) {
            const known = all.get(it);
            if (!known) all.set(it, ways);
            else all.set(it, ways.reduce((so, _, way) => (way % 3 ? so : add(so, ways[way], ways[way + 1], ways[way + 2])), known.slice()));
          }
        });
      }
      return all;
    });
    q.possible = letter.map((_, at) => {
      const all = new Set(han[at] ? q.sounds[at] : q.ways[at].keys());
      if (number[at] >= 0) all.add(number[at]);
      return all;
    });
    return q;
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
  function read(q, at, spelt, ways) {
    const end = q.wordEnd[at], room = end - at;
    let same = 0;
    while (same < room && same < spelt.length && q.letter[at + same] === spelt[same]) same++;
    const initial = spelt[1] === "h" ? 2 : 1;
    if (same === spelt.length) add(ways, same, READ, 0);
    else if (same === room && same > initial) add(ways, same, BEGUN, 0);
    if (same >= 1 && spelt.length > 1) add(ways, 1, INITIAL, BY_INITIAL);
    if (same >= 2 && initial === 2) add(ways, 2, INITIAL, BY_INITIAL);
    if (end - q.wordStart[at] < 4 || (same === 0 && spelt.length < 3) || spelt.length < 2) return;
    // One more letter behind a whole reading is a slip only at the end of a word: else another word begins with it.
    const most = same === spelt.length && room > same + 1 ? same : spelt.length + 1;
    for (let length = spelt.length - 1; length <= most && length <= room; length++) {
      if (isSlip(q.letter, at, at + length, spelt)) add(ways, length, SLIPPED, BY_SLIP);
    }
  }

  /** Adds a way to take letters, unless it is there. */
  function add(ways, length, value, how) {
    for (let way = 0; way < ways.length; way += 3) if (ways[way] === length && ways[way + 2] === how) return ways;
    ways.push(length, value, how);
    return ways;
  }

  /**
   * Calls back with every run of characters of a text that takes part of the query: the text, from where, up to where,
   * what it counts, how it was taken, and how much it says that a name begins or ends there.
   */
  function match(q, corpus, keep) {
    const { text, starts, owner, begin, end, weights, places, placesFrom, words, gaps } = corpus;
    let origin, from;
    function found(place, at, sum, length, how) {
      const phrase = owner[origin];
      const first = origin === begin[phrase], last = place === end[phrase];
      const part = Math.floor((COVER * length) / (end[phrase] - begin[phrase]));
      const shape = (length === 1 && !(first && last) ? SINGLE : SEVERAL) + (first ? START : 0) + part;
      const care = how & BY_SLIP ? SLIP : how & WITH_GAP ? GAP : 100;
      keep(phrase, from, at, Math.floor((sum * shape * care) / 1000000), how, length, first ? (last ? 100 : NAME_START) : NAME_INSIDE);
    }
    // Whether what was taken up to here may stand for itself.
    function stands(place, at, length, how) {
      const wordDone = at === q.wordEnd[at - 1];
      if (!starts[place] && !wordDone) return false;
      // What goes on into another word of the query takes whole words.
      if (q.wordStart[at - 1] > from && !(q.start[from] && wordDone)) return false;
      if (q.han[at - 1]) return length > 1 || !(how & BY_SLIP);
      if (length === 1) return !(how & BY_SLIP) && (at - from > 1 || (wordDone && q.start[from]));
      return !(how & BY_SLIP) || (at - from >= 4 && (q.start[from] || wordDone));
    }
    function extend(place, at, sum, length, how, lacking) {
      if (length && !lacking && stands(place, at, length, how)) found(place, at, sum, length, how);
      const letter = text[place];
      if (at >= q.n || letter < 0) return;
      const weight = weights[letter], left = lacking ? lacking - 1 : 0;
      if (q.number[at] === letter) {
        extend(place + 1, at + 1, sum + weight * (q.han[at] ? EXACT : LETTER), length + 1, how, left);
        return;
      }
      if (q.han[at]) {
        if (!(how & BY_SLIP) && q.sounds[at].has(letter)) extend(place + 1, at + 1, sum + weight * SAME_SOUND, length + 1, how | BY_SLIP, left);
        return;
      }
      const ways = q.ways[at].get(letter);
      if (!ways) return;
      for (let way = 0; way < ways.length; way += 3) {
        const by = ways[way + 2];
        // A run has one slip, and then whole readings only; it does not begin with one in the middle of a word.
        if (by === BY_SLIP ? how || (!length && !q.start[at]) : by && how & BY_SLIP) continue;
        extend(place + 1, at + ways[way], sum + weight * ways[way + 1], length + 1, how | by, left);
      }
      // Initials leave words out: two on either side must be taken.
      if (gaps && how === BY_INITIAL && length > 1 && q.wordEnd[at] - at > 1 && q.wordStart[at] <= from) {
        for (let gap = 1; gap <= GAP_LENGTH && text[place + gap - 1] >= 0; gap++) extend(place + gap, at, sum, length, how | WITH_GAP, 2);
      }
    }
    for (from = 0; from < q.n; from++) {
      const goesOn = from && q.han[from] && !q.cut[from] && q.number[from - 1] >= 0;
      for (const letter of q.possible[from]) {
        for (let it = placesFrom[letter]; it < placesFrom[letter + 1]; it++) {
          origin = places[it];
          // The rest of a run of Chinese characters is no run of its own, but where a name ends.
          if (goesOn && text[origin - 1] === q.number[from - 1]) continue;
          extend(origin, from, 0, 0, 0, 0);
        }
      }
      const to = q.wordEnd[from];
      if (q.han[from] || !q.start[from] || to - from < 4) continue;
      for (const { spelt, at } of words) {
        if (!isSlip(q.letter, from, to, spelt)) continue;
        for (origin of at) {
          let sum = 0;
          for (let it = 0; it < spelt.length; it++) sum += weights[text[origin + it]] * LETTER;
          found(origin + spelt.length, to, sum, spelt.length, BY_SLIP);
        }
      }
    }
  }

  // ---- Ranking ----

  /** The ways to part the query: what the providers count that have a part of it, best first; the last leaves it whole. */
  function part(q) {
    const runs = [], ways = new Map();
    // The longest part that is a whole name of a provider: less of it is no name of theirs.
    const wholeFrom = new Int32Array(index.providers.length), wholeTo = new Int32Array(index.providers.length);
    match(q, names, (phrase, from, to, value, how, length, place) => {
      // A single character is a name where nothing else was typed.
      if (length === 1 && (from !== q.stretchStart[from] || to !== q.stretchEnd[from])) return;
      runs.push(phrase, from, to, Math.floor((value * NAME * place) / 10000));
      if (place !== 100 || how & BY_SLIP) return;
      for (const [provider] of bearers[phrase]) {
        if (to - from <= wholeTo[provider] - wholeFrom[provider]) continue;
        wholeFrom[provider] = from;
        wholeTo[provider] = to;
      }
    });
    for (let run = 0; run < runs.length; run += 4) {
      const from = runs[run + 1], to = runs[run + 2], key = from * 128 + to;
      let way = ways.get(key);
      if (!way) ways.set(key, (way = { from, to, most: 0, has: [] }));
      for (const [provider, field] of bearers[runs[run]]) {
        const begin = wholeFrom[provider], end = wholeTo[provider];
        if (from >= begin && to <= end && to - from < end - begin) continue;
        const value = Math.floor((runs[run + 3] * field) / 100);
        way.has.push(provider, value);
        if (value > way.most) way.most = value;
      }
    }
    const best = Array.from(ways.values()).filter((way) => way.most > 0);
    best.sort((one, other) => other.most - one.most || one.from - other.from || one.to - other.to);
    return best.slice(0, SPLITS).concat({ from: -1, to: -1, most: 0, has: null });
  }

  /** What each provider counts that has a part of the query: pairs in order. */
  function counted(has) {
    const most = new Int32Array(index.providers.length);
    for (let it = 0; it < has.length; it += 2) if (has[it + 1] > most[has[it]]) most[has[it]] = has[it + 1];
    const pairs = [];
    for (let provider = 0; provider < most.length; provider++) if (most[provider]) pairs.push(provider, most[provider]);
    return pairs;
  }

  /** The runs of one thing, by where they begin, and the best that they come to. */
  function Cover(q) {
    const head = new Int32Array(q.n + 1), best = new Int32Array(q.n + 1);
    const to = [], value = [], next = [];
    let count = 0;
    return {
      clear() {
        head.fill(-1);
        count = 0;
      },
      add(from, upto, counts) {
        to[count] = upto;
        value[count] = counts;
        next[count] = head[from];
        head[from] = count++;
      },
      /** Beside the part that a provider has. */
      most(way) {
        best[q.n] = 0;
        for (let at = q.n - 1; at >= 0; at--) {
          if (at === way.from) {
            best[at] = best[way.to] - (q.start[at] ? 0 : CUT);
            continue;
          }
          if (at > way.from && at < way.to) continue;
          let most = best[at + 1] - (q.han[at] ? 0 : LEFT_OVER);
          // A word of which nothing is known costs nothing.
          const end = q.wordEnd[at];
          if (q.start[at] && (at >= way.to || end <= way.from)) most = Math.max(most, best[end]);
          const cut = q.start[at] ? 0 : CUT;
          for (let run = head[at]; run >= 0; run = next[run]) {
            if (at < way.from && to[run] > way.from) continue;
            most = Math.max(most, best[to[run]] + value[run] - cut);
          }
          best[at] = most;
        }
        return best[0];
      },
    };
  }

  /** What each guide and step counts, for each way to part the query, and what nothing counts. */
  function count(q, ways) {
    const runs = [], head = new Int32Array(steps.begin.length).fill(-1), next = [];
    match(q, steps, (phrase, from, to, value) => {
      next.push(head[phrase]);
      head[phrase] = runs.length / 3;
      runs.push(from, to, value);
    });
    const cover = Cover(q);
    const take = ([field, phrase]) => {
      for (let run = head[phrase]; run >= 0; run = next[run]) {
        cover.add(runs[run * 3], runs[run * 3 + 1], Math.floor((runs[run * 3 + 2] * field) / 100));
      }
    };
    const all = () => ways.map((way) => cover.most(way));
    cover.clear();
    const nothing = all();
    const ofAbout = abouts.map((fields) => {
      if (!fields.some(([, phrase]) => head[phrase] >= 0)) return nothing;
      cover.clear();
      fields.forEach(take);
      return all();
    });
    // Many providers say nearly the same: texts with the same runs count the same.
    const alike = new Int32Array(head.length), numbers = new Map();
    for (let phrase = 0; phrase < head.length; phrase++) {
      let key = "";
      for (let run = head[phrase]; run >= 0; run = next[run]) key += runs[run * 3] + "," + runs[run * 3 + 1] + "," + runs[run * 3 + 2] + ";";
      if (!key) continue;
      if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
      alike[phrase] = numbers.get(key);
    }
    const known = new Map();
    const values = ways.map(() => new Int32Array(targets.length));
    targets.forEach(({ own, about }, target) => {
      let most = about < 0 ? nothing : ofAbout[about];
      const first = alike[own[0][1]], second = alike[own[1][1]];
      if (first || second) {
        const key = (first * (numbers.size + 1) + second) * (abouts.length + 1) + about + 1;
        most = known.get(key);
        if (!most) {
          cover.clear();
          own.forEach(take);
          if (about >= 0) abouts[about].forEach(take);
          known.set(key, (most = all()));
        }
      }
      for (let way = 0; way < ways.length; way++) values[way][target] = most[way];
    });
    return { nothing, values };
  }

  function find(words, limit) {
    const q = query(words);
    if (!q.n || !(limit > 0)) return [];
    const ways = part(q);
    for (const way of ways) if (way.has) q.cut[way.to] = 1;
    const { nothing, values } = count(q, ways);
    const top = [];
    // Of two ways to the same step the better one counts.
    function offer(provider, at, number, score) {
      const hit = { provider, at, number, score };
      const known = top.findIndex((it) => it.provider === provider && it.at === at && it.number === number);
      if (known >= 0) {
        if (top[known].score >= score) return;
        top.splice(known, 1);
      }
      let place = top.length;
      while (place > 0 && order(hit, top[place - 1]) < 0) place--;
      top.splice(place, 0, hit);
      if (top.length > limit) top.pop();
    }
    ways.forEach((way, number) => {
      const value = values[number], least = nothing[number];
      // What cannot come up to the worst of the best is not looked at.
      const bound = value.reduce((most, it) => (it > most ? it : most), least);
      if (top.length === limit && way.most + bound < top[limit - 1].score) return;
      const most = lists.map((list) => {
        let most = least;
        for (const step of list) if (value[guides + step] > most) most = value[guides + step];
        return most;
      });
      const consider = (provider, has) => {
        const procedures = index.providers[provider][3];
        for (let at = 0; at < procedures.length; at++) {
          const [procedure, list] = procedures[at];
          const worst = top.length === limit ? top[limit - 1] : null;
          const fits = (score) => score > 0 && (!worst || score > worst.score || (score === worst.score && provider <= worst.provider));
          // Where no step fits better, the guide itself is the answer.
          const guide = value[procedure];
          if ((has || guide > least) && fits(has + guide)) offer(provider, at, 0, has + guide);
          if (most[list] <= guide || !fits(has + most[list])) continue;
          lists[list].forEach((step, position) => {
            const score = value[guides + step];
            if (score > guide && fits(has + score)) offer(provider, at, position + 1, has + score);
          });
        }
      };
      if (way.has) {
        const pairs = counted(way.has);
        for (let it = 0; it < pairs.length; it += 2) consider(pairs[it], pairs[it + 1]);
      } else {
        for (let provider = 0; provider < index.providers.length; provider++) consider(provider, 0);
      }
    });
    return top.map(shown);
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
    const pairs = counted([].concat(...part(q).map((way) => way.has || [])));
    const found = [];
    for (let it = 0; it < pairs.length; it += 2) found.push({ provider: pairs[it], score: pairs[it + 1] });
    return found
      .sort((one, other) => other.score - one.score || one.provider - other.provider)
      .slice(0, limit)
      .map(({ provider, score }) => {
        const [id, name] = index.providers[provider];
        return { id, name, address: id + "/", score };
      });
  }

  return { find, providers };
}
