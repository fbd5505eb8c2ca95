"use strict";
(() => {
  const table = document.querySelector("table");
  if (table) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const headings = [...table.tHead.rows[0].cells];
    const compare = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }).compare;
    const key = (row, column) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
    const sort = (column) => {
      const heading = headings[column];
      const ascending = heading.getAttribute("aria-sort") !== "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      const sign = ascending ? 1 : -1;
      // Empty cells come last in both directions.
      const order = (one, other) => {
        const [a, b] = [key(one, column), key(other, column)];
        if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
        return sign * compare(a, b);
      };
      body.append(...rows.sort(order));
    };
    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = heading.textContent;
      button.addEventListener("click", () => sort(column));
      heading.replaceChildren(button);
    });

    const form = document.querySelector("form.filter");
    const input = form.querySelector("input");
    const output = form.querySelector("output");
    const show = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) count += 1;
      }
      output.textContent = words.length ? `${count} of ${rows.length}` : "";
    };
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("input", show);
  }
  // Paper shows what a person would open on the screen.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
  });
})();
