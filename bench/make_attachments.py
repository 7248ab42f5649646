#!/usr/bin/env python3
"""Writes a site with attachments as agencies have them: make_attachments.py SITE [-n 1000] [-k 1024].

-n how many, -k the size of each in KiB, roughly. Of a hundred: 35 PDFs with text and pictures, 15 scans, 15 workbooks,
15 documents, 10 tables as text, 10 pictures. The same arguments write the same bytes; no two files are alike.
Tables hold thirteen-digit numbers that are no citizen's, so that every one of them is looked at and none is found.
"""
import argparse
import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

VARIANTS = 8  # of each kind; the rest differ in a few bytes, which is all that a hash needs
WORDS = "การ เปิดเผย ข้อมูล สาธารณะ หน่วยงาน งบประมาณ แผน รายงาน ผล ประเมิน บริการ ประชาชน จัดซื้อ จัดจ้าง เจ้าหน้าที่ ตำบล".split()


def text(rng, count):
    return " ".join(rng.choice(WORDS) for _ in range(count))


def number(rng):
    """Thirteen digits with a wrong check digit."""
    digits = [rng.randrange(1, 9)] + [rng.randrange(10) for _ in range(11)]
    check = (11 - sum(d * w for d, w in zip(digits, range(13, 1, -1))) % 11) % 10
    return "".join(map(str, digits)) + str((check + 1) % 10)


def jpeg(rng, size):
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + rng.randbytes(size - 24) + b"\xff\xd9"


def pdf(rng, size, with_text):
    """A page for every 100 KiB, each with a picture; a mark in the first line is where files differ."""
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n%" + b"0" * 16 + b"\n")
    places = []

    def add(body):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % len(places) + body + b"\nendobj\n")
        return len(places)

    def stream(dictionary, data):
        return b"<< %s /Length %d >>\nstream\n" % (dictionary, len(data)) + data + b"\nendstream"

    count = max(1, size // (100 * 1024))
    add(b"<< /Type /Catalog /Pages 2 0 R >>")
    kids = b" ".join(b"%d 0 R" % (3 + 3 * i) for i in range(count))
    add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids))
    for i in range(count):
        first = 3 + 3 * i
        add(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /XObject << /I %d 0 R >> >> >>" % (first + 1, first + 2))
        content = "q 595 0 0 842 0 0 cm /I Do Q\n"
        if with_text:
            lines = "".join(f"<{text(rng, 12).encode('utf-16-be').hex()}> Tj T*\n" for _ in range(40))
            content += f"BT /F1 14 Tf 72 770 Td 18 TL\n{lines}ET\n"
        add(stream(b"/Filter /FlateDecode", zlib.compress(content.encode())))
        picture = b"/Type /XObject /Subtype /Image /Width 1240 /Height 1754 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
        add(stream(picture, jpeg(rng, size // count - 4096)))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, table))
    return out.getvalue()


def archive(entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in entries:
            z.writestr(zipfile.ZipInfo(name, (2025, 9, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx(rng, size):
    """Rows of a shared text, a number and an amount, until what is packed has the size."""
    strings = [text(rng, 6) for _ in range(2000)]
    rows = []
    for row in range(1, size // 27):
        rows.append(f'<row r="{row}"><c r="A{row}" t="s"><v>{rng.randrange(2000)}</v></c><c r="B{row}"><v>{number(rng)}</v></c><c r="C{row}"><v>{rng.randrange(10**6)}.5</v></c></row>')
    sheet = "<worksheet><sheetData>" + "".join(rows) + "</sheetData></worksheet>"
    shared = "<sst>" + "".join(f"<si><t>{s}</t></si>" for s in strings) + "</sst>"
    return archive([
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", '<workbook><sheets><sheet name="รายงาน" sheetId="1" r:id="r1"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ])


def docx(rng, size):
    """Text for a third of the size, packed, and a picture for the rest."""
    paragraphs = "".join(f"<w:p><w:pPr><w:jc w:val=\"thaiDistribute\"/></w:pPr><w:r><w:t>{text(rng, 30)} </w:t></w:r><w:r><w:t>{number(rng)}</w:t></w:r></w:p>" for _ in range(size // 450))
    return archive([
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", f"<w:document><w:body>{paragraphs}</w:body></w:document>"),
        ("word/media/image1.jpeg", jpeg(rng, size * 2 // 3)),
    ])


def csv(rng, size):
    lines, length = ["ลำดับ,รายการ,เลขที่,จำนวนเงิน"], 0
    while length < size:
        lines.append(f"{len(lines)},{text(rng, 8)},{number(rng)},{rng.randrange(10**6)}")
        length += len(lines[-1].encode()) + 2
    return "\r\n".join(lines).encode()


def mark(kind, data, i):
    """Makes the i-th file differ from the others of its variant."""
    if kind in ("text.pdf", "scan.pdf"):
        return data.replace(b"0" * 16, b"%016d" % i, 1)
    if kind in ("xlsx", "docx"):
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a") as z:
            z.writestr(zipfile.ZipInfo("docProps/custom.xml", (2025, 9, 1, 0, 0, 0)), f"<p>{i}</p>")
        return out.getvalue()
    if kind == "csv":
        return data + f"\r\n{i}".encode()
    return data[:-2] + struct.pack(">Q", i) + data[-2:]


KINDS = ["text.pdf"] * 7 + ["scan.pdf"] * 3 + ["xlsx"] * 3 + ["docx"] * 3 + ["csv"] * 2 + ["jpg"] * 2
MAKE = {
    "text.pdf": lambda rng, size: pdf(rng, size, True), "scan.pdf": lambda rng, size: pdf(rng, size, False),
    "xlsx": xlsx, "docx": docx, "csv": csv, "jpg": jpeg,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("-k", type=int, default=1024)
    asked = parser.parse_args()
    content = asked.site / "content"
    (content / "files").mkdir(parents=True, exist_ok=True)
    (content / "site.yaml").write_text("title: ไฟล์แนบ\n", encoding="utf-8")
    (content / "agency.yaml").write_text("name: หน่วยงานตัวอย่าง\nkind: local\n", encoding="utf-8")
    made, total = {}, 0
    for i in range(asked.n):
        kind = KINDS[i % len(KINDS)]
        variant = (kind, i // len(KINDS) % VARIANTS)
        if variant not in made:
            made[variant] = MAKE[kind](random.Random(f"{variant}"), asked.k * 1024)
        data = mark(kind, made[variant], i)
        total += len(data)
        (content / "files" / f"{i:04}.{kind.split('.')[-1]}").write_bytes(data)
    print(f"{asked.n} attachments, {total / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
