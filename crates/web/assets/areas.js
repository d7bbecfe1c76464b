// Marking areas of pages by dragging: what is dragged is written into the fields of the form, which
// works by itself. Boxes over the pages show what stands in the fields.
(() => {
  "use strict";
  const form = document.getElementById("areas");
  if (!form) return;
  const body = form.querySelector(".areas tbody");
  const told = document.getElementById("areas-told");
  const figures = [...document.querySelectorAll(".pages figure")];
  const fields = (row) => [...row.querySelectorAll("input")];
  const rows = () => [...body.rows];
  const isEmpty = (row) => fields(row).slice(1).every((field) => !field.value.trim());
  const tenth = (share) => String(Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10);

  const frames = figures.map((figure) => {
    const frame = document.createElement("div");
    frame.className = "frame";
    const picture = figure.querySelector("img");
    picture.replaceWith(frame);
    frame.append(picture);
    return frame;
  });

  const emptyRow = () => {
    const found = rows().find(isEmpty);
    if (found) return found;
    const row = body.rows[0].cloneNode(true);
    fields(row).forEach((field) => { field.value = ""; });
    body.append(row);
    return row;
  };

  const place = (box, [left, top, right, bottom]) => {
    box.style.left = `${left}%`;
    box.style.top = `${top}%`;
    box.style.width = `${right - left}%`;
    box.style.height = `${bottom - top}%`;
  };

  // Draws a box for each row that is filled in; its button takes the area away again.
  const show = () => {
    document.querySelectorAll(".frame .box").forEach((box) => box.remove());
    rows().forEach((row, at) => {
      const [page, ...sides] = fields(row).map((field) => Number.parseFloat(field.value));
      const frame = frames[page - 1];
      if (!frame || sides.some(Number.isNaN)) return;
      const box = document.createElement("div");
      box.className = "box";
      place(box, sides);
      const undo = document.createElement("button");
      undo.type = "button";
      undo.textContent = "去掉";
      undo.setAttribute("aria-label", `去掉第 ${at + 1} 个区域`);
      undo.addEventListener("click", () => {
        fields(row).forEach((field) => { field.value = ""; });
        show();
      });
      box.append(undo);
      frame.append(box);
    });
  };

  frames.forEach((frame, at) => {
    let from = null;
    let box = null;
    const at_of = (event) => {
      const bounds = frame.getBoundingClientRect();
      return [(event.clientX - bounds.left) / bounds.width, (event.clientY - bounds.top) / bounds.height];
    };
    const sides = (to) => [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])].map(tenth);
    frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.target.closest("button")) return;
      event.preventDefault();
      frame.setPointerCapture(event.pointerId);
      from = at_of(event);
      box = document.createElement("div");
      box.className = "box";
      frame.append(box);
    });
    frame.addEventListener("pointermove", (event) => {
      if (from) place(box, sides(at_of(event)).map(Number));
    });
    frame.addEventListener("pointercancel", () => { from = null; show(); });
    frame.addEventListener("pointerup", (event) => {
      if (!from) return;
      const [left, top, right, bottom] = sides(at_of(event));
      from = null;
      if (Number(right) - Number(left) > 0.3 && Number(bottom) - Number(top) > 0.3) {
        const row = emptyRow();
        [String(at + 1), left, top, right, bottom].forEach((value, field) => { fields(row)[field].value = value; });
        told.textContent = `已在第 ${at + 1} 页框选一个区域，共 ${rows().filter((each) => !isEmpty(each)).length} 个。`;
      }
      show();
    });
  });
  body.addEventListener("input", show);
  show();
})();
