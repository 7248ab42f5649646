/* Search, for the pages that have an element with data-search. The index is read in small parts, each a script that calls
   one function of `prongsaiSearch`, so that it works from a disk too and under a policy that allows the site alone.
   What a text is compared by is what src/base/fold.rs does; how the parts are written is in src/render/search.rs. */
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

  /* Twice: see src/base/fold.rs. */
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

  /* The folded text; where `map` is given, it gets for each of its UTF-16 units the place in the tidy text, and the end. */
  function fold(tidied, map) {
    var out = '', gap = false, place = 0;
    (tidied.match(CLUSTER) || []).forEach(function (cluster) {
      var folded = Array.from(cluster, foldOne).join('');
      if (cluster === ' ') {
        gap = true;
      } else {
        if (gap && LATIN.test(out.slice(-1)) && LATIN.test(folded[0])) folded = ' ' + folded;
        gap = false;
        out += folded;
        for (var i = 0; map && i < folded.length; i += 1) map.push(place);
      }
      place += cluster.length;
    });
    if (map) map.push(place);
    return out;
  }

  function clusters(folded) {
    return folded.match(CLUSTER) || [];
  }

  /* Where `needle` stands in `hay`, cut at clusters, from `from` on; -1 for nowhere. */
  function find(hay, needle, from) {
    for (var at = hay.indexOf(needle, from || 0); at >= 0; at = hay.indexOf(needle, at + 1)) {
      if (!IS_MARK.test(hay.slice(at + needle.length, at + needle.length + 2)) && !(at > 0 && IS_MARK.test(needle))) return at;
    }
    return -1;
  }

  /* 2 What was asked for ------------------------------------------------ */
  /* The most letters of a query that are looked at. */
  var MOST = 300;
  /* A query is terms that must all be there. A term is texts of which one must be there, or keys of which the entry has one. */
  var KINDS = [
    [/^(ข้อคำถามที่|ข้อคำถาม|คำถามที่|คำถาม|question)/, ['question']], [/^(ข้อที่|ข้อ)/, ['item', 'question']],
    [/^(รายการข้อมูลที่|รายการข้อมูล|รายการที่|รายการ|item)/, ['item']],
    [/^(ตัวชี้วัดที่|ตัวชี้วัด|indicator)/, ['indicator']], [/^(ประเด็นที่|ประเด็น|issue)/, ['issue']]
  ];
  var YEAR = /^(ปีงบประมาณ|ปี|fiscalyear|year)?(พ\.?ศ\.?)? ?(2[45]\d\d)$/;
  /* OIT ข้อ 12 is o12. EIT1 is a part of a survey, so a bare number after EIT is no code. */
  var SURVEY = /^([eio])it[ ._\u2013-]*((?:ข้อ|รายการ)(?:คำถาม|ข้อมูล)?(?:ที่)?)?[ ._\u2013-]*(?=([eio]?)[ ._\u2013-]*\d)/;
  var CODE = /^([a-z]?)[ ._\u2013-]*(\d{1,4})$/;

  /* The keys of a code in whatever spelling; none where it is no code. */
  function keysOf(folded) {
    var year = YEAR.exec(folded);
    if (year) return ['y' + year[3]];
    var kinds = null;
    var rest = folded.replace(/^[("'[]+|[)"'\],;:.?!]+$/g, '').replace(/^ita[ ._-]*(?=[a-z])/, '');
    var survey = SURVEY.exec(rest);
    if (survey && (survey[1] !== 'e' || survey[2] || survey[3])) rest = (survey[3] ? '' : survey[1]) + rest.slice(survey[0].length);
    KINDS.some(function (one) {
      var word = one[0].exec(rest);
      if (word) { kinds = one[1]; rest = rest.slice(word[0].length).replace(/^ /, ''); }
      return word;
    });
    var code = CODE.exec(rest);
    if (!code) return [];
    var number = code[2].replace(/^0+/, '');
    var letter = code[1];
    // A zero is often written for the letter o: ๐๑๒.
    if (!letter && !kinds && /^0/.test(code[2])) letter = 'o';
    if (!letter && !kinds && /^0[ ._-]+\d/.test(rest)) letter = 'o';
    if (!number || number.length > 3) return [];
    if (letter) return [letter + number];
    return (kinds || ['item', 'question', 'indicator', 'issue']).map(function (kind) { return kind + number; });
  }

  /* The text with one name of a thing put in place of another, for each pair that it holds. */
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

  function parse(query, names) {
    var words = tidy(query).slice(0, MOST).split(' ').filter(Boolean);
    var terms = [];
    for (var i = 0; i < words.length;) {
      var length = Math.min(3, words.length - i), keys = [];
      for (; length > 0; length -= 1) {
        var joined = words.slice(i, i + length).join(' ');
        keys = keysOf(fold(joined));
        if (!keys.length && /^[0๐] *[-._]? *\d/.test(joined)) keys = keysOf('o' + fold(joined.replace(/^[0๐][ ._-]*/, '')));
        if (keys.length || length === 1) break;
      }
      /* ประเด็นที่ 3 is what texts call ประเด็น 3. */
      var own = words.slice(i, i + length).map(function (word) { return fold(keys.length ? word.replace(/^([ก-ฮ\u0e30-\u0e4e]{3,})ที่(?=[0-9๐-๙]*$)/, '$1') : word); }).filter(Boolean);
      if (own.length) terms.push({ keys: keys, words: own.map(function (word) { return otherNames(word, names); }), said: joined });
      i += length;
    }
    var phrase = fold(tidy(query).slice(0, MOST));
    return { terms: terms, phrases: phrase ? otherNames(phrase, names) : [] };
  }

  /* 3 The index --------------------------------------------------------- */
  var DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  var BUCKETS = 4096;

  function bucket(text) {
    var hash = 2166136261;
    for (var i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
    return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
  }

  /* The buckets that all hold each entry in which the clusters stand. */
  function bucketsOf(folded) {
    var cut = clusters(folded);
    if (cut.length === 1) return [bucket('\u0001' + cut[0])];
    return cut.slice(1).map(function (next, i) { return bucket(cut[i] + next); });
  }

  function keyBucket(key) {
    return bucket('\u0002' + key);
  }

  /* Gaps between the numbers of entries, five bits a letter, the last letter of each below 32. */
  function numbers(text) {
    var out = [], gap = 0, last = -1;
    for (var i = 0; i < text.length; i += 1) {
      var digit = DIGITS.indexOf(text[i]);
      gap = gap * 32 + (digit & 31);
      if (digit < 32) { last += gap; out.push(last); gap = 0; }
    }
    return out;
  }

  if (typeof module === 'object' && module.exports) {
    module.exports = { tidy: tidy, fold: fold, clusters: clusters, find: find, keysOf: keysOf, parse: parse, bucket: bucket, numbers: numbers };
    return;
  }

  var host = document.querySelector('[data-search]');
  if (!host) return;
  var folder = host.getAttribute('data-search');
  var waiting = {};
  var head = null, parts = {}, texts = {};

  window.prongsaiSearch = {
    head: function (value) { head = value; },
    part: function (number, value) { parts[number] = value.split(' '); },
    text: function (number, value) { texts[number] = value; }
  };

  function has(name) {
    var place = name.split('-');
    return name === 'head' ? head : place[0] === 'part' ? parts[place[1]] : texts[place[1]];
  }

  /* Reads a file of the index once. Where another text came in its place, as that of a network's own page, it is asked for again. */
  function load(name) {
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done, failed) {
        var script = document.createElement('script');
        var end = function () {
          if (has(name)) return done();
          delete waiting[name];
          failed(new Error(name));
        };
        script.src = folder + name + '.js';
        script.onload = end;
        script.onerror = end;
        document.head.appendChild(script);
      });
    }
    return waiting[name];
  }

  function loadAll(names) {
    return Promise.all(names.filter(function (name, i) { return names.indexOf(name) === i; }).map(load));
  }

  function partOf(one) {
    return Math.floor(one / (BUCKETS / head.parts));
  }

  function entriesOf(one) {
    return numbers(parts[partOf(one)][one % (BUCKETS / head.parts)] || '');
  }

  /* The numbers of entries that may have what was asked for, as a set of marks. */
  function candidates(asked) {
    var wanted = [];
    asked.terms.forEach(function (term) {
      term.keys.forEach(function (key) { wanted.push(keyBucket(key)); });
      term.words.forEach(function (forms) { forms.forEach(function (form) { wanted = wanted.concat(bucketsOf(form)); }); });
    });
    return loadAll(wanted.map(function (one) { return 'part-' + partOf(one); })).then(function () {
      var all = new Uint8Array(head.entries).fill(1);
      asked.terms.forEach(function (term) {
        var spelt = new Uint8Array(head.entries).fill(1);
        term.words.forEach(function (forms) {
          var any = new Uint8Array(head.entries);
          forms.forEach(function (form) {
            var lists = bucketsOf(form).map(entriesOf), count = new Uint16Array(head.entries);
            lists.forEach(function (list) { list.forEach(function (entry) { count[entry] += 1; }); });
            count.forEach(function (times, entry) { if (times === lists.length) any[entry] = 1; });
          });
          keep(spelt, any);
        });
        term.keys.forEach(function (key) { entriesOf(keyBucket(key)).forEach(function (entry) { spelt[entry] = 1; }); });
        keep(all, spelt);
      });
      var found = [];
      all.forEach(function (yes, entry) { if (yes) found.push(entry); });
      return found.length > head.most ? exactFirst(found, asked) : found;
    });
  }

  /* Where not all can be looked at, those that are called exactly what was asked for come first. */
  function exactFirst(found, asked) {
    var keys = asked.phrases.map(function (phrase) { return keyBucket('=' + phrase); });
    return loadAll(keys.map(function (one) { return 'part-' + partOf(one); })).then(function () {
      var isExact = {};
      keys.forEach(function (key) { entriesOf(key).forEach(function (entry) { isExact[entry] = true; }); });
      return found.filter(function (entry) { return isExact[entry]; }).concat(found.filter(function (entry) { return !isExact[entry]; }));
    });
  }

  function keep(all, some) {
    for (var i = 0; i < all.length; i += 1) all[i] &= some[i];
  }

  /* The chunk of texts that an entry stands in: the last that begins at it or before. */
  function chunkOf(entry) {
    var low = 0, high = head.chunks.length - 1;
    while (low < high) {
      var middle = (low + high + 1) >> 1;
      if (head.chunks[middle] <= entry) low = middle; else high = middle - 1;
    }
    return low;
  }

  /* An entry: [address, kind, year, keys, label, title, body], and what it is compared by. */
  function entry(number) {
    var chunk = chunkOf(number);
    var raw = texts[chunk][number - head.chunks[chunk]];
    if (!raw.folded) raw.folded = { label: fold(raw[4]), title: fold(raw[5]), body: fold(raw[6]) };
    return raw;
  }

  /* How well an entry fits, the smaller the better; -1 where it does not. */
  function rank(raw, asked) {
    var has = raw.folded, byKey = 0, named = true;
    var inName = function (form) { return find(has.title, form) >= 0 || find(has.label, form) >= 0; };
    var fits = asked.terms.every(function (term) {
      if (term.keys.some(function (key) { return raw[3].indexOf(key) >= 0; })) {
        // The code itself is more than one number among many, or a year.
        byKey += term.keys.length === 1 && term.keys[0][0] !== 'y' ? 2 : term.keys[0][0] === 'y' ? 0 : 1;
        return true;
      }
      return term.words.every(function (forms) {
        if (forms.some(inName)) return true;
        named = false;
        return forms.some(function (form) { return find(has.body, form) >= 0; });
      });
    });
    if (!fits) return -1;
    var best = named ? 6 : 10;
    asked.phrases.forEach(function (phrase, i) {
      var at = find(has.title, phrase), shift = i ? 1 : 0;
      var own = has.title === phrase || raw[3].indexOf('=' + phrase) >= 0 ? 0 : at === 0 ? 2 : at > 0 ? 4 : find(has.label, phrase) >= 0 ? 6 : find(has.body, phrase) >= 0 ? 8 : 10;
      best = Math.min(best, own + shift);
    });
    return named && byKey ? (byKey > 1 ? 0 : Math.min(best, 1)) : best;
  }

  function search(query) {
    return load('head').then(function () {
      var asked = parse(query, head.names);
      if (!asked.terms.length) return { asked: asked, hits: [] };
      return candidates(asked).then(function (found) {
        var most = found.slice(0, head.most);
        return loadAll(most.map(function (number) { return 'text-' + chunkOf(number); })).then(function () {
          var hits = [];
          most.forEach(function (number) {
            var raw = entry(number), fit = rank(raw, asked);
            if (fit >= 0) hits.push({ raw: raw, number: number, fit: fit, year: raw[2] || head.latest });
          });
          hits.sort(function (a, b) { return a.fit - b.fit || b.year - a.year || a.number - b.number; });
          return { asked: asked, hits: hits, more: found.length > most.length };
        });
      });
    });
  }

  /* 4 The page ---------------------------------------------------------- */
  var ROUND = 20;
  var words = {};
  var template = host.querySelector('template');
  Array.prototype.forEach.call(template.content.querySelectorAll('[data-word]'), function (one) {
    words[one.getAttribute('data-word')] = one.textContent;
    one.remove();
  });
  host.appendChild(template.content);
  host.classList.add('on');
  var form = host.querySelector('form'), field = host.querySelector('input'), status = host.querySelector('[role=status]');
  var section = host.querySelector('section'), heading = section.querySelector('h2'), list = section.querySelector('ol');
  var none = section.querySelector('[data-none]'), more = section.querySelector('[data-more]');
  var isThai = document.documentElement.lang === 'th';
  var hasThaiDigits = document.documentElement.classList.contains('thai-digits');

  function say(word, values) {
    return words[word].replace(/\{(\w+)\}/g, function (all, name) {
      var value = String(values[name]);
      return name === 'query' || !hasThaiDigits ? value : value.replace(/\d/g, function (digit) { return '๐๑๒๓๔๕๖๗๘๙'[digit]; });
    });
  }

  function put(parent, name, kind) {
    var made = document.createElement(name);
    if (kind) made.className = kind;
    parent.appendChild(made);
    return made;
  }

  /* Writes a text, with what was found in it marked; `from` and `to` cut it. */
  function marked(parent, text, ranges, from, to) {
    var at = from;
    ranges.forEach(function (range) {
      var start = Math.max(range[0], at), end = Math.min(range[1], to);
      if (start >= end) return;
      parent.appendChild(document.createTextNode(text.slice(at, start)));
      put(parent, 'mark').textContent = text.slice(start, end);
      at = end;
    });
    parent.appendChild(document.createTextNode(text.slice(at, to)));
    if (!isThai && /[\u0e01-\u0e5b]/.test(text)) parent.lang = 'th';
  }

  /* Where in a text the words stand, each pair of places once and in order. */
  function ranges(text, asked) {
    var map = [], folded = fold(text, map), found = [];
    var look = function (needle) {
      for (var at = find(folded, needle); at >= 0 && found.length < 50; at = find(folded, needle, at + needle.length)) {
        var end = at + needle.length, to = map[end];
        // A space before the next cluster is none of it.
        while (text[to - 1] === ' ') to -= 1;
        found.push([map[at], to]);
      }
    };
    asked.phrases.forEach(look);
    if (!found.length) asked.terms.forEach(function (term) { term.words.forEach(function (forms) { forms.forEach(look); }); });
    return found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
  }

  /* A piece of the text around the first thing found, cut between clusters and where there is one near, at a space. */
  function snippet(parent, text, found) {
    var first = found.length ? found[0][0] : 0, from = 0, to = text.length, place = 0, ends = [0];
    clusters(text).forEach(function (cluster) { place += cluster.length; ends.push(place); });
    var near = function (wanted) { return ends.reduce(function (best, end) { return end <= wanted ? end : best; }, 0); };
    if (first > 50) {
      from = near(first - 40);
      var space = text.indexOf(' ', from);
      if (space >= 0 && space < first) from = space + 1;
    }
    if (to > from + 170) {
      to = near(from + 160);
      var last = text.lastIndexOf(' ', to);
      if (last > from + 100 && last > (found.length ? found[0][1] : 0)) to = last;
    }
    if (from > 0) parent.appendChild(document.createTextNode('…'));
    marked(parent, text, found, from, to);
    if (to < text.length) parent.appendChild(document.createTextNode('…'));
  }

  function href(address) {
    var cut = address.split('#');
    var path = cut[0].split('/').map(encodeURIComponent).join('/');
    if (host.getAttribute('data-links') === 'file' && /(^|\/)$/.test(path)) path += 'index.html';
    return host.getAttribute('data-base') + path + (cut[1] ? '#' + cut[1] : '');
  }

  var shown = null;

  function showMore() {
    var begin = list.children.length;
    shown.hits.slice(begin, begin + ROUND).forEach(function (hit) {
      var raw = hit.raw, item = put(list, 'li');
      marked(put(item, 'span', 'small'), raw[4], ranges(raw[4], shown.asked), 0, raw[4].length);
      var link = put(put(item, 'b'), 'a');
      link.href = href(raw[0]);
      marked(link, raw[5], ranges(raw[5], shown.asked), 0, raw[5].length);
      if (raw[6]) snippet(put(item, 'p', 'small'), raw[6], ranges(raw[6], shown.asked));
      if (raw[1] === 'agency') {
        var inside = put(put(item, 'span', 'small'), 'a');
        inside.href = href(raw[0] + 'search/');
        inside.textContent = say('inside', { name: raw[5] });
        if (!isThai) inside.lang = 'th';
      }
    });
    more.hidden = list.children.length >= shown.hits.length;
    return list.children[begin];
  }

  function show(query, result) {
    shown = result;
    var count = result.hits.length;
    section.hidden = false;
    heading.textContent = say('results', { query: query });
    status.textContent = count ? say(result.more ? 'many' : 'found', { count: count }) : say('nothing', { query: query });
    none.hidden = count > 0;
    list.hidden = count === 0;
    list.textContent = '';
    showMore();
  }

  var turn = 0, timer = 0;

  function run() {
    var query = field.value.trim(), mine = (turn += 1);
    if (!tidy(query)) {
      section.hidden = true;
      status.textContent = '';
      return Promise.resolve();
    }
    return search(query).then(function (result) {
      if (mine === turn) show(query, result);
    }, function () {
      if (mine === turn) { section.hidden = true; status.textContent = words.failed; }
    });
  }

  /* The address keeps the query, so that it can be handed on. Some browsers refuse that from a disk; then it stays as it is. */
  function remember() {
    var query = field.value.trim();
    try { history.replaceState(null, '', location.pathname + (query ? '?q=' + encodeURIComponent(query) : '') + location.hash); } catch (refused) { /* as said */ }
  }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    clearTimeout(timer);
    remember();
    run();
  });
  field.addEventListener('focus', function () { load('head').catch(function () {}); });
  field.addEventListener('input', function () {
    clearTimeout(timer);
    timer = setTimeout(function () { remember(); run(); }, 250);
  });
  more.addEventListener('click', function () {
    var first = showMore();
    if (first) first.querySelector('a').focus();
  });

  function ask() {
    var asked = /[?&]q=([^&]*)/.exec(location.search);
    if (!asked) return;
    var query = asked[1];
    try { query = decodeURIComponent(query.replace(/\+/g, ' ')); } catch (broken) { /* then as it is written */ }
    // The field takes no more of what is typed either.
    field.value = query.slice(0, MOST);
    run();
  }
  window.addEventListener('popstate', ask);
  ask();
}());
