//! How long something takes. Owns the room's one look at a clock, for time-outs and for who waits longest; nothing that is served follows
//! from it.

use std::time::{Duration, Instant};

/// This moment, to wait from and to count from.
#[expect(clippy::disallowed_methods, reason = "when it is looked at the files again is no part of what is built from them")]
pub fn now() -> Instant {
    Instant::now()
}

/// A clock that began at some moment.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Instant);

impl Clock {
    /// Begins now.
    pub fn start() -> Self {
        Self(now())
    }

    /// How long ago it began.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// The milliseconds since it began.
    pub fn millis(self) -> u64 {
        u64::try_from(self.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// What is left of `whole`; `None` where nothing is.
    pub fn left_of(self, whole: Duration) -> Option<Duration> {
        whole.checked_sub(self.elapsed()).filter(|left| !left.is_zero())
    }
}
