/* What a design is worth if things turn out otherwise: on the page the same arithmetic, in the same order, as `mlvalue` does in Python.
   Floating point is the same in both, so figures are equal to the last bit. Words and numbers come from the page. */
(() => {
  "use strict";

  const NAME = "mlv-what-if";
  if (customElements.get(NAME)) return;

  let futures; // for value, share, build, run and build time; the same for every design

  const inverse = (k, base) => {
    let result = 0, digit = 1 / base;
    while (k) {
      const rest = k % base;
      k = (k - rest) / base;
      result += rest * digit;
      digit /= base;
    }
    return result;
  };

  const deviations = ({ scenarios, shared_luck, bases }) => {
    const found = bases.map(() => new Float64Array(scenarios));
    for (let k = 0; k < scenarios; k++) {
      const value = (k + 0.5) / scenarios;
      let [share, build, run, luck, months] = bases.map((base) => inverse(k, base) + 0.5 / scenarios);
      if (luck < shared_luck) {
        share = value;
        build = run = months = 1 - value;
      }
      [value, share, build, run, months].forEach((u, input) => (found[input][k] = 2.5 * (u - 0.5)));
    }
    return found;
  };

  const column = ([low, likely, high], drawn) => {
    const below = likely - low, above = high - likely, floor = low >= 0 && likely < 1.25 * below ? 0 : -Infinity;
    return drawn.map((deviation) => Math.max(floor, likely + deviation * (deviation < 0 ? below : above)));
  };

  const used = (months, ramp) => (months <= 0 ? 0 : months < ramp ? (months * months) / (2 * ramp) : months - ramp / 2);

  /* Years of full use and years live within the horizon, discounted. */
  const discounted = (buildMonths, { ramp_months, horizon_years, discount_rate }) => {
    let use = 0, live = 0, factor = 1;
    for (let year = 1; year <= horizon_years; year++) {
      const begin = 12 * (year - 1) - buildMonths, end = 12 * year - buildMonths;
      factor *= 1 + discount_rate;
      use += (used(end, ramp_months) - used(begin, ramp_months)) / 12 / factor;
      live += Math.min(12, Math.max(0, end)) / 12 / factor;
    }
    return [use, live];
  };

  const filled = (words, figures) => words.replace(/\{(\w+)\}/g, (hole, name) => figures[name] ?? hole);

  const appraise = (given, { adoption, value, cost, delay }) => {
    futures ??= deviations(given);
    const { scenarios, horizon_years, ramp_months } = given;
    const months = given.build_months.map((each) => each + delay), isPoint = months[0] === months[2];
    const values = column(given.per_year.map((each) => each * value), futures[0]);
    const shares = column(given.share.map((each) => Math.min(1, each * adoption)), futures[1]).map((each) => Math.min(1, each));
    const builds = column(given.build.map((each) => each * cost), futures[2]);
    const runs = column(given.run_per_year.map((each) => each * cost), futures[3]);
    const builtIn = isPoint ? futures[4].map(() => months[1]) : column(months, futures[4]);

    const fixed = discounted(months[1], given);
    const costs = new Float64Array(scenarios);
    const npvs = costs.map((_, k) => {
      const [use, live] = isPoint ? fixed : discounted(builtIn[k], given);
      costs[k] = builds[k] + runs[k] * live;
      return values[k] * shares[k] * use - costs[k];
    });
    const rois = costs.every((each) => each > 0) ? npvs.map((npv, k) => npv / costs[k]).sort() : null;

    const paidBack = (month) => {
      let count = 0;
      for (let k = 0; k < scenarios; k++) {
        const live = month - builtIn[k];
        if (builds[k] <= 0 || (live > 0 && values[k] * shares[k] * used(live, ramp_months) >= 12 * builds[k] + runs[k] * live)) count++;
      }
      return count;
    };
    let low = 0, high = horizon_years * 12 + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (paidBack(middle) >= 0.8 * scenarios) high = middle;
      else low = middle + 1;
    }

    const at = (sorted, share) => sorted[Math.floor(share * scenarios)];
    return {
      npv_p20: at(npvs.slice().sort(), 0.2),
      chance: npvs.reduce((count, npv) => count + (npv > 0), 0) / scenarios,
      payback: low <= horizon_years * 12 ? low : null,
      roi: rois && { p10: at(rois, 0.1), p20: at(rois, 0.2), p90: at(rois, 0.9) },
    };
  };

  /* The words of `headline.py`, by the same rules. */
  const words = (given, { npv_p20, chance, payback, roi }) => {
    const tenths = Math.floor(chance * 10), inTenths = filled(given.tenths[+(tenths > 0)], { tenths: Math.min(tenths, 9) });
    const grouped = (number) =>
      String(number).replace(/\B(?=(\d{3})+$)/g, given.thousands).replace("-", given.minus);
    const coarse = (share) => grouped(Math.floor(share * 20) * 5);
    const promised = () => {
      const step = roi.p20 < 1 ? 5 : 10;
      return grouped(Math.round(((Math.floor((roi.p20 * 100) / step) * step) / 100) * 100));
    };
    const headline = () => {
      if (given.is_idea) return given.said.idea;
      if (npv_p20 < 0) return filled(given.said.chance, { chance: inTenths });
      if (!roi) return given.said.free;
      if (given.is_weak) return filled(given.said.range, { low: coarse(roi.p10), high: coarse(roi.p90) });
      return filled(given.said.return, { percent: promised() });
    };
    return { headline: headline(), chance: inTenths, payback: filled(given.payback[+(payback !== null)], { month: payback }) };
  };

  /* Money over time of some designs, as `course.py` adds it up: in every scenario, then 2 in 10 are below, and half. */
  const course = ({ ends, step, scenarios }, parts) => {
    const actuals = parts.flatMap((part) => part.actuals.map(([month]) => month));
    const newest = Math.max(...actuals), oldest = Math.min(...actuals), last = newest + ((step - ((newest + 1) % step)) % step);
    return ends.map((to) => {
      const sums = new Float64Array(scenarios);
      for (const part of parts) {
        if (part.begin > to) continue;
        const { build_months, ramp, rate } = part, isPoint = build_months[0] === build_months[2];
        part.drawn ||= ["per_year", "share", "build", "run_per_year", "build_months"].map((name, input) =>
          name === "build_months" && isPoint ? futures[4].map(() => build_months[1]) : column(part[name], futures[input]));
        part.shares ||= part.drawn[1].map((share) => Math.min(1, share));
        const [values, , builds, runs, months] = part.drawn, reached = Math.min(to - part.begin + 1, part.horizon);
        for (let k = 0; k < scenarios; k++) {
          const live = Math.max(0, reached - months[k]);
          sums[k] += rate * (values[k] * part.shares[k] * (used(live, ramp) / 12) - builds[k] - (runs[k] * live) / 12);
        }
      }
      sums.sort();
      const measured = parts.reduce((sum, { rate, actuals }) => sum + rate * actuals.reduce((all, [month, money]) => all + (month <= to ? money : 0), 0), 0);
      return { cautious: sums[Math.floor(0.2 * scenarios)], middle: sums[Math.floor(0.5 * scenarios)], delivered: oldest <= to && to <= last ? measured : null };
    });
  };

  /* At most five round values from *low* to *high*, as `Scale.ticks` finds them. */
  const ticks = (low, high) => {
    const wanted = Math.max((high - low) / 4, 1);
    let step = 1;
    while (step * 10 <= wanted) step *= 10;
    step *= [1, 2, 5].find((times) => step * times >= wanted * (1 - 1e-9)) || 10;
    const first = Math.ceil(low / step - 1e-9);
    return [0, 1, 2, 3, 4].map((n) => (first + n) * step).filter((tick) => tick <= high + 1e-9 * step);
  };

  /* Draws the panels of *figure* for the designs whose addresses are in *left*, all of them without; tells the figures of the first. */
  globalThis.mlvCourse = (figure, left, { amount, least, unknown, choose, currency }) => {
    let told = null;
    for (const panel of figure.querySelectorAll("[data-course]")) {
      const given = (panel.given ||= JSON.parse(panel.dataset.course)), rows = figure.querySelectorAll(`tr[data-group=${panel.dataset.group}]`);
      panel.kept ||= { drawing: panel.innerHTML, rows: [...rows].map((row) => row.innerHTML) };
      panel.innerHTML = panel.kept.drawing;
      rows.forEach((row, at) => {
        row.innerHTML = panel.kept.rows[at];
        row.style.display = "";
      });
      if (!left) continue;
      const parts = given.parts.filter(({ of }) => left.has(of));
      if (!parts.length) {
        for (const row of rows) row.style.display = "none";
        continue;
      }
      futures ??= deviations(given);
      const points = (panel.points = course(given, parts)), end = points.at(-1), all = points.flatMap(({ cautious, middle, delivered }) => [cautious, middle, delivered || 0]);
      told ||= { n: parts.length, kind: given.kind, cautious: end.cautious < 0 ? amount(end.cautious) : least.replace("{amount}", amount(end.cautious)), middle: amount(end.middle) };
      const head = panel.querySelector("[data-one]");
      head.textContent = choose(parts.length, head.dataset.one, head.dataset.many).replace("{n}", parts.length);

      const low = Math.min(0, ...all), high = Math.max(0, ...all), bottom = Number(panel.dataset.bottom), top = Number(panel.dataset.top);
      const at = (value) => (bottom + ((value - low) / (high > low ? high - low : 1)) * (top - bottom)).toFixed(1);
      const group = panel.querySelector(".mlv-chart__ticks"), [rule, label] = group.children, zero = panel.querySelector(".mlv-chart__line--zero");
      const short = !label.textContent.endsWith(currency);
      const grid = ticks(low, high > low ? high : low + 1).flatMap((tick) => {
        const line = (tick === 0 && zero ? zero : [...group.children].find((each) => each.matches(".mlv-chart__line--grid")) || rule).cloneNode(), words = label.cloneNode();
        for (const name of ["y1", "y2"]) line.setAttribute(name, at(tick));
        words.setAttribute("y", Number(at(tick)) + 4);
        words.textContent = short ? amount(tick).slice(0, -currency.length - 1) : amount(tick);
        return [line, words];
      });
      group.replaceChildren(...grid);
      const xs = panel.querySelector(".mlv-chart__line--middle").getAttribute("points").split(" ").map((point) => point.split(",")[0]);
      const curve = (name, value) => points.flatMap((point, n) => (value(point) === null ? [] : [`${xs[n]},${at(value(point))}`]));
      for (const [name, value] of [["middle", (point) => point.middle], ["careful", (point) => point.cautious], ["measured", (point) => point.delivered]]) {
        const places = curve(name, value);
        panel.querySelector(`.mlv-chart__line--${name}`)?.setAttribute("points", places.join(" "));
        if (name === "measured") panel.querySelectorAll("circle").forEach((dot, n) => {
          if (!places[n]) return dot.remove();
          [dot.cx.baseVal.value, dot.cy.baseVal.value] = places[n].split(",").map(Number);
        });
      }
      rows.forEach((row, n) => {
        const { cautious, middle, delivered } = points[n], cells = row.querySelectorAll("td");
        [amount(cautious), amount(middle), delivered === null ? unknown : amount(delivered)].forEach((text, cell) => (cells[cell + 1].textContent = text));
      });
    }
    return told;
  };

  customElements.define(
    NAME,
    class extends HTMLElement {
      connectedCallback() {
        this.given = JSON.parse(this.dataset.given);
        this.addEventListener("input", this);
        this.addEventListener("click", this);
        this.querySelector("[hidden]")?.removeAttribute("hidden");
        this.update();
      }

      handleEvent({ type, target }) {
        if (type === "click") {
          if (!target.closest("button")) return;
          for (const slider of this.sliders) slider.value = 0;
        }
        this.update();
      }

      get sliders() {
        return [...this.querySelectorAll("input[type=range]")];
      }

      update() {
        const moved = {};
        for (const slider of this.sliders) {
          const n = slider.valueAsNumber, say = JSON.parse(slider.dataset.words);
          moved[slider.name] = slider.name === "delay" ? n : (100 + n) / 100;
          const said = filled(n === 0 ? say.same : n === 1 && say.one ? say.one : n < 0 ? say.less : say.more, { n: Math.abs(n) });
          slider.setAttribute("aria-valuetext", said);
          slider.parentElement.querySelector(".mlv-slider__value").textContent = said;
        }
        /* For tests and the curious: what is shown, not rounded. */
        this.figures = appraise(this.given, moved);
        for (const [name, text] of Object.entries(words(this.given, this.figures))) {
          const shown = this.querySelector(`[data-shows=${name}]`);
          if (shown.textContent !== text) shown.textContent = text;
        }
      }
    },
  );
})();
