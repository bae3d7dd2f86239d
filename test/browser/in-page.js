/*
 * What tests ask of a page, run inside it. Plain JavaScript in one expression: it is sent to the browser as text, works
 * with the page's own scripts switched off, and keeps the DOM's types out of a program that runs on Node.
 */
({
  /** Texts (and control borders) that stand out too little: WCAG 2.2, 1.4.3 (4.5:1) and 1.4.11 (3:1). */
  faint() {
    const parse = (text) => {
      const [, parts] = /^rgba?\((.+)\)$/.exec(text) ?? [];
      if (parts === undefined) throw new Error(`Cannot read the color ${text}`);
      const [r, g, b, a = 1] = parts.split(/[,/\s]+/).map(Number);
      return { r, g, b, a };
    };
    const over = (top, below) => {
      const mix = (one, other) => one * top.a + other * (1 - top.a);
      return { r: mix(top.r, below.r), g: mix(top.g, below.g), b: mix(top.b, below.b), a: 1 };
    };
    const canvas = () => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.setProperty('color', 'Canvas');
      const color = parse(getComputedStyle(probe).color);
      probe.remove();
      return color;
    };
    const behind = (element) => {
      if (element === null) return canvas();
      const own = parse(getComputedStyle(element).backgroundColor);
      return own.a === 1 ? own : over(own, behind(element.parentElement));
    };
    const luminance = ({ r, g, b }) => {
      const [red, green, blue] = [r, g, b]
        .map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const ratio = (one, other) => {
      const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const opacity = (element) => (element === null ? 1 : Number(getComputedStyle(element).opacity) * opacity(element.parentElement));
    const judge = (what, color, element, ground, least) => {
      const seen = { ...parse(color), a: parse(color).a * opacity(element) };
      const found = ratio(over(seen, ground), ground);
      return found < least ? [`${what}: ${found.toFixed(2)}, not ${least}`] : [];
    };
    const visible = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = [];
    while (texts.nextNode()) {
      const { parentElement: element, textContent } = texts.currentNode;
      if (textContent.trim() === '' || !visible(element)) continue;
      const { color, fill } = getComputedStyle(element);
      faint.push(...judge(textContent.trim().slice(0, 40), element instanceof SVGElement ? fill : color, element, behind(element), 4.5));
    }
    for (const input of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
      if (!visible(input)) continue;
      const style = getComputedStyle(input);
      faint.push(...judge(`value of ${input.name}`, style.color, input, behind(input), 4.5));
      faint.push(...judge(`border of ${input.name}`, style.borderTopColor, input, behind(input.parentElement), 3));
    }
    return faint;
  },

  /** What does not fit the window's width, and controls that cannot be seen, hit or brought into view. */
  misfits() {
    const { scrollWidth, clientWidth } = document.documentElement;
    const wide = [...document.body.querySelectorAll('*')].find(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5 && !element.closest('.scroll table'),
    );
    const misfits =
      scrollWidth > clientWidth
        ? [`the page is ${scrollWidth} px wide in a window of ${clientWidth} px: ${wide?.outerHTML.slice(0, 80)}`]
        : [];
    const top = window.scrollY;
    for (const control of document.querySelectorAll('a[href]:not(.skip), button, summary, input:not([type=hidden]), select, textarea')) {
      if (!control.checkVisibility()) continue;
      control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      const box = control.getClientRects()[0];
      const name = control.textContent.trim() || control.name || control.getAttribute('aria-label');
      if (box.left < -1 || box.right > clientWidth + 1) misfits.push(`${name} leaves the window`);
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (!hit || !(control.contains(hit) || hit.closest('label')?.control === control)) misfits.push(`${name} is covered`);
      // WCAG 2.2, 2.5.8: what is not a link in a sentence is at least 24 px high.
      if (control.matches('button, summary') && box.height < 23.5) misfits.push(`${name} is ${box.height.toFixed(0)} px high`);
    }
    for (const text of document.querySelectorAll('h1, h2, p, dd, dt, li, label, td, th, code, button'))
      if (
        text.scrollWidth > text.clientWidth + 1 &&
        getComputedStyle(text).display !== 'inline' &&
        getComputedStyle(text).overflowX !== 'auto'
      )
        misfits.push(`the text "${text.textContent.trim().slice(0, 40)}" is wider than its place`);
    window.scrollTo({ top, behavior: 'instant' });
    return misfits;
  },

  /** What a screen reader would stumble over. */
  barriers() {
    const barriers = [];
    const must = (holds, otherwise) => holds || barriers.push(otherwise);
    const count = (selector) => document.querySelectorAll(selector).length;
    must(document.documentElement.lang === 'en', 'the language is not said');
    must(document.title.length > 'Flowstate'.length, 'the page has no title of its own');
    for (const one of ['h1', 'main', 'body > header', 'body > footer', 'nav[aria-label]'])
      must(count(one) === 1, `there is not one ${one} but ${count(one)}`);
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => Number(heading.tagName[1]));
    must(
      levels.every((level, at) => level <= (levels[at - 1] ?? 0) + 1),
      `headings skip a level: ${levels.join()}`,
    );
    for (const input of document.querySelectorAll('input:not([type=hidden]):not([hidden]), select, textarea'))
      must(input.labels.length > 0 && input.labels[0].textContent.trim() !== '', `${input.name} has no label`);
    for (const group of document.querySelectorAll('fieldset'))
      must(group.querySelector(':scope > legend')?.textContent.trim(), 'a group has no legend');
    for (const control of document.querySelectorAll('a, button, summary'))
      must((control.getAttribute('aria-label') ?? control.textContent).trim() !== '', 'a control has no name');
    for (const id of document.querySelectorAll('[aria-describedby]'))
      must(document.getElementById(id.getAttribute('aria-describedby')), 'a description is missing');
    for (const wrong of document.querySelectorAll('[aria-invalid=true]'))
      must(count('[role=alert]') === 1 && wrong.matches('[aria-describedby=error]'), `${wrong.name} is wrong but nothing says why`);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    must(new Set(ids).size === ids.length, `an id is used twice: ${ids.join()}`);
    must(
      [...document.querySelectorAll('[tabindex]')].every(({ tabIndex }) => tabIndex <= 0),
      'a tabindex is positive',
    );
    must(count('script') === 0 && count('[style]') === 0, 'there is a script or an inline style');
    for (const image of document.querySelectorAll('img, svg'))
      must(
        image.getAttribute('alt') || image.ariaHidden === 'true' || (image.getAttribute('role') === 'img' && image.ariaLabel),
        'an image has no text',
      );
    return barriers;
  },

  /** Name of what has the focus (empty: nothing), and whether a ring of at least 2 px shows it inside the window. */
  focus() {
    const focused = document.activeElement;
    if (focused === document.body) return { name: '', visible: false };
    const { outlineStyle, outlineWidth } = getComputedStyle(focused);
    const box = focused.getClientRects()[0];
    const onScreen = box !== undefined && box.left >= 0 && box.top >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
    const name = focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent;
    return {
      name: name.trim().replace(/\s+/g, ' '),
      visible: focused.matches(':focus-visible') && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && onScreen,
    };
  },
});
