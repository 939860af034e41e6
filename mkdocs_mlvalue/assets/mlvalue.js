/* The table of a portfolio: filter, sort, and add up what is left. Without this script all rows are there, in the order of the page. */
(() => {
  "use strict";
  const FILTERS = ["stage", "kind", "evidence", "owner", "customer", "tag", "source"];
  const MOST = 60; // choices that a list can hold before it is no help

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  /* Two digits and a unit, rounded down, as the page writes amounts. */
  const money = (amount, currency, { units, decimal }) => {
    let step = 1;
    while (Math.abs(amount) >= step * 100) step *= 10;
    const rounded = Math.floor(amount / step + 1e-9) * step;
    const size = Math.abs(rounded);
    const [unit, by] = size >= 1e9 ? ["bn", 1e9] : size >= 1e6 ? ["M", 1e6] : size >= 1e3 ? ["k", 1e3] : ["", 1];
    const number = String(Number((rounded / by).toFixed(3))).replace("-", "\u2212").replace(".", decimal);
    return `${units[unit].replace("{n}", number)}\u00a0${currency}`;
  };

  const hrefOf = (element) => {
    const link = element.querySelector("a");
    return link && (link.getAttribute("href") || link.getAttribute("xlink:href"));
  };

  class Table extends HTMLElement {
    connectedCallback() {
      if (this.form) return this.restore();
      this.words = JSON.parse(this.dataset.words);
      this.table = this.querySelector("table");
      this.rows = [...this.querySelectorAll("tr.mlv-row")];
      this.order = new Map(this.rows.map((row, at) => [row, at]));
      this.text = new Map(this.rows.map((row) => [row, row.textContent.toLowerCase() + " " + FILTERS.map((name) => row.dataset[name] || "").join(" ").toLowerCase()]));
      this.before = this.dataset.key === "mlv-1" ? "" : this.dataset.key + ".";
      this.sorting = this.sorted = "";
      this.build();
      this.heads();
      this.onBack = () => this.restore();
      this.restore();
    }

    disconnectedCallback() {
      removeEventListener("popstate", this.onBack);
    }

    /* The controls: only those that part the rows at all. */
    build() {
      this.form = make("form", { class: "mlv-filter", role: "search", "aria-label": this.words.filter });
      this.search = make("input", { type: "search", name: "q", autocomplete: "off" });
      this.form.append(make("label", {}, make("span", {}, this.words.find), this.search));
      this.selects = {};
      for (const name of FILTERS) {
        const values = [...new Set(this.rows.flatMap((row) => (row.dataset[name] || "").split("\n").filter(Boolean)))];
        if (values.length < 2 || values.length > MOST) continue;
        const named = (value) => (this.words.values[name] || {})[value] || value;
        if (!this.words.values[name]) values.sort((a, b) => named(a).localeCompare(named(b)));
        const select = make("select", { name }, make("option", { value: "" }, this.words.any), ...values.map((value) => make("option", { value }, named(value))));
        this.selects[name] = select;
        this.form.append(make("label", {}, make("span", {}, this.words.names[name]), select));
      }
      if (this.rows.some((row) => row.dataset.attention)) {
        this.attention = make("input", { type: "checkbox", name: "attention" });
        this.form.append(make("label", { class: "mlv-filter__check" }, this.attention, make("span", {}, this.words.attention)));
      }
      this.count = make("output", { "aria-live": "polite" });
      this.form.append(make("button", { type: "reset" }, this.words.all), this.count);
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("input", (event) => this.changed(event.target === this.search));
      this.form.addEventListener("reset", () => setTimeout(() => { this.sorting = ""; this.changed(false); }));
      this.prepend(this.form);
    }

    /* Each heading becomes a button that sorts. */
    heads() {
      this.columns = [...this.table.tHead.rows[0].cells];
      this.columns.forEach((head) => {
        const button = make("button", { type: "button", class: "mlv-sort" }, ...head.childNodes);
        button.addEventListener("click", () => {
          const name = head.dataset.column, down = "-" + name;
          const steps = "number" in head.dataset ? [down, name, ""] : [name, down, ""];
          this.sorting = steps[(steps.indexOf(this.sorting) + 1) % steps.length];
          this.changed(false);
        });
        head.append(button);
      });
    }

    /* Take the state from the address. */
    restore() {
      addEventListener("popstate", this.onBack);
      const state = new URLSearchParams(location.search);
      const get = (name) => state.get(this.before + name) || "";
      this.search.value = get("q");
      for (const [name, select] of Object.entries(this.selects)) {
        select.value = get(name);
        if (select.selectedIndex < 0) select.value = "";
      }
      if (this.attention) this.attention.checked = get("attention") === "1";
      const sorting = get("sort");
      this.sorting = this.columns.some((head) => head.dataset.column === sorting.replace(/^-/, "")) ? sorting : "";
      this.show();
    }

    /* Put the state into the address: typing replaces it, a choice adds a step to go back to. */
    changed(typing) {
      const state = new URLSearchParams(location.search);
      const set = (name, value) => (value ? state.set(this.before + name, value) : state.delete(this.before + name));
      set("q", this.search.value.trim());
      for (const [name, select] of Object.entries(this.selects)) set(name, select.value);
      set("attention", this.attention && this.attention.checked ? "1" : "");
      set("sort", this.sorting);
      const query = state.toString();
      const address = location.pathname + (query ? "?" + query : "") + location.hash;
      if (address !== location.pathname + location.search + location.hash) history[typing ? "replaceState" : "pushState"](history.state, "", address);
      this.show();
    }

    show() {
      performance.mark("mlv-show");
      const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = Object.entries(this.selects).filter(([, select]) => select.value);
      const shown = new Set(this.rows.filter((row) =>
        words.every((word) => this.text.get(row).includes(word)) &&
        wanted.every(([name, select]) => (row.dataset[name] || "").split("\n").includes(select.value)) &&
        (!this.attention || !this.attention.checked || row.dataset.attention)));
      for (const row of this.rows) row.hidden = !shown.has(row);
      this.sort();
      for (const body of this.table.tBodies) body.hidden = ![...body.rows].some((row) => shown.has(row));
      this.count.textContent = this.words.count.replace("{shown}", shown.size).replace("{all}", this.rows.length);
      this.follow(shown);
      performance.measure("mlv-show", "mlv-show");
    }

    sort() {
      const name = this.sorting.replace(/^-/, ""), down = this.sorting.startsWith("-");
      const at = this.columns.findIndex((head) => head.dataset.column === name);
      this.columns.forEach((head, index) => head.setAttribute("aria-sort", index !== at ? "none" : down ? "descending" : "ascending"));
      if (this.sorting === this.sorted) return;
      this.sorted = this.sorting;
      const key = new Map(this.rows.map((row) => {
        const written = at > 0 ? row.cells[at].dataset.sort : at < 0 ? "" : row.cells[0].textContent.trim();
        return [row, written === "" || isNaN(written) ? written.toLowerCase() : Number(written)];
      }));
      const compare = (a, b) => {
        const one = key.get(a), other = key.get(b);
        if (one === "" || other === "") return (one === "") - (other === "");
        const less = typeof one === "string" || typeof other === "string" ? String(one).localeCompare(String(other)) : one - other;
        return down ? -less : less;
      };
      for (const body of this.table.tBodies) {
        const rows = [...body.rows].filter((row) => this.order.has(row));
        rows.sort((a, b) => (at < 0 ? 0 : compare(a, b)) || this.order.get(a) - this.order.get(b));
        body.append(...rows);
      }
    }

    /* Counts, totals and marks of charts of the same portfolio follow what is shown. */
    follow(shown) {
      const page = this.closest(".mlv-portfolio");
      if (!page) return;
      const stages = {}, totals = {};
      for (const row of shown) {
        const { stage, kind, worth, cost } = row.dataset;
        stages[stage] = (stages[stage] || 0) + 1;
        if (worth === undefined) continue;
        const total = (totals[kind] = totals[kind] || { worth: 0, cost: 0, count: 0 });
        total.worth += Number(worth); total.cost += Number(cost); total.count += 1;
      }
      for (const place of page.querySelectorAll("[data-stage-count]")) place.textContent = stages[place.dataset.stageCount] || 0;
      for (const place of page.querySelectorAll("[data-total]")) {
        const total = totals[place.dataset.total];
        place.hidden = !total;
        if (!total) continue;
        place.querySelector("[data-worth]").textContent = money(total.worth, this.dataset.currency, this.words);
        place.querySelector("[data-cost]").textContent = money(-total.cost, this.dataset.currency, this.words).replace("\u2212", "");
        place.querySelector("[data-count]").textContent = this.words[total.count === 1 ? "one" : "many"].replace("{n}", total.count);
      }
      const isView = shown.size < this.rows.length, own = [...shown].filter((row) => !row.dataset.source);
      const left = new Set(own.map((row) => hrefOf(row.cells[0])));
      clearTimeout(this.later);
      this.later = setTimeout(() => { // pictures come when the table stands, and once for several keys
        for (const figure of page.querySelectorAll("figure.mlv-chart")) if (figure.querySelector("svg")) this.draw(figure, isView, left, own);
      }, 50);
      for (const list of page.querySelectorAll(".mlv-attention")) {
        const items = [...list.querySelectorAll("li")];
        for (const item of items) item.hidden = isView && !left.has(hrefOf(item));
        list.hidden = items.every((item) => item.hidden);
      }
      page.classList.toggle("mlv-filtered", isView);
    }

    /* One picture: marks of other designs go, the rest move up, its sentence and numbers are told of those that stay. */
    draw(figure, isView, left, own) {
      if (!isView && !figure.kept) return; // as it came
      const svg = figure.querySelector("svg"), reading = figure.querySelector(".mlv-chart__reading"), desc = svg.querySelector("desc");
      const hasCourse = figure.querySelector("[data-course]") !== null;
      const follows = "many" in figure.dataset && (!hasCourse || "mlvCourse" in globalThis);
      const kept = (figure.kept ||= { box: svg.getAttribute("viewBox"), reading: reading.textContent, desc: desc.textContent });
      const counts = {}, told = [];
      let seen = 0;
      const show = (element, is) => {
        element.style.display = !isView ? "" : is ? (element.tagName === "TR" ? "table-row" : "inline") : "none";
        if (!is || !isView || element.dataset.always) return;
        seen++;
        for (const flag of (element.dataset.flags || "").split(" ")) counts[flag] = (counts[flag] || 0) + 1;
        if (element.dataset.told) told.push(element.dataset);
      };
      const move = (element, x, y) => (isView ? element.setAttribute("transform", `translate(${x} ${y})`) : element.removeAttribute("transform"));

      if (follows) {
        const units = [...svg.querySelectorAll(".mlv-chart__unit")], is = new Map();
        let below = false;
        for (const unit of [...units].reverse()) {
          const href = hrefOf(unit), { always, course } = unit.dataset;
          const isLeft = always || (course ? (unit.given ||= JSON.parse(course)).parts.some(({ of }) => left.has(of)) : left.has(href));
          is.set(unit, Boolean(always || course || href ? isLeft : below));
          below = href ? below || isLeft : false;
        }
        let y = units.length ? Number(units[0].dataset.y) : 0, end = y;
        for (const unit of units) {
          const { y: from, empty } = unit.dataset, marks = [...unit.querySelectorAll(".mlv-chart__mark")];
          const height = isView && empty && !marks.some((mark) => left.has(mark.dataset.of)) ? empty : unit.dataset.height;
          if (!unit.classList.contains("mlv-chart__unit--more")) end = Math.max(end, Number(from) + Number(unit.dataset.height));
          show(unit, is.get(unit));
          move(unit, 0, y - from);
          if (is.get(unit)) y += Number(height);
        }
        const box = kept.box.split(" ");
        if (isView) box[3] = Number(box[3]) + y - end;
        svg.setAttribute("viewBox", box.join(" "));
        for (const mark of svg.querySelectorAll(".mlv-chart__mark")) show(mark, left.has(mark.dataset.of));
        for (const group of svg.querySelectorAll(".mlv-chart__squares")) {
          const spots = [...group.children].map((mark) => mark.querySelector("rect")).map((rect) => [rect.x.baseVal.value, rect.y.baseVal.value]);
          const room = group.querySelectorAll(":scope > :not(.mlv-chart__mark--more)").length;
          [...group.children].filter((mark) => mark.style.display !== "none").forEach((mark, at) => {
            const own = spots[[...group.children].indexOf(mark)];
            if (isView && at >= room) mark.style.display = "none";
            else move(mark, spots[at][0] - own[0], spots[at][1] - own[1]);
          });
        }
        this.countStages(figure, isView, own);
        for (const row of figure.querySelectorAll("tbody tr:not([data-group])")) row.style.display = !isView ? "" : left.has(hrefOf(row)) ? "table-row" : "none";
      }

      const { one, many, none, beyond } = figure.dataset, n = counts.n || 0;
      const best = told.sort((a, b) => b.value - a.value)[0];
      const rule = new Intl.PluralRules(this.closest("[lang]")?.lang || "en"), choose = (n, one, many) => (rule.select(n) === "one" ? one : many);
      const fill = (words, figures) => words.replace(/\{(\w+)\}/g, (_, name) => figures[name] || 0);
      let words = !many ? (best ? best.told : none) : n === 0 && none ? none : fill(choose(n, one, many), counts);
      if (hasCourse && follows) {
        const amount = (value) => money(value, this.dataset.currency, this.words);
        const figures = mlvCourse(figure, isView ? left : null, { ...this.words, amount, choose, currency: this.dataset.currency });
        words = figures ? fill(choose(figures.n, one, many), figures) : "";
      }
      const isTold = isView && follows && !beyond && words !== "";
      reading.textContent = isTold ? words : kept.reading;
      reading.hidden = isView && follows && (!isTold || !seen);
      desc.textContent = isTold ? kept.desc.replace(kept.reading, words) : kept.desc;
      for (const note of figure.querySelectorAll("[data-whole]")) note.hidden = isView;
      const isEmpty = isView && follows && !seen;
      svg.style.display = isEmpty ? "none" : "";
      figure.querySelector("details").hidden = isEmpty;
      for (const note of figure.querySelectorAll(":scope > .mlv-note:not(.mlv-chart__view)")) note.hidden = isEmpty;
      const view = (figure.view ||= figure.appendChild(make("p", { class: "mlv-note mlv-chart__view" })));
      view.hidden = !isView || (follows && !beyond && seen > 0);
      view.textContent = !follows ? this.words.whole : seen ? this.words.drawn.replace("{drawn}", seen) : this.words.lacking;
    }

    /* Counts and sums of stages. */
    countStages(figure, isView, own) {
      const lines = {};
      for (const text of figure.querySelectorAll("text[data-stage]")) {
        text.kept ||= text.textContent;
        const { stage, kind, words, less } = text.dataset;
        const rows = own.filter((row) => row.dataset.stage === stage && (!kind || row.dataset.kind === kind));
        const sum = (name) => rows.reduce((sum, row) => sum + Number(row.dataset[name] || 0), 0);
        const counted = kind ? rows.filter((row) => row.dataset[less ? "worth" : "delivered"] !== undefined) : rows;
        const amount = less ? sum("worth") : sum("delivered"), amounts = (value) => money(value, this.dataset.currency, this.words);
        const said = (less && amount < 0 ? less : words).replace("{n}", rows.length).replace("{amount}", kind && !less ? amounts(amount).slice(0, -this.dataset.currency.length - 1) : amounts(amount)).replace("{cost}", amounts(-sum("spent")).replace("\u2212", ""));
        text.style.display = isView && kind && !counted.length ? "none" : "";
        text.textContent = isView ? said : text.kept;
        if (!kind) {
          const isEmpty = isView ? !rows.length : / 0$/.test(text.kept);
          text.classList.toggle("mlv-chart__text--head", !isEmpty);
          text.classList.toggle("mlv-chart__text--quiet", isEmpty);
        }
        if (kind && counted.length) (lines[stage] ||= []).push(said);
      }
      for (const row of figure.querySelectorAll("tr[data-group]")) {
        if (figure.querySelector("[data-course]")) return;
        const stage = row.dataset.group, cells = row.querySelectorAll("td");
        row.kept ||= [...cells].map((cell) => cell.textContent);
        const told = [own.filter((each) => each.dataset.stage === stage).length, (lines[stage] || []).join("; ") || this.words.nothing];
        cells.forEach((cell, at) => (cell.textContent = isView ? told[at] : row.kept[at]));
      }
    }
  }

  if (!customElements.get("mlv-table")) customElements.define("mlv-table", Table);
})();
