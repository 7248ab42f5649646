//! Being asked to stop: Ctrl+C, the end of the session, a polite kill. Owns the one handler of the process, for work that leaves something
//! behind unless it is told. Refuses to decide what is cleared away. The one module that names ctrlc.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody asked.
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Begins to listen. From now on such a signal ends nothing by itself: whoever listens looks at [`Interrupt::came`] and stops.
    pub fn listen() -> Self {
        let came = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&came);
        // Where the system lets nobody listen, the signal ends the process as it always did, and the next run clears away what is left.
        let _ = ctrlc::set_handler(move || told.store(true, Ordering::Relaxed));
        Self(came)
    }

    /// Did somebody ask since?
    pub fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
