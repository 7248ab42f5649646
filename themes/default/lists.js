/* The form over all agencies on the front page. The list is a script too, which calls `prongsaiList` on first use.
   How texts are compared is as in search.js; the list is written by src/render/agency_list.rs. */
(function () {
  'use strict';

  /* 1 The form in which texts are compared ------------------------------ */
  var MARK = '\\p{M}\\u0e33\\u0eb3';
  var CLUSTER = new RegExp('[^' + MARK + '][' + MARK + ']*|[' + MARK + ']+', 'gu');
  var IS_MARK = new RegExp('^[' + MARK + ']', 'u');
  var INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
  var STACKED = /[\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]{2,}/g;
  var LATIN = /^[0-9a-z]$/;

  function stack(mark) {
    return (mark === '\u0e33' ? '2' : mark >= '\u0e47' ? '1' : '0') + mark;
  }

  function inOrder(marks) {
    return marks.split('').map(stack).sort().filter(function (one, at, all) { return one !== all[at - 1]; })
      .map(function (one) { return one[1]; }).join('');
  }

  function tidy(text) {
    return pass(pass(text));
  }

  function pass(text) {
    return text.replace(INVISIBLE, '').normalize('NFC').replace(/\u0e4d([\u0e48-\u0e4c]*)\u0e32/g, '$1\u0e33').normalize('NFC')
      .replace(/[\s\u0085]+/g, ' ').trim().replace(STACKED, inOrder).replace(/เเ/g, 'แ');
  }

  function foldOne(c) {
    var code = c.charCodeAt(0);
    if (code >= 0x0e50 && code <= 0x0e59) return String(code - 0x0e50);
    if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase();
    var lower = c === 'ς' ? 'σ' : c.toLowerCase();
    return lower.length === c.length ? lower : c;
  }

  function fold(tidied) {
    var out = '', gap = false;
    (tidied.match(CLUSTER) || []).forEach(function (cluster) {
      var folded = Array.from(cluster, foldOne).join('');
      if (cluster === ' ') {
        gap = true;
      } else {
        if (gap && LATIN.test(out.slice(-1)) && LATIN.test(folded[0])) folded = ' ' + folded;
        gap = false;
        out += folded;
      }
    });
    return out;
  }

  /* Where `needle` stands in `hay`, cut at clusters, from `from` on; -1 for nowhere. */
  function find(hay, needle, from) {
    for (var at = hay.indexOf(needle, from || 0); at >= 0; at = hay.indexOf(needle, at + 1)) {
      if (!IS_MARK.test(hay.slice(at + needle.length, at + needle.length + 2)) && !(at > 0 && IS_MARK.test(needle))) return at;
    }
    return -1;
  }

  /* 2 What was asked for ------------------------------------------------ */
  var MOST = 300;
  var PLAIN = /^[\u0e01-\u0e4e]*$/;

  /* Thai letters stay as they are. */
  function key(text) {
    return PLAIN.test(text) ? text : fold(text);
  }

  function otherNames(folded, names) {
    var out = [folded];
    names.forEach(function (forms) {
      out.slice().forEach(function (text) {
        forms.some(function (form) {
          var at = find(text, form);
          if (at < 0) return false;
          forms.forEach(function (other) {
            var next = text.slice(0, at) + other + text.slice(at + form.length);
            if (other !== form && out.length < 24 && out.indexOf(next) < 0) out.push(next);
          });
          return true;
        });
      });
    });
    return out;
  }

  /* Texts of which each has to be there, in one of its forms. */
  function termsOf(query, names) {
    var folded = tidy(query).slice(0, MOST).split(' ').map((word) => fold(word)).filter(Boolean);
    return folded.map((word) => otherNames(word, names));
  }

  function fits(text, terms) {
    return terms.every(function (forms) { return forms.some((form) => find(text, form) >= 0); });
  }

  /* 3 The list ---------------------------------------------------------- */
  var host = document.querySelector('[data-list]');
  if (!host) return;
  var list = null, reading = null;

  window.prongsaiList = function (value) { list = value; };

  function load() {
    if (!reading) {
      reading = new Promise(function (done, failed) {
        var script = document.createElement('script');
        script.src = host.dataset.list + 'list.js';
        script.onload = script.onerror = function () {
          if (list) return done();
          reading = null;
          failed();
        };
        document.head.appendChild(script);
      });
    }
    return reading;
  }

  /* A row: [rest of the name, slug, its beginning, province, kind, level, district, total, other names, own level]. */
  function nameOf(row) {
    return list.begins[row[2]] + row[0];
  }

  function textOf(row) {
    row.text = row.text || [nameOf(row), row[8] || '', list.districts[row[6]] || '', list.provinces[row[3]] || ''].map(key).join('\n');
    return row.text;
  }

  function chosen(terms, by) {
    return list.rows.filter(function (row) {
      return by.every((one) => !one.value || row[one.at] === +one.value) && fits(textOf(row), terms);
    });
  }

  /* 4 The page ---------------------------------------------------------- */
  var ROUND = 40;
  var words = {};
  var template = host.querySelector('template');
  template.content.querySelectorAll('[data-word]').forEach(function (one) {
    words[one.dataset.word] = one.textContent;
    one.remove();
  });
  host.appendChild(template.content);
  host.classList.add('on');
  var form = host.querySelector('form'), field = host.querySelector('input'), selects = Array.from(host.querySelectorAll('select'));
  var status = host.querySelector('[role=status]'), section = host.querySelector('section'), hits = section.querySelector('ol');
  var more = section.querySelector('[data-more]');
  var isThai = document.documentElement.lang === 'th';
  var hasThaiDigits = document.documentElement.classList.contains('thai-digits');
  var PLACE = { province: 3, kind: 4, level: 5 };

  function say(word, values) {
    return words[word].replace(/\{(\w+)\}/g, function (all, name) {
      var value = String(values[name]);
      return hasThaiDigits ? value.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[digit]) : value;
    });
  }

  function put(parent, name, text) {
    var made = document.createElement(name);
    if (text) made.textContent = text;
    if (!isThai && text && /[\u0e01-\u0e5b]/.test(text)) made.lang = 'th';
    parent.appendChild(made);
    return made;
  }

  function placeOf(row) {
    var values = { district: list.districts[row[6]] || '', province: list.provinces[row[3]] || '' };
    if (row[3] === list.capital) return values.district ? say('capital', values) : values.province;
    if (values.district && values.province) return say('both', values);
    return values.province ? say('province', values) : values.district ? say('district', values) : '';
  }

  function called(name, at) {
    var select = form.elements[name];
    return select && select.options[at + 1] ? select.options[at + 1].text : '';
  }

  function href(slug) {
    return host.dataset.base + encodeURIComponent(slug) + (host.dataset.links === 'file' ? '/index.html' : '/');
  }

  var shown = [];

  function showMore() {
    var begin = hits.children.length;
    shown.slice(begin, begin + ROUND).forEach(function (row) {
      var item = put(hits, 'li');
      put(put(item, 'b'), 'a', nameOf(row)).href = href(row[1]);
      var about = [called('kind', row[4]), placeOf(row)].filter(Boolean).join(' · ');
      if (about) put(item, 'span', about).className = 'small';
      var result = row[7] ? [say('score', { score: row[7] }), row[9] || called('level', row[5])].filter(Boolean).join(' · ') : words.no_result;
      put(item, 'span', result);
    });
    more.hidden = hits.children.length >= shown.length;
    return hits.children[begin];
  }

  var turn = 0, timer = 0;

  function run() {
    var mine = (turn += 1);
    var by = selects.map(function (one) { return { at: PLACE[one.name], value: one.value }; });
    if (!tidy(field.value) && by.every((one) => !one.value)) {
      section.hidden = true;
      status.textContent = '';
      return;
    }
    if (!list) status.textContent = words.wait;
    load().then(function () {
      if (mine !== turn) return;
      shown = chosen(termsOf(field.value, list.names), by);
      section.hidden = shown.length === 0;
      status.textContent = shown.length ? say('count', { count: shown.length.toLocaleString('en'), total: list.rows.length.toLocaleString('en') }) : words.none;
      hits.textContent = '';
      showMore();
    }, function () {
      if (mine === turn) { section.hidden = true; status.textContent = words.failed; }
    });
  }

  /* The address keeps what was asked. Some browsers refuse that from a disk. */
  function remember() {
    var asked = [field].concat(selects).filter((one) => one.value.trim());
    var query = asked.map((one) => one.name + '=' + encodeURIComponent(one === field ? one.value.trim() : one.selectedOptions[0].text)).join('&');
    try { history.replaceState(null, '', location.pathname + (query && '?' + query) + location.hash); } catch (refused) { }
  }

  function renew() {
    clearTimeout(timer);
    remember();
    run();
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    renew();
  });
  form.addEventListener('focusin', function () { load().catch(function () {}); });
  field.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(renew, 200);
  });
  selects.forEach(function (one) { one.addEventListener('change', renew); });
  section.querySelector('[data-clear]').addEventListener('click', function () {
    form.reset();
    renew();
    field.focus();
  });
  more.addEventListener('click', function () {
    var first = showMore();
    if (first) first.querySelector('a').focus();
  });

  new URLSearchParams(location.search).forEach(function (value, name) {
    var one = form.elements[name];
    if (one === field) one.value = value.slice(0, MOST);
    if (selects.indexOf(one) >= 0) Array.from(one.options).forEach((by) => { if (by.text === value) by.selected = true; });
  });
  run();
}());
