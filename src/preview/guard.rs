//! Who is let in. Owns the listener that never gives up, the bound on connections, who has to leave when it is reached, and the end of it
//! all. Refuses to read or write: what happens on a connection is `visit`.
//!
//! A connection is one thread. When all places are taken, the client that has kept its place longest without moving leaves: one that sends
//! its request in drops, that reads its answer in sips, or that has nothing to ask. So whoever asks properly is always served.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::Shelf;
use super::clock::Clock;
use super::hosts::Hosts;
use super::visit::{self, House};
use crate::disk::system;

/// How many connections there are at most. A browser has six. With a file for each they stay below 256, which is what some systems allow a
/// process, and each thread costs the allocator up to a megabyte.
pub const MOST: usize = 64;

/// How many there are at least, however few files the system allows: a browser's six, and two more.
const LEAST: usize = 8;

/// So many files are not for connections: what the process has open anyway, and what each core reads while it builds.
const KEPT: u64 = 16;
const KEPT_FOR_A_CORE: u64 = 6;

/// Nobody has to leave before this time without a move, in milliseconds.
const GRACE: u64 = 30;

/// How many may wait outside.
const QUEUE: i32 = 1024;

/// How long it is waited after the system refused a connection or a thread.
const PAUSE: Duration = Duration::from_millis(20);

/// How long the end may take.
const END: Duration = Duration::from_millis(900);

/// Says of a guest that it is not waited for.
const BUSY: u64 = u64::MAX;

/// How many connections there are at most in this process: no more than leave files for the build. A page that can't be built because
/// everybody is let in helps nobody.
pub fn places() -> usize {
    let cores = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    system::most_open().map_or(MOST, |files| places_of(files, cores))
}

/// A connection and the file that it is sent are two files.
fn places_of(files: u64, cores: u64) -> usize {
    let left = files.saturating_sub(KEPT.saturating_add(KEPT_FOR_A_CORE.saturating_mul(cores))) / 2;
    usize::try_from(left).unwrap_or(MOST).clamp(LEAST, MOST)
}

/// A running server. Ends when it is dropped.
pub struct Server {
    rooms: Arc<Rooms>,
    shelf: Arc<dyn Shelf>,
    address: SocketAddr,
    doorman: Option<JoinHandle<()>>,
}

impl Server {
    /// Begins to answer whoever comes to the listener; `address` is where this machine reaches it.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub(super) fn start(listener: TcpListener, address: SocketAddr, hosts: Hosts, shelf: Arc<dyn Shelf>) -> io::Result<Self> {
        // Where the queue stays shorter, a crowd has to knock more often.
        let _ = system::let_wait(&listener, QUEUE);
        let clock = Clock::start();
        let rooms =
            Arc::new(Rooms { clock, places: places(), is_closing: AtomicBool::new(false), guests: Mutex::default(), left: Condvar::new() });
        let house = Arc::new(House { shelf: Arc::clone(&shelf), hosts });
        let inside = Arc::clone(&rooms);
        let doorman = thread::Builder::new().name("preview door".to_owned()).spawn(move || inside.receive(&listener, &house))?;
        Ok(Self { rooms, shelf, address, doorman: Some(doorman) })
    }

    /// How many connections there are.
    pub fn connections(&self) -> usize {
        self.rooms.guests().here.len()
    }

    /// Ends: connections are cut, threads end, the port is free. Gives back whether all that was done within a second; what was not goes on
    /// in the background. Done once, by [`Drop`] at the latest.
    pub fn stop(&mut self) -> bool {
        let Some(doorman) = self.doorman.take() else { return true };
        let clock = Clock::start();
        self.shelf.close();
        self.rooms.close();
        while !doorman.is_finished() {
            let Some(left) = clock.left_of(END) else { return false };
            // Wakes the listener. Where no connection can be had, because all descriptors are in use, its next try to accept fails, which
            // wakes it too.
            drop(TcpStream::connect_timeout(&self.address, left.min(Duration::from_millis(100))));
            thread::sleep(left.min(Duration::from_millis(1)));
        }
        let is_whole = doorman.join().is_ok();
        self.rooms.wait_for_the_last(clock) && is_whole
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A connection.
pub(super) struct Guest {
    /// The socket. Whoever holds it can cut it.
    pub stream: TcpStream,
    clock: Clock,
    /// When it moved last, in milliseconds of the clock, or [`BUSY`].
    moved: AtomicU64,
}

impl Guest {
    /// It did what was waited for: its place is its own for a while.
    pub fn moves(&self) {
        self.moved.store(self.clock.millis(), Ordering::Relaxed);
    }

    /// From now on it waits for us.
    pub fn is_served(&self) {
        self.moved.store(BUSY, Ordering::Relaxed);
    }

    fn dismiss(&self) {
        self.is_served();
        // Reading and writing end at once, in whatever thread.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// Who is there.
struct Rooms {
    clock: Clock,
    places: usize,
    is_closing: AtomicBool,
    guests: Mutex<Guests>,
    left: Condvar,
}

#[derive(Default)]
struct Guests {
    next: u64,
    here: BTreeMap<u64, Arc<Guest>>,
    threads: Vec<JoinHandle<()>>,
}

impl Rooms {
    fn guests(&self) -> MutexGuard<'_, Guests> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::Acquire)
    }

    /// Accepts until the end. No error ends it.
    fn receive(self: &Arc<Self>, listener: &TcpListener, house: &Arc<House>) {
        while !self.is_closing() {
            match listener.accept() {
                Ok((stream, _)) => {
                    self.make_room();
                    if self.admit(stream, house).is_err() {
                        thread::sleep(PAUSE);
                    }
                }
                // The client has gone again.
                Err(error)
                    if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset | ErrorKind::Interrupted) => {}
                // Out of file descriptors, or of memory: some come back.
                Err(_) => {
                    let guests = self.guests();
                    self.dismiss_one(&guests);
                    drop(self.left.wait_timeout(guests, PAUSE));
                }
            }
        }
    }

    /// Waits until there is a place.
    fn make_room(&self) {
        let mut guests = self.guests();
        while guests.here.len() >= self.places && !self.is_closing() {
            self.dismiss_one(&guests);
            guests = self.left.wait_timeout(guests, Duration::from_millis(5)).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Has the guest leave that has not moved for longest, if that is long enough.
    fn dismiss_one(&self, guests: &Guests) {
        let moved = |guest: &Arc<Guest>| guest.moved.load(Ordering::Relaxed);
        let longest = guests.here.values().map(|guest| (moved(guest), guest)).min_by_key(|(moved, _)| *moved);
        if let Some((moved, guest)) = longest
            && moved.saturating_add(GRACE) <= self.clock.millis()
        {
            guest.dismiss();
        }
    }

    fn admit(self: &Arc<Self>, stream: TcpStream, house: &Arc<House>) -> io::Result<()> {
        let guest = Arc::new(Guest { stream, clock: self.clock, moved: AtomicU64::new(self.clock.millis()) });
        let mut guests = self.guests();
        if self.is_closing() {
            return Ok(());
        }
        let number = guests.next;
        guests.next += 1;
        guests.here.insert(number, Arc::clone(&guest));
        guests.threads.retain(|thread| !thread.is_finished());
        let place = Place { rooms: Arc::clone(self), house: Arc::clone(house), guest, number };
        // Should there be no thread, the place is dropped with what it would have run, which takes the guests.
        drop(guests);
        let thread = thread::Builder::new().name("preview".to_owned()).spawn(move || visit::receive(&place.guest, &place.house))?;
        self.guests().threads.push(thread);
        Ok(())
    }

    /// Lets nobody in from now on, and cuts who is there.
    fn close(&self) {
        let guests = self.guests();
        self.is_closing.store(true, Ordering::Release);
        guests.here.values().for_each(|guest| guest.dismiss());
        self.left.notify_all();
    }

    /// Waits until all have left; false where that takes too long.
    fn wait_for_the_last(&self, clock: Clock) -> bool {
        let mut guests = self.guests();
        while !guests.here.is_empty() {
            let Some(left) = clock.left_of(END) else { return false };
            guests = self.left.wait_timeout(guests, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let threads = std::mem::take(&mut guests.threads);
        drop(guests);
        threads.into_iter().all(|thread| thread.join().is_ok())
    }
}

/// A guest's place; given back when dropped.
struct Place {
    rooms: Arc<Rooms>,
    house: Arc<House>,
    guest: Arc<Guest>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.rooms.guests().here.remove(&self.number);
        self.rooms.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_files_leave_few_places_and_some_for_the_build() {
        for (files, cores, expected) in [
            (1024, 8, MOST),
            (256, 8, MOST),
            (64, 2, 18),
            (64, 16, LEAST),
            (10, 1, LEAST),
            (0, 1, LEAST),
            (u64::MAX, u64::MAX, LEAST),
            (u64::MAX, 1, MOST),
        ] {
            assert_eq!(places_of(files, cores), expected, "{files} {cores}");
        }
    }
}
