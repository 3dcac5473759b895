"use strict";

/*
 * The same steps as in lanewise.image.Preprocessing, with the same results: a test draws and compares.
 * All numbers are integers below 2^53 except for the centre of mass, which is a double there as well.
 */
const Preprocessing = (() => {
  const SIDE = 28;
  const MIN_CONTRAST = 24;
  const INK_PARTS = 6;
  const BOX = 20;
  const CENTRE = 14;

  /** The lower median of the border's pixels. */
  function background(width, height, pixels) {
    const border = [];
    for (let y = 0; y < height; y++) {
      const edge = y === 0 || y === height - 1;
      for (let x = 0; x < width; x += edge || x === width - 1 ? 1 : width - 1) {
        border.push(pixels[y * width + x]);
      }
    }
    border.sort((a, b) => a - b);
    return border[Math.floor((border.length - 1) / 2)];
  }

  /** The ink of each grey level. */
  function inkByGrey(width, height, pixels) {
    const counts = new Array(256).fill(0);
    pixels.forEach((grey) => counts[grey]++);
    const paper = background(width, height, pixels);
    let darker = 0;
    let lighter = 0;
    counts.forEach((count, grey) => {
      const squares = count * (grey - paper) * (grey - paper);
      darker += grey < paper ? squares : 0;
      lighter += grey > paper ? squares : 0;
    });
    const sign = darker > lighter ? -1 : 1;
    const ink = counts.map((_, grey) => Math.max(0, sign * (grey - paper)));
    const most = Math.max(...ink.filter((_, grey) => counts[grey] > 0));
    return ink.map((v) => (most < MIN_CONTRAST || INK_PARTS * v < most ? 0 : v));
  }

  const fitted = (side, longer) => Math.max(1, Math.floor((2 * BOX * side + longer) / (2 * longer)));

  /** The bounding box of the ink; null if there is none. */
  function crop(width, height, ink) {
    let [left, right, top, bottom] = [width, -1, height, -1];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (ink[y * width + x] > 0) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0 ? null : { left, top, w: right - left + 1, h: bottom - top + 1 };
  }

  /** Area averages, times w x h: each source pixel counts for all target pixels that it overlaps. */
  function shrink(width, ink, { left, top, w, h }, targetW, targetH) {
    const sums = new Array(targetW * targetH).fill(0);
    for (let y = 0; y < h; y++) {
      for (let x = 0; x < w; x++) {
        const v = ink[(top + y) * width + left + x];
        if (v === 0) {
          continue;
        }
        const [fromX, toX] = [x * targetW, (x + 1) * targetW];
        const [fromY, toY] = [y * targetH, (y + 1) * targetH];
        for (let j = Math.floor(fromY / h); j * h < toY; j++) {
          const rows = Math.min(toY, (j + 1) * h) - Math.max(fromY, j * h);
          for (let i = Math.floor(fromX / w); i * w < toX; i++) {
            const columns = Math.min(toX, (i + 1) * w) - Math.max(fromX, i * w);
            sums[j * targetW + i] += v * rows * columns;
          }
        }
      }
    }
    return sums;
  }

  function start(moment, mass, size) {
    const wanted = Math.floor(CENTRE + 0.5 - moment / mass);
    return Math.min(Math.max(wanted, 0), SIDE - size);
  }

  /** Places it in 28 x 28, with the centre of mass in the middle. */
  function centred(values, width, height) {
    let [mass, momentX, momentY] = [0, 0, 0];
    values.forEach((v, k) => {
      mass += v;
      momentX += v * (k % width);
      momentY += v * Math.floor(k / width);
    });
    const left = start(momentX, mass, width);
    const top = start(momentY, mass, height);
    const picture = new Uint8Array(SIDE * SIDE);
    values.forEach((v, k) => {
      picture[(top + Math.floor(k / width)) * SIDE + left + (k % width)] = v;
    });
    return picture;
  }

  /** 28 x 28 bytes from an image of width x height grey bytes; null if it is blank. */
  function toMnist(width, height, pixels) {
    const byGrey = inkByGrey(width, height, pixels);
    const ink = pixels.map((grey) => byGrey[grey]);
    const box = crop(width, height, ink);
    if (!box) {
      return null;
    }
    const longer = Math.max(box.w, box.h);
    const targetW = fitted(box.w, longer);
    const targetH = fitted(box.h, longer);
    const sums = shrink(width, ink, box, targetW, targetH);
    const most = Math.max(...sums);
    return centred(sums.map((s) => Math.floor((510 * s + most) / (2 * most))), targetW, targetH);
  }

  return { SIDE, toMnist };
})();
