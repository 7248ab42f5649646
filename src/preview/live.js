// Follows the sources: as the script of a page, and as the worker that asks for all pages of a browser, over one connection.
'use strict';
const nap = (time) => new Promise((done) => setTimeout(done, time));
// Calls `tell` at each piece of news. A server that is gone is asked for again.
const listen = async (tell, rest, how) => {
  for (let seen = '', pause = rest; ; await nap(pause)) {
    try {
      const answer = await fetch(`/_next?after=${seen}${how}`);
      if (!answer.ok) throw answer;
      const now = await answer.text();
      if (now != seen) tell();
      seen = now;
      pause = rest;
    } catch {
      pause = Math.min(pause * 2, 1000);
    }
  }
};
if (self.document) {
  const [mark, style] = document.currentScript.dataset.is.split(' ');
  let worn = style, busy, again;
  // What this address shows now.
  const look = async () => {
    again = busy;
    if (busy) return;
    busy = true;
    // What was found comes some milliseconds after the pages: one load is enough for both.
    await nap(40);
    again = false;
    try {
      const answer = await fetch(location.href, { cache: 'no-cache' });
      const is = /<script src="\/_live\.js" data-is="(\w+) (\w+)/.exec(await answer.text());
      if (answer.status < 500 && is?.[1] != mark) return location.reload();
      if (is && is[2] != worn) wear((worn = is[2]));
    } catch {}
    busy = false;
    if (again) look();
  };
  // A sheet goes when the one that follows it is there.
  const wear = (now) => {
    for (const old of document.querySelectorAll('link[rel=stylesheet]')) {
      if (old.was) continue;
      const next = (old.next ??= old.cloneNode());
      next.was = old;
      next.onload = next.onerror = () => {
        old.remove();
        next.was = 0;
      };
      next.href = old.href.split('?')[0] + '?' + now;
      old.after(next);
    }
  };
  onpageshow = (event) => event.persisted && look();
  try {
    new SharedWorker('/_live.js').port.onmessage = look;
  } catch {
    listen(look, 500, '&now');
  }
  // A panel that was folded away comes back with a new fault.
  const sheet = document.querySelector('.pv-sheet');
  if (sheet) {
    const { keys } = sheet.dataset;
    const folded = sessionStorage.prongsai || '';
    if (keys.split(' ').every((key) => folded.includes(key))) sheet.open = false;
    sheet.ontoggle = () => { sessionStorage.prongsai = sheet.open ? '' : keys; };
  }
} else {
  const ports = [];
  onconnect = ({ ports: [port] }) => {
    ports.push(port);
    port.postMessage(0);
  };
  listen(() => ports.forEach((port) => port.postMessage(0)), 50, '');
}
