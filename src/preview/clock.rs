//! How long something takes. Owns the room's one look at a clock, for time-outs and for who waits longest; nothing that is served follows
//! from it.

use std::time::{Duration, Instant};

/// A clock that began at some moment.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Instant);

impl Clock {
    /// Begins now.
    #[expect(clippy::disallowed_methods, reason = "how long a client is waited for is no part of what is served")]
    pub fn start() -> Self {
        Self(Instant::now())
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
