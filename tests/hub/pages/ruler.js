() => {
  // What a ruler finds on a page: wider than the screen, targets under 44 px, pale words, English left over.
  const found = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > innerWidth) {
    const worst = [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1).slice(-1)[0];
    found.push(`wide ${wide} ${worst ? worst.outerHTML.slice(0, 90) : ""}`);
  }
  const seen = (one) => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height > 1 && getComputedStyle(one).visibility !== "hidden"; };
  for (const one of document.querySelectorAll("a, button, input, select, textarea, summary")) {
    if (!seen(one) || one.closest(".hidden, .skip")) continue;
    const label = one.matches("[type=checkbox], [type=radio]") ? one.closest("label") || one : one;
    const inline = one.matches("a") && getComputedStyle(one).display === "inline" && one.parentElement.textContent.trim() !== one.textContent.trim();
    const box = label.getBoundingClientRect();
    if (box.height < 43.5 && !inline) found.push(`small ${Math.round(box.width)}x${Math.round(box.height)} <${one.tagName.toLowerCase()}> ${(one.innerText || one.name || "").trim().slice(0, 30)}`);
    if (box.width < 43.5 && !inline) found.push(`narrow ${Math.round(box.width)}x${Math.round(box.height)} ${(one.innerText || one.name || "").trim().slice(0, 30)}`);
  }
  const light = (colour) => {
    const parts = colour.match(/[\d.]+/g).map(Number);
    const [r, g, b] = parts.slice(0, 3).map((value) => { const part = value / 255; return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; });
    return { l: 0.2126 * r + 0.7152 * g + 0.0722 * b, a: parts.length > 3 ? parts[3] : 1 };
  };
  const behind = (one) => { for (let at = one; at; at = at.parentElement) { const back = light(getComputedStyle(at).backgroundColor); if (back.a > 0.9) return back.l; } return 1; };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const pale = new Set();
  const english = new Set();
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    const one = walk.currentNode.parentElement;
    if (!text || !seen(one) || one.closest("script, style, .hidden, .skip")) continue;
    const fore = light(getComputedStyle(one).color).l;
    const back = behind(one);
    const ratio = (Math.max(fore, back) + 0.05) / (Math.min(fore, back) + 0.05);
    if (ratio < 4.5) pale.add(`pale ${ratio.toFixed(1)} ${text.slice(0, 30)}`);
    for (const word of text.match(/[A-Za-z][A-Za-z ]{3,}/g) || []) english.add(word.trim());
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (size < 12) pale.add(`tiny ${size} ${text.slice(0, 30)}`);
  }
  if (english.size) found.push(`latin ${[...english].slice(0, 12).join(" | ")}`);
  return [...found, ...pale];
}
