// A text -> the rows of a QR code in bytes, level M (ISO/IEC 18004): 1 is dark. Fetched only when a code is asked for.
const stepbookQr = (() => {
  "use strict";
  // Level M by version, from 1: bytes of correction in a block, and how many blocks there are.
  const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28];
  const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49];

  const MASKS = [
    (x, y) => (x + y) % 2,
    (x, y) => y % 2,
    (x) => x % 3,
    (x, y) => (x + y) % 3,
    (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
    (x, y) => ((x * y) % 2) + ((x * y) % 3),
    (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
    (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
  ];

  /** Where the middles of the alignment patterns stand, on both axes. */
  const alignments = (version) => {
    if (version === 1) return [];
    const count = Math.floor(version / 7) + 2;
    const last = 4 * version + 10;
    // Version 32 is the one that the standard spaces otherwise.
    const step = version === 32 ? 26 : 2 * Math.ceil((last - 6) / (2 * count - 2));
    return Array.from({ length: count }, (_, at) => (at ? last - (count - 1 - at) * step : 6));
  };

  /** How many bytes a version has room for, data and correction. */
  const room = (version) => {
    const side = 4 * version + 17;
    const marks = alignments(version).length;
    const aligned = marks && 25 * (marks * marks - 3) - 10 * (marks - 2);
    // Three finders with their edges, two lines of timing, the format twice, and the version twice.
    const fixed = 192 + 2 * (side - 16) + 31 + aligned + (version < 7 ? 0 : 36);
    return Math.floor((side * side - fixed) / 8);
  };

  const product = (a, b) => {
    let result = 0;
    for (; b; b >>= 1) {
      if (b & 1) result ^= a;
      a = (a << 1) ^ (a & 0x80 ? 0x11d : 0);
    }
    return result;
  };

  /** The polynomial that gives `count` bytes of correction; the first factor is left out, because it is 1. */
  const generator = (count) => {
    const factors = new Uint8Array(count);
    factors[count - 1] = 1;
    for (let root = 1, done = 0; done < count; root = product(root, 2), done++) {
      for (let at = 0; at < count; at++) factors[at] = product(factors[at], root) ^ (factors[at + 1] || 0);
    }
    return factors;
  };

  const corrections = (data, factors) => {
    const rest = new Uint8Array(factors.length);
    for (const byte of data) {
      const lead = byte ^ rest[0];
      rest.copyWithin(0, 1);
      rest[rest.length - 1] = 0;
      for (let at = 0; at < rest.length; at++) rest[at] ^= product(factors[at], lead);
    }
    return rest;
  };

  /** Head, text and padding: what is in the code before it is corrected. */
  const payload = (text, version, length) => {
    const bits = [];
    const push = (value, count) => {
      while (count--) bits.push((value >> count) & 1);
    };
    push(4, 4);
    push(text.length, version < 10 ? 8 : 16);
    text.forEach((byte) => push(byte, 8));
    push(0, Math.min(4, 8 * length - bits.length));
    push(0, -bits.length & 7);
    for (let pad = 0xec; bits.length < 8 * length; pad ^= 0xec ^ 0x11) push(pad, 8);
    return Uint8Array.from({ length }, (_, at) => parseInt(bits.slice(8 * at, 8 * at + 8).join(""), 2));
  };

  /** Blocks with their corrections, the first byte of each before the second of any. */
  const interleaved = (bytes, version) => {
    const count = BLOCKS[version - 1];
    const factors = generator(CORRECTION[version - 1]);
    const short = Math.floor(bytes.length / count);
    const blocks = [];
    for (let at = 0, from = 0; at < count; at++) {
      const to = from + short + (at < count - (bytes.length % count) ? 0 : 1);
      blocks.push(bytes.slice(from, to));
      from = to;
    }
    const result = [];
    const weave = (parts) => {
      for (let at = 0; at < parts[count - 1].length; at++) {
        for (const part of parts) if (at < part.length) result.push(part[at]);
      }
    };
    weave(blocks);
    weave(blocks.map((block) => corrections(block, factors)));
    return result;
  };

  /** A value with the remainder that protects it behind it. */
  const protect = (value, polynomial, bits) => {
    let rest = value << bits;
    for (let at = 31 - Math.clz32(rest); at >= bits; at--) if ((rest >> at) & 1) rest ^= polynomial << (at - bits);
    return (value << bits) | rest;
  };

  const blank = (side) => Array.from({ length: side }, () => new Uint8Array(side));

  /** What is the same in all codes of a version; `fixed` learns where it stands. */
  const patterns = (version, fixed) => {
    const side = fixed.length;
    const rows = blank(side);
    const set = (x, y, dark) => {
      if (x < 0 || y < 0 || x >= side || y >= side) return;
      rows[y][x] = dark ? 1 : 0;
      fixed[y][x] = 1;
    };
    /** Rings around a middle; those at an odd distance in `light` are light. */
    const rings = (x, y, reach, light) => {
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    };
    for (let at = 0; at < side; at++) {
      set(6, at, at % 2 === 0);
      set(at, 6, at % 2 === 0);
    }
    for (const [x, y] of [[3, 3], [side - 4, 3], [3, side - 4]]) rings(x, y, 4, [2, 4]);
    const middles = alignments(version);
    const last = middles[middles.length - 1];
    for (const y of middles) {
      for (const x of middles) {
        const finder = (x === 6 && (y === 6 || y === last)) || (x === last && y === 6);
        if (!finder) rings(x, y, 2, [1]);
      }
    }
    if (version >= 7) {
      const bits = protect(version, 0x1f25, 12);
      for (let at = 0; at < 18; at++) {
        const [far, near] = [side - 11 + (at % 3), Math.floor(at / 3)];
        set(far, near, (bits >> at) & 1);
        set(near, far, (bits >> at) & 1);
      }
    }
    format(rows, fixed, 0);
    return rows;
  };

  /** Writes which mask is on, twice, and the one module that is always dark. */
  const format = (rows, fixed, mask) => {
    const side = rows.length;
    const set = (x, y, dark) => {
      rows[y][x] = dark;
      fixed[y][x] = 1;
    };
    // Level M is 00, so that the mask stands alone.
    const bits = protect(mask, 0x537, 10) ^ 0x5412;
    for (let at = 0; at < 15; at++) {
      const dark = (bits >> at) & 1;
      // The line of timing is stepped over.
      const along = at < 6 ? at : at + 1;
      if (at < 8) {
        set(8, along, dark);
        set(side - 1 - at, 8, dark);
      } else {
        set(at === 8 ? 7 : 14 - at, 8, dark);
        set(8, side - 15 + at, dark);
      }
    }
    set(8, side - 8, 1);
  };

  /** Fills what is not fixed, in columns of two from the right, up and down by turns. */
  const fill = (rows, fixed, bytes) => {
    const side = rows.length;
    let at = 0;
    let up = true;
    for (let right = side - 1; right > 0; right -= 2) {
      if (right === 6) right--;
      for (let line = 0; line < side; line++) {
        const y = up ? side - 1 - line : line;
        for (const x of [right, right - 1]) {
          if (fixed[y][x]) continue;
          rows[y][x] = (bytes[at >> 3] >> (7 - (at & 7))) & 1;
          at++;
        }
      }
      up = !up;
    }
  };

  /** How hard a code is to read, by the four rules of the standard. */
  const penalty = (rows) => {
    const side = rows.length;
    let sum = 0;
    let dark = 0;
    const lines = rows.concat(rows.map((_, x) => rows.map((row) => row[x])));
    for (const line of lines) {
      const text = Array.from(line).join("");
      for (const run of text.match(/0{5,}|1{5,}/g) || []) sum += run.length - 2;
      // A place may count on both of its sides.
      for (const like of ["10111010000", "00001011101"]) {
        for (let at = text.indexOf(like); at >= 0; at = text.indexOf(like, at + 1)) sum += 40;
      }
    }
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        dark += rows[y][x];
        if (!x || !y) continue;
        const square = rows[y][x] + rows[y][x - 1] + rows[y - 1][x] + rows[y - 1][x - 1];
        if (square % 4 === 0) sum += 3;
      }
    }
    return sum + 10 * Math.floor(Math.abs((20 * dark) / (side * side) - 10));
  };

  return (words) => {
    const text = new TextEncoder().encode(words);
    const capacity = (version) => room(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
    const version = BLOCKS.findIndex((_, at) => text.length + (at < 9 ? 2 : 3) <= capacity(at + 1)) + 1;
    if (!version) throw new RangeError("no code holds so long a text");
    const fixed = blank(4 * version + 17);
    const plain = patterns(version, fixed);
    fill(plain, fixed, interleaved(payload(text, version, capacity(version)), version));
    const codes = MASKS.map((mask, number) => {
      const rows = plain.map((row, y) => row.map((dark, x) => (fixed[y][x] ? dark : dark ^ !mask(x, y))));
      format(rows, fixed, number);
      return { rows, penalty: penalty(rows) };
    });
    return codes.reduce((best, code) => (code.penalty < best.penalty ? code : best)).rows;
  };
})();
