//! Trials of publishing: every step of it made to fail once, and the process made to end at every step. After each the output is one
//! whole site, `verify` agrees with it, and the next build is clean.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::secret_key::SecretKey;
use super::signature::Signing;
use super::verify::verify;
use super::{Outcome, Publisher};
use crate::base::hash::Hash;
use crate::base::output::{Attachment, Entry, Output};
use crate::disk::act::trial::{self, Failing};
use crate::disk::exchange::{MOVES, Moves, Reach, Way};
use crate::disk::fault::Fault;
use crate::disk::target::Target;
use crate::engine::{Sink, Unit};

type Tree = BTreeMap<String, Vec<u8>>;

/// A site to publish.
#[derive(Clone)]
struct Made {
    /// Slug, and the files with their texts.
    units: Vec<(String, Vec<(String, String)>)>,
    is_signed: bool,
}

impl Made {
    fn signed(self) -> Self {
        Self { is_signed: true, ..self }
    }
}

const PLAN: &[u8] = b"an attachment of a few bytes";

/// Made for tests, and used for nothing else.
const KEY: &[u8] = include_bytes!("../../tests/fixtures/signing/test.key");

const NO_SWAP: Moves = Moves { swap: |_, _| Err(io::ErrorKind::Unsupported.into()), ..MOVES };
const FIXED: Moves = Moves { reach: |_| Reach { is_fixed: true, is_layered: false }, ..MOVES };
const FIXED_NO_SWAP: Moves = Moves { swap: NO_SWAP.swap, ..FIXED };
const LAYERED: Moves = Moves { reach: |_| Reach { is_fixed: true, is_layered: true }, ..MOVES };

const DENIED: Moves = Moves { swap: |_, _| Err(io::ErrorKind::PermissionDenied.into()), ..MOVES };

/// How this system puts a whole folder in the place of another.
const WHOLE: Way = if cfg!(target_os = "linux") { Way::OneStep } else { Way::TwoSteps };

struct Ground {
    _folder: tempfile::TempDir,
    target: Target,
}

impl Ground {
    fn new() -> Self {
        // Thousands of small sites: in memory, where there is such a place.
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("content/files")).unwrap();
        fs::write(site.join("content/files/plan.pdf"), PLAN).unwrap();
        fs::create_dir(site.join("public")).unwrap();
        Self { target: Target { out: site.join("public"), home: None, site }, _folder: folder }
    }

    fn publish(&self, made: &Made, moves: Moves) -> io::Result<Outcome> {
        let mut publisher = Publisher::with_moves(&self.target, moves)?;
        if made.is_signed {
            publisher = publisher.sign_with(Signing::with(SecretKey::read(KEY, None).unwrap()));
        }
        for (slug, files) in &made.units {
            let mut output = Output::default();
            for (path, text) in files {
                let attachment = Attachment { from: "content/files/plan.pdf".into(), size: PLAN.len() as u64, hash: Hash::of(PLAN) };
                let entry = if text == "PLAN" { Entry::Copy(attachment) } else { Entry::of(text.clone().into_bytes()) };
                assert!(output.put(path.as_str(), entry));
            }
            publisher.take(Unit { slug: slug.as_str().into(), output, findings: Vec::new() })?;
        }
        Ok(publisher.publish()?.outcome)
    }

    fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        read(&self.target.out, "", &mut tree);
        tree
    }

    /// What lies beside the sources and the output.
    fn left(&self) -> Vec<PathBuf> {
        let mut left: Vec<PathBuf> = fs::read_dir(&self.target.site).unwrap().map(|entry| entry.unwrap().path()).collect();
        left.retain(|path| !path.ends_with("content") && !path.ends_with("public"));
        left
    }
}

fn read(folder: &Path, prefix: &str, tree: &mut Tree) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{path}/"), tree);
        } else {
            tree.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

/// A site of files, each `PATH=TEXT`; an agency's begin with its slug and a slash, where it is among `slugs`.
fn made(slugs: &[&str], files: &str) -> Made {
    let mut units: Vec<(String, Vec<(String, String)>)> =
        std::iter::once("").chain(slugs.iter().copied()).map(|slug| (slug.to_owned(), Vec::new())).collect();
    for file in files.split_whitespace() {
        let (path, text) = file.split_once('=').unwrap();
        let folder = path.split('/').next().unwrap();
        let slug = if slugs.contains(&folder) { folder } else { "" };
        units.iter_mut().find(|(of, _)| of == slug).unwrap().1.push((path.to_owned(), text.to_owned()));
    }
    Made { units, is_signed: false }
}

/// What is done with folders that hold dot-names inside the output is the program's own.
fn without_own(tree: &Tree) -> Tree {
    tree.iter().filter(|(path, _)| !path.starts_with(".prongsai-")).map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// A site before and after, where folders move in a way, and how it is then published.
struct Trial {
    before: Made,
    after: Made,
    moves: Moves,
    way: Way,
}

const ONE: &str = "index.html=1 2568/index.html=year files/plan.pdf=PLAN about/index.html=about";
const ONE_NEXT: &str = "index.html=2 2568/index.html=year files/plan.pdf=PLAN 2569/index.html=next 2569/x/index.html=x";
const TWO: &str = "index.html=list names/ก/index.html=ก a/index.html=a a/2568/index.html=year a/old/index.html=old ก/index.html=ข";
const TWO_NEXT: &str = "index.html=list2 names/ข/index.html=ข a/index.html=a2 a/2568/index.html=year a/new/index.html=new a/files/plan.pdf=PLAN ก/index.html=ข";
const TWO_BOTH: &str = "index.html=list2 names/ก/index.html=ก a/index.html=a2 a/2568/index.html=year ก/index.html=ขข";
const THREE: &str = "index.html=list3 a/index.html=a b/index.html=b ก/index.html=ข";

fn trials() -> Vec<Trial> {
    let trial = |(before, after), moves, way| Trial { before, after, moves, way };
    let one = || (made(&[], ONE), made(&[], ONE_NEXT));
    let agency = || (made(&["a", "ก"], TWO), made(&["a", "ก"], TWO_NEXT));
    let both = || (made(&["a", "ก"], TWO), made(&["a", "ก"], TWO_BOTH));
    let came = || (made(&["a", "ก"], TWO), made(&["a", "b", "ก"], THREE));
    let left = || (made(&["a", "b", "ก"], THREE), made(&["a", "ก"], TWO));
    let many = || (made(&[], ONE), made(&["a", "ก"], TWO));
    let single = || (made(&["a", "ก"], TWO), made(&[], "index.html=1 a/index.html=page ก/index.html=page"));
    let mut trials = vec![
        trial(one(), MOVES, WHOLE),
        trial(one(), NO_SWAP, Way::TwoSteps),
        trial(agency(), MOVES, Way::Agency),
        trial(agency(), NO_SWAP, Way::Agency),
        trial(both(), MOVES, WHOLE),
        trial(left(), MOVES, WHOLE),
        trial(one(), DENIED, Way::Pieces),
    ];
    for (before, after) in [one(), agency()] {
        let way = if before.units.len() == 1 { WHOLE } else { Way::Agency };
        for (before, after) in
            [(before.clone(), after.clone().signed()), (before.clone().signed(), after.clone().signed()), (before.signed(), after)]
        {
            trials.push(trial((before.clone(), after.clone()), MOVES, way));
            trials.push(trial((before, after), FIXED, Way::Pieces));
        }
    }
    for sites in [one(), agency(), both(), came(), left(), many(), single()] {
        trials.push(trial(sites.clone(), FIXED, Way::Pieces));
        trials.push(trial(sites.clone(), FIXED_NO_SWAP, Way::Pieces));
        trials.push(trial(sites, LAYERED, Way::Pieces));
    }
    trials
}

/// The output of each site as a whole, with what is not ours in it.
fn wholes(trial: &Trial) -> (Tree, Tree) {
    let whole = |made: &Made| {
        let ground = Ground::new();
        ground.publish(made, MOVES).unwrap();
        let mut tree = ground.tree();
        tree.extend(FOREIGN.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
        tree
    };
    (whole(&trial.before), whole(&trial.after))
}

const FOREIGN: [(&str, &str); 3] = [("notes/theirs.txt", "n"), ("2568/theirs.txt", "y"), ("a/theirs.txt", "a")];

fn begun(trial: &Trial) -> Ground {
    let ground = Ground::new();
    ground.publish(&trial.before, trial.moves).unwrap();
    for (path, text) in FOREIGN {
        let path = ground.target.out.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    ground
}

fn assert_clean(ground: &Ground, whole: &Tree, what: &str) {
    assert!(ground.tree() == *whole, "{what}: {:?}", ground.tree().keys().collect::<Vec<_>>());
    assert!(ground.left().is_empty(), "{what}: {:?}", ground.left());
    let verdict = verify(&ground.target.out).unwrap();
    let told: Vec<&str> = verdict.told.iter().map(|told| told.path.to_str().unwrap()).collect();
    assert!(told.iter().all(|path| FOREIGN.iter().any(|(foreign, _)| path == foreign)), "{what}: {told:?}");
}

#[test]
fn each_site_comes_by_its_way() {
    for (number, trial) in trials().iter().enumerate() {
        let (_, after) = wholes(trial);
        let ground = begun(trial);
        assert_eq!(ground.publish(&trial.after, trial.moves).unwrap(), Outcome::Published(trial.way), "trial {number}");
        assert_clean(&ground, &after, &format!("trial {number}"));
        assert_eq!(ground.publish(&trial.after, trial.moves).unwrap(), Outcome::Unchanged, "trial {number}");
        assert_clean(&ground, &after, &format!("trial {number} again"));
    }
}

/// How many steps a trial has where none fails.
fn steps(trial: &Trial) -> usize {
    let ground = begun(trial);
    trial::run(Failing::No, || ground.publish(&trial.after, trial.moves).unwrap()).1
}

/// Every step fails once, or is the last one; then the output is looked at, completed by `verify`, and built again.
fn try_all(failing: fn(usize) -> Failing) {
    let mut tried = 0;
    for (number, one) in trials().iter().enumerate() {
        let (before, after) = wholes(one);
        let steps = steps(one);
        for step in 0..steps {
            let what = format!("trial {number}, step {step} of {steps}");
            let ground = begun(one);
            let (published, _) = trial::run(failing(step), || ground.publish(&one.after, one.moves));
            // The build either did it, or said that it did not; and what it said is so.
            let now = without_own(&ground.tree());
            match &published {
                Ok(_) => assert!(now == after, "{what}: it said that it was done"),
                Err(error) => {
                    let is_journal = one.way == Way::Agency || one.way == Way::Pieces;
                    let is_aside = one.way == Way::TwoSteps && !ground.target.out.exists();
                    let is_unfinished = matches!(Fault::of(error), Some(Fault::Unfinished(..)));
                    assert!(now == before || now == after || is_aside || (is_unfinished && is_journal), "{what}: {error}");
                }
            }
            // Whoever verifies next completes what was begun.
            if ground.target.out.exists() {
                verify(&ground.target.out).unwrap();
                let now = without_own(&ground.tree());
                assert!(now == before || now == after, "{what}: after `verify` it is neither the old site nor the new one");
            }
            // The next build is clean, whichever it is.
            let (made, whole) = if step % 2 == 0 { (&one.after, &after) } else { (&one.before, &before) };
            ground.publish(made, one.moves).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert_clean(&ground, whole, &what);
            tried += 1;
        }
    }
    assert!(tried > 200, "only {tried} steps were tried");
}

#[test]
fn every_step_may_fail_once() {
    try_all(Failing::Once);
}

#[test]
fn every_step_may_be_the_last_one() {
    try_all(Failing::From);
}

/// Every trial, ended at every step of it; then `then` is asked, and the next build has to be clean.
fn after_each_end(then: fn(&Ground, &Trial) -> bool, check: fn(&Ground, &str)) {
    let mut tried = 0;
    for (number, one) in trials().iter().enumerate() {
        let steps = steps(one);
        for step in 0..steps {
            let what = format!("trial {number}, step {step} of {steps}");
            let ground = begun(one);
            let _ = trial::run(Failing::From(step), || ground.publish(&one.after, one.moves));
            if then(&ground, one) {
                ground.publish(&one.after, one.moves).unwrap_or_else(|error| panic!("{what}: {error}"));
                check(&ground, &what);
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "only {tried} steps were tried");
}

/// The output is as its manifest says, and nothing lies beside it.
fn is_whole(ground: &Ground, what: &str) {
    let verdict = verify(&ground.target.out).unwrap();
    assert!(verdict.told.iter().all(|told| matches!(told.what, super::verify::What::Foreign)), "{what}: {:?}", verdict.told);
    assert!(ground.left().is_empty(), "{what}: {:?}", ground.left());
}

#[test]
fn what_is_put_into_the_output_after_a_kill_stays() {
    const MINE: [&str; 5] = ["mine.txt", "a/mine.txt", "a/2568/mine.txt", "a/mine/x/mine.txt", "names/mine.txt"];
    let put = |ground: &Ground, _: &Trial| {
        let is_there = ground.target.out.exists();
        for path in MINE.iter().filter(|_| is_there) {
            let file = ground.target.out.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "mine").unwrap();
        }
        is_there
    };
    after_each_end(put, |ground, what| {
        let tree = ground.tree();
        for path in MINE {
            assert_eq!(tree.get(path).map(Vec::as_slice), Some(&b"mine"[..]), "{what}: {path}");
        }
        assert!(ground.left().is_empty(), "{what}: {:?}", ground.left());
    });
}

#[test]
fn an_output_that_was_moved_away_after_a_kill_is_made_anew() {
    let moved = |ground: &Ground, _: &Trial| {
        let is_there = ground.target.out.exists();
        if is_there {
            fs::rename(&ground.target.out, ground.target.site.join("content/moved")).unwrap();
        }
        is_there
    };
    after_each_end(moved, is_whole);
}

#[test]
fn an_earlier_output_that_was_put_back_after_a_kill_is_built_on() {
    let put_back = |ground: &Ground, one: &Trial| {
        let is_there = ground.target.out.exists();
        if is_there {
            let earlier = begun(one);
            fs::remove_dir_all(&ground.target.out).unwrap();
            fs::rename(&earlier.target.out, &ground.target.out).unwrap();
        }
        is_there
    };
    after_each_end(put_back, is_whole);
}

#[test]
fn what_takes_the_place_of_an_output_that_lies_aside_does_not_end_it() {
    let mut tried = 0;
    for one in trials().iter().filter(|one| one.way == Way::TwoSteps) {
        for step in 0..60 {
            let ground = begun(one);
            let _ = trial::run(Failing::From(step), || ground.publish(&one.after, one.moves));
            if ground.target.out.exists() {
                continue;
            }
            tried += 1;
            fs::create_dir(&ground.target.out).unwrap();
            if step % 2 == 0 {
                fs::write(ground.target.out.join("theirs"), "theirs").unwrap();
                let error = ground.publish(&one.after, one.moves).unwrap_err();
                assert!(matches!(Fault::of(&error), Some(Fault::InTheWay(_))), "{error}");
                fs::remove_dir_all(&ground.target.out).unwrap();
            }
            ground.publish(&one.after, one.moves).unwrap();
            let (_, after) = wholes(one);
            assert_clean(&ground, &after, &format!("step {step}"));
        }
    }
    assert!(tried > 0);
}

/// There a file that is open may not be replaced.
#[cfg(windows)]
#[test]
fn a_file_that_another_program_holds_is_named_or_left_alone() {
    use std::os::windows::fs::OpenOptionsExt;
    const OTHERS_MAY_READ: u32 = 1;
    let (before, after) = (made(&[], ONE), made(&[], ONE_NEXT));
    let ground = Ground::new();
    ground.publish(&before, MOVES).unwrap();
    let hold = |path: &str| fs::File::options().read(true).share_mode(OTHERS_MAY_READ).open(ground.target.out.join(path)).unwrap();
    let present = ground.tree();
    for changes in ["index.html", "about/index.html"] {
        let held = hold(changes);
        let error = ground.publish(&after, DENIED).unwrap_err();
        assert!(matches!(Fault::of(&error), Some(Fault::Failed(_, path, _)) if path.ends_with(changes)), "{error}");
        assert!(ground.tree() == present && ground.left().is_empty(), "{changes}: {:?}", ground.left());
        drop(held);
    }
    let held = hold("2568/index.html");
    assert_eq!(ground.publish(&after, DENIED).unwrap(), Outcome::Published(Way::Pieces));
    drop(held);
    // The file had a second name in staging, which could not be removed while it was open.
    assert_eq!(ground.publish(&after, DENIED).unwrap(), Outcome::Unchanged);
    assert!(ground.left().is_empty() && ground.tree().contains_key("2569/x/index.html"));
}
