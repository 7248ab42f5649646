//! Tables in pandas, DuckDB, R and LibreOffice: every table, with the right kinds, rows and cells.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::sites::{self, Published};
use crate::told::{self, Kinds, Told};
use crate::{outcome, python, script, snippet};

/// The tables of an edition.
const TABLES: [&str; 7] = ["scores", "questions", "items", "measures", "disclosures", "audit", "losses"];

/// Reads tables of a folder into a folder of what was told.
type Reader = fn(&Path, &Path, &[&str]);

fn in_pandas(data: &Path, out: &Path, tables: &[&str]) {
    read("read_pandas.py", &snippet("python", out), (data, out, tables));
}

fn in_duckdb(data: &Path, out: &Path, tables: &[&str]) {
    read("read_duckdb.py", &snippet("sql", out), (data, out, tables));
}

fn in_r(data: &Path, out: &Path, tables: &[&str]) {
    let mut command = Command::new("Rscript");
    command.arg(script("read_r.R")).arg(snippet("r", out)).arg(out).args(tables);
    let (is_well, told) = outcome(command, data);
    assert!(is_well, "{told}");
}

fn in_libreoffice(data: &Path, out: &Path, tables: &[&str]) {
    for table in tables {
        let header = header(&data.join(format!("{table}.csv")));
        let formats: Vec<String> =
            (1..).zip(&header).filter(|(_, name)| told::kind(name) == "text").map(|(n, _)| format!("{n}/2")).collect();
        let filter = format!("CSV:44,34,76,1,{},0,false,true", formats.join("/"));
        if *table == "items" {
            let document = fs::read_to_string(crate::root().join("docs/data.md")).unwrap();
            assert!(document.contains(&format!("soffice --headless --convert-to xlsx --infilter={filter} items.csv")), "{filter}");
        }
        converted(&data.join(format!("{table}.csv")), &filter, out);
    }
    let out = out.to_str().unwrap();
    let mut arguments = vec![out, out];
    arguments.extend(tables);
    let (is_well, told) = python("read_xlsx.py", &arguments, data);
    assert!(is_well, "{told}");
}

fn read(name: &str, snippet: &Path, (data, out, tables): (&Path, &Path, &[&str])) {
    let mut arguments = vec![snippet.to_str().unwrap(), out.to_str().unwrap()];
    arguments.extend(tables);
    let (is_well, told) = python(name, &arguments, data);
    assert!(is_well, "{name}: {told}");
}

/// The workbook that LibreOffice makes of a table.
fn converted(csv: &Path, filter: &str, out: &Path) -> PathBuf {
    let mut command = Command::new("soffice");
    // A profile of the test's own: one process has one, and nobody's settings may matter.
    command.arg(format!("-env:UserInstallation=file://{}", out.join("profile").display()));
    command.args(["--headless", "--convert-to", "xlsx", &format!("--infilter={filter}"), "--outdir"]).arg(out).arg(csv);
    let (is_well, told) = outcome(command, out);
    let made = out.join(csv.with_extension("xlsx").file_name().unwrap());
    assert!(is_well && made.is_file(), "{told}");
    made
}

/// The names of the columns of a CSV file; a byte order mark is none of the first.
fn header(csv: &Path) -> Vec<String> {
    let text = fs::read_to_string(csv).unwrap();
    let line = text.strip_prefix('\u{feff}').unwrap().lines().next().unwrap();
    line.split(',').map(str::to_owned).collect()
}

/// What a program reads otherwise than the JSON of `place` says.
fn faults((data, place): (&Path, &str), (reader, kinds): (Reader, Kinds), tables: &[&str], published: &Published) -> Vec<String> {
    let out = tempfile::tempdir().unwrap();
    reader(data, out.path(), tables);
    let mut faults = Vec::new();
    for table in tables {
        let told = Told::parse(&fs::read_to_string(out.path().join(table)).unwrap());
        let wanted = header(&published.public().join(format!("{place}/{table}.csv")));
        let found = told.faults(&wanted, &published.rows(&format!("{place}/{table}.json")), kinds);
        faults.extend(found.iter().map(|fault| format!("{table}: {fault}")));
    }
    faults
}

fn assert_read(reader: Reader, kinds: Kinds) {
    for published in [sites::sample(), sites::odd()] {
        let found = faults((&published.public().join("2568/data"), "2568/data"), (reader, kinds), &TABLES, &published);
        assert!(found.is_empty(), "{found:#?}");
    }
}

/// The tables of a site of several agencies, beside those of an edition, which the document reads.
fn assert_joined(reader: Reader, kinds: Kinds) {
    let published = sites::several();
    let (_folder, public) = sites::copy(&published);
    let (data, tables) = (public.join("alpha/2568/data"), ["agencies-2568", "scores-2568"]);
    for table in tables {
        fs::copy(public.join(format!("data/{table}.csv")), data.join(format!("{table}.csv"))).unwrap();
    }
    let found = faults((&data, "data"), (reader, kinds), &tables, &published);
    assert!(found.is_empty(), "{found:#?}");
}

/// What no program may keep silent about, each in a copy of the odd site's tables.
fn assert_told(reader: Reader, kinds: Kinds) {
    let published = sites::odd();
    for (table, from, to, fault) in [
        ("items", "3.10", "3.1", "items: row 2, group: Some(\"3.1\") and not Some(\"3.10\")"),
        ("items", "\r\n,", "\r\n,,,,,,,,,\r\n,", "items: 3 rows of 2"),
        ("items", "\u{feff}agency,", "\u{feff}slug,", "items: the columns are [\"slug\""),
        ("scores", ",37,", ",37.5,", "published: Some(\"37.5\") and not Some(\"37\")"),
        ("measures", "🏫", "🏠", "measures: row 1, method:"),
        ("measures", ",2025-09-30,", ",2025-09-29,", "measures: row 2, to: Some(\"2025-09-29\")"),
        ("questions", ",true,", ",false,", "reverse: Some(\"false\") and not Some(\"true\")"),
    ] {
        let (_folder, public) = sites::copy(&published);
        let data = public.join("2568/data");
        let path = data.join(format!("{table}.csv"));
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{table} does not hold {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let found = faults((&data, "2568/data"), (reader, kinds), &[table], &published);
        assert!(found.iter().any(|line| line.contains(fault)), "{fault} is not told: {found:#?}");
    }
}

#[test]
#[ignore = "needs pandas; scripts/test runs it"]
fn pandas_reads_every_table_as_it_is() {
    assert_read(in_pandas, Kinds::All);
    assert_joined(in_pandas, Kinds::All);
    assert_told(in_pandas, Kinds::All);
}

#[test]
#[ignore = "needs DuckDB; scripts/test runs it"]
fn duckdb_reads_every_table_as_it_is() {
    assert_read(in_duckdb, Kinds::All);
    assert_told(in_duckdb, Kinds::All);
}

#[test]
#[ignore = "needs R; scripts/test runs it"]
fn r_reads_every_table_as_it_is() {
    assert_read(in_r, Kinds::Numbers);
    assert_joined(in_r, Kinds::Numbers);
    assert_told(in_r, Kinds::Numbers);
}

#[test]
#[ignore = "needs LibreOffice; scripts/test runs it"]
fn libreoffice_reads_every_table_as_it_is() {
    assert_read(in_libreoffice, Kinds::Cells);
    assert_told(in_libreoffice, Kinds::Cells);
}

/// What programs make of a table when they are left to guess.
#[test]
#[ignore = "needs pandas and DuckDB; scripts/test runs it"]
fn what_a_program_guesses_is_told() {
    let published = sites::odd();
    let data = published.public().join("2568/data");
    let guessed: Reader = |data, out, tables| {
        let load = out.join("load.py");
        fs::write(&load, "import pandas as pd\nload = pd.read_csv\n").unwrap();
        read("read_pandas.py", &load, (data, out, tables));
    };
    let found = faults((&data, "2568/data"), (guessed, Kinds::All), &["items", "measures"], &published);
    for fault in
        ["items: group is float64", "items: row 2, group: Some(\"3.1\") and not Some(\"3.10\")", "measures: row 2, responsible: None"]
    {
        assert!(found.iter().any(|line| line.starts_with(fault)), "{fault} is not told: {found:#?}");
    }
    let guessed: Reader = |data, out, tables| {
        let load = out.join("load.sql");
        fs::write(&load, "CREATE TABLE items AS SELECT * FROM 'items.csv'").unwrap();
        read("read_duckdb.py", &load, (data, out, tables));
    };
    let found = faults((&data, "2568/data"), (guessed, Kinds::All), &["items"], &published);
    assert!(found.iter().any(|line| line.starts_with("items: group is number")), "{found:#?}");
}

/// The code on the page about the data, in its order: Python, R, DuckDB. Without a `base_url` it opens a file beside it.
fn code_of_page(published: &Published) -> Vec<String> {
    let page = fs::read_to_string(published.public().join("about-data/index.html")).unwrap();
    let blocks = page.split("<pre class=\"ex\"><code>").skip(1).map(|rest| rest.split_once("</code>").unwrap().0);
    blocks.map(|code| code.replace("&lt;", "<").replace("&quot;", "\"").replace("&amp;", "&")).collect()
}

#[test]
#[ignore = "needs pandas, DuckDB and R; scripts/test runs it"]
fn the_code_on_the_page_loads_the_scores() {
    let published = sites::unaddressed();
    let [in_python, in_r, in_duckdb] = code_of_page(&published).try_into().unwrap();
    let data = published.public().join("2568/data");
    let rows = published.rows("2568/data/scores.json").len();
    let out = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = out.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let ask = format!(
        "{in_python}\nassert len(scores) == {rows} and list(scores.columns)[0] == 'agency'\nprint(scores.dtypes['code'], scores.dtypes['published'], scores.dtypes['year'])\n"
    );
    let mut command = Command::new(crate::root().join("target/data-venv/bin/python"));
    command.arg(write("page.py", &ask));
    assert_eq!(outcome(command, &data), (true, "string float64 int64\n".to_owned()));
    let ask = format!(
        "{in_r}\nstopifnot(nrow(scores) == {rows}, names(scores)[1] == 'agency')\ncat(class(scores$code), class(scores$published), class(scores$year))\n"
    );
    let mut command = Command::new("Rscript");
    command.arg(write("page.R", &ask));
    assert_eq!(outcome(command, &data), (true, "character numeric integer".to_owned()));
    let ask = format!(
        "import duckdb\nfound = duckdb.sql(\"\"\"{in_duckdb}\"\"\")\nkinds = dict(zip(found.columns, map(str, found.types)))\nassert len(found) == {rows} and found.columns[0] == 'agency'\nprint(kinds['code'], kinds['published'], kinds['year'])\n"
    );
    let mut command = Command::new(crate::root().join("target/data-venv/bin/python"));
    command.arg(write("page_duckdb.py", &ask));
    assert_eq!(outcome(command, &data), (true, "VARCHAR DOUBLE BIGINT\n".to_owned()));
}

/// The kinds of the columns of a table that a spreadsheet opens without being told anything.
fn opened(data: &Path, table: &str) -> String {
    let out = tempfile::tempdir().unwrap();
    converted(&data.join(format!("{table}.csv")), "CSV:44,34,76,1", out.path());
    let folder = out.path().to_str().unwrap();
    let (is_well, told) = python("read_xlsx.py", &[folder, folder, table], data);
    assert!(is_well, "{told}");
    fs::read_to_string(out.path().join(table)).unwrap().lines().nth(1).unwrap().to_owned()
}

#[test]
#[ignore = "needs LibreOffice; scripts/test runs it"]
fn no_cell_of_a_table_runs_in_a_spreadsheet() {
    // The control: the same text with and without the apostrophe.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("two.csv"), "\u{feff}guarded,plain\r\n'=1+1,=1+1\r\n").unwrap();
    assert_eq!(opened(folder.path(), "two"), "text\tformula");

    let published = sites::odd();
    let runs = |table: &&&str| opened(&published.public().join("2568/data"), table).contains("formula");
    assert_eq!(TABLES.iter().filter(runs).collect::<Vec<_>>(), Vec::<&&str>::new());
}
