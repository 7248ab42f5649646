//! Threads with a deep stack, on which somebody's own templates are worked, each for many pages. Owns how long a piece of work may take and
//! when a thread is let go, and what is told where the machine gives no such thread. Refuses to read a template.

use std::cell::Cell;
use std::io;
use std::sync::mpsc::{self, Sender};
use std::thread::Builder;
use std::time::Duration;

use crate::base::span::Place;
use crate::finding::{Code, Finding};

/// The stack of such a thread. Only what was used of it takes memory.
pub const STACK: usize = 512 * 1024 * 1024;

/// How long a page of somebody's own templates may take; a real one takes a thousandth of a second. The engine joins lists without
/// counting that as work, and a list that is joined with itself forty times has a billion members.
const LONGEST: Duration = Duration::from_secs(10);

/// After so many pieces of work a thread is let go, with the memory that its stack has come to.
const MOST: u32 = 64;

type Work = Box<dyn FnOnce() + Send>;

/// A thread that works what it is given. It ends when nobody can give it anything any more.
struct Deep {
    give: Sender<Work>,
    done: u32,
}

thread_local! {
    /// The thread that works for this one; between two pieces of work it waits.
    static DEEP: Cell<Option<Deep>> = const { Cell::new(None) };
}

impl Deep {
    fn new() -> io::Result<Self> {
        let (give, take) = mpsc::channel::<Work>();
        Builder::new().stack_size(STACK).spawn(move || {
            for work in take {
                work();
            }
        })?;
        Ok(Self { give, done: 0 })
    }
}

/// Does the work on a deep thread, which is left to itself when it takes too long (`None`): nothing can stop it but the end of the
/// program, which comes soon, as nothing is published then.
///
/// # Errors
/// When the machine does not give such a thread.
pub fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<Option<T>> {
    let mut deep = match DEEP.take() {
        Some(deep) => deep,
        None => Deep::new()?,
    };
    let (give, take) = mpsc::channel();
    let work = move || {
        let _ = give.send(work());
    };
    // One that does not take it gives nothing back either.
    let _ = deep.give.send(Box::new(work));
    let made = take.recv_timeout(LONGEST).ok();
    deep.done += 1;
    if made.is_some() && deep.done < MOST {
        DEEP.set(Some(deep));
    }
    Ok(made)
}

/// That the machine does not give what somebody's own templates are worked on with.
pub fn no_stack(place: Place) -> Finding {
    let why = (
        "เครื่องนี้ให้หน่วยความจำไม่พอสำหรับแม่แบบของเว็บไซต์เอง (512 MiB)",
        "this machine does not give the memory that a site's own templates are read with (512 MiB)",
    );
    Finding::new(Code::Template, place).case("bounds").with("detail", why)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_thread_works_many_pieces_and_not_for_ever() {
        let who = || in_time(|| thread::current().id()).unwrap().unwrap();
        let first = who();
        assert_ne!(first, thread::current().id());
        assert!((1..MOST).all(|_| who() == first));
        assert_ne!(who(), first);
        assert_ne!(thread::spawn(move || in_time(|| thread::current().id()).unwrap().unwrap()).join().unwrap(), who());
    }

    #[test]
    fn what_is_made_comes_back_and_the_stack_is_deep() {
        fn deep(level: u64) -> u64 {
            let room = std::hint::black_box([level; 128]);
            if level == 0 { room[0] } else { deep(level - 1) + room[1] / level }
        }
        assert_eq!(in_time(|| deep(100_000)).unwrap(), Some(100_000));
    }
}
