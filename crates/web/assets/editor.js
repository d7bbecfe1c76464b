// The editor's helps: a page-like text for pasting from Word, and saving on its own. Without it the
// form works as it is.
(() => {
  "use strict";
  const form = document.getElementById("editor");
  if (!form) return;
  const text = form.elements.text;
  const told = document.getElementById("saved");
  const say = (words) => { told.textContent = words; };

  // A page-like text beside the plain one, shown while 带格式 is chosen.
  const rich = document.createElement("div");
  rich.className = "rich text";
  rich.contentEditable = "true";
  rich.setAttribute("role", "textbox");
  rich.setAttribute("aria-multiline", "true");
  rich.setAttribute("aria-label", "正文");
  const tools = document.createElement("div");
  tools.className = "tools";
  const tool = (label, command, value) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = label;
    button.addEventListener("click", () => {
      rich.focus();
      document.execCommand(command, false, value);
      sync();
    });
    tools.append(button);
  };
  tool("一级标题", "formatBlock", "h2");
  tool("二级标题", "formatBlock", "h3");
  tool("正文", "formatBlock", "p");
  tool("加粗", "bold");
  tool("项目列表", "insertUnorderedList");
  tool("编号列表", "insertOrderedList");
  text.after(rich);
  rich.before(tools);

  const paragraphs = (plain) => {
    const holder = document.createElement("div");
    for (const line of plain.split("\n")) {
      if (!line.trim()) continue;
      const paragraph = document.createElement("p");
      paragraph.textContent = line;
      holder.append(paragraph);
    }
    return holder.innerHTML;
  };
  const chosen = () => form.elements.markup.value;
  const sync = () => { if (chosen() === "html") { text.value = rich.innerHTML; touched(); } };
  let last = chosen();
  const show = () => {
    const isRich = chosen() === "html";
    if (isRich && last === "plain") text.value = paragraphs(text.value);
    if (!isRich && last === "html") text.value = rich.innerText.replace(/\n{2,}/g, "\n");
    // Parsed apart from the page: what it holds is not run, and the server cleans it before it is kept.
    if (isRich) rich.replaceChildren(...new DOMParser().parseFromString(text.value, "text/html").body.childNodes);
    rich.hidden = tools.hidden = !isRich;
    text.hidden = isRich;
    last = chosen();
  };
  rich.addEventListener("input", sync);
  for (const radio of form.elements.markup) radio.addEventListener("change", show);
  if ("fresh" in form.dataset && !text.value) form.elements.markup.value = "html";
  show();

  // Saving on its own, a while after the last change.
  const PAUSE_MS = 5000;
  let timer = 0, isSaving = false, isDirty = false, isStopped = !("autosave" in form.dataset);
  function touched() {
    isDirty = true;
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }
  async function save() {
    if (isSaving || isStopped || !isDirty) return;
    if (!form.elements.title.value.trim()) return say("填写标题后开始自动保存");
    isSaving = true;
    isDirty = false;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      });
      const done = await answer.json();
      if (answer.ok) {
        form.elements.version.value = done.version;
        say(`已自动保存 ${done.saved}` + (done.notes.length ? `；${done.notes.join("；")}` : ""));
        if (done.address) {
          form.action = done.address;
          history.replaceState(null, "", done.address);
        }
      } else if (done.kind === "conflict") {
        isStopped = true;
        say("其他人刚保存过这份稿件，已停止自动保存。您的内容还在，按“保存”可对照两份内容");
      } else {
        say(`没有自动保存：${done.problem}`);
      }
    } catch {
      isDirty = true;
      say("没有自动保存：连不上服务器，或者登录已过期；内容还在本页，请不要关闭");
      timer = setTimeout(save, 4 * PAUSE_MS);
    } finally {
      isSaving = false;
    }
  }
  form.addEventListener("input", touched);
  form.addEventListener("submit", () => { isStopped = true; isDirty = false; clearTimeout(timer); });
  addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
})();
